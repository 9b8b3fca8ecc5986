/** A declaration judged and put into the words of the register (spec rn-consult §5.4, §6, §13). */
import {
  cityCodePattern,
  limits,
  minimalSetsOf,
  type DeclaredPerson,
  type LocalizedText,
} from '../../../business/rnConsult/contract.js'
import { isIncompleteDate, isSsin } from '../../../technical/identifiers/index.js'
import { belgium, otherCountries } from '../../register/places.js'
import type { City, Country, HomeAddress, Life, NewPerson, Place, Since } from '../../register/index.js'
import type { Reason } from '../registers/answer.js'

const within = (text: string | undefined, most: number): boolean =>
  text === undefined || (text.trim() !== '' && [...text].length <= most)

/** Why nobody is registered by this declaration; undefined where nothing speaks against it. */
export function problemOf(person: DeclaredPerson, now: Date): Reason | undefined {
  const { Name, Birth, Decease, Gender, CivilStates, Address, ContactAddress } = person
  const faults: readonly (readonly [field: string, wrong: boolean])[] = [
    ['lastName', Name !== undefined && !within(Name.LastName, limits.lastName)],
    ['givenName', Name?.GivenName.some(({ value }) => !within(value, limits.givenName)) === true],
    ['birthDate', Birth?.BirthDate !== undefined && !isIncompleteDate(Birth.BirthDate)],
    ['deceaseDate', Decease?.DeceaseDate !== undefined && !isIncompleteDate(Decease.DeceaseDate)],
    ['genderCode', Gender !== undefined && Gender.GenderCode !== 'F' && Gender.GenderCode !== 'M'],
    ['genderInceptionDate', Gender !== undefined && Gender.InceptionDate === undefined],
    [
      'partnerSsin',
      CivilStates?.CivilState.some(
        ({ PartnerSsin: ssin }) => ssin !== undefined && !isSsin(ssin, { asOf: now }),
      ) === true,
    ],
    [
      'residentialAddress',
      Address?.ResidentialAddress !== undefined && isBelgian(Address.ResidentialAddress),
    ],
    ['cityCode', ContactAddress?.CityCode !== undefined && !cityCodePattern.test(ContactAddress.CityCode)],
    ['contactAddressType', ContactAddress !== undefined && ContactAddress.TypeCode === undefined],
  ]
  const wrong = faults.find(([, is]) => is)
  if (wrong !== undefined) return { kind: 'validation', field: wrong[0] }
  if (minimalSetsOf(person).length === 0)
    return { kind: 'rule', code: 'V00002', description: 'The declared data are not enough for a number' }
  return undefined
}

interface CountryElement {
  CountryCode?: number | undefined
  CountryIsoCode?: string | undefined
}

const countries = [belgium, ...otherCountries]

/** A country that this simulator has no name for is called by its code. */
function countryOf({ CountryCode: nis, CountryIsoCode: iso }: CountryElement): Country {
  const known = countries.find((country) => country.nis === nis || country.iso === iso)
  const name = iso ?? String(nis ?? '')
  return known ?? { nis: nis ?? 999, iso: iso ?? 'ZZ', fr: name, nl: name }
}

const isBelgian = (element: CountryElement): boolean => countryOf(element) === belgium

const both = (text: LocalizedText | undefined, otherwise = ''): { fr: string; nl: string } => {
  const value = text?.value ?? otherwise
  return { fr: value, nl: value }
}

interface PlaceElement extends CountryElement {
  CityCode?: string | undefined
  CityName?: LocalizedText | LocalizedText[] | undefined
  PostalCode?: string | undefined
}

function cityOf({ CityCode, CityName, PostalCode = '' }: PlaceElement): City {
  const name = Array.isArray(CityName) ? CityName[0] : CityName
  return {
    ...both(name, CityCode),
    ...(CityCode === undefined ? {} : { nis: CityCode }),
    postalCode: PostalCode,
  }
}

const placeOf = (element: PlaceElement): Place => ({ country: countryOf(element), city: cityOf(element) })

interface AddressElement extends PlaceElement {
  StreetName?: LocalizedText | undefined
  StreetCode?: string | undefined
  HouseNumber?: string | undefined
  BoxNumber?: string | undefined
  InceptionDate?: string | undefined
}

const addressOf = (element: AddressElement, today: string): Since<HomeAddress> => ({
  from: withoutZone(element.InceptionDate) ?? today,
  value: {
    country: countryOf(element),
    city: cityOf(element),
    street: both(element.StreetName),
    ...(element.StreetCode === undefined ? {} : { streetCode: element.StreetCode }),
    houseNumber: element.HouseNumber ?? '',
    ...(element.BoxNumber === undefined ? {} : { box: element.BoxNumber }),
  },
})

/** The official connector writes days with a zone. */
const withoutZone = (day: string | undefined): string | undefined => day?.slice(0, 10)

const until = (day: string | undefined): { until?: string } =>
  day === undefined ? {} : { until: withoutZone(day)! }

/** Whom the register gets: what was declared, and nothing made up besides. */
export function newPersonOf(person: DeclaredPerson, today: string): NewPerson {
  const { Name, Birth, Decease, Gender, Nationalities, CivilStates, Address, ContactAddress } = person
  const lastName = Name!.LastName!
  const givenNames = Name!.GivenName.map(({ value }) => value)
  const gender = Gender?.GenderCode as 'F' | 'M' | undefined
  const upper = {
    lastName: lastName.toUpperCase(),
    givenNames: givenNames.map((name) => name.toUpperCase()),
  }
  const residence = Address?.ResidentialAddress
  const life: { [Part in keyof Life]: Life[Part] | undefined } = {
    names: [{ from: withoutZone(Name!.InceptionDate) ?? today, value: upper }],
    genders:
      gender === undefined ? [] : [{ from: withoutZone(Gender!.InceptionDate) ?? today, value: gender }],
    birthPlace: Birth?.BirthPlace === undefined ? undefined : placeOf(Birth.BirthPlace),
    deceasePlace: Decease?.DeceasePlace === undefined ? undefined : placeOf(Decease.DeceasePlace),
    nationalities: (Nationalities?.Nationality ?? []).map(
      ({ NationalityCode, InceptionDate, ExpiryDate }) => ({
        from: withoutZone(InceptionDate) ?? today,
        ...until(ExpiryDate),
        value: countryOf({ CountryCode: NationalityCode }),
      }),
    ),
    civilStates: (CivilStates?.CivilState ?? []).map((state) => ({
      from: withoutZone(state.InceptionDate) ?? today,
      ...until(state.ExpiryDate),
      value: {
        code: state.CivilStateCode ?? 90,
        ...(state.PartnerSsin === undefined ? {} : { partner: state.PartnerSsin }),
        ...(state.Location === undefined ? {} : { place: placeOf(state.Location) }),
      },
    })),
    addresses: residence === undefined ? [] : [addressOf(residence, today)],
    contactAddress: ContactAddress === undefined ? undefined : addressOf(ContactAddress, today),
    nobility: undefined,
    subregister: undefined,
    cohabitation: undefined,
    anomalies: [],
  }
  return {
    lastName,
    givenNames,
    birthDate: Birth!.BirthDate!,
    ...(gender === undefined ? {} : { gender }),
    ...(Decease?.DeceaseDate === undefined ? {} : { deceaseDate: Decease.DeceaseDate }),
    life,
  }
}
