/**
 * The insured: everybody with a synthetic number, invented from it, the patients of the world among them, and some with
 * a story of their own. The same at every start.
 */
import { addDays, addMonths } from '../../../technical/environment/belgianCalendar.js'
import { isSsin, ssinCheckDigits } from '../../../technical/identifiers/index.js'
import { personaActors } from '../../actors.js'
import { chanceOf } from '../../population/chance.js'
import { givenNames, surnames } from '../../population/places.js'
import type { World } from '../../world.js'

/** A time with one insurer and one pair of codes. */
export interface InsuredSpan {
  readonly from: string
  /** First day that is no longer part of it; absent: until further notice. */
  readonly until?: string
  readonly mutuality: string
  readonly registrationNumber: string
  readonly ct1: string
  readonly ct2: string
}

/** What the insurers know of somebody. */
export interface Member {
  readonly ssin: string
  readonly lastName: string
  readonly firstName: string
  readonly birthDate: string
  readonly gender: 'male' | 'female'
  readonly deceasedDate?: string
  /** In the order of time. */
  readonly insured: readonly InsuredSpan[]
  readonly paidByInsurer: boolean
  readonly hospital?: { readonly nihii: string; readonly service: string; readonly admitted: string }
  readonly medicalHouse?: { readonly nihii: string; readonly type: string; readonly start: string }
  readonly globalMedicalFile?: { readonly nihii: string; readonly name: string; readonly firstName: string }
  readonly palliativeSince?: string
  readonly chronicYears?: readonly string[]
}

/** A synthetic number with a birth date and a sequence that nobody gets. */
const numberOf = (nineDigits: string): string => nineDigits + ssinCheckDigits(nineDigits, false)

/** Names of the insured with a story. */
export const memberStories = {
  /** In hospital since the day before yesterday. */
  hospitalised: numberOf('520101990'),
  /** In a medical house, so that nobody else is paid for its care. */
  medicalHouse: numberOf('520102990'),
  /** Changes insurer every first of January. */
  mutation: numberOf('520103990'),
  /** Other codes every month: more than five periods in a year. */
  manyPeriods: numberOf('520104990'),
  /** Known, and not in order: no insurer answers. */
  notInOrder: numberOf('520105990'),
  /** Insured until the first of the last month. */
  closed: numberOf('520106990'),
  /** Insured from the first of the next month. */
  startsLater: numberOf('520107990'),
  /** With every right there is, at the higher rate. */
  allRights: numberOf('520108990'),
} as const

export type MemberStory = keyof typeof memberStories

/** One of each insurer; the first digit is the insurer's. */
const mutualities = ['131', '206', '319', '407', '509', '602', '910'] as const
const codes = ['110', '120', '111', '130', '101', '121'] as const

/** Somebody whom an insurer knows; undefined for a number that is nobody's here. */
export function memberOf(world: World, ssin: string, today: string): Member | undefined {
  const patient = world.findPatient(ssin)
  if (patient === undefined && !isSynthetic(ssin)) return undefined
  const invented = invent(ssin)
  if (patient !== undefined) {
    const { firstName, familyName: lastName, deceased = false } = patient
    const known = { ...invented, firstName, lastName }
    return deceased
      ? { ...closedAt(known, addMonths(firstOf(today), -6)), deceasedDate: addMonths(firstOf(today), -6) }
      : known
  }
  const story = (Object.keys(memberStories) as MemberStory[]).find((name) => memberStories[name] === ssin)
  return story === undefined ? invented : stories[story](invented, today)
}

/** Somebody by the number that a mutuality gave him. */
export function memberByNumber(world: World, registrationNumber: string, today: string): Member | undefined {
  // the numbers that are invented begin with the SSIN
  const member = memberOf(world, registrationNumber.slice(0, 11), today)
  return member?.insured.some((span) => span.registrationNumber === registrationNumber) === true
    ? member
    : undefined
}

/** Valid, and with a sequence that is never issued. */
const isSynthetic = (ssin: string): boolean => isSsin(ssin) && Number(ssin.slice(6, 9)) >= 990

