import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  SearchPersonBySsinRequest,
  SearchPersonBySsinResponse,
  SearchPersonPhoneticallyRequest,
  SearchPersonPhoneticallyResponse,
  StatusDetail,
} from '../../../src/business/rnConsult/contract.js'
import {
  ConsultCurrentSsinRequest,
  ConsultCurrentSsinResponse,
  ConsultRelatedSsinsRequest,
  ConsultRelatedSsinsResponse,
} from '../../../src/business/ssinHistory/contract.js'
import {
  canonicalize,
  read,
  write,
  type ElementDeclaration,
  type Opaque,
} from '../../../src/technical/xml/index.js'
import { anyMessageOf } from '../anyMessageOf.js'
import { fixture, refusedAt, reread } from '../registerMessages.js'

const samples: [string, ElementDeclaration<unknown>][] = [
  ['person-search-by-ssin.request.xml', SearchPersonBySsinRequest],
  ['person-search-by-ssin.response-found.xml', SearchPersonBySsinResponse],
  ['person-search-by-ssin.response-bis.xml', SearchPersonBySsinResponse],
  ['person-search-by-ssin.response-canceled.xml', SearchPersonBySsinResponse],
  ['person-search-by-ssin.response-replaced.xml', SearchPersonBySsinResponse],
  ['person-search-phonetic.request-full.xml', SearchPersonPhoneticallyRequest],
  ['person-search-phonetic.request-minimal.xml', SearchPersonPhoneticallyRequest],
  ['person-search-phonetic.response-found.xml', SearchPersonPhoneticallyResponse],
  ['person-search-phonetic.response-none.xml', SearchPersonPhoneticallyResponse],
  ['ssinhistory-consult-current-ssin.request.xml', ConsultCurrentSsinRequest],
  ['ssinhistory-consult-current-ssin.response-replaced.xml', ConsultCurrentSsinResponse],
  ['ssinhistory-consult-current-ssin.response-unknown.xml', ConsultCurrentSsinResponse],
  ['ssinhistory-consult-related-ssins.request.xml', ConsultRelatedSsinsRequest],
  ['ssinhistory-consult-related-ssins.response-replaced.xml', ConsultRelatedSsinsResponse],
]

describe('the samples of the registers', () => {
  it.each(samples)('read strictly and write again the same: %s', (name, declaration) => {
    const value = read(declaration, fixture(name), { strict: true })
    expect(reread(declaration, value)).toEqual(value)
  })

  it('keep whatever was not whole as it was written', () => {
    const { Result } = read(SearchPersonBySsinResponse, fixture('person-search-by-ssin.response-bis.xml'))
    expect(Result!.Person).toMatchObject({
      Register: 'BIS',
      RegisterInceptionDate: '2021-04-12',
      Birth: { BirthDate: '1985-00-00' },
      Anomalies: { Anomaly: [{ Code: 'A00001' }] },
    })
  })

  it.each<[string, ElementDeclaration<{ Status: { StatusDetail?: Opaque | undefined } }>, string]>([
    ['person-search-by-ssin.response-invalid-ssin.xml', SearchPersonBySsinResponse, 'Message'],
    ['person-search-phonetic.response-invalid.xml', SearchPersonPhoneticallyResponse, 'ValidationErrors'],
  ])('tell why something was refused: %s', (name, declaration, reason) => {
    const { Status } = read(declaration, fixture(name), { strict: true })
    const element = Status.StatusDetail!.element!
    const detail = read(StatusDetail, element, { strict: true })
    expect(Object.keys(detail)).toEqual([reason])
    expect(reread(StatusDetail, detail)).toEqual(detail)
    // the detail is copied into an answer as it stands
    const again = reread(declaration, {
      ...read(declaration, fixture(name)),
      Status: { ...Status, StatusDetail: { xml: write(StatusDetail, detail).xml } },
    })
    expect(canonicalize(again.Status.StatusDetail!.element!)).toContain(reason)
  })
})

describe('messages that no schema takes', () => {
  it.each<[string, ElementDeclaration<unknown>, string]>([
    [
      'negative-person-four-given-names.xml',
      SearchPersonPhoneticallyRequest,
      'SearchPersonPhoneticallyRequest.Criteria.Name.GivenNameMatching',
    ],
    [
      'negative-person-maximumresultcount-capital.xml',
      SearchPersonPhoneticallyRequest,
      'SearchPersonPhoneticallyRequest.Criteria.MaximumResultCount',
    ],
    [
      'negative-person-missing-givennamematching.xml',
      SearchPersonPhoneticallyRequest,
      'SearchPersonPhoneticallyRequest.Criteria.Name.GivenNameMatching',
    ],
    [
      'negative-person-missing-issueinstant.xml',
      SearchPersonBySsinRequest,
      'SearchPersonBySsinRequest@IssueInstant',
    ],
  ])('are refused with the place of the fault: %s', (name, declaration, path) => {
    expect(refusedAt(declaration, fixture(name))).toBe(path)
  })
})

describe('the messages of the registers', () => {
  it.each<[string, ElementDeclaration<unknown>]>(
    [
      SearchPersonBySsinRequest,
      SearchPersonBySsinResponse,
      SearchPersonPhoneticallyRequest,
      SearchPersonPhoneticallyResponse,
      ConsultCurrentSsinRequest,
      ConsultCurrentSsinResponse,
      ConsultRelatedSsinsRequest,
      ConsultRelatedSsinsResponse,
      StatusDetail,
    ].map((declaration): [string, ElementDeclaration<unknown>] => [declaration.local, declaration]),
  )('are read as they were written: %s', (_, declaration) => {
    fc.assert(
      fc.property(anyMessageOf(declaration), (value) => {
        expect(reread(declaration, value)).toEqual(value)
      }),
      { numRuns: 20 },
    )
  })
})
