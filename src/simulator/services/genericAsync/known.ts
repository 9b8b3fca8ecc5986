/** What was sealed for the insurers' server, and what it seals (spec memberdata-mycarenet §5.2). */
import { inflateRawSync } from 'node:zlib'

import { EncryptedKnownContent } from '../../../business/mycarenet/contract.js'
import { parseXml, read, write } from '../../../technical/xml/index.js'

/** The content, and the token that the answer is wanted for. */
export function readKnownContent(opened: Uint8Array): { content: Uint8Array; replyTo?: Uint8Array } {
  const known = read(EncryptedKnownContent, parseXml(opened).root, { strict: true })
  const { value, ContentEncoding = 'none' } = known.BusinessContent
  const content = ContentEncoding === 'deflate' ? inflateRawSync(value) : value
  const replyTo = known['Reply-to-Etk']
  return { content, ...(replyTo === undefined ? {} : { replyTo }) }
}

/** An answer as it is sealed. */
export const writeKnownContent = (content: Uint8Array, contentType: string, id: string): Buffer =>
  Buffer.from(
    write(EncryptedKnownContent, {
      BusinessContent: { id, ContentType: contentType, ContentEncoding: 'none', value: content },
    }).xml,
    'utf8',
  )
