/** What somebody is searched by, checked at the door with the rules that the platform applies (spec rn-consult §5.2, §5.4). */
import { EHealthError } from '../../errors.js'
import { parseIncompleteDate } from '../../technical/identifiers/index.js'
import { refuseUnknownOptions } from '../../technical/session/options.js'
import { atPath } from '../registers/index.js'
import {
  cityCodePattern,
  givenNameMatchings,
  limits,
  type GivenNameMatching,
  type PhoneticCriteria,
} from './contract.js'

/** Who is searched for by the sound of his name. */
export interface PhoneticSearch {
  /** 1 to 128 characters. */
  lastName: string
  /** In their order, three at most of 1 to 48 characters each. */
  givenNames?: string | readonly string[]
  /** How given names are compared; `ALL_GIVENNAME`, and `IGNORE_GIVENNAME` where there is none. */
  givenNameMatching?: GivenNameMatching
  /** `yyyy-mm-dd`, `yyyy-mm-00` or `yyyy-00-00`. */
  birthDate: string
  /**
   * How far the birth may be off, 0 (default) to 99: in years, months or days, whatever the date is known to. The unit is
   * (inferred).
   */
  variation?: number
  gender?: 'F' | 'M'
  address?: {
    /** Number of the country, 1 to 999; 150 is Belgium. */
    countryCode: number | string
    /** Number of the municipality, five digits. */
    cityCode?: string
  }
  /** How many people at most, 1 to 50; the platform decides when it is left out. More hits than that are refused. */
  maximumResults?: number
}

const names = [
  'lastName',
  'givenNames',
  'givenNameMatching',
  'birthDate',
  'variation',
  'gender',
  'address',
  'maximumResults',
] as const satisfies readonly (keyof PhoneticSearch)[]

/** Names of the criteria. @internal */
export const phoneticSearchNames: readonly string[] = names

/**
 * Checks criteria and gives the elements of the request.
 *
 * @throws EHealthError `rn-consult.criteria`, `identifier.*`, with the path of the criterion
 * @internal
 */
export function criteriaOf(search: PhoneticSearch): PhoneticCriteria {
  const given = typeof search.givenNames === 'string' ? [search.givenNames] : (search.givenNames ?? [])
  const { birthDate, gender, address, maximumResults } = search
  text(search.lastName, 'lastName', limits.lastName)
  if (!Array.isArray(given) || given.length > limits.givenNames)
    throw criterionError('givenNames', `expected ${limits.givenNames} names at most`)
  for (const [index, name] of given.entries()) text(name, `givenNames[${index}]`, limits.givenName)
  const matching = search.givenNameMatching ?? (given.length === 0 ? 'IGNORE_GIVENNAME' : 'ALL_GIVENNAME')
  if (!givenNameMatchings.includes(matching))
    throw criterionError('givenNameMatching', `expected one of ${givenNameMatchings.join(', ')}`)
  if (given.length === 0 && matching !== 'IGNORE_GIVENNAME')
    throw criterionError('givenNames', `missing beside givenNameMatching ${matching}`)
  const { precision } = atPath('birthDate', () => parseIncompleteDate(birthDate))
  const variation = whole(search.variation, 'variation', 0, limits.variation)
  if (gender !== undefined && gender !== 'F' && gender !== 'M')
    throw criterionError('gender', 'expected F or M')
  return {
    Name: {
      LastName: search.lastName,
      GivenName: given.map((value: string, index) => ({ value, Sequence: index + 1 })),
      GivenNameMatching: matching,
    },
    Birth: {
      BirthDate: birthDate,
      // a date that is not complete is refused without a variation (spec rn-consult, traps 3)
      ...(variation === undefined && precision === 'day' ? {} : { Variation: variation ?? 0 }),
    },
    ...(gender === undefined ? {} : { Gender: { GenderCode: gender } }),
    ...(address === undefined ? {} : { Address: addressOf(address) }),
    ...(maximumResults === undefined
      ? {}
      : { maximumResultCount: whole(maximumResults, 'maximumResults', 1, limits.maximumResults)! }),
  }
}

function addressOf(
  address: NonNullable<PhoneticSearch['address']>,
): NonNullable<PhoneticCriteria['Address']> {
  refuseUnknownOptions(address, ['countryCode', 'cityCode'], 'address')
  const { countryCode, cityCode } = address
  const country =
    typeof countryCode === 'string' && /^[0-9]{1,3}$/.test(countryCode) ? Number(countryCode) : countryCode
  if (cityCode !== undefined && (typeof cityCode !== 'string' || !cityCodePattern.test(cityCode)))
    throw criterionError('address.cityCode', 'expected five digits')
  return {
    CountryCode: whole(country, 'address.countryCode', 1, limits.countryCode)!,
    ...(cityCode === undefined ? {} : { CityCode: cityCode }),
  }
}

function text(value: unknown, path: string, most: number): void {
  if (typeof value !== 'string' || value.trim() === '' || [...value].length > most)
    throw criterionError(path, `expected a text of 1 to ${most} characters`)
}

function whole(value: unknown, path: string, least: number, most: number): number | undefined {
  if (value === undefined) return undefined
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most)
    throw criterionError(path, `expected a whole number of ${least} to ${most}`)
  return value
}

const criterionError = (path: string, problem: string): EHealthError =>
  new EHealthError('rn-consult.criteria', `${path}: ${problem}`, { path })
