/** Who owns which box, and how a box is addressed (spec ehealthbox §4). */
import type { BoxId, EhboxIdentifier, Sender } from '../../../business/ehbox/contract.js'
import { identifierTypes } from '../../../technical/identifiers/index.js'
import type { Caller } from '../../service.js'
import type { RegisteredActor, World } from '../../world.js'
import { ehboxCodes, StatusRefusal } from './status.js'

/** One mailbox: an actor in one of his qualities. */
export interface Box {
  readonly actor: RegisteredActor
  readonly quality: string
}

/** Key of a box in the store. */
export const boxKey = ({ actor, quality }: Box): string => `${actor.name}/${quality}`

/** eHealthBox spelling of the types that encryption tokens spell otherwise (spec ehealthbox §4.3). */
const subTypes: Readonly<Record<string, string>> = { TREAT_CENTER: 'TREATMENT_CENTER' }

/** How the platform names a box. */
export function identifierOf({ actor, quality }: Box): BoxId {
  if (actor.ssin !== undefined && actor.kind === 'person')
    return { Id: actor.ssin, Type: 'INSS', Quality: quality }
  const [type, subType] = actor.certificateType.split('-', 2)
  return {
    Id: actor.certificateValue,
    Type: type === 'SSIN' ? 'INSS' : type!,
    ...(subType === undefined ? {} : { SubType: subTypes[subType] ?? subType }),
    Quality: quality,
  }
}

/** How the platform shows the owner of a box as sender. */
export function senderOf(box: Box): Sender {
  const { actor } = box
  return {
    ...identifierOf(box),
    Name: actor.surname ?? actor.displayName,
    ...(actor.givenName === undefined ? {} : { FirstName: actor.givenName }),
  }
}

const types = new Set(['INSS', 'NIHII', 'CBE', 'EHP'])

const knownSubTypes: ReadonlySet<string> = new Set(
  identifierTypes.flatMap(({ ehboxSubtype }) => ehboxSubtype ?? []),
)

/** The certificate type under which the register knows an address. */
function registerType(type: string, subType: string | undefined): string {
  const base = type === 'INSS' ? 'SSIN' : type
  if (subType === undefined) return base
  return `${base}-${Object.entries(subTypes).find(([, ehbox]) => ehbox === subType)?.[0] ?? subType}`
}

/**
 * The boxes that an address means: one, or all of a quality for `ALL`.
 *
 * @throws StatusRefusal 802 to 805
 */
export function boxesAt(address: EhboxIdentifier, world: World): Box[] {
  if (!types.has(address.Type)) throw new StatusRefusal(ehboxCodes.typeUnknown)
  if (address.SubType !== undefined && !knownSubTypes.has(address.SubType))
    throw new StatusRefusal(ehboxCodes.subTypeUnknown)
  const ofQuality = world.actors.filter((actor) => actor.qualities.includes(address.Quality))
  if (ofQuality.length === 0) throw new StatusRefusal(ehboxCodes.qualityUnknown)
  if (address.Id === 'ALL') return ofQuality.map((actor) => ({ actor, quality: address.Quality }))
  const actor = findAddressed(address, world)
  if (actor === undefined || !actor.qualities.includes(address.Quality))
    throw new StatusRefusal(ehboxCodes.recipientInvalid)
  return [{ actor, quality: address.Quality }]
}

function findAddressed(address: EhboxIdentifier, world: World): RegisteredActor | undefined {
  const { Id, Type, SubType } = address
  const found =
    world.findActor(registerType(Type, SubType), Id) ??
    // The platform's own sample names a hospital without subtype (spec ehealthbox §9.10).
    (Type === 'NIHII' && SubType === undefined ? world.findActor(`NIHII-${address.Quality}`, Id) : undefined)
  if (found !== undefined) return found
  if (Type !== 'NIHII' || SubType !== undefined) return undefined
  return world.actors.find(({ kind, nihii }) => kind === 'person' && nihii?.slice(0, 8) === Id.slice(0, 8))
}

/** All boxes of the caller; the first is the one that the token implies. */
export function boxesOf(caller: Caller): Box[] {
  const { actor } = caller
  return actor === undefined ? [] : actor.qualities.map((quality) => ({ actor, quality }))
}

/**
 * The box that a request means: the one named, or the one that the token implies.
 *
 * @throws StatusRefusal 810 when it is not the caller's
 */
export function requestedBox(named: BoxId | undefined, caller: Caller, world: World): Box {
  const own = boxesOf(caller)
  if (named === undefined) {
    if (own[0] === undefined) throw new StatusRefusal(ehboxCodes.boxInvalid)
    return own[0]
  }
  const actor = findAddressed(named, world)
  const box = own.find((candidate) => candidate.actor === actor && candidate.quality === named.Quality)
  if (box === undefined) throw new StatusRefusal(ehboxCodes.boxInvalid)
  return box
}
