/** People, organisations and addresses in the words of the I.AM attributes 1.5 (spec ehealthbox §8.3). */
import {
  allowed,
  integer,
  many,
  namespace,
  optional,
  required,
  string,
  type Infer,
} from '../../../technical/xml/index.js'

const aa = namespace('urn:be:fgov:ehealth:aa:complextype:v1', { prefix: 'aa', qualified: true })
/** Namespace of these elements. */
export const attributesNamespace = aa.uri

const xml = 'http://www.w3.org/XML/1998/namespace'
const atLeastOne = { min: 1 }

/** A text and its language. */
export const LocalizedText = aa.simpleContent(string(), { lang: allowed(string(), xml) })
export type LocalizedText = Infer<typeof LocalizedText>

/** A code with the register that it comes from. */
export const Code = aa.simpleContent(string(), {
  authenticSource: required(string()),
  type: required(string()),
})
export type Code = Infer<typeof Code>

const individual = {
  SSIN: optional(string()),
  LastName: string(),
  FirstName: optional(string()),
  MiddleNames: optional(string()),
  Language: optional(string()),
  Gender: optional(string()),
  BirthDate: optional(string()),
  DeathDate: optional(string()),
}

const Speciality = aa.sequence({
  SpecialityCode: string(),
  SpecialityFriendlyName: many(LocalizedText, atLeastOne),
})

/** `ProfessionTypeV3`. */
export const Profession = aa.sequence({
  ProfessionCode: many(Code, atLeastOne),
  ProfessionFriendlyName: many(LocalizedText, atLeastOne),
  NIHII: optional(string()),
  Speciality: many(Speciality),
})
export type Profession = Infer<typeof Profession>

/** The `ZipCode` is a number here and a text in requests (spec ehealthbox §9.33). */
export const Address = aa.sequence(
  {
    BSTCode: optional(string()),
    Street: aa.sequence({ NSICode: optional(string()), Description: many(LocalizedText, atLeastOne) }),
    HouseNumber: optional(string()),
    PostBox: optional(string()),
    Municipality: aa.sequence({
      ZipCode: optional(integer()),
      NSICode: optional(string()),
      Description: many(LocalizedText, atLeastOne),
    }),
    Country: optional(
      aa.sequence({
        ISOCode: optional(string()),
        NSICode: optional(string()),
        Description: many(LocalizedText),
      }),
    ),
  },
  { Type: allowed(string()) },
)
export type Address = Infer<typeof Address>

/** `Type="Mail"` is the one that was seen. */
export const AdditionalInformation = aa.simpleContent(string(), { Type: allowed(string()) })
export type AdditionalInformation = Infer<typeof AdditionalInformation>

const contact = { Address: many(Address), HealthCareAdditionalInformation: many(AdditionalInformation) }

/** A professional as a search finds him. */
export const HealthCareProfessional = aa.sequence({
  ...individual,
  Profession: many(Profession, atLeastOne),
})
export type HealthCareProfessional = Infer<typeof HealthCareProfessional>

/** A person with the ways to reach him. */
export const IndividualContact = aa.sequence({ ...individual, ...contact })
/** One profession of a person with the ways to reach him in it. */
export const ProfessionalContact = aa.sequence({ Profession, ...contact })

const organization = {
  Id: Code,
  OrganizationTypeCode: many(Code, atLeastOne),
  OrganizationTypeFriendlyName: many(LocalizedText, atLeastOne),
  Name: many(LocalizedText),
}

/** An organisation as a search finds it. */
export const HealthCareOrganization = aa.sequence(organization)
export type HealthCareOrganization = Infer<typeof HealthCareOrganization>

/** An organisation with the ways to reach it. */
export const OrganizationContact = aa.sequence({ ...organization, ...contact })
