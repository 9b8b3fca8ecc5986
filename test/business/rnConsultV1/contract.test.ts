import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  consultRnV1Operations,
  CreatePersonReply,
  historyOperations,
  monitoringOf,
  MutationReply,
  SearchBySSINReply,
  SearchBySSINRequest,
  SearchPhoneticReply,
  SearchPhoneticRequest,
} from '../../../src/business/rnConsultV1/contract.js'
import {
  problemsOf,
  read,
  unknownElements,
  write,
  type ElementDeclaration,
} from '../../../src/technical/xml/index.js'
import { parseXml } from '../../../src/technical/xml/parse.js'
import { anyMessageOf } from '../anyMessageOf.js'
import { fixture, refusedAt, reread } from '../registerMessages.js'

const declarations = [
  ...Object.values(consultRnV1Operations),
  ...Object.values(historyOperations),
  monitoringOf('identifyPerson'),
].flatMap(({ request, response }) => [request, response] as ElementDeclaration<unknown>[])

describe('the samples of ConsultRN v1', () => {
  it.each<[string, ElementDeclaration<unknown>]>([
    ['v1-search-by-ssin.request.xml', SearchBySSINRequest],
    ['v1-search-by-ssin.reply.xml', SearchBySSINReply],
    ['v1-search-phonetic.reply-error.xml', SearchPhoneticReply],
    ['v1-create-person.reply-phonetic-result.xml', CreatePersonReply],
    ['v1-mutation.reply.xml', MutationReply],
  ])('read strictly and write again the same: %s', (name, declaration) => {
    const value = read(declaration, fixture(name), { strict: true })
    expect(reread(declaration, value)).toEqual(value)
  })

  it('keep a date that is not whole as the platform wrote it', () => {
    const { Person } = read(SearchBySSINReply, fixture('v1-search-by-ssin.reply.xml'))
    expect(Person).toMatchObject({
      Origin: 'RN_RR',
      SSIN: { value: '90010199794', Encoded: false },
      PersonData: { Address: { ModificationDate: '2018-09-00' } },
    })
  })

  it('have qualified roots and unqualified children', () => {
    const { xml } = write(
      SearchBySSINRequest,
      read(SearchBySSINRequest, fixture('v1-search-by-ssin.request.xml')),
    )
    expect(xml).toMatch(/^<crn:SearchBySSINRequest xmlns:crn="urn:be:fgov:ehealth:consultRN:1_0:protocol">/)
    expect(xml).toContain('<SSIN>')
  })

  it.each<[string, ElementDeclaration<unknown>, string]>([
    [
      'negative-v1-incomplete-date-year-0.xml',
      SearchPhoneticRequest,
      'SearchPhoneticRequest.PhoneticCriteria.BirthDate',
    ],
    ['negative-v1-qualified-locals.xml', SearchBySSINRequest, 'SearchBySSINRequest.ApplicationID'],
  ])('are refused with the place of the fault: %s', (name, declaration, path) => {
    expect(refusedAt(declaration, fixture(name))).toBe(path)
  })

  it('keep elements that are not known and codes that are new', () => {
    const { Person } = read(
      SearchBySSINReply,
      parseXml(
        '<r:SearchBySSINReply xmlns:r="urn:be:fgov:ehealth:consultRN:1_0:protocol"><c:Status xmlns:c="urn:be:fgov:ehealth:commons:1_0:core"><Code>100</Code><Message Lang="LU">ok</Message></c:Status><Person Origin="EU"><SSIN>90010199794</SSIN><PersonData><Gender>OTHER</Gender><Eyes>brown</Eyes></PersonData></Person></r:SearchBySSINReply>',
      ).root,
    )
    expect(Person).toMatchObject({ Origin: 'EU', PersonData: { Gender: { value: 'OTHER' } } })
    const kept = Person?.PersonData as { [unknownElements]?: { local: string }[] } | undefined
    expect(kept?.[unknownElements]?.map(({ local }) => local)).toEqual(['Eyes'])
  })
})

describe('every message of ConsultRN v1', () => {
  it.each(declarations.map((declaration) => [declaration.local, declaration] as const))(
    'is read as it was written: %s',
    (_, declaration) => {
      fc.assert(
        fc.property(anyMessageOf(declaration), (value) => {
          expect(reread(declaration, value)).toEqual(value)
        }),
        { numRuns: 6 },
      )
    },
  )

  const asking = { ApplicationID: '0' }
  const criteria = { LastName: 'VOORBEELD', BirthDate: '1990-00-00' }
  it.each<[ElementDeclaration<unknown>, object, string]>([
    [SearchPhoneticRequest, { PhoneticCriteria: criteria }, 'SearchPhoneticRequest.ApplicationID'],
    [
      SearchPhoneticRequest,
      { ...asking, PhoneticCriteria: { ...criteria, BirthDate: '1990-1-1' } },
      'SearchPhoneticRequest.PhoneticCriteria.BirthDate',
    ],
    [
      SearchPhoneticRequest,
      { ...asking, PhoneticCriteria: { ...criteria, Gender: { value: 'M' } } },
      'SearchPhoneticRequest.PhoneticCriteria.Gender',
    ],
    [
      SearchBySSINRequest,
      { ...asking, Inscription: { SSIN: { value: '90010199794' } } },
      'SearchBySSINRequest.Inscription.Period',
    ],
  ])('names the place of a fault', (declaration, value, path) => {
    expect(problemsOf(declaration, value)).toEqual([{ path, problem: expect.any(String) as string }])
  })
})
