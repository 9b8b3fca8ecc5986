/** Reading one message (spec ehealthbox §3.4). */
import { EHealthError } from '../../errors.js'
import { refuseUnknownOptions } from '../../technical/session/options.js'
import type { Session } from '../../technical/session/types.js'
import type { Attachment, CallMeta } from '../../technical/soap/types.js'
import { checkMessageId } from './callerPath.js'
import {
  consultationOperations,
  type GetFullMessageRequest,
  type GetFullMessageResponse,
} from './contract.js'
import { boxField, type BoxOptions } from './info.js'
import { messageTypeOf, sizeOf, type ListedMessage } from './list.js'
import { partyOf, senderOf } from './parties.js'
import { readContent } from './readContent.js'
import type { FullMessage, ReceivedMessage } from './received.js'
import { assertSuccess } from './status.js'
import { unreadable } from './unreadable.js'
import { clearFields, sealedFields } from './unsealing.js'
import { verificationOf } from './verification.js'

/** Where a message can be read from; `HISTORY` holds the earlier versions of a NEWS. */
export type ReadableFolder = 'INBOX' | 'SENTBOX' | 'HISTORY'

/** Options of `read`. */
export interface ReadOptions extends BoxOptions {
  /** Default: the folder in which the message was listed, else `INBOX`. */
  folder?: ReadableFolder
}

/** A message that a list showed, or its MessageId. */
export type MessageReference = string | Pick<ListedMessage, 'id' | 'folder' | 'box'>

const readable: readonly string[] = ['INBOX', 'SENTBOX', 'HISTORY']

/** @throws EHealthError `contract.invalid` for what is no MessageId */
export function idOf(message: MessageReference, path = 'message'): string {
  return typeof message === 'string'
    ? checkMessageId(message, path)
    : checkMessageId((message as Partial<ListedMessage> | undefined)?.id, `${path}.id`)
}

/** @throws EHealthError `ehbox.folder` for a bin: the platform reads from none (spec ehealthbox §9.12) */
export function readRequest(
  session: Session,
  message: MessageReference,
  options: ReadOptions,
): GetFullMessageRequest {
  refuseUnknownOptions(options, ['box', 'folder'])
  const listed = typeof message === 'string' ? undefined : message
  const Source = options.folder ?? listed?.folder ?? 'INBOX'
  if (!readable.includes(Source))
    throw new EHealthError('ehbox.folder', `messages are read from ${readable.join(', ')} only`, {
      path: 'folder',
    })
  const box = options.box ?? listed?.box
  return {
    ...boxField(session, box === undefined ? {} : { box }),
    Source: Source as ReadableFolder,
    MessageId: idOf(message),
  }
}

/** Reads, opens and verifies one message. See {@link Ehbox.read}. */
export async function read(
  session: Session,
  message: MessageReference,
  options: ReadOptions = {},
): Promise<FullMessage> {
  const request = readRequest(session, message, options)
  const { value, attachments, meta } = await session.call(consultationOperations.getFullMessage, request)
  const answer = assertSuccess(value, meta)
  if (answer.Message === undefined) throw unreadable('GetFullMessageResponse.Message')
  const answeredId = answer.Message.MessageId
  if (answeredId !== undefined && answeredId !== request.MessageId)
    throw new EHealthError('contract.unreadable', 'the answer is another message than the one asked for', {
      path: 'GetFullMessageResponse.Message@MessageId',
    })
  return fullMessage(session, answer, { id: request.MessageId, attachments, meta })
}

type Answer = Extract<GetFullMessageResponse, { Message: object }>

interface Received {
  id: string
  attachments: ReadonlyMap<string, Attachment>
  meta: CallMeta
}

/** What an answer says, in the words of this library. @internal */
export async function fullMessage(
  session: Session,
  answer: Answer,
  received: Received,
): Promise<FullMessage> {
  const { Content, ContentSpecification } = answer.Message.ContentContext
  const common = commonOf(answer, received)
  const type = messageTypeOf(ContentSpecification.ContentType, common.problems)
  if (type === 'ACKNOWLEDGMENT') {
    const acknowledgment = Content.Acknowledgment
    if (acknowledgment === undefined) throw unreadable('GetFullMessageResponse.Message.Acknowledgment')
    return {
      ...common,
      type,
      acknowledges: acknowledgment.MessageId,
      acknowledgment: acknowledgment.AckType,
      at: acknowledgment.DateTime,
      ...(acknowledgment.Recipient === undefined ? {} : { recipient: partyOf(acknowledgment.Recipient) }),
    }
  }
  if (type === 'ERROR') {
    const error = Content.Error
    if (error === undefined) throw unreadable('GetFullMessageResponse.Message.Error')
    return {
      ...common,
      type,
      error: {
        ...(error.PublicationId === undefined ? {} : { publicationId: error.PublicationId }),
        code: error.Code,
        messages: error.Message,
        destinations: (error.Destination ?? []).map(partyOf),
        failures: error.Failure ?? [],
      },
    }
  }
  const opener = common.encrypted ? await sealedFields(session) : clearFields()
  const content = await readContent(Content, {
    opener,
    attachments: received.attachments,
    encrypted: common.encrypted,
    problems: common.problems,
    now: session.runtime.now(),
  })
  const verification = verificationOf(opener.opened, common.sender)
  return { ...common, type, ...content, ...(verification === undefined ? {} : { verification }) }
}

function commonOf({ Sender, Message, MessageInfo }: Answer, { id, meta }: Received): ReceivedMessage {
  const { Content, ContentSpecification, CustomMeta } = Message.ContentContext
  const size = sizeOf(MessageInfo.Size)
  return {
    id,
    ...(Message.PublicationId === undefined ? {} : { publicationId: Message.PublicationId }),
    contentType: ContentSpecification.ContentType,
    title: Content.Document.Title,
    sender: senderOf(Sender),
    destinations: Message.DestinationContext.map(partyOf),
    publicationDate: MessageInfo.PublicationDate,
    expirationDate: MessageInfo.ExpirationDate,
    ...(size === undefined ? {} : { size }),
    important: ContentSpecification.IsImportant,
    encrypted: ContentSpecification.IsEncrypted,
    ...(ContentSpecification.ApplicationName === undefined
      ? {}
      : { application: ContentSpecification.ApplicationName }),
    customMetas: CustomMeta.map(({ Key, Value }) => [Key, Value]),
    metas: Message.Meta.map(({ Type, Value }) => ({ type: Type, values: Value })),
    copyMailTo: Message.CopyMailTo,
    problems: [],
    meta,
  }
}
