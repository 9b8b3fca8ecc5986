/** The life of somebody invented: homes, states, nationalities with their dates, from what identifies him. */
import { chanceOf, type Chance } from '../../population/chance.js'
import type { CivilState, Country, HomeAddress, Life, PersonName, Since } from '../person.js'
import { belgium, cities, inBelgium, inventAddress, inventForeignAddress, otherCountries } from '../places.js'
import type { Rarity } from './rarities.js'

/** What is known before the life is made up. */
export interface LifeFacts {
  readonly seed: string
  /** Which of the four with this seed. */
  readonly index: number
  readonly birthDate: string
  readonly gender?: 'F' | 'M'
  readonly lastName: string
  readonly givenNames: readonly string[]
  readonly deceaseDate?: string
  readonly partner?: string
  readonly married?: string
  readonly rare: readonly Rarity[]
}

/** The last day of which invented people are known; nobody knows what comes. */
const knownUntil = '2024-12-31'

/** Days that are not known begin the year or the month: dates of inception are whole. */
const wholeDay = (day: string): string => day.replaceAll('-00', '-01')

const later = (day: string, years: number): string =>
  `${Number(day.slice(0, 4)) + years}${day.slice(4).replace('-02-29', '-02-28')}`

/** The same day when somebody is so old, or a year old where that day has not come yet. */
const grown = (born: string, years: number): string =>
  later(born, years) <= knownUntil ? later(born, years) : later(born, 1)

export function lifeOf(facts: LifeFacts): Life {
  const { seed, index, rare } = facts
  const own = chanceOf(`${seed} life ${index}`)
  const born = wholeDay(facts.birthDate)
  const is = (what: Rarity): boolean => rare.includes(what)
  const origin =
    is('BIS') || is('several-nationalities') || is('former-BIS') ? own.pick(otherCountries) : belgium
  const town = own.pick(cities)
  const birthPlace = origin === belgium ? inBelgium(town) : { country: origin }
  return {
    names: namesOf(facts, born, is('changed-name')),
    genders: gendersOf(facts, born, is('changed-gender')),
    birthPlace,
    ...(facts.deceaseDate === undefined ? {} : { deceasePlace: inBelgium(own.pick(cities)) }),
    nationalities: nationalitiesOf(origin, born, is('BIS'), is('several-nationalities')),
    civilStates: civilStatesOf(facts, born, own),
    addresses: addressesOf(facts, born, own, origin),
    ...(is('BIS') ? { contactAddress: { from: '2021-04-12', value: inventAddress(own) } } : {}),
    ...(is('nobility') ? { nobility: { from: born, value: '01' } } : {}),
    ...(is('BIS') ? {} : { subregister: { from: born, value: origin === belgium ? 1 : 2 } }),
    ...(is('legal-cohabitation')
      ? {
          cohabitation: {
            from: later(born, 25),
            value: { partner: { lastName: 'PARTNER', givenNames: ['ALEX'] }, place: inBelgium(town) },
          },
        }
      : {}),
    ...(is('anomaly')
      ? { anomalies: [{ code: 'A00001', description: 'the birth date is not complete (synthetic)' }] }
      : {}),
  }
}

/** Values with the days on which each begins; each ends where the next one begins. */
function inOrder<T>(...all: readonly (readonly [from: string, value: T])[]): Since<T>[] {
  const facts = all.filter(([from], index) => index === 0 || from <= knownUntil)
  return facts.map(([from, value], index) => {
    const next = facts[index + 1]
    return next === undefined ? { from, value } : { from, until: next[0], value }
  })
}

function namesOf({ lastName, givenNames }: LifeFacts, born: string, changed: boolean): Since<PersonName>[] {
  const now = { lastName, givenNames }
  return changed
    ? inOrder([born, { lastName: `${lastName}S`, givenNames }], [grown(born, 20), now])
    : inOrder([born, now])
}

function gendersOf({ gender }: LifeFacts, born: string, changed: boolean): Since<'F' | 'M'>[] {
  if (gender === undefined) return []
  const before = gender === 'F' ? 'M' : 'F'
  return changed ? inOrder([born, before], [grown(born, 22), gender]) : inOrder([born, gender])
}

function nationalitiesOf(origin: Country, born: string, foreign: boolean, both: boolean): Since<Country>[] {
  if (origin === belgium || foreign) return [{ from: born, value: origin }]
  const first: Since<Country> = { from: born, value: origin }
  const second: Since<Country> = { from: later(born, 18), value: belgium }
  return [both ? first : { ...first, until: second.from }, second]
}

function civilStatesOf(
  { partner, married, birthDate, index }: LifeFacts,
  born: string,
  own: Chance,
): Since<CivilState>[] {
  const single: readonly [string, CivilState] = [born, { code: 10 }]
  if (partner !== undefined && married !== undefined)
    return inOrder(single, [married, { code: 20, partner, place: inBelgium(cities[0]!) }])
  const year = Number(birthDate.slice(0, 4))
  const grown = year < 1995 && index >= 0
  const wedding = later(born, 26)
  if (!grown || own.below(3) !== 0) return inOrder(single)
  return own.below(2) === 0
    ? inOrder(single, [wedding, { code: 20 }], [later(wedding, 3), { code: 40 }])
    : inOrder(single, [wedding, { code: 20 }], [later(wedding, 3), { code: 30 }])
}

/** A family moves together; the others for themselves; who lives abroad has one address. */
function addressesOf(
  { seed, rare, married }: LifeFacts,
  born: string,
  own: Chance,
  origin: Country,
): Since<HomeAddress>[] {
  if (rare.includes('BIS')) return [{ from: born, value: inventForeignAddress(own, origin) }]
  const roof = seed.startsWith('family') ? chanceOf(`${seed} roof`) : own
  const home = inventAddress(roof)
  if (seed.startsWith('family')) {
    const from = married ?? born
    return married === undefined ? [{ from, value: home }] : inOrder([born, inventAddress(own)], [from, home])
  }
  const moves = own.below(4)
  const places = Array.from({ length: moves }, (_, index): readonly [string, HomeAddress] => [
    later(born, (index + 1) * 2),
    inventAddress(own),
  ])
  return inOrder([born, home], ...places)
}
