/** Sending (spec ehealthbox §2). */
import type { Runtime } from '../../technical/environment/runtime.js'
import { refuseUnknownOptions } from '../../technical/session/options.js'
import type { Session } from '../../technical/session/types.js'
import type { CallMeta, Operation } from '../../technical/soap/types.js'
import { assertSendable } from './callerPath.js'
import { buildContent, checkContent, type BuiltContent, type ContentSteps } from './content.js'
import { publicationOperations, SendMessageRequest, type SendMessageResponse } from './contract.js'
import { checkSealable, fieldSealer, sealRecipients } from './encryption.js'
import { gather, withoutContents, type GatheredMessage } from './gather.js'
import { checkPlainSize, checkWireSize } from './limits.js'
import type { OutgoingMessage } from './outgoing.js'
import { partyOf, type Party } from './parties.js'
import { boxOf, destinationsOf, type Destination, type Recipient } from './recipients.js'
import { oncePerAddress, recipientsAgain, type ResendChoice } from './resend.js'
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
  /** What was sent and may still not arrive as meant. */
  warnings: SendWarning[]
  meta: CallMeta
}

/**
 * `custom-metas-over-50`: old editions of the platform took no more. `body-not-shown-by-web-application`: it shows
 * `text/plain` and `text/html` only.
 */
export type SendWarning = 'custom-metas-over-50' | 'body-not-shown-by-web-application'

/** The platform has taken the message; delivery follows, and its failure would come as an ERROR message. */
export interface Sent extends Answered {
  outcome: 'sent'
  /** MessageId of the copy in the sender's SENTBOX: ask for acknowledgements with it. */
  id: string | undefined
}

/** Somebody is out of office and nothing was sent: ask the user, then `resend`. */
export interface OutOfOffice extends Answered {
  outcome: 'out-of-office'
  /**
   * Sends the same publication again: to the substitutes instead of the absent (`toSubstitutes`), to the absent all the same
   * (`anyway`), or to both. An encrypted message is sealed anew, for exactly those. Whoever else was addressed stays so.
   *
   * @throws EHealthError `ehbox.no-substitute` when an absent recipient has none and would be left out; and as `send`
   */
  resend(choice: ResendChoice): Promise<SendOutcome>
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
  'onProgress',
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
  const publicationId = message.publicationId ?? newPublicationId(session.runtime)
  const destinations = checkedDestinations(session, message, message.to)
  checkContent(message, session.runtime.now())
  // everything but the contents, before a file is opened or anybody called
  const skeleton = withoutContents(message)
  const outline = await buildContent(skeleton, plainSteps(session), session.runtime.now())
  assertSendable(
    SendMessageRequest,
    requestOf(skeleton, {
      destinations,
      publicationId,
      content: outline.content,
      now: session.runtime.now(),
    }),
  )
  const gathered = await gather(message)
  checkPlainSize(gathered)
  return publish(session, gathered, { destinations, publicationId, channel })
}

function checkedDestinations(
  session: Session,
  message: Pick<OutgoingMessage, 'encrypt' | 'outOfOffice'>,
  to: Recipient | readonly Recipient[],
): Destination[] {
  const destinations = destinationsOf(to, {
    now: session.runtime.now(),
    deliverAnyway: message.outOfOffice === 'deliver-anyway',
  })
  if (message.encrypt === true) checkSealable(destinations)
  return destinations
}

interface Publication {
  destinations: readonly Destination[]
  publicationId: string
  channel: Channel
}

/** Seals for these recipients, sends, and tells what came of it. */
async function publish(
  session: Session,
  message: GatheredMessage,
  { destinations, publicationId, channel }: Publication,
): Promise<SendOutcome> {
  const now = session.runtime.now()
  const steps = message.encrypt === true ? await sealingSteps(session, destinations) : plainSteps(session)
  const { content, attachments } = await buildContent(message, steps, now)
  const value = requestOf(message, { destinations, publicationId, content, now })
  const answer = await session.call(channel.operation, value, {
    attachments,
    beforeSending: checkWireSize,
    ...(message.onProgress === undefined ? {} : { onSent: message.onProgress }),
  })
  const outcome = outcomeOf(
    answer.value,
    { publicationId, warnings: warningsOf(message) },
    answer.meta,
    channel,
  )
  if (outcome.outcome === 'sent') return outcome
  return {
    ...outcome,
    resend: async (choice) => {
      const to = recipientsAgain(destinations, outcome.recipients, choice)
      return publish(session, message, {
        publicationId,
        channel,
        destinations: oncePerAddress(checkedDestinations(session, message, to)),
      })
    },
  }
}

const contentIds = (session: Session) => (): string => `${session.runtime.uuid()}@ehealth.fgov.be`

const plainSteps = (session: Session): ContentSteps => ({
  transform: (field) => Promise.resolve(field),
  contentId: contentIds(session),
})

async function sealingSteps(session: Session, destinations: readonly Destination[]): Promise<ContentSteps> {
  const recipients = await sealRecipients(session, destinations)
  return { transform: await fieldSealer(session, recipients), contentId: contentIds(session) }
}

function requestOf(
  message: GatheredMessage,
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

const metasOfOldEditions = 50
const shownByWebApplication = /^text\/(plain|html)\b/i

/** What the platform takes and a reader may not get to see (§9.32, §2.2). */
function warningsOf({ customMetas = [], body }: GatheredMessage): SendWarning[] {
  const metas = Array.isArray(customMetas) ? customMetas : Object.entries(customMetas)
  const warnings: SendWarning[] = []
  if (metas.length > metasOfOldEditions) warnings.push('custom-metas-over-50')
  if (typeof body !== 'string' && !shownByWebApplication.test(body.mimeType))
    warnings.push('body-not-shown-by-web-application')
  return warnings
}

function outcomeOf(
  answer: SendMessageResponse,
  said: Pick<Answered, 'publicationId' | 'warnings'>,
  meta: CallMeta,
  { successes: taken }: Channel,
): Sent | Omit<OutOfOffice, 'resend'> {
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
  const answered: Answered = { ...said, status, recipients, meta }
  return absence ? { outcome: 'out-of-office', ...answered } : { outcome: 'sent', id: answer.Id, ...answered }
}
