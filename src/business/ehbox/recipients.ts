/** Recipients and boxes: named by number and quality, checked at the door (spec ehealthbox §4). */
import { EHealthError } from '../../errors.js'
import {
  formatForEtk,
  identifierTypeOfEhbox,
  identifierTypes,
  parseCbe,
  parseEhp,
  parseNihii,
  parseSsin,
} from '../../technical/identifiers/index.js'
import { refuseUnknownOptions } from '../../technical/session/options.js'
import type { BoxId, DestinationContext } from './contract.js'
import { addressingOf, ehboxTypes, type NumberKind, type Quality } from './qualities.js'

/** One of the four numbers. Separators are accepted; a NIHII of 11 digits is cut to its 8 significant ones. */
type ByNumber =
  | { ssin: string; nihii?: never; cbe?: never; ehp?: never }
  | { nihii: string; ssin?: never; cbe?: never; ehp?: never }
  | { cbe: string; ssin?: never; nihii?: never; ehp?: never }
  | { ehp: string; ssin?: never; nihii?: never; cbe?: never }

/** A box in the platform's own words: for combinations that the list of qualities does not know. */
export interface RawBox {
  /** The number; `ALL` for everybody of the quality. */
  id: string
  /** `INSS` (an SSIN), `NIHII`, `CBE`, `EHP` or another type of the platform. */
  type: string
  subType?: string
  quality: Quality
}

/** A box: `{ nihii: '…', quality: 'NURSE' }`, or in the platform's own words. */
export type Box = (ByNumber & { quality: Quality }) | RawBox

/** Everybody who has the quality. Never with an encrypted message: nobody but the sender could read it. */
export interface Everybody {
  everybody: true
  quality: Quality
}

/** The legacy mandate under which a message is sent to a recipient (first mandate system). */
export interface Mandate {
  id: string
  type: string
  subType?: string
  name?: string
}

/** A recipient of a message. */
export type Recipient = (Box | Everybody) & {
  /** Application of the recipient whose encryption token is to be used; all of the actor's by default. */
  application?: string
  /** The person meant, inside the box of an organisation. Travels unencrypted. */
  user?: { ssin: string; firstName: string; lastName: string }
  /** Deliver although this recipient is out of office. */
  deliverAnyway?: boolean
  /** Travels unencrypted. */
  mandate?: Mandate
}

/** Question to the ETK depot. */
export interface EtkIdentifier {
  type: string
  value: string
  application?: string
}

/** A checked recipient. */
export interface Destination {
  /** Where it stands in the input, for instance `to[1]`. */
  path: string
  /** As it was given. */
  recipient: Recipient
  context: DestinationContext
  /** True for `ALL`: there is no encryption token for everybody. */
  everybody: boolean
  application?: string
}

const kinds: readonly NumberKind[] = ['ssin', 'nihii', 'cbe', 'ehp']

const recipientOptions = ['application', 'user', 'deliverAnyway', 'mandate'] as const

const normalise: Readonly<Record<NumberKind, (value: string, now: Date) => string>> = {
  ssin: (value, now) => parseSsin(value, { asOf: now }).normalized,
  nihii: (value) => parseNihii(value).base8,
  cbe: (value) => parseCbe(value).normalized,
  ehp: (value) => parseEhp(value).normalized,
}

/**
 * Checks a box named by the caller.
 *
 * @throws EHealthError `identifier.*` or `ehbox.recipient`, with the path
 */
export function boxOf(box: Box, path: string, now: Date): BoxId {
  if (typeof box !== 'object' || box === null || typeof box.quality !== 'string' || box.quality === '')
    throw new EHealthError('ehbox.recipient', 'a box needs a number and a quality', { path })
  if ('id' in box) return rawBox(box, path, now)
  refuseUnknownOptions(box, [...kinds, 'quality', ...recipientOptions], path)
  const given = kinds.filter((kind) => box[kind] !== undefined)
  const [kind] = given
  if (kind === undefined || given.length > 1)
    throw new EHealthError('ehbox.recipient', `exactly one of ${kinds.join(', ')} must be given`, { path })
  const addressing = addressingOf(box.quality)
  if (addressing !== undefined && !addressing.by.includes(kind))
    throw new EHealthError(
      'ehbox.recipient',
      `this quality is addressed by ${addressing.by.join(' or ')}, not by ${kind}`,
      { path: `${path}.${kind}` },
    )
  const Id = at(`${path}.${kind}`, () => normalise[kind](box[kind]!, now))
  return {
    Id,
    Type: ehboxTypes[kind],
    ...(addressing?.subType === undefined ? {} : { SubType: addressing.subType }),
    Quality: box.quality,
  }
}

