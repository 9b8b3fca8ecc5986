/** Everybody in the register of the simulator: synthetic people and organisations, one of each profession. */
import {
  organisations,
  persons,
  professions,
  type OrganisationProfession,
  type PersonProfession,
  type ProfessionName,
} from '../technical/actors/index.js'
import { knownRecipients, mycarenetRegions, type MyCareNetRegion } from '../business/mycarenet/contract.js'
import { certifiedOf } from './certified.js'
import { serials, syntheticCbe, syntheticEhp, syntheticNihii, syntheticSsin } from './syntheticNumbers.js'
import type { RegisteredActor } from './world.js'

/** Names of the personas that every simulator has from its start. */
export const personaNames = ['physician', 'nurse', 'hospital'] as const

export type PersonaName = (typeof personaNames)[number]

/** Who is in the register, but gets keys at first demand only: generating them takes its time. */
export type FurtherPersonaName = Exclude<ProfessionName, PersonaName> | 'deputyPharmacist'

/** Everybody who can have a keystore of a simulator. */
export type AnyPersonaName = PersonaName | FurtherPersonaName

/** The first three have names and numbers of their own. */
const standing: Readonly<Record<PersonaName, Partial<RegisteredActor>>> = {
  physician: { givenName: 'ADA', surname: 'SAMPLEMANS', ssin: '79051299152', nihii: '19997143004' },
  nurse: { givenName: 'NOOR', surname: 'EXEMPLAIRE', ssin: '84112399460', nihii: '49997263401' },
  hospital: { displayName: 'SAMPLE GENERAL HOSPITAL', nihii: '71997358', sites: ['0042'] },
}

const upperCase = (title: string): string =>
  title
    .replace(/[^A-Za-z ].*$/, '')
    .trim()
    .toUpperCase()

function person(profession: PersonProfession, name: AnyPersonaName = profession): RegisteredActor {
  const data = persons[profession]
  const own = name in standing ? standing[name as PersonaName] : {}
  const serial = serials[name]
  const ssin = own.ssin ?? syntheticSsin(serial)
  const nihii =
    own.nihii ?? (data.numbers.nihii === undefined ? undefined : syntheticNihii(profession, serial))
  const { givenName = 'SAM', surname = upperCase(data.title) } = own
  // What a care professional without number is, the data leaves open; a citizen has no eHealthBox.
  const quality = profession === 'careProfessional' ? 'SOCIAL_WORKER' : data.quality
  const actor = {
    name,
    kind: data.kind,
    profession,
    displayName: `${givenName} ${surname}`,
    givenName,
    surname,
    certificateType: data.certificateType,
    certificateValue: ssin,
    ssin,
    ...(nihii === undefined ? {} : { nihii }),
    ...(data.kmehr === undefined ? {} : { kmehr: data.kmehr }),
    qualities: quality === undefined || profession === 'patient' ? [] : [quality],
  }
  return { ...actor, certified: certifiedOf(profession, actor) }
}

function organisation(name: OrganisationProfession): RegisteredActor {
  const { kind, title, quality, kmehr, certificateType, numbers } = organisations[name]
  const own: Partial<RegisteredActor> = name === 'hospital' ? standing.hospital : {}
  const serial = serials[name]
  const known = {
    ...(numbers.nihii === undefined ? {} : { nihii: own.nihii ?? syntheticNihii(name, serial) }),
    ...(numbers.cbe === undefined ? {} : { cbe: syntheticCbe(serial) }),
    ...(numbers.ehp === undefined ? {} : { ehp: syntheticEhp(serial) }),
  }
  const actor = {
    name,
    kind,
    profession: name,
    displayName: own.displayName ?? `SAMPLE ${upperCase(title)}`,
    certificateType,
    certificateValue: known.cbe ?? known.ehp ?? known.nihii!,
    ...known,
    ...(kmehr === undefined ? {} : { kmehr }),
    ...(own.sites === undefined ? {} : { sites: own.sites }),
    ...(numbers.holder === undefined ? {} : { holder: syntheticSsin(serials.pharmacist) }),
    qualities: quality === undefined ? [] : [quality],
  }
  return { ...actor, certified: certifiedOf(name, actor) }
}

