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
  SearchProfessionalsRequest,
  SearchProfessionalsResponse,
} from '../../../src/business/addressBook/contract.js'
import { problemsOf, read, write, type ElementDeclaration } from '../../../src/technical/xml/index.js'
import { parseXml } from '../../../src/technical/xml/parse.js'
import { messages } from './anyMessage.js'

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
