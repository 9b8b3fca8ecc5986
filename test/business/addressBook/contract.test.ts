import { readFileSync } from 'node:fs'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  addressBookOperations,
  GetOrganizationContactInfoRequest,
  GetOrganizationContactInfoResponse,
  GetProfessionalContactInfoRequest,
  GetProfessionalContactInfoResponse,
  SearchOrganizationsRequest,
  SearchOrganizationsResponse,
  SearchProfessionalsRequest,
  SearchProfessionalsResponse,
} from '../../../src/business/addressBook/contract.js'
import { problemsOf, read, write, type ElementDeclaration } from '../../../src/technical/xml/index.js'
import { parseXml } from '../../../src/technical/xml/parse.js'

const fixture = (name: string): string =>
  readFileSync(new URL(`../../../fixtures/addressBook/${name}`, import.meta.url), 'utf8')

const reread = <T>(declaration: ElementDeclaration<T>, value: T): T =>
  read(declaration, parseXml(write(declaration, value).xml).root, { strict: true })

describe('the samples of the address book', () => {
  it.each<[string, ElementDeclaration<unknown>]>([
    ['search-professionals-request.xml', SearchProfessionalsRequest],
    ['search-professionals-response.xml', SearchProfessionalsResponse],
    ['get-professional-contact-info-response.xml', GetProfessionalContactInfoResponse],
    ['get-organization-contact-info-response.xml', GetOrganizationContactInfoResponse],
  ])('read strictly and write again the same: %s', (name, declaration) => {
    const value = read(declaration, parseXml(fixture(name)).root, { strict: true })
    expect(reread(declaration, value)).toEqual(value)
  })

  it('carry the documented values', () => {
    const { root } = parseXml(fixture('get-professional-contact-info-response.xml'))
    expect(read(GetProfessionalContactInfoResponse, root)).toMatchObject({
      Status: { StatusCode: { Value: 'urn:be:fgov:ehealth:2.0:status:Success' } },
      IndividualContactInformation: {
        SSIN: '90010199794',
        LastName: 'Testlast',
        ProfessionalInformation: [
          {
            Profession: { ProfessionCode: [{ value: 'PHYSICIAN' }], NIHII: '19999024004' },
            Address: [{ Type: 'activity', Municipality: { ZipCode: 9999 } }],
            HealthCareAdditionalInformation: [{ Type: 'Mail' }],
            EHealthBox: { Id: '90010199794', Type: 'INSS', Quality: 'DOCTOR' },
          },
        ],
      },
    })
  })

  it('are qualified through and through, unlike those of the eHealthBox', () => {
    const { root } = parseXml(fixture('search-professionals-request.xml'))
    const { xml } = write(SearchProfessionalsRequest, read(SearchProfessionalsRequest, root))
    expect(xml).toMatch(
      /^<ab:SearchProfessionalsRequest xmlns:ab="urn:be:fgov:ehealth:addressbook:protocol:v1"/,
    )
    expect(xml.match(/<(?!\/|ab:)/g)).toBeNull()
  })
})

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

const localized = fc.record({ value: text, lang: text }, { requiredKeys: ['value'] })
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
          { Value: text, StatusCode: fc.record({ Value: text }) },
          { requiredKeys: ['Value'] },
        ),
        StatusMessage: text,
      },
      { requiredKeys: ['StatusCode'] },
    ),
  },
  { requiredKeys: ['Id', 'IssueInstant', 'Status'] },
)

const messages: [ElementDeclaration<unknown>, fc.Arbitrary<object>][] = [
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

describe('every message of the address book', () => {
  it('is among them', () => {
    const known = new Set(messages.map(([declaration]) => declaration))
    for (const operation of Object.values(addressBookOperations))
      expect(known.has(operation.request) && known.has(operation.response), operation.name).toBe(true)
  })

  it.each(messages.map(([declaration, values]) => [declaration.local, declaration, values] as const))(
    'is read as it was written: %s',
    (_, declaration, values) => {
      fc.assert(
        fc.property(values, (value) => {
          expect(reread(declaration, value)).toEqual(value)
        }),
        { numRuns: 60 },
      )
    },
  )

  const instants = { IssueInstant: new Date('2026-03-02T08:00:00Z') }
  const first = { Offset: 0, MaxElements: 100 }
  it.each<[ElementDeclaration<unknown>, object, string]>([
    [
      SearchProfessionalsRequest,
      { ...first, SSIN: '90010199794' },
      'SearchProfessionalsRequest@IssueInstant',
    ],
    [SearchProfessionalsRequest, { ...instants, MaxElements: 1 }, 'SearchProfessionalsRequest@Offset'],
    [SearchProfessionalsRequest, { ...instants, Offset: 0 }, 'SearchProfessionalsRequest@MaxElements'],
    [
      SearchProfessionalsRequest,
      { ...instants, ...first, MaxElements: 2 ** 31 },
      'SearchProfessionalsRequest@MaxElements',
    ],
    [
      SearchProfessionalsRequest,
      { ...instants, ...first, SSIN: '9001019979' },
      'SearchProfessionalsRequest.SSIN',
    ],
    [
      SearchProfessionalsRequest,
      { ...instants, ...first, NIHII: '199990240' },
      'SearchProfessionalsRequest.NIHII',
    ],
    [
      SearchProfessionalsRequest,
      { ...instants, ...first, NIHII: '19999024', SSIN: '90010199794' },
      'SearchProfessionalsRequest',
    ],
    [
      SearchProfessionalsRequest,
      { ...instants, ...first, City: 'A', ZipCode: '1' },
      'SearchProfessionalsRequest',
    ],
    [SearchProfessionalsRequest, { ...instants, ...first, Id: '1a' }, 'SearchProfessionalsRequest@Id'],
    [
      SearchOrganizationsRequest,
      { ...instants, ...first, CBE: '099999992' },
      'SearchOrganizationsRequest.CBE',
    ],
    [
      SearchOrganizationsRequest,
      { ...instants, ...first, EHP: '19900099331' },
      'SearchOrganizationsRequest.EHP',
    ],
    [GetProfessionalContactInfoRequest, { ...instants }, 'GetProfessionalContactInfoRequest'],
    [
      GetOrganizationContactInfoRequest,
      { ...instants, InstitutionType: 'HOSPITAL' },
      'GetOrganizationContactInfoRequest',
    ],
  ])('names the place of a fault', (declaration, value, path) => {
    expect(problemsOf(declaration, value)).toEqual([{ path, problem: expect.any(String) as string }])
  })
})