const entries = [
  ...(Object.keys(persons) as PersonProfession[]).map((name) => person(name)),
  person('pharmacist', 'deputyPharmacist'),
  ...(Object.keys(organisations) as OrganisationProfession[]).map((name) => organisation(name)),
].map((actor) => [actor.name, actor] as const)

/** The register at the start. */
export const personaActors = Object.fromEntries(entries) as Readonly<Record<AnyPersonaName, RegisteredActor>>

/** Names of everybody in it. */
export const registeredNames = Object.keys(personaActors) as readonly AnyPersonaName[]

/** Whether a text names somebody of the register. */
export const isRegistered = (name: string): name is AnyPersonaName => Object.hasOwn(personaActors, name)

/** Who identifies with his own certificate when the organisation calls (spec sts-iam §3.3). */
export const identifiedBy: Readonly<Partial<Record<AnyPersonaName, FurtherPersonaName>>> = {
  pharmacy: 'pharmacist',
  hospitalPharmacy: 'pharmacist',
}

/** The numbers that the profession of an actor takes, as `professionOf` does. */
export function numbersOf(actor: RegisteredActor): Readonly<Record<string, string>> {
  const { numbers } = professions[actor.profession as ProfessionName]
  const user = identifiedBy[actor.name as AnyPersonaName]
  const { ssin = user === undefined ? undefined : personaActors[user].ssin, nihii, cbe, ehp } = actor
  const values = {
    ssin,
    nihii,
    cbe,
    ehp,
    // A pharmacist of the register acts in its pharmacy.
    pharmacy: personaActors.pharmacy.nihii,
    holder: personaActors.pharmacy.holder,
    quality: actor.profession === 'careProfessional' ? actor.qualities[0] : undefined,
  }
  return Object.fromEntries(
    Object.entries(values).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && (entry[0] in numbers || entry[0] === 'quality'),
    ),
  )
}

/** Services of the platform that have keys of their own. */
export const platformNames = ['kgss'] as const

export type PlatformName = (typeof platformNames)[number]

/** Who has a keystore from the start: the personas and the platform's own services. */
export type HolderName = PersonaName | PlatformName

export const holderNames: readonly HolderName[] = [...personaNames, ...platformNames]

/** What a keystore is made from. */
export type Holder = Pick<RegisteredActor, 'certificateType' | 'certificateValue' | 'displayName'> & {
  application?: string
}

/** The services have the numbers that clients know them by (spec etee §2.5). */
export const holders: Readonly<Record<HolderName, Holder>> = {
  physician: personaActors.physician,
  nurse: personaActors.nurse,
  hospital: personaActors.hospital,
  kgss: {
    certificateType: 'CBE',
    certificateValue: '0809394427',
    displayName: 'EHEALTH-PLATFORM',
    application: 'KGSS',
  },
}

/** The brokers of MyCareNet: their keys are made when somebody first asks for them. */
export const brokers: Readonly<Record<MyCareNetRegion, Holder>> = {
  mycarenet: brokerOf('mycarenet', 'NATIONAL INTERMUTUALIST COLLEGE'),
  walcarenet: brokerOf('walcarenet', 'SAMPLE AGENCY WALLONIA'),
  iriscarenet: brokerOf('iriscarenet', 'SAMPLE AGENCY BRUSSELS'),
}

function brokerOf(region: MyCareNetRegion, displayName: string): Holder {
  const { type, value, application } = knownRecipients[region]
  return { certificateType: type, certificateValue: value, displayName, application }
}

/** Whether a text names a broker. */
export const isBroker = (name: string): name is MyCareNetRegion =>
  mycarenetRegions.some((region) => region === name)
