/** Pieces of a declaration, judged by the rules that the platform applies since they left the schemas (spec rn-consult §5.4). */
import { EHealthError } from '../../../errors.js'
import { parseIncompleteDate } from '../../../technical/identifiers/index.js'
import { date } from '../../../technical/xml/index.js'
import { atPath } from '../../registers/index.js'
import { cityCodePattern, limits } from '../contract.js'
import type { DeclaredCountry, DeclaredPlace, DeclaredText } from './declared.js'

export const declarationError = (
  path: string,
  problem: string,
  details?: Record<string, unknown>,
): EHealthError =>
  new EHealthError('person-registration.declaration', `${path}: ${problem}`, {
    path,
    ...(details === undefined ? {} : { details }),
  })

/** A text of at most so many characters. */
export function text(value: unknown, path: string, most: number): string {
  if (typeof value !== 'string' || value.trim() === '' || [...value].length > most)
    throw declarationError(path, `expected a text of 1 to ${most} characters`)
  return value
}

/** The same, where it may be absent. */
export const someText = <Name extends string>(
  name: Name,
  value: unknown,
  path: string,
  most: number,
): { [Key in Name]?: string } =>
  (value === undefined ? {} : { [name]: text(value, path, most) }) as { [Key in Name]?: string }

/** A whole day. */
export function day(value: unknown, path: string): string {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value) || date.check(value) !== undefined)
    throw declarationError(path, 'expected a day, yyyy-mm-dd')
  return value
}

/** When a fact began and ended. */
export const period = (
  { since, until }: { since?: string | undefined; until?: string | undefined },
  path: string,
) => ({
  ...(since === undefined ? {} : { InceptionDate: day(since, `${path}.since`) }),
  ...(until === undefined ? {} : { ExpiryDate: day(until, `${path}.until`) }),
})

export const incomplete = (value: string, path: string): string =>
  atPath(path, () => parseIncompleteDate(value).value)

/** Letters or digits: one of both may stand in a declaration (spec rn-consult, traps 8). */
export function countryOf(
  country: DeclaredCountry,
  path: string,
): { CountryCode: number } | { CountryIsoCode: string } {
  if (typeof country === 'string' && /^[A-Z]{2}$/.test(country)) return { CountryIsoCode: country }
  return { CountryCode: countryNumber(country, path) }
}

export function countryNumber(country: unknown, path: string): number {
  const number =
    typeof country === 'string' && /^[0-9]{1,3}$/.test(country) ? Number(country) : (country as number)
  if (!Number.isInteger(number) || number < 1 || number > limits.countryCode)
    throw declarationError(path, 'expected the number of a country, or its two letters')
  return number
}

export function cityCode(value: unknown, path: string): { CityCode?: string } {
  if (value === undefined) return {}
  if (typeof value !== 'string' || !cityCodePattern.test(value))
    throw declarationError(path, 'expected five digits')
  return { CityCode: value }
}

/** (old facet) of descriptions. */
const longestName = 100

export function named(value: DeclaredText, path: string): { value: string; lang?: string } {
  if (typeof value === 'string') return { value: text(value, path, longestName) }
  if (typeof value?.language !== 'string' || !/^[A-Za-z]{2}(-[A-Za-z]{2})?$/.test(value.language))
    throw declarationError(`${path}.language`, 'expected the two letters of a language')
  return { value: text(value.text, `${path}.text`, longestName), lang: value.language }
}

export const placeOf = (place: DeclaredPlace, path: string) => ({
  ...countryOf(place.country, `${path}.country`),
  CountryName: [],
  ...cityCode(place.cityCode, `${path}.cityCode`),
  CityName: place.cityName === undefined ? [] : [named(place.cityName, `${path}.cityName`)],
})