function invent(ssin: string): Member {
  const chance = chanceOf(`member ${ssin}`)
  const female = Number(ssin.slice(6, 9)) % 2 === 0
  const born2000 = ssin.slice(9) === ssinCheckDigits(ssin.slice(0, 9), true)
  const month = Number(ssin.slice(2, 4)) % 20
  const birthDate = `${born2000 ? 20 : 19}${ssin.slice(0, 2)}-${two(month === 0 ? 1 : month)}-${two(Math.max(1, Number(ssin.slice(4, 6))))}`
  const ct = chance.pick(codes)
  const mutuality = chance.pick(mutualities)
  return {
    ssin,
    lastName: chance.pick(surnames).toUpperCase(),
    firstName: chance.pick(givenNames[female ? 'F' : 'M']).toUpperCase(),
    birthDate,
    gender: female ? 'female' : 'male',
    insured: [{ from: birthDate, mutuality, registrationNumber: `${ssin}00`, ct1: ct, ct2: ct }],
    paidByInsurer: chance.below(2) === 1,
    ...(chance.below(3) > 0 ? { globalMedicalFile: keeper } : {}),
    ...(chance.below(12) === 0 ? { chronicYears: ['2025', '2026'] } : {}),
  }
}

const two = (value: number): string => String(value).padStart(2, '0')
const firstOf = (day: string): string => `${day.slice(0, 7)}-01`

/** The physician among the personas. */
const { nihii = '', surname: name = '', givenName: firstName = '' } = personaActors.physician
const keeper = { nihii, name, firstName }
const hospital = personaActors.hospital.nihii!.padEnd(11, '0')
const house = personaActors.medicalHouse.nihii!.padEnd(11, '0')

const closedAt = (member: Member, until: string): Member => ({
  ...member,
  insured: member.insured.map((span) => ({ ...span, until })),
})

/** Spans that follow each other, the last one open. */
const spans = (
  starts: readonly string[],
  of: (index: number) => Omit<InsuredSpan, 'from' | 'until'>,
): InsuredSpan[] =>
  starts.map((from, index) => {
    const until = starts[index + 1]
    return { from, ...(until === undefined ? {} : { until }), ...of(index) }
  })

const stories: Readonly<Record<MemberStory, (member: Member, today: string) => Member>> = {
  hospitalised: (member, today) => ({
    ...member,
    hospital: { nihii: hospital, service: '210', admitted: addDays(today, -2) },
  }),
  medicalHouse: (member, today) => ({
    ...member,
    medicalHouse: { nihii: house, type: 'Kine', start: addMonths(firstOf(today), -12) },
  }),
  mutation: (member, today) => ({
    ...member,
    insured: spans(
      Array.from({ length: 8 }, (_, index) => `${Number(today.slice(0, 4)) - 7 + index}-01-01`),
      (index) => ({
        mutuality: mutualities[index % 3]!,
        registrationNumber: `${member.ssin}0${index % 3}`,
        ct1: '110',
        ct2: '110',
      }),
    ),
  }),
  manyPeriods: (member, today) => ({
    ...member,
    insured: spans(
      Array.from({ length: 72 }, (_, index) => addMonths(firstOf(today), index - 71)),
      (index) => ({
        mutuality: '319',
        registrationNumber: `${member.ssin}00`,
        ct1: codes[index % 2]!,
        ct2: codes[index % 2]!,
      }),
    ),
  }),
  notInOrder: (member) => ({ ...member, insured: [] }),
  closed: (member, today) => closedAt(member, addMonths(firstOf(today), -1)),
  startsLater: (member, today) => ({
    ...member,
    insured: member.insured.map((span) => ({ ...span, from: addMonths(firstOf(today), 1) })),
  }),
  allRights: (member, today) => ({
    ...member,
    insured: member.insured.map((span) => ({ ...span, ct1: '111', ct2: '111' })),
    paidByInsurer: true,
    globalMedicalFile: keeper,
    palliativeSince: addMonths(firstOf(today), -3),
    chronicYears: [String(Number(today.slice(0, 4)) - 1), today.slice(0, 4)],
    medicalHouse: { nihii: house, type: 'Nurse', start: addMonths(firstOf(today), -12) },
  }),
}
