/**
 * The people whom a register has beside those that the simulator knows by name: the same ones at every start. Half of them
 * are families of four, parents first; the others live alone, and what is rare is found among them.
 *
 * @module
 */
import { addDays } from '../../technical/environment/belgianCalendar.js'
import { chanceOf, type Chance } from '../population/chance.js'
import { lifeOf, type LifeFacts } from './invent/life.js'
import { inventGivenNames, inventSurname } from './names.js'
import { freeSsin, type NumberSeries } from './numbers.js'
import type { RegisterPerson } from './person.js'
import { rarities, type Rarity } from './invent/rarities.js'

export interface Invented {
  readonly people: readonly RegisterPerson[]
  /** Numbers that were withdrawn: nobody has them. */
  readonly cancelled: readonly string[]
  /** What is rare about whom, by number. */
  readonly rarity: ReadonlyMap<string, readonly Rarity[]>
}

/**
 * Invents so many people.
 *
 * @param seed another seed, other people
 * @param reserved numbers that belong to others
 */
export function inventPeople(count: number, seed: string, reserved: Iterable<string>): Invented {
  const numbers = new Set(reserved)
  const people: RegisterPerson[] = []
  const cancelled: string[] = []
  const rarity = new Map<string, readonly Rarity[]>()
  const take = (birthDate: string, gender: 'F' | 'M' | undefined, series: NumberSeries = 'NR'): string => {
    const ssin = freeSsin(birthDate, gender, series, (candidate) => numbers.has(candidate))
    numbers.add(ssin)
    return ssin
  }
  for (let unit = 0; people.length < count; unit++) {
    const chance = chanceOf(`${seed} ${unit}`)
    const four = unit % 2 === 0 ? family(unit, chance, take) : singles(unit, chance, take, people, cancelled)
    for (const { person, rare } of four.slice(0, count - people.length)) {
      people.push(person)
      if (rare.length > 0) rarity.set(person.ssin, rare)
    }
  }
  return { people, cancelled, rarity }
}

type Take = (birthDate: string, gender: 'F' | 'M' | undefined, series?: NumberSeries) => string
interface Made {
  readonly person: RegisterPerson
  readonly rare: readonly Rarity[]
}

const two = (value: number): string => String(value).padStart(2, '0')
const dayIn = (year: number, chance: Chance): string =>
  `${year}-${two(1 + chance.below(12))}-${two(1 + chance.below(28))}`

/** Two parents and two children under one roof. */
function family(unit: number, chance: Chance, take: Take): Made[] {
  const year = 1945 + chance.below(45)
  const names = [inventSurname(chance), inventSurname(chance)] as const
  const born = [
    dayIn(year, chance),
    dayIn(year + chance.below(4), chance),
    dayIn(year + 24 + chance.below(5), chance),
    dayIn(year + 29 + chance.below(4), chance),
  ] as const
  const genders = ['F', 'M', chance.pick(['F', 'M'] as const), chance.pick(['F', 'M'] as const)] as const
  const numbers = born.map((day, index) => take(day, genders[index]))
  const married = addDays(born[2], -400)
  return born.map((birthDate, index) => {
    const gender = genders[index]!
    const facts: LifeFacts = {
      seed: `family ${unit}`,
      index,
      birthDate,
      gender,
      lastName: index === 0 ? names[0] : names[1],
      givenNames: inventGivenNames(chance, gender),
      rare: [],
      ...(index < 2 ? { partner: numbers[1 - index]!, married } : {}),
    }
    return { person: personOf(numbers[index]!, facts), rare: [] }
  })
}

/** Four who have nothing to do with each other. */
function singles(
  unit: number,
  chance: Chance,
  take: Take,
  known: readonly RegisterPerson[],
  cancelled: string[],
): Made[] {
  return Array.from({ length: 4 }, (_, index) => {
    const serial = Math.floor(unit / 2) * 4 + index
    const rare = rarities(serial)
    const is = (what: Rarity): boolean => rare.includes(what)
    const gender = chance.pick(['F', 'M'] as const)
    const whole = dayIn(1925 + chance.below(95), chance)
    const like = is('homonym') ? known[Math.floor((known.length * (index + 1)) / 5)] : undefined
    const base = like === undefined ? whole : addDays(like.birthDate.replaceAll('-00', '-01'), 40)
    const birthDate = is('incomplete-birth-date')
      ? base.slice(0, serial % 3 === 0 ? 7 : 4) + (serial % 3 === 0 ? '-00' : '-00-00')
      : base
    const sex = like?.gender ?? gender
    const shown = is('unknown-sex') ? undefined : sex
    const bis = is('BIS')
    const series = !bis ? 'NR' : shown === undefined ? 'BIS-unknown-sex' : 'BIS'
    if (is('cancelled-number')) cancelled.push(take(birthDate, sex))
    const former = [
      ...(is('former-BIS') ? [take(birthDate, sex, 'BIS')] : []),
      ...(is('corrected-number') ? [take(birthDate, sex === 'F' ? 'M' : 'F')] : []),
    ]
    const facts: LifeFacts = {
      seed: `single ${unit}`,
      index,
      birthDate,
      lastName: like?.lastName ?? inventSurname(chance),
      givenNames: like?.givenNames.slice(0, 1) ?? inventGivenNames(chance, sex),
      rare,
      ...(shown === undefined ? {} : { gender: shown }),
      ...(is('deceased') ? { deceaseDate: deceaseOf(birthDate, chance, serial) } : {}),
    }
    return { person: personOf(take(birthDate, shown, series), facts, former), rare }
  })
}

/** Some thirty to ninety years after the birth; of a few only the year is known. */
function deceaseOf(birthDate: string, chance: Chance, serial: number): string {
  const born = Number(birthDate.slice(0, 4))
  const year = Math.min(born + 30 + chance.below(60), 2024)
  return serial % 36 === 9 ? `${year}-00-00` : dayIn(year, chance)
}

function personOf(ssin: string, facts: LifeFacts, formerSsins: readonly string[] = []): RegisterPerson {
  const { lastName, givenNames, birthDate, gender, deceaseDate, rare } = facts
  const register = rare.includes('BIS')
    ? 'BIS'
    : rare.includes('RAD')
      ? 'RAD'
      : rare.includes('RAN')
        ? 'RAN'
        : 'NR'
  return {
    ssin,
    register,
    ...(register === 'NR' ? {} : { registered: '2021-04-12' }),
    lastName,
    givenNames,
    birthDate,
    ...(gender === undefined ? {} : { gender }),
    ...(deceaseDate === undefined ? {} : { deceaseDate }),
    formerSsins,
    life: () => lifeOf(facts),
  }
}
