/** Small pieces of answers. */
import type * as contract from './contract.js'
import type { Country, Described, LocalizedText, Location } from './person.js'

/** The fields that are there: an absent element is an absent property. */
type Given<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> }
export const given = <T extends object>(fields: T): Given<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>

export const textsOf = (elements: readonly contract.LocalizedText[]): LocalizedText[] =>
  elements.map(({ value, lang }) => ({ text: value, ...given({ language: lang }) }))

export const described = <Code>(
  code: Code | undefined,
  descriptions: readonly contract.LocalizedText[],
): Described<Code> => ({
  ...(code === undefined ? {} : { code }),
  descriptions: textsOf(descriptions),
})

export const inception = (day: string | undefined): { inceptionDate?: string } =>
  day === undefined ? {} : { inceptionDate: day }

interface CountryElement {
  CountryCode?: number | undefined
  CountryIsoCode?: string | undefined
  CountryName: contract.LocalizedText[]
}

export const countryOf = (element: CountryElement): Country => ({
  ...given({ countryCode: element.CountryCode, countryIsoCode: element.CountryIsoCode }),
  countryNames: textsOf(element.CountryName),
})

interface LocationElement extends CountryElement {
  CityCode?: string | undefined
  CityName: contract.LocalizedText[]
}

export const locationOf = (element: LocationElement): Location => ({
  ...countryOf(element),
  ...given({ cityCode: element.CityCode }),
  cityNames: textsOf(element.CityName),
})
