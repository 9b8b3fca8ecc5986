/**
 * The register of people (spec rn-consult §5, §13): the invented ones, those whom the simulator knows by name, and whoever
 * a test or a service adds. Made when it is first asked, found by number or by sound without looking at everybody.
 */
import { EHealthError } from '../../errors.js'
import { belgianDay } from '../../technical/environment/belgianCalendar.js'
import { isIncompleteDate, isSsin } from '../../technical/identifiers/index.js'
import type { RegisteredActor, RegisteredPatient, World } from '../world.js'
import { cardOfPatient, inventCards, serialInCard } from './cards.js'
import { inventPeople } from './invent.js'
import { lifeOf } from './invent/life.js'
import type { Rarity } from './invent/rarities.js'
import { personOfActor, personOfPatient } from './known.js'
import { freeSsin } from './numbers.js'
import type { Life, RegisterCard, RegisterPerson } from './person.js'
import { createPhoneticIndex, type PhoneticQuestion } from './phoneticIndex.js'
import type { PeopleSettings } from './settings.js'

/** What is known of a number. */
export interface FoundNumber {
  /** The number that holds now: the one asked for, unless it was replaced. */
  readonly ssin: string
  /** The one asked for, where it was replaced. */
  readonly replaces?: string
  /** Withdrawn without a successor: there is nobody. */
  readonly cancelled: boolean
  readonly person?: RegisterPerson
}

/** Somebody to add. What is not said is made up from the number. */
export interface NewPerson {
  /** A number with valid check digits; without it a BIS number is made. */
  readonly ssin?: string
  readonly lastName: string
  readonly givenNames: readonly string[]
  /** `yyyy-mm-dd` with `00` for what is not known. */
  readonly birthDate: string
  readonly gender?: 'F' | 'M'
  /** `yyyy-mm-dd` with `00` for what is not known. */
  readonly deceaseDate?: string
  readonly formerSsins?: readonly string[]
  /** What shall not be made up. */
  readonly life?: Partial<Life>
}

/** The register of one simulator. */
export interface People {
  /** How many there are. */
  readonly size: number
  /** Everybody; invented people first to last, whoever was added behind them. */
  everybody(): readonly RegisterPerson[]
  /** What became of a number; `undefined` for one that was never issued. */
  find(ssin: string): FoundNumber | undefined
  /** The other numbers of whoever has this one, or had it. */
  related(ssin: string): readonly string[]
  /** Everybody who fits, by birth. */
  search(question: PhoneticQuestion): RegisterPerson[]
  /** Somebody with something rare about him, for instance `deceased`; the numbers in order. */
  rare(what: Rarity): readonly string[]
  /** The cards of a person; none for a number that nobody has. */
  cards(ssin: string): readonly RegisterCard[]
  /** The card with this number, or with this barcode. */
  card(text: string): RegisterCard | undefined
  /** Those who live under one roof with somebody, himself included. */
  household(ssin: string): readonly RegisterPerson[]
  /**
   * Adds somebody; the number is made when there is none: BIS, with the sex where it is known.
   *
   * @throws EHealthError `configuration.invalid` for a number that cannot be or is taken, or a date that is none
   */
  add(person: NewPerson): RegisterPerson
  /** Gives a card to somebody. */
  addCard(card: RegisterCard): void
  /** Withdraws a number: of a person for good, or in favour of another one that he has from now on. */
  cancel(ssin: string, successor?: string): void
}

/** Everything that was changed since the register was invented, as it is kept in a directory. */
export interface Changes {
  readonly added: readonly NewPerson[]
  readonly cards: readonly RegisterCard[]
  readonly cancelled: readonly (readonly [ssin: string, successor: string | null])[]
}

export interface ChangingPeople extends People {
  changes(): Changes
}

