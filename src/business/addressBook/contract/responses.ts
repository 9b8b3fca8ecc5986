/** What the address book answers (spec ehealthbox §8.3). */
import { paginationAttributes, StatusResponse } from '../../../technical/soap/commonsV2.js'
import { inNamespace, many, namespace, optional, string, type Infer } from '../../../technical/xml/index.js'
import {
  attributesNamespace,
  HealthCareOrganization,
  HealthCareProfessional,
  IndividualContact,
  OrganizationContact,
  ProfessionalContact,
} from './attributes.js'
import { ab } from './requests.js'

const abc = namespace('urn:be:fgov:ehealth:addressbook:core:v1', { prefix: 'abc', qualified: true })

/** A mailbox in the very words of the eHealthBox (spec ehealthbox §4). */
export const EHealthBox = abc.sequence({
  Id: string(),
  Type: string(),
  SubType: optional(string()),
  Quality: string(),
})
export type EHealthBox = Infer<typeof EHealthBox>

export const SearchProfessionalsResponse = ab.element(
  'SearchProfessionalsResponse',
  ab.extend(
    StatusResponse,
    { HealthCareProfessional: inNamespace(attributesNamespace, many(HealthCareProfessional)) },
    paginationAttributes,
  ),
)
export type SearchProfessionalsResponse = Infer<typeof SearchProfessionalsResponse>

export const SearchOrganizationsResponse = ab.element(
  'SearchOrganizationsResponse',
  ab.extend(StatusResponse, { HealthCareOrganization: many(HealthCareOrganization) }, paginationAttributes),
)
export type SearchOrganizationsResponse = Infer<typeof SearchOrganizationsResponse>

const IndividualContactInformation = abc.extend(IndividualContact, {
  ProfessionalInformation: many(abc.extend(ProfessionalContact, { EHealthBox: optional(EHealthBox) }), {
    min: 1,
  }),
})
export type IndividualContactInformation = Infer<typeof IndividualContactInformation>

export const GetProfessionalContactInfoResponse = ab.element(
  'GetProfessionalContactInfoResponse',
  ab.extend(StatusResponse, { IndividualContactInformation: optional(IndividualContactInformation) }),
)
export type GetProfessionalContactInfoResponse = Infer<typeof GetProfessionalContactInfoResponse>

const OrganizationContactInformation = abc.extend(OrganizationContact, { EHealthBox: many(EHealthBox) })
export type OrganizationContactInformation = Infer<typeof OrganizationContactInformation>

export const GetOrganizationContactInfoResponse = ab.element(
  'GetOrganizationContactInfoResponse',
  ab.extend(StatusResponse, { OrganizationContactInformation: optional(OrganizationContactInformation) }),
)
export type GetOrganizationContactInfoResponse = Infer<typeof GetOrganizationContactInfoResponse>
