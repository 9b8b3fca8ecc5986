/** Publishing to citizens (spec ehealthbox §6.2). What the chapter does not know is refused and not guessed. */
import { EHealthError, isEHealthError } from '../../errors.js'
import { refuseUnknownOptions } from '../../technical/session/options.js'
import type { Session } from '../../technical/session/types.js'
import { sendThrough, type Channel, type OutgoingMessage, type RawBox, type Sent } from '../ehbox/index.js'
import { eh2eboxOperations } from './contract.js'

/** A citizen: by his SSIN, or in the platform's own words where these should be others than is known here. */
export type Citizen = { ssin: string } | RawBox

/** A message to citizens. Everything in it travels unencrypted: see {@link Eh2ebox}. */
export interface CitizenMessage extends Pick<
  OutgoingMessage,
  | 'title'
  | 'freeText'
  | 'table'
  | 'annexes'
  | 'important'
  | 'receipts'
  | 'application'
  | 'customMetas'
  | 'copyMailTo'
  | 'publicationId'
  | 'from'
> {
  /** At least one citizen. */
  to: Citizen | readonly Citizen[]
  /** Any media type, unlike in the eHealthBox. */
  body: OutgoingMessage['body']
}

const known: readonly (keyof CitizenMessage)[] = [
  'to',
  'title',
  'body',
  'freeText',
  'table',
  'annexes',
  'important',
  'receipts',
  'application',
  'customMetas',
  'copyMailTo',
  'publicationId',
  'from',
]

/** Options of the eHealthBox of which nothing is known here, and why. */
const notKnown: Readonly<Record<string, string>> = {
  encrypt: 'citizens have no encryption token that is known, and no other way of sealing is',
  patient: 'the number of a patient travels sealed only, and nothing can be sealed for a citizen',
  type: 'whether an eBox takes news is not known',
  outOfOffice: 'whether a citizen can be out of office is not known',
}

/** 101 is taken for a success by a client in use; what it means beside 100 is not known (spec ehealthbox §2.5). */
const channel: Channel = {
  operation: eh2eboxOperations.sendMessage,
  successes: new Set(['100', '101', '200']),
}

/** Publishes a message to citizens. See {@link Eh2ebox.publish}. */
export async function publish(session: Session, message: CitizenMessage): Promise<Sent> {
  refuseUnknownOptions(message, [...known, ...Object.keys(notKnown)])
  refuseUnknownParts(message)
  const { to, ...rest } = message
  const outcome = await refusedAsOurs(
    sendThrough(session, { ...rest, to: (Array.isArray(to) ? to : [to]).map(recipientOf) }, channel),
  )
  if (outcome.outcome === 'sent') return outcome
  const { status, meta } = outcome
  throw new EHealthError('ebox.refused', 'the eH2eBox says that a citizen is out of office', {
    platform: { code: status.code, messages: status.messages, httpStatus: meta.httpStatus },
  })
}

function refuseUnknownParts(message: object): void {
  for (const [option, reason] of Object.entries(notKnown))
    if ((message as Record<string, unknown>)[option] !== undefined)
      throw new EHealthError('ebox.unknown', `${option}: ${reason}`, { path: option })
}

/** What the eHealthBox takes with a recipient and an eBox does not; the last two concern encryption and absence. */
const withRecipients = { forbidden: ['user', 'mandate'], unknown: ['application', 'deliverAnyway'] } as const

function recipientOf(citizen: Citizen, index: number): RawBox {
  const path = `to[${index}]`
  if (typeof citizen !== 'object' || citizen === null)
    throw new EHealthError('ehbox.recipient', `${path}: expected { ssin }`, {
      path,
      hint: 'Name a citizen by his SSIN.',
    })
  for (const [kind, names] of Object.entries(withRecipients))
    for (const name of names)
      if (name in citizen)
        throw new EHealthError(
          kind === 'forbidden' ? 'ebox.forbidden' : 'ebox.unknown',
          `${path}.${name}: not with a citizen`,
          { path: `${path}.${name}` },
        )
  if (!('id' in citizen)) {
    refuseUnknownOptions(citizen, ['ssin'], path)
    return { id: citizen.ssin, type: 'INSS', quality: 'CITIZEN' }
  }
  if (citizen.id === 'ALL')
    throw new EHealthError('ebox.unknown', `${path}: whether all citizens can be addressed is not known`, {
      path,
    })
  return citizen
}

/** Refusals of the platform under the name of the service that refused. */
async function refusedAsOurs<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!isEHealthError(error, 'ehbox.refused')) throw error
    const { platform } = error
    throw new EHealthError('ebox.refused', error.message.replace('eHealthBox', 'eH2eBox'), {
      ...(platform === undefined ? {} : { platform }),
      cause: error,
    })
  }
}
