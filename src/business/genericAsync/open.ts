/** Opening what was received: unsealed, unpacked, compared with its hash (spec memberdata-mycarenet §2.7, §5.1, §5.2). */
import type { Session } from '../../technical/session/index.js'
import { contentOf, isSealed, openBlob, type OpenedBlob } from '../mycarenet/index.js'
import type { AsyncMessage } from './message.js'

/** The content of a message. */
export interface OpenedMessage {
  content: Uint8Array
  /** Who sealed it, when, with which warnings; absent when it came in clear. */
  seal?: OpenedBlob['seal']
}

/** @throws EHealthError `mycarenet.blob`, `mycarenet.hash`, `mycarenet.too-large`, `mycarenet.sealed`, `unseal.*` */
export async function openMessage(
  session: Session,
  message: AsyncMessage,
  options: { maxBytes?: number } = {},
): Promise<OpenedMessage> {
  const { packed: value, contentType: ContentType, contentEncoding: ContentEncoding } = message
  const blob = {
    value,
    ContentType,
    ContentEncoding,
    ...(message.contentEncryption === undefined ? {} : { ContentEncryption: message.contentEncryption }),
    ...(message.hash === undefined ? {} : { HashValue: Buffer.from(message.hash, 'base64') }),
  }
  if (!isSealed(blob)) return { content: contentOf(blob, options) }
  const { content, seal } = await openBlob(session, blob, options)
  return { content, seal }
}
