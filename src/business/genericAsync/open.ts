/** Opening what was received: unsealed, unpacked, compared with its hash (spec memberdata-mycarenet §2.7, §5.1, §5.2). */
import type { Session } from '../../technical/session/index.js'
import type { XmlVerification } from '../../technical/xades/index.js'
import { contentOf, isSealed, openBlob, type BlobElement, type OpenedBlob } from '../mycarenet/index.js'
import type { AsyncMessage } from './message.js'
import { judgeMessage } from './signing.js'

/** The content of a message. */
export interface OpenedMessage {
  content: Uint8Array
  /** Who sealed it, when, with which warnings; absent when it came in clear. */
  seal?: OpenedBlob['seal']
  /**
   * Verdict about the signature beside the content: look at it before relying on who answered. Absent where there is none.
   * A certificate that has expired since is a warning.
   */
  signature?: XmlVerification
}

/** How a message is opened. */
export interface OpenMessageOptions {
  /** Most octets of the content; 64 MiB. */
  maxBytes?: number
  /** The blob that is answered, as it was sent: the manifest in the signature of an answer may name it (§2.7). */
  posted?: { id: string; packed: Uint8Array }
}

/** @throws EHealthError `mycarenet.blob`, `mycarenet.hash`, `mycarenet.too-large`, `mycarenet.sealed`, `unseal.*` */
export async function openMessage(
  session: Session,
  message: AsyncMessage,
  { posted, ...options }: OpenMessageOptions = {},
): Promise<OpenedMessage> {
  const { packed: value, contentType: ContentType, contentEncoding: ContentEncoding } = message
  const blob = {
    value,
    ContentType,
    ContentEncoding,
    ...(message.contentEncryption === undefined ? {} : { ContentEncryption: message.contentEncryption }),
    ...(message.hash === undefined ? {} : { HashValue: Buffer.from(message.hash, 'base64') }),
  }
  const opened: OpenedMessage = isSealed(blob)
    ? await unsealed(session, blob, options)
    : { content: contentOf(blob, options) }
  const signature = await judgeMessage(session, message, posted)
  return signature === undefined ? opened : { ...opened, signature }
}

async function unsealed(
  session: Session,
  blob: BlobElement,
  options: { maxBytes?: number },
): Promise<OpenedMessage> {
  const { content, seal } = await openBlob(session, blob, options)
  return { content, seal }
}
