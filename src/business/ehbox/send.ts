/** Sending (spec ehealthbox §2). */
import type { Runtime } from '../../technical/environment/runtime.js'
import { refuseUnknownOptions } from '../../technical/session/options.js'
import type { Session } from '../../technical/session/types.js'
import type { CallMeta, Operation } from '../../technical/soap/types.js'
import { write } from '../../technical/xml/index.js'
import { assertSendable } from './callerPath.js'
import { buildContent, checkContent, type BuiltContent } from './content.js'
import { publicationOperations, SendMessageRequest, type SendMessageResponse } from './contract.js'
import { checkSealable, fieldSealer, sealRecipients } from './encryption.js'
import { checkPlainSize, checkWireSize } from './limits.js'
import type { OutgoingMessage } from './outgoing.js'
import { partyOf, type Party } from './parties.js'
import { boxOf, destinationsOf, type Destination } from './recipients.js'
import { assertSuccess, outOfOffice, statusOf, successes, type Status } from './status.js'

/** A recipient as the answer names him. */
export interface AnsweredRecipient extends Party {
  /** Days of absence as the platform wrote them, `YYYY-MM-DD` with or without zone, both included. */
  absent?: { from: string; to: string }
  /** Who replaces him; may be given as recipients. */
  substitutes: Party[]
}

interface Answered {
  /** The PublicationId of the request. */
  publicationId: string
  status: Status
  recipients: AnsweredRecipient[]
  meta: CallMeta
}

/** The platform has taken the message; delivery follows, and its failure would come as an ERROR message. */
export interface Sent extends Answered {
  outcome: 'sent'
  /** MessageId of the copy in the sender's SENTBOX: ask for acknowledgements with it. */
  id: string | undefined
}

/**
 * Somebody is out of office and nothing was sent. Send again to the substitutes, or with
 * `outOfOffice: 'deliver-anyway'`; an encrypted message is sealed anew for whoever is then addressed.
 */
export interface OutOfOffice extends Answered {
  outcome: 'out-of-office'
}

/** Outcome of `send`. */
export type SendOutcome = Sent | OutOfOffice

const optionNames: readonly (keyof OutgoingMessage)[] = [
  'to',
  'title',
  'body',
  'freeText',
  'table',
  'patient',
  'annexes',
  'encrypt',
  'important',
  'receipts',
  'application',
  'customMetas',
  'copyMailTo',
  'publicationId',
  'outOfOffice',
  'type',
  'from',
]

/** Where a publication goes: another service takes the same messages (spec ehealthbox §6.2). @internal */
export interface Channel {
  readonly operation: Operation<SendMessageRequest, SendMessageResponse>
  /** Statuses that mean that the message was taken. */
  readonly successes: ReadonlySet<string>
}

const mailbox: Channel = { operation: publicationOperations.sendMessage, successes }

/** Sends a message. See {@link Ehbox.send}. */
export async function send(
  session: Session,
  message: OutgoingMessage,
  channel: Channel = mailbox,
): Promise<SendOutcome> {
  refuseUnknownOptions(message, optionNames)
  const now = session.runtime.now()
  const destinations = destinationsOf(message.to, {
    now,
    deliverAnyway: message.outOfOffice === 'deliver-anyway',
  })
  const encrypt = message.encrypt === true
  if (encrypt) checkSealable(destinations)
  checkContent(message, now)
  checkPlainSize(message)
  const publicationId = message.publicationId ?? newPublicationId(session.runtime)
  const request = (content: BuiltContent['content']): SendMessageRequest =>
    requestOf(message, { destinations, publicationId, content, now })

  const contentId = (): string => `${session.runtime.uuid()}@ehealth.fgov.be`
  const plain = await buildContent(message, { transform: (field) => Promise.resolve(field), contentId }, now)
  assertSendable(SendMessageRequest, request(plain.content))
  const built = encrypt ? await sealed(session, message, { destinations, contentId, now }) : plain

  const value = request(built.content)
  const token = await session.token()
  checkWireSize({
    message: Buffer.byteLength(write(SendMessageRequest, value).xml),
    assertion: Buffer.byteLength(token.xml),
    attachments: built.attachments,
  })
  const answer = await session.call(channel.operation, value, {
    attachments: built.attachments,
  })
  return outcomeOf(answer.value, publicationId, answer.meta, channel)
}

async function sealed(
  session: Session,
  message: OutgoingMessage,
  options: { destinations: readonly Destination[]; contentId: () => string; now: Date },
): Promise<BuiltContent> {
  const recipients = await sealRecipients(session, options.destinations)
  const transform = await fieldSealer(session, recipients)
  return buildContent(message, { transform, contentId: options.contentId }, options.now)
}

function requestOf(
  message: OutgoingMessage,
  parts: {
    destinations: readonly Destination[]
    publicationId: string
    content: BuiltContent['content']
    now: Date
  },
): SendMessageRequest {
  const { receipts = {}, customMetas = [] } = message
  const metas: readonly (readonly [string, string])[] = Array.isArray(customMetas)
    ? customMetas
    : Object.entries(customMetas)
  return {
    PublicationId: parts.publicationId,
    ...(message.from === undefined ? {} : { BoxId: boxOf(message.from, 'from', parts.now) }),
    DestinationContext: parts.destinations.map(({ context }) => context),
    ContentContext: {
      Content: parts.content,
      ContentSpecification: {
        ...(message.application === undefined ? {} : { ApplicationName: message.application }),
        ContentType: message.type ?? 'DOCUMENT',
        IsImportant: message.important === true,
        IsEncrypted: message.encrypt === true,
        PublicationReceipt: receipts.publication === true,
        ReceivedReceipt: receipts.received === true,
        ReadReceipt: receipts.read === true,
      },
      CustomMeta: metas.map(([Key, Value]) => ({ Key, Value })),
    },
    Meta: [],
    CopyMailTo: [...(message.copyMailTo ?? [])],
  }
}

const alphabetSize = 36n
const publicationIdLength = 13

/** 13 characters of base 36 from a random source: 67 bits, unlike the clock readings of other clients (§9.6, §9.7). */
export function newPublicationId(runtime: Runtime): string {
  const number = BigInt(`0x${Buffer.from(runtime.randomBytes(24)).toString('hex')}`)
  return (number % alphabetSize ** BigInt(publicationIdLength))
    .toString(Number(alphabetSize))
    .toUpperCase()
    .padStart(publicationIdLength, '0')
}

function outcomeOf(
  answer: SendMessageResponse,
  publicationId: string,
  meta: CallMeta,
  { successes: taken }: Channel,
): SendOutcome {
  const status = statusOf(answer.Status)
  const absence = status.code === outOfOffice
  if (!absence && !taken.has(status.code)) assertSuccess(answer, meta)
  const recipients = (answer.Recipient ?? []).map((recipient) => ({
    ...partyOf(recipient),
    ...(recipient.AbsentFrom === undefined
      ? {}
      : { absent: { from: recipient.AbsentFrom, to: recipient.AbsentTo } }),
    substitutes: (recipient.Substitute ?? []).map((substitute) => partyOf(substitute)),
  }))
  const answered: Answered = { publicationId, status, recipients, meta }
  return absence ? { outcome: 'out-of-office', ...answered } : { outcome: 'sent', id: answer.Id, ...answered }
}
