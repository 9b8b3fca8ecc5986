/** Blobs: content with what it is, how it is packed and for whom it is sealed (spec memberdata-mycarenet §5.1). */
import {
  allowed,
  anyUri,
  base64Binary,
  namespace,
  oneOf,
  required,
  string,
  type Namespace,
} from '../../../technical/xml/index.js'

/** Media types of binary content in messages. */
export const xmime = namespace('http://www.w3.org/2005/05/xmlmime', { prefix: 'xmime', qualified: true })

/** `xs:NCName`, as far as anybody uses it. */
const ncName = string({ pattern: /^[\p{L}_][\p{L}\p{N}_.-]*$/u })

/** For whom content is sealed. The last two are for the integration module: no connector writes them. */
export const contentEncryptions = [
  'encryptedForKnownRecipient',
  'encryptedForKnownIO',
  'encryptedForKnownHCP',
  'encryptedForKnownBED',
  'encryptedForKnownCINNIC',
  'toEncryptByIM',
  'decryptedByIM',
] as const

export type ContentEncryption = (typeof contentEncryptions)[number]

/** How content is packed; absent means `deflate`. */
export type ContentEncoding = 'none' | 'deflate'

const common = {
  /** `text/xml` or `text/plain`. */
  ContentType: required(string()),
  ContentEncoding: allowed(string()),
  HashValue: allowed(base64Binary),
  Id: allowed(ncName),
}

/** What the blobs of all versions have; the attributes of single ones are optional here. */
export interface BlobElement {
  value: Uint8Array
  ContentType: string
  ContentEncoding?: string
  ContentEncryption?: string
  HashValue?: Uint8Array
  Id?: string
  Etk?: Uint8Array
  Reference?: string
  Issuer?: string
  MessageVersion?: string
  MessageName?: string
}

const sealedAttributes = {
  Etk: allowed(base64Binary),
  Reference: allowed(string()),
  Issuer: allowed(anyUri),
}

/** The blobs of one namespace. */
export const blobTypes = (core: Namespace) => ({
  v2: core.simpleContent(base64Binary, common),
  v3: core.simpleContent(base64Binary, { ...common, ContentEncryption: allowed(string()) }),
  v4: core.simpleContent(base64Binary, {
    ...common,
    ContentEncryption: allowed(string()),
    ...sealedAttributes,
    MessageVersion: allowed(string()),
  }),
  /** Of the mailboxes: the name of the message is mandatory. */
  mailbox: core.simpleContent(base64Binary, {
    ...common,
    ContentEncryption: allowed(oneOf(...contentEncryptions)),
    ...sealedAttributes,
    MessageName: required(string()),
  }),
})

/** A signature beside a blob: base64 of a serialised `ds:Signature`. */
export const signatureType = xmime.simpleContent(base64Binary, {
  contentType: allowed(string(), xmime.uri),
})
