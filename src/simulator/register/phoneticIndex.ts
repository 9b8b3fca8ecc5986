/** Who sounds like whom: people by the sound of their family names, in order of birth (spec rn-consult §5.2, §13). */
import type { GivenNameMatching } from '../../business/rnConsult/contract.js'
import { daysInMonth } from '../../technical/environment/belgianCalendar.js'
import { soundOf } from './phonetic.js'
import type { RegisterPerson } from './person.js'

/** What a phonetic search asks for. */
export interface PhoneticQuestion {
  readonly lastName: string
  readonly givenNames?: readonly string[]
  readonly matching: GivenNameMatching
  /** `yyyy-mm-dd` with `00` for what is not known. */
  readonly birthDate: string
  /** How far the birth may be off, in years, months or days: whatever the date is known to (inferred). */
  readonly variation?: number
  readonly gender?: string
  /** Number of a country and perhaps of a municipality. */
  readonly address?: { readonly country: number; readonly city?: string }
}

/** The index; nobody is scanned who does not sound alike. */
export interface PhoneticIndex {
  put(person: RegisterPerson): void
  remove(person: RegisterPerson): void
  find(question: PhoneticQuestion): RegisterPerson[]
}

/** First and last day, as numbers that can be compared. */
type Span = readonly [first: number, last: number]
interface Entry {
  readonly person: RegisterPerson
  readonly born: Span
}

/** The longest that a birth is uncertain: a year. */
const longest = 366

export function createPhoneticIndex(): PhoneticIndex {
  const bySound = new Map<string, Entry[]>()
  return {
    put: (person) => {
      const sound = soundOf(person.lastName)
      const entries = bySound.get(sound) ?? []
      bySound.set(sound, entries)
      const born = spanOf(person.birthDate)
      entries.splice(firstFrom(entries, born[0] + 1), 0, { person, born })
    },
    remove: (person) => {
      const entries = bySound.get(soundOf(person.lastName)) ?? []
      const at = entries.findIndex((entry) => entry.person === person)
      if (at >= 0) entries.splice(at, 1)
    },
    find: (question) => {
      const entries = bySound.get(soundOf(question.lastName)) ?? []
      const [first, last] = spanOf(question.birthDate, question.variation)
      const found: RegisterPerson[] = []
      for (let at = firstFrom(entries, first - longest); at < entries.length; at++) {
        const { person, born } = entries[at]!
        if (born[0] > last) break
        if (born[1] >= first && fits(person, question)) found.push(person)
      }
      return found
    },
  }
}

/** Place of the first entry that is born on this day or later. */
function firstFrom(entries: readonly Entry[], day: number): number {
  let [low, high] = [0, entries.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (entries[middle]!.born[0] < day) low = middle + 1
    else high = middle
  }
  return low
}

/** The days that a date may mean, with a variation in the unit to which it is known. */
export function spanOf(date: string, variation = 0): Span {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  if (month === 0) return [dayNumber(year - variation, 1, 1), dayNumber(year + variation, 12, 31)]
  if (day !== 0) {
    const at = dayNumber(year, month, day)
    return [at - variation, at + variation]
  }
  const count = year * 12 + month - 1
  const [from, until] = [count - variation, count + variation]
  const [lastYear, lastMonth] = [Math.floor(until / 12), (until % 12) + 1]
  return [
    dayNumber(Math.floor(from / 12), (from % 12) + 1, 1),
    dayNumber(lastYear, lastMonth, daysInMonth(lastYear, lastMonth)),
  ]
}

const dayNumber = (year: number, month: number, day: number): number =>
  Math.floor(Date.UTC(year, month - 1, day) / 86_400_000)

function fits(
  person: RegisterPerson,
  { givenNames = [], matching, gender, address }: PhoneticQuestion,
): boolean {
  if (gender !== undefined && person.gender !== undefined && person.gender !== gender) return false
  if (!namesFit(person.givenNames, givenNames, matching)) return false
  if (address === undefined) return true
  const home = person.life().addresses.at(-1)?.value
  return (
    home?.country.nis === address.country && (address.city === undefined || home.city.nis === address.city)
  )
}

function namesFit(own: readonly string[], asked: readonly string[], matching: GivenNameMatching): boolean {
  const [first] = asked
  if (matching === 'IGNORE_GIVENNAME' || first === undefined) return true
  switch (matching) {
    case 'FIRST_LETTER_FIRST_GIVENNAME':
      return soundOf(own[0] ?? '').charAt(0) === soundOf(first).charAt(0)
    case 'COMPLETE_FIRST_GIVENNAME':
      return soundOf(own[0] ?? '') === soundOf(first)
    case 'ALL_GIVENNAME': {
      const sounds = own.map(soundOf)
      return asked.every((name) => sounds.includes(soundOf(name)))
    }
  }
}
