/** Who fits the criteria of a request (spec ehealthbox §8.2). */
import type {
  Address,
  GetOrganizationContactInfoRequest,
  SearchOrganizationsRequest,
  SearchProfessionalsRequest,
} from '../../../business/addressBook/contract.js'
import type { World } from '../../world.js'
import { entriesOf, folded, type Entry } from './entries.js'

/** What entries are tested for; a criterion that was not given fits everybody. */
type Test = (entry: Entry) => boolean

/** Professionals who fit, by name. */
export function findProfessionals(
  world: World,
  request: Pick<
    SearchProfessionalsRequest,
    'SSIN' | 'NIHII' | 'LastName' | 'FirstName' | 'Profession' | 'EMail'
  > &
    Place,
): Entry[] {
  return found(world, 'person', [
    given(
      request.SSIN,
      (ssin) =>
        ({ actor }) =>
          actor.ssin === ssin,
    ),
    given(request.NIHII, byNihii),
    given(request.LastName, (pattern) => named(pattern, ({ lastName }) => lastName)),
    given(request.FirstName, (pattern) => named(pattern, ({ firstName = '' }) => firstName)),
    given(
      request.Profession,
      (word) =>
        ({ words }) =>
          words.includes(word),
    ),
    given(request.EMail, (email) => (entry) => folded(entry.email) === folded(email)),
    ...atPlace(request),
  ])
}

/** Organisations that fit, by name. */
export function findOrganizations(
  world: World,
  request: Pick<GetOrganizationContactInfoRequest, 'NIHII' | 'CBE' | 'EHP' | 'InstitutionType'> &
    Pick<SearchOrganizationsRequest, 'InstitutionName'> &
    Place,
): Entry[] {
  return found(world, 'organisation', [
    given(request.NIHII, byNihii),
    given(
      request.CBE,
      (cbe) =>
        ({ actor }) =>
          actor.cbe === cbe,
    ),
    given(
      request.EHP,
      (ehp) =>
        ({ actor }) =>
          actor.ehp === ehp,
    ),
    given(
      request.InstitutionType,
      (word) =>
        ({ words }) =>
          words.includes(word),
    ),
    given(request.InstitutionName, (pattern) => named(pattern, ({ lastName }) => lastName)),
    ...atPlace(request),
  ])
}

interface Place {
  City?: string | undefined
  ZipCode?: string | undefined
}

const given = (value: string | undefined, test: (value: string) => Test): Test =>
  value === undefined ? () => true : test(value)

/** 8 digits are the holder, whatever the qualification (spec identifiers §3.1). */
const byNihii =
  (nihii: string): Test =>
  ({ actor }) =>
    actor.nihii?.slice(0, 8) === nihii.slice(0, 8)

/** `*` stands for any letters. */
function named(pattern: string, nameOf: (entry: Entry) => string): Test {
  const [start = '', ...rest] = folded(pattern).split('*')
  const end = rest.pop()
  return (entry) => {
    const name = folded(nameOf(entry))
    if (end === undefined) return name === start
    if (!name.startsWith(start)) return false
    let at = start.length
    for (const part of rest) {
      const found = name.indexOf(part, at)
      if (found < 0) return false
      at = found + part.length
    }
    return name.length - end.length >= at && name.endsWith(end)
  }
}

const addressesOf = ({ activity, contact }: Entry): Address[] =>
  contact === undefined ? [activity] : [contact, activity]

const atPlace = ({ City, ZipCode }: Place): Test[] => [
  given(
    ZipCode,
    (code) => (entry) =>
      addressesOf(entry).some(({ Municipality }) => String(Municipality.ZipCode) === code.trim()),
  ),
  given(
    City,
    (city) => (entry) =>
      addressesOf(entry).some(({ Municipality }) =>
        Municipality.Description.some(({ value }) => folded(value) === folded(city)),
      ),
  ),
]

function found(world: World, kind: 'person' | 'organisation', tests: readonly Test[]): Entry[] {
  return entriesOf(world, kind)
    .filter((entry) => tests.every((test) => test(entry)))
    .sort((one, other) => compare(sortKey(one), sortKey(other)))
}

const sortKey = ({ lastName, firstName = '', actor }: Entry): string =>
  [folded(lastName), folded(firstName), actor.certificateValue].join('\u0000')

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
