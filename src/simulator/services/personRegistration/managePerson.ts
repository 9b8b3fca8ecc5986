/** ManagePerson v2 (spec rn-consult §8), over the same people. */
import {
  BusinessAnomalies,
  managePersonOperations,
  type PersonRequest,
  type PersonResponse,
  type RegisterPersonRequest,
  type RegisterPersonResponse,
} from '../../../business/managePerson/contract.js'
import { similarPersonsCode, statusCodes } from '../../../business/rnConsult/contract.js'
import { isIncompleteDate } from '../../../technical/identifiers/index.js'
import { write } from '../../../technical/xml/index.js'
import type { DeclaredPerson } from '../../../business/rnConsult/contract.js'
import { belgianDay } from '../../../technical/environment/belgianCalendar.js'
import { peopleOf, savePeople, type RegisterPerson } from '../../register/index.js'
import { simulate, type SimulatedCall, type SimulatedService } from '../../service.js'
import { answered } from '../registers/answer.js'
import { authoriseRegisters, groupsFor } from '../registers/authorisation.js'
import { newPersonOf } from './declared.js'
import { similarTo } from './similar.js'

export const managePerson: SimulatedService = {
  service: 'managePerson',
  operations: [
    simulate(managePersonOperations.registerPerson, {
      authorise: authoriseRegisters,
      answer: async (call) => ({ value: await register(call) }),
    }),
  ],
}

type Call = SimulatedCall<RegisterPersonRequest>

async function register(call: Call): Promise<RegisterPersonResponse> {
  const { request, caller, world } = call
  const { Name, Birth } = request.Person
  if (groupsFor(request.ApplicationID, caller, world) === undefined)
    return denied(call, 'application', 'The Application ID is not known')
  if (Name.LastName.trim() === '') return denied(call, 'lastName', 'The last name is empty')
  if (!isIncompleteDate(Birth.BirthDate)) return denied(call, 'birthDate', 'The birth date does not exist')
  const declared = newPersonOf(declaredOf(request.Person), belgianDay(call.now))
  const similar = similarTo(world, declared)
  if (similar.length > 0)
    return {
      ...denied(call, similarPersonsCode, 'Similar persons exist'),
      Result: { ExistingPersons: { ExistingPerson: similar.map(personOf) } },
    }
  const person = peopleOf(world).add(declared)
  await savePeople(world)
  return { ...answered(call), Result: { NewlyRegisteredPerson: personOf(person) } }
}

const middleNames = ({ MiddleName }: PersonRequest['Name']): string[] =>
  MiddleName.toSorted((one, other) => Number(one.Order) - Number(other.Order)).map(({ value }) => value)

/** A text without list of values; the comment of the first version says 0 unknown, 1 male, 2 female (spec rn-consult, traps 20). */
const genders: Readonly<Record<string, 'M' | 'F'>> = { '1': 'M', '2': 'F', M: 'M', F: 'F' }
const codes = { M: '1', F: '2' } as const

function genderOf({ Gender }: PersonRequest): { gender?: 'M' | 'F' } {
  const gender = Gender === undefined ? undefined : genders[Gender.GenderCode.trim()]
  return gender === undefined ? {} : { gender }
}

/** The same in the words of the service that came after. */
function declaredOf(person: PersonRequest): DeclaredPerson {
  const { Name, Birth, Decease, Nationalities, ResidentialAddress: home } = person
  const { gender } = genderOf(person)
  const names = [...(Name.FirstName === undefined ? [] : [Name.FirstName]), ...middleNames(Name)]
  return {
    Name: {
      LastName: Name.LastName,
      GivenName: names.map((value) => ({ value })),
      ...(Name.StartDate === undefined ? {} : { InceptionDate: Name.StartDate }),
    },
    Birth: { BirthDate: Birth.BirthDate, ...(Birth.BirthPlace && { BirthPlace: whereOf(Birth.BirthPlace) }) },
    ...(Decease === undefined ? {} : { Decease: { DeceaseDate: Decease.DeceaseDate } }),
    ...(gender === undefined ? {} : { Gender: { GenderCode: gender } }),
    ...(Nationalities === undefined
      ? {}
      : {
          Nationalities: {
            Nationality: Nationalities.Nationality.map(({ NationalityCode }) => ({
              NationalityCode: Number(NationalityCode),
            })),
          },
        }),
    ...(home === undefined
      ? {}
      : {
          Address: {
            ResidentialAddress: {
              CountryCode: Number(home.CountryCode),
              ...(home.CityName[0] === undefined ? {} : { CityName: home.CityName[0] }),
              ...(home.StreetName[0] === undefined ? {} : { StreetName: home.StreetName[0] }),
              ...(home.PostalCode === undefined ? {} : { PostalCode: home.PostalCode }),
              ...(home.HouseNumber === undefined ? {} : { HouseNumber: home.HouseNumber }),
            },
          },
        }),
  }
}

const whereOf = ({ CountryCode, CityCode, CityName }: NonNullable<PersonRequest['Birth']['BirthPlace']>) => ({
  CountryCode: Number(CountryCode),
  CountryName: [],
  ...(CityCode === undefined ? {} : { CityCode }),
  CityName,
})

function personOf({ ssin, register: where, ...person }: RegisterPerson): PersonResponse {
  const [first, ...others] = person.givenNames
  return {
    register: where,
    Ssin: ssin,
    Name: {
      LastName: person.lastName,
      ...(first === undefined ? {} : { FirstName: first }),
      MiddleName: others.map((value, index) => ({ value, Order: String(index + 1) })),
    },
    Birth: { BirthDate: person.birthDate },
    ...(person.deceaseDate === undefined ? {} : { Decease: { DeceaseDate: person.deceaseDate } }),
    ...(person.gender === undefined ? {} : { Gender: { GenderCode: codes[person.gender] } }),
  }
}

/** Codes of anomalies are (inferred), all but that of similar persons are this simulator's own. */
function denied(call: Call, Code: string, Description: string): RegisterPersonResponse {
  const { xml } = write(BusinessAnomalies, {
    BusinessAnomaly: [{ Code, Severity: 'FATAL', Description }],
  })
  return {
    ...answered(call),
    Status: {
      StatusCode: { Value: statusCodes.requester, StatusCode: { Value: statusCodes.notAuthorised } },
      StatusMessage: 'Person not created',
      StatusDetail: {
        xml: `<c2:StatusDetail xmlns:c2="urn:be:fgov:ehealth:commons:core:v2">${xml}</c2:StatusDetail>`,
      },
    },
  }
}
