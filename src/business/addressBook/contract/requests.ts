/** What the address book can be asked (spec ehealthbox §8.2). */
import { paginationAttributes, requestAttributes } from '../../../technical/soap/commonsV2.js'
import {
  choice,
  namespace,
  optional,
  optionalChoice,
  string,
  type Infer,
} from '../../../technical/xml/index.js'

/** Namespace of the messages; every element is qualified, unlike those of the eHealthBox. */
export const ab = namespace('urn:be:fgov:ehealth:addressbook:protocol:v1', { prefix: 'ab', qualified: true })

const SSIN = string({ pattern: /^[0-9]{11}$/ })
const NIHII = string({ pattern: /^(?:[0-9]{8}|[0-9]{11})$/ })
const CBE = string({ pattern: /^[0-9]{10}$/ })
const EHP = CBE

const place = { City: string(), ZipCode: string() }
const paged = { ...requestAttributes, ...paginationAttributes }

export const SearchProfessionalsRequest = ab.element(
  'SearchProfessionalsRequest',
  ab.sequence(
    {
      $number: optionalChoice({ NIHII, SSIN }),
      FirstName: optional(string()),
      LastName: optional(string()),
      Profession: optional(string()),
      $place: optionalChoice(place),
      EMail: optional(string()),
    },
    paged,
  ),
)
export type SearchProfessionalsRequest = Infer<typeof SearchProfessionalsRequest>

export const SearchOrganizationsRequest = ab.element(
  'SearchOrganizationsRequest',
  ab.sequence(
    {
      $number: optionalChoice({ NIHII, CBE, EHP }),
      InstitutionName: optional(string()),
      InstitutionType: optional(string()),
      $place: optionalChoice(place),
      EMail: optional(string()),
    },
    paged,
  ),
)
export type SearchOrganizationsRequest = Infer<typeof SearchOrganizationsRequest>

export const GetProfessionalContactInfoRequest = ab.element(
  'GetProfessionalContactInfoRequest',
  ab.sequence({ $number: choice({ NIHII, SSIN }) }, requestAttributes),
)
export type GetProfessionalContactInfoRequest = Infer<typeof GetProfessionalContactInfoRequest>

export const GetOrganizationContactInfoRequest = ab.element(
  'GetOrganizationContactInfoRequest',
  ab.sequence(
    { $number: choice({ NIHII, CBE, EHP }), InstitutionType: optional(string()) },
    requestAttributes,
  ),
)
export type GetOrganizationContactInfoRequest = Infer<typeof GetOrganizationContactInfoRequest>
