/** Content as messages carry it, both ways (spec memberdata-mycarenet §5.1). */
import { createHash } from 'node:crypto'

import { EHealthError } from '../../errors.js'
import type { BlobElement, ContentEncoding, ContentEncryption } from './contract.js'
import { deflate, inflate } from './inflate.js'

/** How content is put into a blob. */
export interface BlobOptions {
  /** `text/xml`. */
  contentType?: string
  /** `none`. Always written: absent would mean deflate. */
  encoding?: ContentEncoding
  /** Identifier of the element, which a signature refers to. */
  id?: string
  /** For whom the content is sealed already. */
  encryption?: ContentEncryption
  /** Adds the hash of the content. False; true makes no sense for sealed content. */
  hash?: boolean
  /** Version 4: the services refuse without it. */
  messageVersion?: string
  issuer?: string
  reference?: string
}

/**
 * Puts content into a blob. The hash is over the content before it is packed.
 *
 * For the mailboxes add `MessageName`.
 */
export function blobOf(content: Uint8Array, options: BlobOptions = {}): BlobElement {
  const { contentType = 'text/xml', encoding = 'none', id, encryption, hash = false } = options
  const { messageVersion, issuer, reference } = options
  return {
    value: encoding === 'deflate' ? deflate(content) : content,
    ContentType: contentType,
    ContentEncoding: encoding,
    ...(encryption === undefined ? {} : { ContentEncryption: encryption }),
    ...(hash ? { HashValue: hashOf(content) } : {}),
    ...(id === undefined ? {} : { Id: id }),
    ...(reference === undefined ? {} : { Reference: reference }),
    ...(issuer === undefined ? {} : { Issuer: issuer }),
    ...(messageVersion === undefined ? {} : { MessageVersion: messageVersion }),
  }
}

/** SHA-256 of content: clear and unpacked. */
export const hashOf = (content: Uint8Array): Uint8Array => createHash('sha256').update(content).digest()

/** Whether the content of a blob is sealed; an empty attribute says that it is not. */
export const isSealed = ({ ContentEncryption = '' }: Pick<BlobElement, 'ContentEncryption'>): boolean =>
  ContentEncryption.trim() !== ''

/**
 * The content of a blob that is not sealed, unpacked and compared with its hash.
 *
 * @param options `maxBytes`: most octets of the content; 64 MiB
 * @throws EHealthError `mycarenet.blob` (empty, or packed in an unknown way), `mycarenet.too-large`, `mycarenet.hash`
 */
export function contentOf(blob: BlobElement, options: { maxBytes?: number } = {}): Uint8Array {
  if (blob.value.length === 0) throw new EHealthError('mycarenet.blob', 'the answer has no content')
  // the default of the schema
  const content = unpacked(blob.value, blob.ContentEncoding ?? 'deflate', options.maxBytes)
  checkHash(blob, content)
  return content
}

/** @throws EHealthError `mycarenet.blob`, `mycarenet.too-large` */
export function unpacked(value: Uint8Array, encoding: string, maxBytes?: number): Uint8Array {
  if (encoding === 'none') return value
  if (encoding === 'deflate') return inflate(value, maxBytes)
  throw new EHealthError('mycarenet.blob', 'the content is packed in an unknown way')
}

/** @throws EHealthError `mycarenet.hash` */
export function checkHash({ HashValue }: Pick<BlobElement, 'HashValue'>, content: Uint8Array): void {
  if (HashValue !== undefined && HashValue.length > 0 && !Buffer.from(hashOf(content)).equals(HashValue))
    throw new EHealthError('mycarenet.hash', 'the content is not what its hash says')
}
