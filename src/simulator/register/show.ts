/** People in the words of the messages of the second generation (spec rn-consult §5.2, §5.3). */
import type * as contract from '../../business/rnConsult/contract.js'
import { civilStates } from '../../technical/identifiers/index.js'
import type { Bilingual } from '../population/places.js'
import { belgium, inBelgium } from './places.js'
import type { CivilState, HomeAddress, PersonName, Place, RegisterPerson, Since } from './person.js'
import type { DataGroup } from './settings.js'

/** What holds today. */
const today = <T>(facts: readonly Since<T>[]): Since<T>[] => facts.filter(({ until }) => until === undefined)

const bothLanguages = ({ fr, nl }: Bilingual): contract.LocalizedText[] => [
  { value: fr, lang: 'fr' },
  { value: nl, lang: 'nl' },
]

const inception = (from: string): { InceptionDate: string } => ({ InceptionDate: from })

const countryOf = ({ country }: Place) => ({
  CountryCode: country.nis,
  CountryIsoCode: country.iso,
  CountryName: bothLanguages(country),
})

const locationOf = (place: Place): contract.Location => ({
  ...countryOf(place),
  ...(place.city?.nis === undefined ? {} : { CityCode: place.city.nis }),
  CityName: place.city === undefined ? [] : bothLanguages(place.city),
})

const nameOf = ({ lastName, givenNames }: PersonName): contract.Name => ({
  LastName: lastName,
  GivenName: givenNames.map((value, index) => ({ value, Sequence: index + 1 })),
})

export function linesOf(address: HomeAddress) {
  const { city, street, streetCode, houseNumber, box } = address
  return {
    ...countryOf(address),
    RegionName: [],
    ...(city.nis === undefined ? {} : { CityCode: city.nis }),
    CityName: bothLanguages(city),
    PostalCode: city.postalCode,
    ...(streetCode === undefined ? {} : { StreetCode: streetCode }),
    StreetName: bothLanguages(street),
    HouseNumber: houseNumber,
    ...(box === undefined ? {} : { BoxNumber: box }),
  }
}

/** (inferred) The code of the only type of contact address that was seen. */
const contactAddressType = 1

const contactAddressOf = ({ from, value }: Since<HomeAddress>): contract.ContactAddress => ({
  ...linesOf(value),
  TypeCode: contactAddressType,
  TypeDescription: [],
  ...inception(from),
})

const civilStateOf = ({
  from,
  value: { code, partner, place },
}: Since<CivilState>): contract.CivilStates['CivilState'][number] => ({
  CivilStateCode: code,
  CivilStateDescription: [{ value: civilStates[code] ?? String(code), lang: 'en' }],
  ...(partner === undefined ? {} : { Partner: { PartnerSsin: partner } }),
  ...(place === undefined ? {} : { Location: locationOf(place) }),
  ...inception(from),
})

/** Everything that the register says of somebody, as far as the caller may know it. */
export function personElement(person: RegisterPerson, allowed: readonly DataGroup[]): contract.PersonElement {
  const all = groupsOf(person)
  const groups = Object.fromEntries(
    allowed.filter((group) => all[group] !== undefined).map((group) => [group, all[group]]),
  ) as Pick<contract.PersonElement, DataGroup>
  return {
    Register: person.register,
    ...(person.registered === undefined ? {} : { RegisterInceptionDate: person.registered }),
    Ssin: person.ssin,
    ...groups,
  }
}

function groupsOf(person: RegisterPerson): Partial<Pick<contract.PersonElement, DataGroup>> {
  const { birthDate, deceaseDate } = person
  const life = person.life()
  const [name] = today(life.names)
  const [gender] = today(life.genders)
  const [home] = today(life.addresses)
  const { nobility, subregister, cohabitation, contactAddress, anomalies = [] } = life
  const national = person.register === 'NR'
  return {
    ...(nobility === undefined
      ? {}
      : {
          NobilityTitle: {
            NobilityTitleCode: nobility.value,
            NobilityTitleDescription: [],
            ...inception(nobility.from),
          },
        }),
    ...(name === undefined ? {} : { Name: { ...nameOf(name.value), ...inception(name.from) } }),
    Nationalities: {
      Nationality: today(life.nationalities).map(({ from, value }) => ({
        NationalityCode: value.nis,
        NationalityDescription: bothLanguages(value),
        ...inception(from),
      })),
    },
    Birth: {
      BirthDate: birthDate,
      ...(life.birthPlace === undefined ? {} : { BirthPlace: locationOf(life.birthPlace) }),
    },
    ...(deceaseDate === undefined
      ? {}
      : {
          Decease: {
            DeceaseDate: deceaseDate,
            ...(life.deceasePlace === undefined ? {} : { DeceasePlace: locationOf(life.deceasePlace) }),
          },
        }),
    ...(gender === undefined ? {} : { Gender: { GenderCode: gender.value, ...inception(gender.from) } }),
    CivilStates: { CivilState: today(life.civilStates).map(civilStateOf) },
    ...(home === undefined
      ? {}
      : { Address: { ResidentialAddress: { ...linesOf(home.value), ...inception(home.from) } } }),
    ...(contactAddress === undefined ? {} : { ContactAddress: contactAddressOf(contactAddress) }),
    ...(national && home?.value.country === belgium
      ? { Administrator: { Location: locationOf(inBelgium(home.value.city)), ...inception(home.from) } }
      : {}),
    ...(national && subregister !== undefined
      ? {
          Subregister: {
            SubregisterCode: subregister.value,
            SubregisterDescription: [],
            ...inception(subregister.from),
          },
        }
      : {}),
    ...(national && cohabitation !== undefined
      ? {
          LegalCohabitation: {
            Partner: { PartnerName: nameOf(cohabitation.value.partner) },
            Registration: {
              RegistrationDate: cohabitation.from,
              Location: locationOf(cohabitation.value.place),
            },
            ...inception(cohabitation.from),
          },
        }
      : {}),
    ...(anomalies.length === 0
      ? {}
      : {
          Anomalies: {
            Anomaly: anomalies.map(({ code, description }) => ({ Code: code, Description: description })),
          },
        }),
  }
}

/** What tells somebody from others. */
export function identificationOf(
  person: RegisterPerson,
  allowed: readonly DataGroup[],
): contract.PersonIdentification {
  const { Name, Birth, Gender, Address, ContactAddress, Anomalies } = personElement(person, allowed)
  return {
    Register: person.register,
    Deceased: person.deceaseDate !== undefined,
    Ssin: person.ssin,
    ...(Name === undefined ? {} : { Name }),
    ...(Birth?.BirthDate === undefined ? {} : { Birth: { BirthDate: Birth.BirthDate } }),
    ...(Gender === undefined ? {} : { Gender }),
    ...(Address === undefined ? {} : { Address }),
    ...(ContactAddress === undefined ? {} : { ContactAddress }),
    ...(Anomalies === undefined ? {} : { Anomalies }),
  }
}
