/** Content of blobs on the other side of the wire (spec memberdata-mycarenet §5.1). */
import { createHash } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'

import type { BlobElement } from '../../../business/mycarenet/contract.js'
import { businessRefusal } from '../../refusal.js'

const mostOctets = 64 * 1024 * 1024

/** SHA-256 of clear, unpacked content. */
export const hashOf = (content: Uint8Array): Uint8Array => createHash('sha256').update(content).digest()

/**
 * The content of a blob that is not sealed: absent encoding means raw deflate, as the schema says.
 *
 * @throws Refusal `INVALID_DETAIL_REQUEST`
 */
export function contentOf({
  value,
  ContentEncoding = 'deflate',
}: Pick<BlobElement, 'value' | 'ContentEncoding'>): Uint8Array {
  if (ContentEncoding === 'none') return value
  try {
    if (ContentEncoding === 'deflate') return inflateRawSync(value, { maxOutputLength: mostOctets })
  } catch {
    // told below: why a stranger's content does not unpack helps nobody
  }
  throw businessRefusal('INVALID_DETAIL_REQUEST', 'the content does not unpack')
}
