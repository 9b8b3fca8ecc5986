/** Who may read whose data, for whoever runs the simulator: consents, therapeutic links, exclusions. */
import { belgianDay } from '../../technical/environment/belgianCalendar.js'
import type { HcParty, HubAuthor } from '../../business/kmehr/contract.js'
import { consentsOf } from '../services/consent/state.js'
import { exclusionsOf } from '../services/exclusions/state.js'
import { holdsOn, linksOf } from '../services/therlink/state.js'
import type { World } from '../world.js'

/** The last consent of a patient. */
export interface SimulatedConsent {
  /** Of the patient. */
  readonly ssin: string
  readonly type: 'retrospective'
  /** `yyyy-mm-dd` */
  readonly signed: string
  /** `yyyy-mm-dd` */
  readonly revoked?: string
  /** Who registered it: names, or numbers where there is no name. */
  readonly author: string
}

/** A care provider as a declaration names him. */
export interface DeclaredProvider {
  /** A name, or a number where there is none. */
  readonly name: string
  /** A person: SSIN and 11 digits; another: 8 digits of its NIHII number. */
  readonly number: { readonly type: 'SSIN' | 'NIHII'; readonly value: string }
}

/** A therapeutic link. */
export interface SimulatedLink {
  /** Of the patient. */
  readonly ssin: string
  readonly provider: DeclaredProvider
  /** Of the KMEHR list CD-THERAPEUTICLINKTYPE, for instance `gpconsultation`. */
  readonly type: string
  /** The first day, `yyyy-mm-dd`. */
  readonly from: string
  /** The first day on which it does not hold any more, `yyyy-mm-dd`. */
  readonly until: string
  readonly revoked: boolean
  /** Whether it holds today. */
  readonly holds: boolean
}

/** A care provider whom a patient does not want to read his data. */
export interface SimulatedExclusion {
  /** Of the patient. */
  readonly ssin: string
  readonly provider: DeclaredProvider
  readonly declaredAt: Date
  readonly revoked: boolean
}

/** In the order in which patients first consented. */
export const consentRecordsOf = (world: World): SimulatedConsent[] =>
  [...consentsOf(world).values()].map(({ ssin, signDate, revokeDate, author }) => ({
    ssin,
    type: 'retrospective',
    signed: signDate,
    ...(revokeDate === undefined ? {} : { revoked: revokeDate }),
    author: authorName(author),
  }))

/** Oldest first. */
export function linkRecordsOf(world: World): SimulatedLink[] {
  const today = belgianDay(world.runtime.now())
  return linksOf(world).map((link) => ({
    ssin: link.patientSsin,
    provider: providerOf(link.provider, link.hcparty, world),
    type: link.type,
    from: link.start,
    until: link.end,
    revoked: link.revocation !== undefined,
    holds: holdsOn(link, today),
  }))
}

/** Oldest first. */
export const exclusionRecordsOf = (world: World): SimulatedExclusion[] =>
  exclusionsOf(world).map(({ patientSsin, provider, hcparty, declaration, revocation }) => ({
    ssin: patientSsin,
    provider: providerOf(provider, hcparty, world),
    declaredAt: declaration.at,
    revoked: revocation !== undefined,
  }))

type Named = Pick<HcParty, 'id'> & Partial<Pick<HcParty, 'name' | 'firstname' | 'familyname'>>

function providerOf(key: string, hcparty: Named, world: World): DeclaredProvider {
  const [type, value] = key.split(' ') as ['SSIN' | 'NIHII', string]
  const known = world.findActor(type, value)?.displayName
  return { name: known ?? nameOf(hcparty), number: { type, value } }
}

/** A citizen stands in `patient` or `person`; the professional parties stand beside. */
function authorName({ hcparty, patient, person }: HubAuthor): string {
  const citizens: Named[] = [patient, person].flatMap((one) => (one === undefined ? [] : [namedCitizen(one)]))
  return [...citizens, ...hcparty].map(nameOf).join(', ')
}

type Citizen = NonNullable<HubAuthor['patient'] | HubAuthor['person']>

const namedCitizen = ({ id, firstname, familyname }: Citizen): Named => ({
  id,
  firstname: [firstname].flat().join(' '),
  ...(familyname === undefined ? {} : { familyname }),
})

function nameOf({ id, name, firstname, familyname }: Named): string {
  const parts = name ?? [firstname, familyname].filter((part) => part !== undefined && part !== '').join(' ')
  return parts === '' ? (id[0]?.value ?? 'unknown') : parts
}
