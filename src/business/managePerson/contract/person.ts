/** Persons in the words of ManagePerson v2 (spec rn-consult §8; `ehealth-consultrn-commons-core-3_1.xsd`), qualified. */
import {
  allowed,
  date,
  many,
  namespace,
  optional,
  optionalChoice,
  required,
  string,
  type Infer,
} from '../../../technical/xml/index.js'
import { incompleteDate } from '../../rnConsultV1/contract.js'

export const cc = namespace('urn:be:fgov:ehealth:consultrn:commons:core:v3', {
  prefix: 'cc',
  qualified: true,
})

const atLeastOne = { min: 1 }
const xml = 'http://www.w3.org/XML/1998/namespace'
const language = string({ pattern: /^([A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*)?$/ })
const Text = cc.simpleContent(string(), { lang: allowed(language, xml) })

const names = {
  FirstName: optional(string()),
  MiddleName: many(cc.simpleContent(string(), { Order: required(string()) })),
  StartDate: optional(date),
}
const NameRequest = cc.sequence({ LastName: string(), ...names })
const NameResponse = cc.sequence({ LastName: optional(string()), ...names })

const Nationalities = cc.sequence({
  Nationality: many(
    cc.sequence({
      NationalityCode: string(),
      NationalityDescription: many(Text),
      StartDate: optional(date),
      EndDate: optional(date),
    }),
    atLeastOne,
  ),
})

const place = { CountryName: many(Text), CityCode: optional(string()), CityName: many(Text) }
const WhereRequest = cc.sequence({ CountryCode: string(), ...place })
const WhereResponse = cc.sequence({ CountryCode: optional(string()), ...place })

const Gender = cc.sequence({ GenderCode: string(), StartDate: optional(date) })

const street = {
  PostalCode: optional(string()),
  StreetCode: optional(string()),
  StreetName: many(Text),
  HouseNumber: optional(string()),
  BoxNumber: optional(string()),
  StartDate: optional(date),
}

/** A person to be registered. */
export const PersonRequest = cc.sequence({
  Name: NameRequest,
  Nationalities: optional(Nationalities),
  Birth: cc.sequence({ BirthDate: incompleteDate, BirthPlace: optional(WhereRequest) }),
  Decease: optional(cc.sequence({ DeceaseDate: incompleteDate, DeceasePlace: optional(WhereRequest) })),
  Gender: optional(Gender),
  CivilStates: optional(
    cc.sequence({
      CivilState: many(
        cc.sequence({
          CivilStateCode: string(),
          PartnerSsin: optional(string()),
          Location: optional(WhereRequest),
          StartDate: date,
          EndDate: optional(date),
        }),
        atLeastOne,
      ),
    }),
  ),
  ResidentialAddress: optional(cc.extend(WhereRequest, street)),
})
export type PersonRequest = Infer<typeof PersonRequest>

const UnformattedAddress = cc.sequence({
  CountryCode: optional(string()),
  CountryName: many(Text),
  UnformattedAddress: optional(string()),
  StartDate: optional(date),
})

const CivilStateResponse = cc.sequence({
  CivilStateCode: optional(string()),
  CivilStateDescription: many(Text),
  Partner: optional(
    cc.sequence({
      $number: optionalChoice({ PartnerSsin: string(), PartnerReference: string() }),
      PartnerBirthDate: optional(incompleteDate),
      PartnerName: optional(NameResponse),
    }),
  ),
  Location: optional(WhereResponse),
  StartDate: optional(date),
  EndDate: optional(date),
})

const DiplomaticInformation = cc.sequence({
  DiplomaticPost: optional(
    cc.sequence({
      CountryCode: optional(string()),
      CountryName: many(Text),
      DiplomaticPostCode: optional(string()),
      DiplomaticPostName: many(Text),
    }),
  ),
  DiplomaticAddress: optional(UnformattedAddress),
  PostAddress: optional(UnformattedAddress),
})

/** A person as the registers know him; the attribute `register` has a small initial here. */
export const PersonResponse = cc.sequence(
  {
    Ssin: string(),
    NobilityTitle: optional(
      cc.sequence({ NobilityTitleCode: optional(string()), NobilityTitleDescription: many(Text) }),
    ),
    Name: optional(NameResponse),
    Nationalities: optional(Nationalities),
    Birth: optional(
      cc.sequence({ BirthDate: optional(incompleteDate), BirthPlace: optional(WhereResponse) }),
    ),
    Decease: optional(
      cc.sequence({ DeceaseDate: optional(incompleteDate), DeceasePlace: optional(WhereResponse) }),
    ),
    Gender: optional(Gender),
    CivilStates: optional(cc.sequence({ CivilState: many(CivilStateResponse, atLeastOne) })),
    Address: optional(
      cc.sequence({
        $kind: optionalChoice({
          ResidentialAddress: cc.extend(WhereResponse, street),
          DiplomaticInformation,
        }),
        TemporaryAddress: optional(UnformattedAddress),
      }),
    ),
  },
  { register: allowed(string()) },
)
export type PersonResponse = Infer<typeof PersonResponse>

/** In the detail of a status: why nothing was registered. */
export const BusinessAnomalies = cc.element(
  'BusinessAnomalies',
  cc.sequence({
    BusinessAnomaly: many(
      cc.sequence({ Code: string(), Severity: string(), Description: string() }),
      atLeastOne,
    ),
  }),
)
export type BusinessAnomalies = Infer<typeof BusinessAnomalies>
