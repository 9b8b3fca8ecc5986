/** Reading one message (spec ehealthbox §3.4). */
import { EHealthError } from '../../errors.js'
import { refuseUnknownOptions } from '../../technical/session/options.js'
import type { Session } from '../../technical/session/types.js'
import type { CallMeta } from '../../technical/soap/types.js'
import { checkMessageId } from './callerPath.js'
import {
  consultationOperations,
  type ConsultationContent,
  type GetFullMessageRequest,
  type GetFullMessageResponse,
} from './contract.js'
import { boxField, type BoxOptions } from './info.js'
import { messageTypeOf, sizeOf, type ListedMessage, type MessageType } from './listed.js'
import { partyOf, senderOf } from './parties.js'
import { readContent } from './readContent.js'
import { inMemory, type AnyAttachment, type Holder } from './readPart.js'
import type { FieldContext } from './readText.js'
import type {
  AcknowledgmentMessage,
  AnnexParticulars,
  DocumentMessage,
  ErrorMessage,
  FullMessage,
  ReceivedMessage,
  ReceivedPart,
} from './received.js'
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
  /**
   * Give what can be read: a body, annex or text that cannot be opened is left out and told in `problems`, with its
   * `problem` where it would stand. By default the whole message is refused.
   */
  partial?: boolean
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
  options: Pick<ReadOptions, 'box' | 'folder'>,
): GetFullMessageRequest {
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
  refuseUnknownOptions(options, ['box', 'folder', 'partial'])
  const request = readRequest(session, message, options)
  const { value, attachments, meta } = await session.call(consultationOperations.getFullMessage, request)
  const answer = answeredMessage(value, request, meta)
  return fullMessage(session, answer, {
    id: request.MessageId,
    attachments,
    meta,
    partial: options.partial === true,
  })
}

/**
 * The message of an answer.
 *
 * @throws EHealthError `ehbox.refused`, `contract.unreadable` when it is another one than asked for
 */
export function answeredMessage(
  value: GetFullMessageResponse,
  request: GetFullMessageRequest,
  meta: CallMeta,
): AnsweredMessage {
  const answer = assertSuccess(value, meta)
  if (answer.Message === undefined) throw unreadable('GetFullMessageResponse.Message')
  const answeredId = answer.Message.MessageId
  if (answeredId !== undefined && answeredId !== request.MessageId)
    throw new EHealthError('contract.unreadable', 'the answer is another message than the one asked for', {
      path: 'GetFullMessageResponse.Message@MessageId',
    })
  return answer
}

/** An answer with a message in it. */
export type AnsweredMessage = Extract<GetFullMessageResponse, { Message: object }>

/** What came with the answer. */
export interface Received {
  id: string
  attachments: ReadonlyMap<string, AnyAttachment>
  meta: CallMeta
  partial?: boolean
}

/** What an answer says, in the words of this library. @internal */
export const fullMessage = (
  session: Session,
  answer: AnsweredMessage,
  received: Received,
): Promise<FullMessage> => messageFrom(session, answer, received, inMemory)

/** A message whose documents are of one kind: in memory, or in files. */
export type MessageHolding<Held extends ReceivedPart> =
  | (Omit<DocumentMessage, 'body' | 'annexes'> & { body: Held; annexes: (Held & AnnexParticulars)[] })
  | AcknowledgmentMessage
  | ErrorMessage

/** What an answer says; its documents go where `holderFor` puts them. @internal */
export async function messageFrom<Held extends ReceivedPart>(
  session: Session,
  answer: AnsweredMessage,
  received: Received,
  holderFor: (context: FieldContext) => Holder<Held>,
): Promise<MessageHolding<Held>> {
  const { Content, ContentSpecification } = answer.Message.ContentContext
  const { partial = false } = received
  const common = commonOf(answer, received)
  const type = messageTypeOf(ContentSpecification.ContentType, common.problems)
  const told = toldByPlatform(type, Content, common)
  if (told !== undefined) return told
  if (type !== 'DOCUMENT' && type !== 'NEWS' && type !== 'OTHER') {
    const missing = unreadable(
      `GetFullMessageResponse.Message.${type === 'ERROR' ? 'Error' : 'Acknowledgment'}`,
    )
    if (!partial) throw missing
    common.problems.push(missing.message)
  }
  const fields: FieldContext = {
    opener: common.encrypted ? await sealedFields(session) : clearFields(),
    encrypted: common.encrypted,
    partial,
    problems: common.problems,
  }
  const content = await readContent(Content, {
    ...fields,
    attachments: received.attachments,
    now: session.runtime.now(),
    holder: holderFor(fields),
  })
  const verification = verificationOf(fields.opener.opened, common.sender)
  return {
    ...common,
    type: type === 'DOCUMENT' || type === 'NEWS' ? type : 'OTHER',
    ...content,
    ...(verification === undefined ? {} : { verification }),
  }
}

/** Receipts and errors are clear, and what they tell stands beside a document of no interest. */
function toldByPlatform(
  type: MessageType,
  { Acknowledgment, Error: failure }: ConsultationContent,
  common: ReceivedMessage,
): AcknowledgmentMessage | ErrorMessage | undefined {
  if (type === 'ACKNOWLEDGMENT' && Acknowledgment !== undefined)
    return {
      ...common,
      type,
      acknowledges: Acknowledgment.MessageId,
      acknowledgment: Acknowledgment.AckType,
      at: Acknowledgment.DateTime,
      ...(Acknowledgment.Recipient === undefined ? {} : { recipient: partyOf(Acknowledgment.Recipient) }),
    }
  if (type === 'ERROR' && failure !== undefined)
    return {
      ...common,
      type,
      error: {
        ...(failure.PublicationId === undefined ? {} : { publicationId: failure.PublicationId }),
        code: failure.Code,
        messages: failure.Message,
        destinations: (failure.Destination ?? []).map(partyOf),
        failures: failure.Failure ?? [],
      },
    }
  return undefined
}

function commonOf(
  { Sender, Message, MessageInfo }: AnsweredMessage,
  { id, meta }: Received,
): ReceivedMessage {
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
