/** A declaration as its message carries it: checked, and enough for a number (spec rn-consult §6). */
import { EHealthError } from '../../../errors.js'
import { refuseUnknownOptions } from '../../../technical/session/options.js'
import { ssinOf } from '../../registers/index.js'
import { limits, minimalSetsOf, type DeclaredPerson as PersonElement } from '../contract.js'
import {
  declaredFields,
  type DeclaredCivilState,
  type DeclaredContactAddress,
  type DeclaredNationality,
  type DeclaredPerson,
  type DeclaredResidence,
} from './declared.js'
import {
  cityCode,
  countryNumber,
  countryOf,
  day,
  declarationError,
  incomplete,
  named,
  period,
  placeOf,
  someText,
  text,
} from './pieces.js'

const belgium = 150

/**
 * @throws EHealthError `person-registration.declaration`, `identifier.*`, `configuration.invalid` with the path
 * @internal
 */
export function declarationOf(person: DeclaredPerson, now: Date): PersonElement {
  refuseUnknownOptions(person, declaredFields, 'person')
  const { gender, decease, residence, contactAddress } = person
  const birthDate = incomplete(person.birthDate, 'person.birthDate')
  const born = birthDate.includes('-00') ? undefined : birthDate
  if (gender !== undefined && gender !== 'F' && gender !== 'M')
    throw declarationError('person.gender', 'expected F or M')
  const element: PersonElement = {
    Name: {
      LastName: text(person.lastName, 'person.lastName', limits.lastName),
      GivenName: givenNamesOf(person),
      ...(person.nameSince === undefined ? {} : { InceptionDate: day(person.nameSince, 'person.nameSince') }),
    },
    ...(person.nationalities === undefined
      ? {}
      : { Nationalities: { Nationality: person.nationalities.map(nationality(born)) } }),
    Birth: {
      BirthDate: birthDate,
      ...(person.birthPlace === undefined
        ? {}
        : { BirthPlace: placeOf(person.birthPlace, 'person.birthPlace') }),
    },
    ...(decease === undefined
      ? {}
      : {
          Decease: {
            DeceaseDate: incomplete(decease.date, 'person.decease.date'),
            ...(decease.place === undefined
              ? {}
              : { DeceasePlace: placeOf(decease.place, 'person.decease.place') }),
          },
        }),
    ...(gender === undefined
      ? {}
      : {
          Gender: {
            GenderCode: gender,
            InceptionDate: since(person.genderSince, born, 'person.genderSince'),
          },
        }),
    ...(person.civilStates === undefined
      ? {}
      : { CivilStates: { CivilState: person.civilStates.map(civilState(now)) } }),
    ...(residence === undefined ? {} : { Address: { ResidentialAddress: residenceOf(residence) } }),
    ...(contactAddress === undefined ? {} : { ContactAddress: contactOf(contactAddress) }),
  }
  if (minimalSetsOf(element).length === 0)
    throw new EHealthError(
      'person-registration.declaration',
      'person: these data are not enough for a number',
      {
        path: 'person',
        details: {
          sets: [
            'birthDate (whole), birthPlace, gender',
            'birthDate, residence',
            'birthDate, contactAddress',
          ],
        },
      },
    )
  return element
}

/** The names in their order; the register numbers them from 1. @internal */
export function givenNamesOf({ givenNames = [] }: DeclaredPerson): { value: string; Sequence: number }[] {
  const names = typeof givenNames === 'string' ? [givenNames] : givenNames
  if (!Array.isArray(names)) throw declarationError('person.givenNames', 'expected a text or a list of texts')
  return names.map((name: unknown, index) => ({
    value: text(name, `person.givenNames[${index}]`, limits.givenName),
    Sequence: index + 1,
  }))
}

/** The rules want to know from when; from birth on is a good guess only for who knows when that was. */
function since(given: string | undefined, born: string | undefined, path: string): string {
  if (given !== undefined) return day(given, path)
  if (born === undefined) throw declarationError(path, 'needed where the day of birth is not known')
  return born
}

const nationality = (born: string | undefined) => (item: DeclaredNationality, index: number) => {
  const path = `person.nationalities[${index}]`
  return {
    NationalityCode: countryNumber(item.country, `${path}.country`),
    ...period({ until: item.until }, path),
    InceptionDate: since(item.since, born, `${path}.since`),
  }
}

const civilState = (now: Date) => (item: DeclaredCivilState, index: number) => {
  const path = `person.civilStates[${index}]`
  if (!Number.isInteger(item.code) || item.code < 0 || item.code > 99)
    throw declarationError(`${path}.code`, 'expected a code of 0 to 99')
  if (item.since === undefined) throw declarationError(`${path}.since`, 'needed')
  return {
    CivilStateCode: item.code,
    ...(item.partnerSsin === undefined
      ? {}
      : { PartnerSsin: ssinOf(item.partnerSsin, now, `${path}.partnerSsin`) }),
    ...(item.place === undefined ? {} : { Location: placeOf(item.place, `${path}.place`) }),
    ...period(item, path),
  }
}

/** Lines that both kinds of addresses have, in their order. */
const linesOf = (
  {
    cityName,
    postalCode,
    streetName,
    houseNumber,
    boxNumber,
    since: from,
  }: DeclaredResidence | DeclaredContactAddress,
  path: string,
) => ({
  ...(cityName === undefined ? {} : { CityName: named(cityName, `${path}.cityName`) }),
  ...someText('PostalCode', postalCode, `${path}.postalCode`, 15),
  ...(streetName === undefined ? {} : { StreetName: named(streetName, `${path}.streetName`) }),
  ...someText('HouseNumber', houseNumber, `${path}.houseNumber`, 12),
  ...someText('BoxNumber', boxNumber, `${path}.boxNumber`, 10),
  InceptionDate: day(from, `${path}.since`),
})

const residenceNames = [
  'country',
  'cityName',
  'postalCode',
  'streetName',
  'houseNumber',
  'boxNumber',
  'since',
]

function residenceOf(residence: DeclaredResidence) {
  const path = 'person.residence'
  refuseUnknownOptions(residence, residenceNames, path)
  const country = countryOf(residence.country, `${path}.country`)
  const belgian = 'CountryCode' in country ? country.CountryCode === belgium : country.CountryIsoCode === 'BE'
  if (belgian) throw declarationError(`${path}.country`, 'an address in Belgium is a contact address')
  return { ...country, ...linesOf(residence, path) }
}

function contactOf(address: DeclaredContactAddress) {
  const path = 'person.contactAddress'
  refuseUnknownOptions(address, [...residenceNames, 'cityCode', 'streetCode', 'type', 'until'], path)
  const { streetCode, type = 1, until } = address
  if (streetCode !== undefined && !/^[0-9]{1,4}$/.test(streetCode))
    throw declarationError(`${path}.streetCode`, 'expected one to four digits')
  if (!Number.isInteger(type) || type < 0 || type > 99)
    throw declarationError(`${path}.type`, 'expected a code of 0 to 99')
  return {
    ...countryOf(address.country ?? belgium, `${path}.country`),
    ...cityCode(address.cityCode, `${path}.cityCode`),
    ...(streetCode === undefined ? {} : { StreetCode: streetCode }),
    TypeCode: type,
    ...period({ until }, path),
    ...linesOf(address, path),
  }
}
