/**
 * Everybody whom the simulator invents beside its personas, so that an address book has pages and homonyms in it. The
 * same people at every start. They have mailboxes and neither keys nor encryption tokens.
 */
import type { RegisteredActor } from '../world.js'
import { chanceOf } from './chance.js'
import { cbeOf, ehpOf, nihiiOf, ssinOf } from './numbers.js'
import { givenNames, surnames, towns } from './places.js'

/** Professions: quality in the eHealthBox, first digit and qualification of the NIHII number, how many. */
const professionals = [
  { profession: 'physician', quality: 'DOCTOR', first: 1, qualification: '004', count: 150 },
  { profession: 'nurse', quality: 'NURSE', first: 4, qualification: '401', count: 60 },
  { profession: 'pharmacist', quality: 'PHARMACIST', first: 2, qualification: '000', count: 20 },
  { profession: 'dentist', quality: 'DENTIST', first: 3, qualification: '001', count: 20 },
  { profession: 'physiotherapist', quality: 'PHYSIOTHERAPIST', first: 5, qualification: '527', count: 20 },
] as const

/** Organisations: what they are called, by which number they are known, how many. */
const organisations = [
  { quality: 'HOSPITAL', title: 'Hospital', by: 'NIHII', subType: 'HOSPITAL', first: 7, count: 12 },
  { quality: 'PHARMACY', title: 'Pharmacy', by: 'NIHII', subType: 'PHARMACY', first: 2, count: 40 },
  { quality: 'LABO', title: 'Laboratory', by: 'NIHII', subType: 'LABO', first: 8, count: 8 },
  {
    quality: 'RETIREMENT',
    title: 'Retirement Home',
    by: 'NIHII',
    subType: 'RETIREMENT',
    first: 7,
    count: 16,
  },
  {
    quality: 'MEDICAL_HOUSE',
    title: 'Medical House',
    by: 'NIHII',
    subType: 'MEDICAL_HOUSE',
    first: 8,
    count: 8,
  },
  { quality: 'TREATMENT_CENTER', title: 'Treatment Centre', by: 'CBE', subType: 'TREAT_CENTER', count: 4 },
  { quality: 'INSTITUTION', title: 'Institution', by: 'CBE', count: 8 },
  { quality: 'INSTITUTION_EHP', title: 'Network', by: 'EHP', count: 4 },
] as const

/** Somebody of the address book. */
export interface Inhabitant {
  readonly actor: RegisteredActor
  /** Not everybody has a mailbox: who has none is not in the register, only in the address book. */
  readonly hasBox: boolean
}

/** One of nine has no mailbox. */
const boxless = (serial: number): boolean => serial % 9 === 8

/** The same people and organisations every time. */
export function populate(): readonly Inhabitant[] {
  let serial = 0
  const people = professionals.flatMap(({ count, ...kind }) =>
    Array.from({ length: count }, () => person(kind, serial++)),
  )
  const places = organisations.flatMap(({ count, ...kind }) =>
    Array.from({ length: count }, (_, index) => organisation(kind, index, serial++)),
  )
  return [...people, ...places]
}

/** Those with a mailbox: they are in the register, so that letters reach them. */
export const mailboxOwners = (): RegisteredActor[] =>
  populate()
    .filter(({ hasBox }) => hasBox)
    .map(({ actor }) => actor)

function person(kind: Omit<(typeof professionals)[number], 'count'>, serial: number): Inhabitant {
  const chance = chanceOf(`person ${serial}`)
  const gender = chance.pick(['F', 'M'] as const)
  const givenName = chance.pick(givenNames[gender]).toUpperCase()
  const surname = chance.pick(surnames).toUpperCase()
  const ssin = ssinOf(serial, gender)
  return {
    hasBox: !boxless(serial),
    actor: {
      name: `person-${serial}`,
      kind: 'person',
      profession: kind.profession,
      displayName: `${givenName} ${surname}`,
      givenName,
      surname,
      certificateType: 'SSIN',
      certificateValue: ssin,
      ssin,
      nihii: nihiiOf(kind.first, serial) + kind.qualification,
      qualities: [kind.quality],
      certified: {},
    },
  }
}

interface OrganisationKind {
  readonly quality: string
  readonly title: string
  readonly by: 'NIHII' | 'CBE' | 'EHP'
  readonly subType?: string
  readonly first?: number
}

function organisation(kind: OrganisationKind, index: number, serial: number): Inhabitant {
  const { quality, title, by, subType, first = 8 } = kind
  const numbers: Pick<RegisteredActor, 'nihii' | 'cbe' | 'ehp'> = {
    ...(by === 'NIHII' ? { nihii: nihiiOf(first, serial) } : {}),
    ...(by === 'EHP' ? { ehp: ehpOf(serial) } : { cbe: cbeOf(serial) }),
  }
  return {
    hasBox: !boxless(serial),
    actor: {
      name: `organisation-${serial}`,
      kind: 'organisation',
      profession: quality.toLowerCase(),
      displayName: `Synthetic ${title} ${towns[index % towns.length]!.nl}`.toUpperCase(),
      certificateType: subType === undefined ? by : `${by}-${subType}`,
      certificateValue: numbers.nihii ?? numbers.cbe ?? numbers.ehp!,
      ...numbers,
      qualities: [quality],
      certified: {},
    },
  }
}
