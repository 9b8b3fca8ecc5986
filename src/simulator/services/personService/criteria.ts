/** The criteria of a phonetic search, judged by the rules that the schemas once had (spec rn-consult §5.2, §5.4, §13). */
import {
  cityCodePattern,
  givenNameMatchings,
  limits,
  type PhoneticCriteria,
} from '../../../business/rnConsult/contract.js'
import { isIncompleteDate } from '../../../technical/identifiers/index.js'
import type { PhoneticQuestion } from '../../register/index.js'
import type { Reason } from '../registers/answer.js'

/** What the register is asked, and how many people may come; or why it is not. */
export type Judged =
  { readonly asked: PhoneticQuestion; readonly most: number } | { readonly refusal: Reason }

const within = (text: string, most: number): boolean => text.trim() !== '' && [...text].length <= most

export function questionOf(criteria: PhoneticCriteria): Judged {
  const { Name, Birth, Gender, Address, maximumResultCount: most = limits.usualResults } = criteria
  const matching = givenNameMatchings.find((known) => known === Name.GivenNameMatching)
  const invalid = (field: string): Judged => ({ refusal: { kind: 'validation', field } })
  if (!within(Name.LastName, limits.lastName)) return invalid('lastName')
  if (matching === undefined) return invalid('givenNameMatching')
  // a single blank is how older clients say that there is none (spec rn-consult, traps 4)
  const givenNames = Name.GivenName.map(({ value }) => value).filter((name) => name.trim() !== '')
  if (givenNames.some((name) => !within(name, limits.givenName))) return invalid('givenName')
  if (Name.GivenName.some(({ Sequence = 1 }) => Sequence < 1 || Sequence > limits.givenNames))
    return invalid('sequence')
  if (matching !== 'IGNORE_GIVENNAME' && givenNames.length === 0) return invalid('givenName')
  if (!isIncompleteDate(Birth.BirthDate)) return invalid('birthDate')
  if (Birth.BirthDate.endsWith('-00') && Birth.Variation === undefined)
    return {
      refusal: {
        kind: 'rule',
        code: 'V00001',
        description: 'BirthDate is incomplete and Variation is missing',
      },
    }
  if (Birth.Variation !== undefined && Birth.Variation > limits.variation) return invalid('variation')
  if (Gender !== undefined && Gender.GenderCode !== 'F' && Gender.GenderCode !== 'M')
    return invalid('genderCode')
  if (Address !== undefined && Address.CountryCode > limits.countryCode) return invalid('countryCode')
  if (Address?.CityCode !== undefined && !cityCodePattern.test(Address.CityCode)) return invalid('cityCode')
  if (most < 1 || most > limits.maximumResults) return invalid('maximumResultCount')
  return {
    most,
    asked: {
      lastName: Name.LastName,
      givenNames,
      matching,
      birthDate: Birth.BirthDate,
      ...(Birth.Variation === undefined ? {} : { variation: Birth.Variation }),
      ...(Gender === undefined ? {} : { gender: Gender.GenderCode }),
      ...(Address === undefined
        ? {}
        : {
            address: {
              country: Address.CountryCode,
              ...(Address.CityCode === undefined ? {} : { city: Address.CityCode }),
            },
          }),
    },
  }
}
