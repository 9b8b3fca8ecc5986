/** Content sealed for a broker, and answers sealed for the caller (spec memberdata-mycarenet §5.2). */
import { EHealthError } from '../../errors.js'
import { checkOwnToken, etkDepot } from '../../technical/etk/index.js'
import type { Unsealed } from '../../technical/seal/index.js'
import { sealAs, unsealAs, type Session } from '../../technical/session/index.js'
import { parseXml, read, write } from '../../technical/xml/index.js'
import { blobOf, checkHash, unpacked } from './blob.js'
import {
  EncryptedKnownContent,
  knownRecipients,
  type BlobElement,
  type ContentEncoding,
  type ContentEncryption,
  type KnownRecipient,
  type MyCareNetRegion,
} from './contract.js'
import { deflate } from './inflate.js'

/** How content is sealed. */
export interface SealedBlobOptions {
  /** For which broker: each has its own key. */
  region: MyCareNetRegion
  /** Another recipient than the broker's known one. */
  recipient?: KnownRecipient
  /** Identifier of the content, and of the blob around it. */
  id: string
  /** `text/xml`. */
  contentType?: string
  /** How the content is packed before it is sealed; `none`, `deflate` for the mailboxes. */
  encoding?: ContentEncoding
  /** `encryptedForKnownBED`: the broker must read it. */
  encryption?: ContentEncryption
  /** Serialised signature over the content, which goes inside. Given the element that it signs. */
  sign?: (content: EncryptedKnownContent) => Promise<Uint8Array>
}

/**
 * Seals content for a broker, with the caller's own published encryption token for the answer.
 *
 * @throws EHealthError `etk.*` where a token is missing or does not fit the caller's keys, and what `seal` throws
 */
export async function sealedBlob(
  session: Session,
  content: Uint8Array,
  options: SealedBlobOptions,
): Promise<BlobElement> {
  const {
    region,
    recipient = knownRecipients[region],
    id,
    contentType = 'text/xml',
    encoding = 'none',
  } = options
  const [own, broker] = await Promise.all([checkOwnToken(session), etkDepot(session).get(recipient)])
  const known: EncryptedKnownContent = {
    'Reply-to-Etk': own.der,
    BusinessContent: {
      id,
      ContentType: contentType,
      ContentEncoding: encoding,
      value: encoding === 'deflate' ? deflate(content) : content,
    },
  }
  const signature = await options.sign?.(known)
  const { xml } = write(EncryptedKnownContent, {
    ...known,
    ...(signature === undefined ? {} : { Xades: signature }),
  })
  const sealed = await sealAs(session, Buffer.from(xml), { recipients: [broker] })
  return blobOf(sealed, { id, contentType, encryption: options.encryption ?? 'encryptedForKnownBED' })
}

/** Content that was sealed, with what was proved of it. */
export interface OpenedBlob {
  content: Uint8Array
  /** Signature beside the content, as it was serialised. */
  xades?: Uint8Array
  /** The element that was sealed. */
  known: EncryptedKnownContent
  /** Who sealed it, when, with which warnings. */
  seal: Omit<Unsealed, 'content'>
}

const limits = { maxDepth: 16, maxNodes: 1000, maxBytes: 256 * 1024 * 1024 }

/**
 * Opens sealed content with the caller's keys, and unpacks it.
 *
 * @param options `maxBytes`: most octets of the content; 64 MiB
 * @throws EHealthError `unseal.*`, `mycarenet.sealed`, `mycarenet.blob`, `mycarenet.too-large`, `mycarenet.hash`
 */
export async function openBlob(
  session: Session,
  blob: BlobElement,
  options: { maxBytes?: number } = {},
): Promise<OpenedBlob> {
  const { content: opened, ...seal } = await unsealAs(session, blob.value)
  const known = readKnownContent(opened)
  const { value, ContentEncoding = 'none' } = known.BusinessContent
  const content = unpacked(value, ContentEncoding, options.maxBytes)
  if (content.length === 0) throw new EHealthError('mycarenet.sealed', 'the sealed answer has no content')
  checkHash(blob, content)
  return { content, known, seal, ...(known.Xades === undefined ? {} : { xades: known.Xades }) }
}

/** @throws EHealthError `mycarenet.sealed` */
export function readKnownContent(opened: Uint8Array): EncryptedKnownContent {
  try {
    return read(EncryptedKnownContent, parseXml(opened, limits).root)
  } catch (cause) {
    if (!(cause instanceof EHealthError)) throw cause
    throw new EHealthError('mycarenet.sealed', `the sealed content: ${cause.message}`, { cause })
  }
}
