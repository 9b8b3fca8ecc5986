/** The national register on the page. */
import {
  rarityNames,
  type HomeAddress,
  type RegisterPerson,
  type Simulator,
  type Since,
} from '../../simulator/index.js'
import type { RegisterEntry, RegisterPage } from './contract.js'
import { notFound } from './refusal.js'

/** People on one page. */
const perPage = 50

type People = Simulator['people']

/** Everybody whose names, number or birth date hold all the words that are searched. */
export function registerPage({ people }: Simulator, query: URLSearchParams): RegisterPage {
  const words = plain(query.get('search') ?? '')
    .slice(0, 200)
    .split(/\s+/)
    .filter((word) => word !== '')
  const offset = /^\d{1,7}$/.test(query.get('offset') ?? '') ? Number(query.get('offset')) : 0
  const found = people.everybody().filter((person) => {
    const text = plain(textOf(person))
    return words.every((word) => text.includes(word))
  })
  const rare = rareBySsin(people)
  return {
    total: found.length,
    offset,
    people: found.slice(offset, offset + perPage).map((person) => entryOf(person, rare)),
  }
}

/**
 * One person with everything known. A number that was withdrawn has nobody, and one that was replaced leads on.
 *
 * @throws ConsoleRefusal 404
 */
export function registerEntry({ people }: Simulator, ssin: string): RegisterEntry {
  const found = people.find(ssin)
  if (found === undefined) throw notFound()
  const { person, replaces } = found
  if (person === undefined)
    return { ssin, name: '', birthDate: '', sex: '', remarks: ['number withdrawn'], details: [] }
  const entry = entryOf(person, rareBySsin(people))
  const remarks = replaces === undefined ? [] : [`${replaces} was replaced by ${person.ssin}`]
  return { ...entry, remarks: [...remarks, ...entry.remarks], details: detailsOf(person, people) }
}

/** Capitals and accents make no difference. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

const nameOf = ({ givenNames, lastName }: Pick<RegisterPerson, 'givenNames' | 'lastName'>): string =>
  [...givenNames, lastName].join(' ')

const textOf = (person: RegisterPerson): string =>
  [nameOf(person), person.ssin, ...person.formerSsins, person.birthDate].join(' ')

function rareBySsin(people: People): ReadonlyMap<string, string[]> {
  const found = new Map<string, string[]>()
  for (const name of rarityNames)
    for (const ssin of people.rare(name)) found.set(ssin, [...(found.get(ssin) ?? []), words(name)])
  return found
}

const words = (rarity: string): string => rarity.replaceAll('-', ' ')

function entryOf(person: RegisterPerson, rare: ReadonlyMap<string, string[]>): RegisterEntry {
  const { ssin, birthDate, gender, deceaseDate, formerSsins } = person
  const address = person.life().addresses.find(({ until }) => until === undefined)
  return {
    ssin,
    name: nameOf(person),
    birthDate,
    sex: gender ?? 'unknown',
    ...(address === undefined ? {} : { address: lineOf(address.value) }),
    remarks: [
      ...new Set([
        ...(deceaseDate === undefined ? [] : ['deceased']),
        ...(formerSsins.length === 0 ? [] : ['had another number']),
        ...(rare.get(ssin) ?? []),
      ]),
    ],
  }
}

const lineOf = ({ street, houseNumber, box, city, country }: HomeAddress): string =>
  `${street.fr} ${houseNumber}${box === undefined ? '' : ` box ${box}`}, ${city.postalCode} ${city.fr}, ${country.iso}`

function detailsOf(person: RegisterPerson, people: People): { name: string; value: string }[] {
  const life = person.life()
  const since =
    (name: string) =>
    ({ from, until, value }: Since<string>) => ({
      name,
      value: `${value} (from ${from}${until === undefined ? '' : ` until ${until}`})`,
    })
  const told = <T>(name: string, list: readonly Since<T>[], text: (value: T) => string) =>
    list.map((one) => since(name)({ ...one, value: text(one.value) }))
  const one = (name: string, value: string | undefined) => (value === undefined ? [] : [{ name, value }])
  return [
    ...one('register', person.register),
    ...one('registered', person.registered),
    ...one('deceased', person.deceaseDate),
    ...person.formerSsins.map((value) => ({ name: 'former number', value })),
    ...people.related(person.ssin).map((value) => ({ name: 'other number', value })),
    ...told('name', life.names, nameOf),
    ...told('sex', life.genders, (gender) => gender),
    ...one('born in', life.birthPlace?.city?.fr ?? life.birthPlace?.country.fr),
    ...told('nationality', life.nationalities, ({ fr }) => fr),
    ...told('civil state', life.civilStates, ({ code, partner }) =>
      partner === undefined ? String(code) : `${code}, with ${partner}`,
    ),
    ...told('address', life.addresses, lineOf),
    ...people
      .household(person.ssin)
      .filter(({ ssin }) => ssin !== person.ssin)
      .map((other) => ({ name: 'lives with', value: `${nameOf(other)}, ${other.ssin}` })),
    ...people.cards(person.ssin).map(({ kind, number, expires, ended }) => ({
      name: 'card',
      value: `${kind} ${number}, until ${ended === undefined ? expires : `${ended.on} (${ended.why})`}`,
    })),
  ]
}
