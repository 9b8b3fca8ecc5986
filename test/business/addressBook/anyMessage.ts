/** Any message that the contract of the address book allows, with everything or next to nothing in it. */
import fc from 'fast-check'

import {
  GetOrganizationContactInfoRequest,
  GetOrganizationContactInfoResponse,
  GetProfessionalContactInfoRequest,
  GetProfessionalContactInfoResponse,
  SearchOrganizationsRequest,
  SearchOrganizationsResponse,
  SearchProfessionalsRequest,
  SearchProfessionalsResponse,
} from '../../../src/business/addressBook/contract.js'
import type { ElementDeclaration } from '../../../src/technical/xml/index.js'

// What XML can carry and a reader gives back unchanged: no carriage return, which a parser turns into a line feed.
const text = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 20 })
  .filter((value) => /^[\t\n\u0020-\ud7ff\ue000-\ufffd]*$/.test(value))
const maybe = <Fields extends Record<string, fc.Arbitrary<unknown>>>(fields: Fields) =>
  fc.record(fields, { requiredKeys: [] })
const some = <T>(item: fc.Arbitrary<T>, minLength = 0) => fc.array(item, { minLength, maxLength: 3 })
const instant = fc.date({ min: new Date('1950-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
const xmlId = fc.uuid().map((uuid) => `_${uuid}`)
const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`))
const nihii = fc.oneof(digits(8), digits(11))
const int = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
const oneOf = <T extends Record<string, fc.Arbitrary<unknown>>>(fields: T) =>
  fc.oneof(...Object.entries(fields).map(([name, value]) => value.map((given) => ({ [name]: given }))))
const merged = (...parts: fc.Arbitrary<object>[]) =>
  fc.tuple(...parts).map((each) => Object.assign({}, ...each) as object)

const request = fc.record({ Id: xmlId, IssueInstant: instant }, { requiredKeys: ['IssueInstant'] })
const page = fc.record({ Offset: int, MaxElements: int })
const place = fc.oneof(fc.constant({}), oneOf({ City: text, ZipCode: text }))

const language = fc.constantFrom('fr', 'nl', 'de', 'nl-BE')
const uri = fc.uuid().map((uuid) => `urn:uuid:${uuid}`)
const localized = fc.record({ value: text, lang: language }, { requiredKeys: ['value'] })
const code = fc.record({ value: text, authenticSource: text, type: text })
const individual = fc.record(
  {
    SSIN: text,
    LastName: text,
    FirstName: text,
    MiddleNames: text,
    Language: text,
    Gender: text,
    BirthDate: text,
    DeathDate: text,
  },
  { requiredKeys: ['LastName'] },
)
const profession = fc.record(
  {
    ProfessionCode: some(code, 1),
    ProfessionFriendlyName: some(localized, 1),
    NIHII: text,
    Speciality: some(fc.record({ SpecialityCode: text, SpecialityFriendlyName: some(localized, 1) })),
  },
  { requiredKeys: ['ProfessionCode', 'ProfessionFriendlyName', 'Speciality'] },
)
const address = fc.record(
  {
    Type: text,
    BSTCode: text,
    Street: merged(maybe({ NSICode: text }), fc.record({ Description: some(localized, 1) })),
    HouseNumber: text,
    PostBox: text,
    Municipality: merged(
      maybe({ ZipCode: fc.integer(), NSICode: text }),
      fc.record({ Description: some(localized, 1) }),
    ),
    Country: merged(maybe({ ISOCode: text, NSICode: text }), fc.record({ Description: some(localized) })),
  },
  { requiredKeys: ['Street', 'Municipality'] },
)
const ways = fc.record({
  Address: some(address),
  HealthCareAdditionalInformation: some(fc.record({ value: text, Type: text }, { requiredKeys: ['value'] })),
})
const organization = fc.record({
  Id: code,
  OrganizationTypeCode: some(code, 1),
  OrganizationTypeFriendlyName: some(localized, 1),
  Name: some(localized),
})
const box = fc.record(
  { Id: text, Type: text, SubType: text, Quality: text },
  { requiredKeys: ['Id', 'Type', 'Quality'] },
)
const answer = fc.record(
  {
    Id: xmlId,
    InResponseTo: text,
    IssueInstant: instant,
    Status: fc.record(
      {
        StatusCode: fc.record(
          { Value: uri, StatusCode: fc.record({ Value: uri }) },
          { requiredKeys: ['Value'] },
        ),
        StatusMessage: text,
      },
      { requiredKeys: ['StatusCode'] },
    ),
  },
  { requiredKeys: ['Id', 'IssueInstant', 'Status'] },
)

/** Every message of the service with values for it. */
export const messages: readonly [ElementDeclaration<unknown>, fc.Arbitrary<object>][] = [
  [
    SearchProfessionalsRequest,
    merged(
      request,
      page,
      place,
      fc.oneof(fc.constant({}), oneOf({ NIHII: nihii, SSIN: digits(11) })),
      maybe({ FirstName: text, LastName: text, Profession: text, EMail: text }),
    ),
  ],
  [
    SearchOrganizationsRequest,
    merged(
      request,
      page,
      place,
      fc.oneof(fc.constant({}), oneOf({ NIHII: nihii, CBE: digits(10), EHP: digits(10) })),
      maybe({ InstitutionName: text, InstitutionType: text, EMail: text }),
    ),
  ],
  [GetProfessionalContactInfoRequest, merged(request, oneOf({ NIHII: nihii, SSIN: digits(11) }))],
  [
    GetOrganizationContactInfoRequest,
    merged(
      request,
      oneOf({ NIHII: nihii, CBE: digits(10), EHP: digits(10) }),
      maybe({ InstitutionType: text }),
    ),
  ],
  [
    SearchProfessionalsResponse,
    merged(
      answer,
      page,
      fc.record({
        HealthCareProfessional: some(merged(individual, fc.record({ Profession: some(profession, 1) }))),
      }),
    ),
  ],
  [
    SearchOrganizationsResponse,
    merged(answer, page, fc.record({ HealthCareOrganization: some(organization) })),
  ],
  [
    GetProfessionalContactInfoResponse,
    merged(
      answer,
      maybe({
        IndividualContactInformation: merged(
          individual,
          ways,
          fc.record({
            ProfessionalInformation: some(
              merged(ways, fc.record({ Profession: profession }), maybe({ EHealthBox: box })),
              1,
            ),
          }),
        ),
      }),
    ),
  ],
  [
    GetOrganizationContactInfoResponse,
    merged(
      answer,
      maybe({
        OrganizationContactInformation: merged(organization, ways, fc.record({ EHealthBox: some(box) })),
      }),
    ),
  ],
]