export function createPeople(
  world: World,
  settings: Pick<PeopleSettings, 'count' | 'seed'>,
  earlier?: Changes,
): ChangingPeople {
  const seen = { actors: [] as RegisteredActor[], patients: [] as RegisteredPatient[] }
  const bySsin = new Map<string, RegisterPerson>()
  const current = new Map<string, string>()
  const withdrawn = new Set<string>()
  const index = createPhoneticIndex()
  const extraCards = new Map<string, RegisterCard>()
  const changes = {
    added: [] as NewPerson[],
    cards: [] as RegisterCard[],
    cancelled: [] as (readonly [string, string | null])[],
  }
  const put = (person: RegisterPerson): void => {
    const before = bySsin.get(person.ssin)
    if (before !== undefined) index.remove(before)
    bySsin.set(person.ssin, person)
    index.put(person)
    for (const former of person.formerSsins) current.set(former, person.ssin)
  }
  /** Whoever was registered elsewhere since the last look is in this register, too. */
  const look = (): void => {
    learn(world.actors, seen.actors, (actor) => personOfActor(actor, world))
    learn(world.patients, seen.patients, (patient) => personOfPatient(patient, world))
  }
  const learn = <T>(
    now: readonly T[],
    before: T[],
    personOf: (source: T) => RegisterPerson | undefined,
  ): void => {
    for (let at = 0; at < now.length; at++) {
      if (now[at] === before[at]) continue
      before[at] = now[at]!
      const person = personOf(before[at]!)
      if (person !== undefined) put(person)
    }
  }
  look()
  const { people, cancelled, rarity } = inventPeople(settings.count, settings.seed, bySsin.keys())
  const serials = new Map(people.map(({ ssin }, serial) => [ssin, serial]))
  people.forEach(put)
  cancelled.forEach((ssin) => withdrawn.add(ssin))

  const taken = (ssin: string): boolean => bySsin.has(ssin) || current.has(ssin) || withdrawn.has(ssin)
  const now = (): Date => world.runtime.now()
  const find = (ssin: string): FoundNumber | undefined => {
    look()
    if (withdrawn.has(ssin)) return { ssin, cancelled: true }
    let successor = current.get(ssin)
    for (let next = successor; next !== undefined; next = current.get(next)) successor = next
    const person = bySsin.get(successor ?? ssin)
    if (person === undefined) return undefined
    return {
      ssin: person.ssin,
      ...(successor === undefined ? {} : { replaces: ssin }),
      cancelled: false,
      person,
    }
  }
  const related = (ssin: string): string[] => {
    const found = find(ssin)
    if (found?.person === undefined) return []
    const all = [...new Set([...numbersBefore(found.ssin), ...found.person.formerSsins])]
    return all.filter((number) => number !== found.ssin)
  }
  const numbersBefore = (ssin: string): string[] =>
    [...current].filter(([, next]) => next === ssin).flatMap(([former]) => [...numbersBefore(former), former])

  const add = (given: NewPerson): RegisterPerson => {
    look()
    const refuse = (path: string, problem: string): never => {
      throw new EHealthError('configuration.invalid', `${path}: ${problem}`, { path })
    }
    if (!isIncompleteDate(given.birthDate))
      refuse('birthDate', 'expected yyyy-mm-dd, 00 for what is not known')
    if (given.ssin !== undefined && !isSsin(given.ssin, { asOf: now() })) refuse('ssin', 'no national number')
    if (given.ssin !== undefined && taken(given.ssin)) refuse('ssin', 'somebody has this number')
    const series = given.gender === undefined ? 'BIS-unknown-sex' : 'BIS'
    const ssin = given.ssin ?? freeSsin(given.birthDate, given.gender, series, taken)
    const person = personOfNew({ ...given, ssin }, belgianDay(now()))
    put(person)
    changes.added.push({ ...given, ssin })
    return person
  }
  const addCard = (card: RegisterCard): void => {
    extraCards.set(card.number, card)
    if (card.barcode !== undefined) extraCards.set(card.barcode, card)
    changes.cards.push(card)
  }
  const cancel = (ssin: string, successor?: string): void => {
    look()
    const person = bySsin.get(ssin)
    if (person !== undefined) index.remove(person)
    bySsin.delete(ssin)
    if (successor === undefined) withdrawn.add(ssin)
    else current.set(ssin, successor)
    changes.cancelled.push([ssin, successor ?? null])
  }
  const cards = (ssin: string): RegisterCard[] => {
    const person = find(ssin)?.person
    if (person === undefined) return []
    const serial = serials.get(person.ssin)
    const patient = world.findPatient(person.ssin)
    return [
      ...(serial === undefined ? [] : inventCards(person, serial, now())),
      ...(patient?.cards ?? []).map((card) =>
        cardOfPatient(person.ssin, card, person.deceaseDate !== undefined, now()),
      ),
      ...[...new Set(extraCards.values())].filter(({ holder }) => holder === person.ssin),
    ]
  }
  const card = (text: string): RegisterCard | undefined => {
    const extra = extraCards.get(text)
    if (extra !== undefined) return extra
    const isIt = ({ number, barcode }: RegisterCard): boolean => number === text || barcode === text
    const serial = serialInCard(text)
    const invented = serial === undefined ? undefined : people[serial]
    if (invented !== undefined) return cards(invented.ssin).find(isIt)
    return world.patients.flatMap(({ ssin }) => cards(ssin)).find(isIt)
  }
  earlier?.added.forEach(add)
  earlier?.cards.forEach(addCard)
  earlier?.cancelled.forEach(([ssin, successor]) => cancel(ssin, successor ?? undefined))

  return {
    get size() {
      look()
      return bySsin.size
    },
    everybody: () => {
      look()
      return [...bySsin.values()]
    },
    find,
    related,
    search: (question) => {
      look()
      return index.find(question)
    },
    rare: (what) => [
      ...(what === 'cancelled-number' ? cancelled : []),
      ...[...rarity]
        .filter(([, names]) => what !== 'cancelled-number' && names.includes(what))
        .map(([ssin]) => ssin),
    ],
    cards,
    card,
    household: (ssin) => {
      const person = find(ssin)?.person
      if (person === undefined) return []
      const serial = serials.get(person.ssin)
      // families are every other four (see invent.ts)
      if (serial === undefined || Math.floor(serial / 4) % 2 !== 0) return [person]
      const first = serial - (serial % 4)
      return people.slice(first, first + 4).filter(({ ssin: member }) => bySsin.has(member))
    },
    add,
    addCard,
    cancel,
    changes: () => changes,
  }
}

/** Somebody whom nobody invented: what was said of him, and the rest from his number. */
function personOfNew(given: NewPerson & { ssin: string }, today: string): RegisterPerson {
  const { ssin, lastName, givenNames, birthDate, gender, deceaseDate, formerSsins = [], life = {} } = given
  const bis = Number(ssin.slice(2, 4)) >= 20
  const identity = {
    lastName: lastName.toUpperCase(),
    givenNames: givenNames.map((name) => name.toUpperCase()),
    birthDate,
    ...(gender === undefined ? {} : { gender }),
    ...(deceaseDate === undefined ? {} : { deceaseDate }),
  }
  return {
    ssin,
    register: bis ? 'BIS' : 'NR',
    ...(bis ? { registered: today } : {}),
    ...identity,
    formerSsins,
    life: () => ({
      ...lifeOf({ ...identity, seed: `number ${ssin}`, index: 0, rare: bis ? ['BIS'] : [] }),
      ...life,
    }),
  }
}
