/** Who acts: the author of a message compared with the token (spec consent-therlink-hub §1.10, §8.4). */
import type { HcParty, HubAuthor } from '../../../business/kmehr/contract.js'
import type { Caller } from '../../service.js'
import type { RegisteredActor, World } from '../../world.js'
import { HubRefusal } from './refusal.js'

/** Somebody who was found to be the one he says. */
export type Acting =
  /** A person of health care. */
  | { readonly kind: 'provider'; readonly role: string; readonly ssin?: string | undefined }
  /** A pharmacy, by its holder or a pharmacist of it. */
  | { readonly kind: 'pharmacy'; readonly role: string; readonly nihii: string }
  | { readonly kind: 'organisation'; readonly role: string; readonly number: string }
  | { readonly kind: 'patient'; readonly ssin: string }
  /** A parent or mandatary. */
  | { readonly kind: 'representative'; readonly ssin: string; readonly patient: string }

/** Codes with which a service refuses an author. */
export interface AuthorCodes {
  /** The author is not the one of the token. */
  readonly mismatch: string
  /** No party that acts. */
  readonly missing: string
  /** The pharmacy is not known, or its holder is another one. */
  readonly pharmacy: string
  readonly holder: string
  /** Somebody acts for a patient who has not mandated him. */
  readonly mandate: string
}

/** @throws HubRefusal with the codes of the service */
export function actingOf(author: HubAuthor, caller: Caller, world: World, codes: AuthorCodes): Acting {
  const proven = provenBy(caller)
  const parties = author.hcparty.filter((party) => roleOf(party) !== 'application')
  const patient = author.patient?.id.find(({ S }) => S === 'INSS')?.value
  if (author.person !== undefined) {
    const ssin = author.person.id.find(({ S }) => S === 'INSS')?.value
    if (ssin === undefined || ssin !== proven.ssin || patient === undefined)
      throw new HubRefusal(codes.mismatch)
    if (world.findPatient(patient)?.representatives?.includes(ssin) !== true)
      throw new HubRefusal(codes.mandate)
    return { kind: 'representative', ssin, patient }
  }
  if (author.patient !== undefined) {
    if (patient === undefined || patient !== proven.ssin || parties.length > 0)
      throw new HubRefusal(codes.mismatch)
    return { kind: 'patient', ssin: patient }
  }
  const [main] = parties
  if (main === undefined) throw new HubRefusal(codes.missing)
  const role = roleOf(main) ?? ''
  if (role === 'orgpharmacy') return pharmacyOf(parties, proven, world, codes)
  if (role.startsWith('pers')) {
    assertProven(main, proven, codes)
    return { kind: 'provider', role, ssin: proven.ssin }
  }
  assertProven(main, proven, codes)
  return { kind: 'organisation', role, number: numberOf(main) ?? '' }
}

export const roleOf = ({ cd }: Pick<HcParty, 'cd'>): string | undefined =>
  cd.find(({ S }) => S === 'CD-HCPARTY')?.value

const numberOf = ({ id }: Pick<HcParty, 'id'>): string | undefined =>
  id.find(({ S }) => S === 'ID-HCPARTY')?.value

/** The numbers that the token and the certificate prove. */
interface Proven {
  readonly ssin?: string | undefined
  /** NIHII on 8 digits, CBE, EHP. */
  readonly numbers: ReadonlySet<string>
  readonly kmehr?: string | undefined
}

function provenBy(caller: Caller): Proven {
  const { attributes, actor } = caller
  const claimed = attributes
    .filter(({ name }) => /(:nihii11|:(nihii|cbe|ehp)-number)$/.test(name))
    .flatMap((attribute) => attribute.values)
  const numbers = [...claimed, actor?.nihii, actor?.cbe, actor?.ehp].flatMap((number) =>
    number === undefined || number === '' ? [] : [shortened(number)],
  )
  return {
    ssin: caller.values('urn:be:fgov:person:ssin')[0] ?? actor?.ssin,
    numbers: new Set(numbers),
    kmehr: actor?.kmehr,
  }
}

/** Of a NIHII number of 11 digits only the first 8 say who it is. */
const shortened = (number: string): string => (number.length === 11 ? number.slice(0, 8) : number)

/** Every number of the party is proven, one at least; its role is that of the register. */
function assertProven(party: HcParty, proven: Proven, codes: AuthorCodes): void {
  const ssins = party.id.filter(({ S }) => S === 'INSS')
  const numbers = party.id.filter(({ S }) => S === 'ID-HCPARTY')
  const sound =
    ssins.length + numbers.length > 0 &&
    ssins.every(({ value }) => value === proven.ssin) &&
    numbers.every(({ value }) => proven.numbers.has(shortened(value))) &&
    (proven.kmehr === undefined || proven.kmehr === roleOf(party))
  if (!sound) throw new HubRefusal(codes.mismatch)
}

/** The pharmacy first, then its holder, then whoever acts; the one of the token is among them. */
function pharmacyOf(
  [pharmacy, ...people]: readonly HcParty[],
  proven: Proven,
  world: World,
  codes: AuthorCodes,
): Acting {
  const nihii = numberOf(pharmacy!)
  const registered: RegisteredActor | undefined =
    nihii === undefined ? undefined : world.findActor('NIHII-PHARMACY', shortened(nihii))
  if (nihii === undefined || registered === undefined) throw new HubRefusal(codes.pharmacy)
  const pharmacists = people
    .filter((party) => roleOf(party) === 'perspharmacist')
    .map(({ id }) => id.find(({ S }) => S === 'INSS')?.value)
  if (registered.holder === undefined || !pharmacists.includes(registered.holder))
    throw new HubRefusal(codes.holder)
  if (proven.ssin === undefined || !pharmacists.includes(proven.ssin)) throw new HubRefusal(codes.mismatch)
  return { kind: 'pharmacy', role: 'orgpharmacy', nihii: shortened(nihii) }
}
