/**
 * CBSSPersonService, version 1: registering somebody who is in no register (spec rn-consult §6;
 * `ehealth-rnconsult-cbsspersonservice-protocol-1_0.xsd`).
 */
import { requestAttributes, StatusResponse } from '../../../technical/soap/commonsV2.js'
import type { Operation } from '../../../technical/soap/types.js'
import {
  allowed,
  choice,
  date,
  many,
  namespace,
  optional,
  optionalChoice,
  string,
  type Infer,
} from '../../../technical/xml/index.js'
import {
  base,
  Birth,
  CivilStates,
  ContactAddress,
  Decease,
  Gender,
  Name,
  Nationalities,
  ResidentialAddress,
} from './base.js'
import { Anomalies, IncompleteDate, LocalizedText, unsignedShort } from './common.js'
import { PersonIdentification } from './person.js'

const uri = 'urn:be:fgov:ehealth:rn:cbsspersonservice:protocol:v1'
const p = namespace(uri, { prefix: 'p', qualified: true })
const c = namespace('urn:be:fgov:ehealth:rn:cbsspersonservice:core:v1', { prefix: 'c', qualified: true })
const cl = namespace('urn:be:fgov:ehealth:rn:cbsspersonlegaldata:v1', { prefix: 'cl', qualified: true })

/** Which of both: an answer may have both, a declaration may not. */
const country = { $country: optionalChoice({ CountryCode: unsignedShort, CountryIsoCode: string() }) }
const InceptionDate = optional(date)
const ExpiryDate = optional(date)

/** Where something happened. */
const DeclaredLocation = base.sequence({
  ...country,
  CountryName: many(LocalizedText),
  CityCode: optional(string()),
  CityName: many(LocalizedText),
})

/** Abroad only: a Belgian address is a contact address. */
const ForeignAddress = base.sequence({
  ...country,
  CountryName: optional(LocalizedText),
  CityName: optional(LocalizedText),
  PostalCode: optional(string()),
  StreetName: optional(LocalizedText),
  HouseNumber: optional(string()),
  BoxNumber: optional(string()),
  InceptionDate,
})

const DeclaredContactAddress = base.sequence({
  ...country,
  CountryName: optional(LocalizedText),
  CityCode: optional(string()),
  CityName: optional(LocalizedText),
  PostalCode: optional(string()),
  StreetCode: optional(string()),
  StreetName: optional(LocalizedText),
  HouseNumber: optional(string()),
  BoxNumber: optional(string()),
  TypeCode: optional(unsignedShort),
  InceptionDate,
  ExpiryDate,
})

/** `cl:CbssPersonRequestType`: a person as the caller declares him. */
export const DeclaredPerson = cl.sequence({
  Name: optional(Name),
  Nationalities: optional(
    base.sequence({
      Nationality: many(
        base.sequence({ NationalityCode: optional(unsignedShort), InceptionDate, ExpiryDate }),
      ),
    }),
  ),
  Birth: optional(
    base.sequence({ BirthDate: optional(IncompleteDate), BirthPlace: optional(DeclaredLocation) }),
  ),
  Decease: optional(
    base.sequence({ DeceaseDate: optional(IncompleteDate), DeceasePlace: optional(DeclaredLocation) }),
  ),
  Gender: optional(Gender),
  CivilStates: optional(
    base.sequence({
      CivilState: many(
        base.sequence({
          CivilStateCode: optional(unsignedShort),
          PartnerSsin: optional(string()),
          Location: optional(DeclaredLocation),
          InceptionDate,
          ExpiryDate,
        }),
      ),
    }),
  ),
  Address: optional(base.sequence({ ResidentialAddress: optional(ForeignAddress) })),
  ContactAddress: optional(DeclaredContactAddress),
})
export type DeclaredPerson = Infer<typeof DeclaredPerson>

/** `cl:CbssPersonResponseType`: the person with the number that he has from now on. */
export const RegisteredPersonElement = cl.sequence(
  {
    Ssin: string(),
    Name,
    Nationalities: optional(Nationalities),
    Birth: optional(Birth),
    Decease: optional(Decease),
    Gender: optional(Gender),
    CivilStates: optional(CivilStates),
    Address: optional(base.sequence({ ResidentialAddress: optional(ResidentialAddress) })),
    ContactAddress: optional(ContactAddress),
    Anomalies: optional(Anomalies),
  },
  { Register: allowed(string()), RegisterInceptionDate: allowed(date) },
)
export type RegisteredPersonElement = Infer<typeof RegisteredPersonElement>

const Declaration = c.sequence({ Person: DeclaredPerson })

export const RegisterPersonRequest = p.element(
  'RegisterPersonRequest',
  p.sequence({ ApplicationId: string(), Declaration }, requestAttributes),
)
export type RegisterPersonRequest = Infer<typeof RegisterPersonRequest>

export const RegisterPersonResponse = p.element(
  'RegisterPersonResponse',
  p.extend(StatusResponse, {
    Declaration: optional(Declaration),
    Result: optional(
      c.sequence({
        $outcome: choice({
          NewlyRegisteredPerson: RegisteredPersonElement,
          ExistingPersons: c.sequence({ ExistingPerson: many(PersonIdentification, { min: 1, max: 50 }) }),
        }),
      }),
    ),
  }),
)
export type RegisterPersonResponse = Infer<typeof RegisterPersonResponse>

/** Never repeated by itself: whoever does not know the outcome searches first (spec rn-consult, traps 11). */
export const registrationOperations = {
  registerPerson: {
    service: 'cbssPersonService',
    name: 'registerPerson',
    soapAction: `${uri}:registerPerson`,
    request: RegisterPersonRequest,
    response: RegisterPersonResponse,
    security: 'saml-hok',
    idempotent: false,
  } satisfies Operation<RegisterPersonRequest, RegisterPersonResponse>,
} as const

/** (inferred) from software of others: somebody who looks like the declared person is registered already. */
export const similarPersonsCode = '999999'

/** One of the sets of data that are enough for a number (spec rn-consult §6). */
export type MinimalSet = 'birth-place' | 'foreign-residence' | 'contact-address'

const isWhole = (day: string): boolean => !day.slice(4).includes('-00')

/** The sets that a declaration has; none where it is not enough. Both sides judge by it. */
export function minimalSetsOf({ Name: name, Birth: birth, ...rest }: DeclaredPerson): MinimalSet[] {
  const { BirthDate, BirthPlace } = birth ?? {}
  if (name?.LastName === undefined || BirthDate === undefined) return []
  const sets: MinimalSet[] = []
  if (isWhole(BirthDate) && BirthPlace !== undefined && rest.Gender?.GenderCode !== undefined)
    sets.push('birth-place')
  if (rest.Address?.ResidentialAddress !== undefined) sets.push('foreign-residence')
  if (rest.ContactAddress !== undefined) sets.push('contact-address')
  return sets
}
