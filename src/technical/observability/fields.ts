/** The allow-list: an event is rebuilt from these fields, each in its own form, before anybody sees it. */
import type { SessionEvent } from './events.js'

type NamesOf<Event> = Event extends unknown ? keyof Event : never

/** What a field may hold. */
type Form =
  | 'word' // our own vocabulary, names of contracts
  | 'code' // codes of the platform
  | 'id' // random identifiers: calls, tickets, correlation
  | 'url' // without query, fragment and user: they may name somebody
  | 'number'
  | 'instant'
  | 'flag'

/**
 * Every field that an event can have, in the order in which they are written. A field that is not here does not exist: a
 * new event gets its fields a line here, and whoever adds one decides what it may hold.
 */
const forms = {
  type: 'word',
  state: 'word',
  at: 'number',
  callId: 'id',
  service: 'word',
  operation: 'word',
  attempt: 'number',
  phase: 'word',
  failed: 'flag',
  endpoint: 'url',
  httpStatus: 'number',
  milliseconds: 'number',
  bytes: 'number',
  correlationId: 'id',
  code: 'word',
  platformCode: 'code',
  ticket: 'id',
  pause: 'number',
  skew: 'number',
  corrected: 'flag',
  renewal: 'flag',
  notOnOrAfter: 'instant',
  ownerType: 'word',
  source: 'word',
  tokens: 'number',
  recipients: 'number',
  usage: 'number',
  standBy: 'number',
  tries: 'number',
  bag: 'number',
  bags: 'number',
  entries: 'number',
  waiting: 'number',
  repaired: 'number',
  foreign: 'number',
  missing: 'number',
} as const satisfies Readonly<Record<NamesOf<SessionEvent>, Form>>

/** Names of all fields, in a stable order. */
export const eventFields = Object.keys(forms) as readonly (keyof typeof forms)[]

/** Stands for a text that does not look like what belongs into its field. */
export const withheld = '(withheld)'

/** National, NIHII and CBE numbers have 8 digits or more in a row; no code and no name of an operation has. */
const manyDigits = /\d{8}/

const clean: Readonly<Record<Form, (value: unknown) => unknown>> = {
  word: (value) => textLike(value, /^[\w.:-]{1,100}$/, manyDigits),
  code: (value) => textLike(value, /^[A-Za-z0-9_.:-]{1,60}$/, manyDigits),
  id: (value) => textLike(value, /^[\w.:{}-]{1,100}$/),
  url: (value) => {
    const url = typeof value === 'string' ? parsedUrl(value) : undefined
    return url === undefined ? withheld : `${url.protocol}//${url.host}${url.pathname}`
  },
  number: (value) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined),
  instant: (value) => (value instanceof Date && !Number.isNaN(value.getTime()) ? value : undefined),
  flag: (value) => (typeof value === 'boolean' ? value : undefined),
}

function parsedUrl(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}

function textLike(value: unknown, shape: RegExp, never?: RegExp): string {
  return typeof value === 'string' && shape.test(value) && never?.test(value) !== true ? value : withheld
}

/** The event with the fields of the allow-list and no others; a text that fits none of the forms is withheld. */
export function allowedOnly<Event extends SessionEvent>(event: Event): Event {
  const values = event as unknown as Readonly<Record<string, unknown>>
  const kept: Record<string, unknown> = {}
  for (const name of eventFields) {
    const given = values[name]
    if (given === undefined) continue
    const value = clean[forms[name]](given)
    if (value !== undefined) kept[name] = value
  }
  return kept as Event
}
