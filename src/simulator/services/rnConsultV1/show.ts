/** People in the words of ConsultRN v1 (spec rn-consult §9). */
import type {
  Address,
  FamilyMember,
  LocalisedString,
  Name,
  Person,
  PersonData,
} from '../../../business/rnConsultV1/contract.js'
import { civilStates } from '../../../technical/identifiers/index.js'
import type { Bilingual } from '../../population/places.js'
import type {
  CivilState,
  Country,
  HomeAddress,
  PersonName,
  Place,
  RegisterPerson,
  Since,
} from '../../register/index.js'

export const bothLanguages = ({ fr, nl }: Bilingual): LocalisedString[] => [
  { value: fr, Lang: 'FR' },
  { value: nl, Lang: 'NL' },
]

/** Of a person's data: the national register, or the Crossroads Bank. */
export const originOf = ({ register }: RegisterPerson): 'RN_RR' | 'BCSS_KSZ' =>
  register === 'NR' ? 'RN_RR' : 'BCSS_KSZ'

const genders = { F: 'FEMALE', M: 'MALE' } as const
export const genderOf = (gender: 'F' | 'M' | undefined): 'FEMALE' | 'MALE' | 'UNKNOWN' =>
  gender === undefined ? 'UNKNOWN' : genders[gender]

/** What holds today. */
const today = <T>(facts: readonly Since<T>[]): Since<T> | undefined =>
  facts.find(({ until }) => until === undefined)

export const countryOf = (country: Country) => ({
  InsCode: country.nis,
  Description: bothLanguages(country),
})

function municipalityOf(city: HomeAddress['city']) {
  return {
    ...(city.nis === undefined ? {} : { InsCode: Number(city.nis) }),
    PostalCode: city.postalCode,
    Description: bothLanguages(city),
  }
}

export const whereOf = ({ country, city }: Place) => ({
  Description: [],
  ...(city === undefined ? {} : { Municipality: municipalityOf(city) }),
  Country: countryOf(country),
})

/** Three names are two here: the third and the following stand with the second. */
export function nameOf({ lastName, givenNames: [first, ...others] }: PersonName): Name {
  return {
    ...(first === undefined ? {} : { First: first }),
    ...(others.length === 0 ? {} : { Middle: others.join(' ') }),
    Last: lastName,
  }
}

export const addressOf = ({ street, houseNumber, box, city, country }: HomeAddress): Address => ({
  StandardAddress: {
    Street: { Description: bothLanguages(street) },
    Housenumber: houseNumber,
    ...(box === undefined ? {} : { Box: box }),
    Municipality: municipalityOf(city),
    Country: countryOf(country),
  },
})

export const civilStateOf = ({ code, partner, place }: CivilState) => ({
  Code: code,
  Description: [{ value: civilStates[code] ?? String(code), Lang: 'EN' as const }],
  ...(place === undefined ? {} : { Localisation: whereOf(place) }),
  ...(partner === undefined ? {} : { Partner: { SSIN: partner } }),
})

/** All that the register says of somebody today. */
export function personDataOf(person: RegisterPerson): PersonData {
  const { birthDate, deceaseDate } = person
  const life = person.life()
  const [nationality] = life.nationalities.filter(({ until }) => until === undefined)
  const state = today(life.civilStates)
  const home = today(life.addresses)
  const from = { Origin: originOf(person) }
  return {
    Birth: {
      Date: birthDate,
      ...(life.birthPlace === undefined ? {} : { Localisation: whereOf(life.birthPlace) }),
      ...from,
    },
    Name: { ...nameOf(person), ...from },
    Gender: { value: genderOf(person.gender), ...from },
    ...(nationality === undefined ? {} : { Nationality: { ...countryOf(nationality.value), ...from } }),
    ...(state === undefined
      ? {}
      : { Civilstate: { ...civilStateOf(state.value), ModificationDate: state.from, ...from } }),
    ...(deceaseDate === undefined
      ? {}
      : {
          Decease: {
            Date: deceaseDate,
            ...(life.deceasePlace === undefined ? {} : { Localisation: whereOf(life.deceasePlace) }),
            ...from,
          },
        }),
    ...(home === undefined
      ? {}
      : { Address: { ...addressOf(home.value), ModificationDate: home.from, ...from } }),
  }
}

export const personOf = (person: RegisterPerson): Person => ({
  Origin: originOf(person),
  SSIN: { value: person.ssin, Encoded: false },
  PersonData: personDataOf(person),
})

/** (inferred) Codes of relationships: the sample has that of the person of reference; who else, is not published. */
const relationships = { reference: 1, member: 99 } as const

/** Those who live under one roof; the first is the person of reference. */
export const membersOf = (household: readonly RegisterPerson[]): FamilyMember[] =>
  household.map((person, index) => ({
    PersonData: {
      SSIN: person.ssin,
      Name: nameOf(person),
      Gender: { value: genderOf(person.gender) },
      BirthDate: person.birthDate,
    },
    Relationship: {
      Code: index === 0 ? relationships.reference : relationships.member,
      Description: [],
    },
  }))