function rawBox({ id, type, subType, quality }: RawBox, path: string, now: Date): BoxId {
  if (typeof id !== 'string' || id === '' || typeof type !== 'string' || type === '')
    throw new EHealthError('ehbox.recipient', 'id and type must be given', { path })
  const kind = kinds.find((candidate) => ehboxTypes[candidate] === type)
  const Id = id === 'ALL' || kind === undefined ? id : at(`${path}.id`, () => normalise[kind](id, now))
  return { Id, Type: type, ...(subType === undefined ? {} : { SubType: subType }), Quality: quality }
}

/**
 * Checks the recipients of a message.
 *
 * @throws EHealthError `ehbox.no-recipient`, `ehbox.recipient`, `identifier.*` with the path, for instance `to[1].nihii`
 */
export function destinationsOf(
  to: Recipient | readonly Recipient[],
  options: { now: Date; deliverAnyway: boolean },
): Destination[] {
  if (isOne(to)) return destinationsOf([to], options)
  if (!Array.isArray(to) || to.length === 0)
    throw new EHealthError('ehbox.no-recipient', 'the message has no recipient', { path: 'to' })
  return to.map((recipient: Recipient, index) => {
    const path = `to[${index}]`
    const box = isEverybody(recipient) ? everybodyOf(recipient, path) : boxOf(recipient, path, options.now)
    const { user, application, mandate } = recipient
    const context: DestinationContext = {
      ...box,
      ...(user === undefined ? {} : { User: userOf(user, `${path}.user`, options.now) }),
      ...(mandate === undefined ? {} : { Mandate: mandateOf(mandate, `${path}.mandate`) }),
      OoOProcessed: recipient.deliverAnyway ?? options.deliverAnyway,
    }
    return {
      path,
      recipient,
      context,
      everybody: box.Id === 'ALL',
      ...(application === undefined ? {} : { application }),
    }
  })
}

/** A single recipient, for instance a mailbox of the address book. */
const isOne = (to: Recipient | readonly Recipient[]): to is Recipient =>
  typeof to === 'object' && to !== null && !Array.isArray(to)

const isEverybody = (recipient: Recipient): recipient is Recipient & Everybody =>
  typeof recipient === 'object' && recipient !== null && 'everybody' in recipient

/** `ALL` of a quality, in the first way in which its owners are addressed; `INSS` where that is not known (inferred). */
function everybodyOf(recipient: Recipient & Everybody, path: string): BoxId {
  refuseUnknownOptions(recipient, ['everybody', 'quality', ...recipientOptions], path)
  if (recipient.everybody !== true || typeof recipient.quality !== 'string' || recipient.quality === '')
    throw new EHealthError('ehbox.recipient', 'a group is { everybody: true, quality }', { path })
  const addressing = addressingOf(recipient.quality)
  return {
    Id: 'ALL',
    Type: ehboxTypes[addressing?.by[0] ?? 'ssin'],
    ...(addressing?.subType === undefined ? {} : { SubType: addressing.subType }),
    Quality: recipient.quality,
  }
}

function mandateOf(mandate: Mandate, path: string): NonNullable<DestinationContext['Mandate']> {
  refuseUnknownOptions(mandate, ['id', 'type', 'subType', 'name'], path)
  const { id, type, subType, name } = mandate
  if (typeof id !== 'string' || id === '' || typeof type !== 'string' || type === '')
    throw new EHealthError('ehbox.recipient', 'a mandate needs id and type', { path })
  return {
    Id: id,
    Type: type,
    ...(subType === undefined ? {} : { SubType: subType }),
    ...(name === undefined ? {} : { Name: name }),
  }
}

function userOf(
  user: NonNullable<Recipient['user']>,
  path: string,
  now: Date,
): NonNullable<DestinationContext['User']> {
  const value = at(`${path}.ssin`, () => parseSsin(user.ssin, { asOf: now }).normalized)
  return { value, FirstName: user.firstName, LastName: user.lastName }
}

/**
 * The same actor at the ETK depot, where types have other names (spec ehealthbox §4.3).
 *
 * @throws EHealthError `identifier.type` with the path, for a type that the depot does not know
 */
export function etkIdentifierOf({ context, path, application }: Destination): EtkIdentifier {
  return at(path, () => {
    const { etk } = identifierTypeOfEhbox(context.Type, context.SubType)
    return {
      type: etk,
      value: formatForEtk(etk, context.Id),
      ...(application === undefined ? {} : { application }),
    }
  })
}

/** Adds the place in the input to the refusal of an identifier. */
function at<T>(path: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof EHealthError)) throw error
    throw new EHealthError(error.code, error.message, { path, hint: error.hint, cause: error })
  }
}

/** Name of a party's type at the ETK depot and in certificates; `undefined` for a type that is not known. */
export function etkTypeOf(party: { type: string; subType?: string }): string | undefined {
  return identifierTypes.find(
    ({ ehboxType, ehboxSubtype }) => ehboxType === party.type && ehboxSubtype === party.subType,
  )?.etk
}
