import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Trouble } from '../../../src/simulator/index.js'
import { all, connectThrough, connectTo, openReader, refusalOf, rewritten, type Reader } from './people.js'

let reader: Reader
beforeAll(async () => {
  reader = await openReader()
})
afterAll(() => reader.close())

const success = 'urn:be:fgov:ehealth:2.0:status:Success'
const someone = { profession: 'PHYSICIAN', lastName: 'Voorbeeld*' } as const
const ask = {
  search: (me: Reader['me']) => me.addressBook.pageOfProfessionals(someone),
  organisations: (me: Reader['me']) => me.addressBook.pageOfOrganisations({ type: 'HOSPITAL', name: '*' }),
  contact: (me: Reader['me']) =>
    me.addressBook.professional({ nihii: reader.simulator.personas.nurse.nihii }),
  house: (me: Reader['me']) =>
    me.addressBook.organisation({ nihii: reader.simulator.personas.hospital.nihii }),
}

/** What is made of an answer whose text was changed on its way. */
async function withAnswer<T>(
  change: (xml: string) => string,
  work: (me: Reader['me']) => Promise<T>,
): Promise<T> {
  let changed = false
  const me = await connectThrough(
    reader.simulator,
    rewritten((xml) => {
      const text = change(xml)
      changed = text !== xml
      return text
    }),
  )
  try {
    return await work(me)
  } finally {
    expect(changed).toBe(true)
    await me.close()
  }
}

describe('an answer that refuses', () => {
  const refusing = (status: string) => (xml: string) =>
    xml
      .replace(/(<c2:Status[^>]*>).*(<\/c2:Status>)/s, `$1${status}$2`)
      .replace(/<aa:HealthCareProfessional[ >].*<\/aa:HealthCareProfessional>/s, '')

  it('is an error with the code, the inner code, the text and the ticket of the platform', async () => {
    const status =
      '<c2:StatusCode Value="urn:be:fgov:ehealth:2.0:status:Requester">' +
      '<c2:StatusCode Value="urn:example:TOO_MANY"/></c2:StatusCode>' +
      '<c2:StatusMessage>Too many results</c2:StatusMessage>'
    const error = await refusalOf(withAnswer(refusing(status), ask.search))
    expect(error).toMatchObject({
      code: 'fault.business',
      origin: 'platform',
      platform: {
        code: 'urn:be:fgov:ehealth:2.0:status:Requester',
        messages: [{ text: 'Too many results' }],
        id: expect.stringMatching(/^_/) as string,
        httpStatus: 200,
      },
      details: { subCode: 'urn:example:TOO_MANY' },
    })
  })

  it('is none when it says that there is nothing', async () => {
    const status = '<c2:StatusCode Value="urn:be:fgov:ehealth:2.0:status:DataNotFound"/>'
    expect(await withAnswer(refusing(status), ask.search)).toMatchObject({ items: [] })
  })

  it('may be a fault: its code and ticket are kept', async () => {
    const { faults } = reader.simulator
    const me = await connectTo(reader.simulator, { retry: { attempts: 1 } })
    for (const [code, expected] of [
      ['SOA-01002', 'fault.not-authorised'],
      ['SOA-02002', 'fault.temporarily-unavailable'],
      ['SOA-03007', 'fault.content'],
    ] as const) {
      faults.add({ kind: 'soa', code, service: 'addressBook' })
      expect(await refusalOf(ask.search(me))).toMatchObject({
        code: expected,
        platform: { code, id: expect.any(String) as string },
      })
    }
    await me.close()
  })
})

describe('an answer that is not what its contract promises', () => {
  it.each<[keyof typeof ask, string, string, string]>([
    [
      'search',
      `<c2:StatusCode Value="${success}"></c2:StatusCode>`,
      '',
      'SearchProfessionalsResponse.Status.StatusCode',
    ],
    ['search', ' Offset="0"', '', 'SearchProfessionalsResponse@Offset'],
    ['search', ' Offset="0"', ' Offset="none"', 'SearchProfessionalsResponse@Offset'],
    [
      'search',
      '<aa:LastName>Voorbeeld</aa:LastName>',
      '',
      'SearchProfessionalsResponse.HealthCareProfessional[0].LastName',
    ],
    [
      'search',
      '<aa:LastName>Voorbeeld</aa:LastName>',
      '<aa:LastName>A</aa:LastName><aa:LastName>B</aa:LastName>',
      'SearchProfessionalsResponse.HealthCareProfessional[0].LastName',
    ],
    [
      'contact',
      '<abc:Quality>NURSE</abc:Quality>',
      '',
      'GetProfessionalContactInfoResponse.IndividualContactInformation.ProfessionalInformation[0].EHealthBox.Quality',
    ],
    [
      'house',
      '<aa:ZipCode>',
      '<aa:ZipCode>B-',
      'GetOrganizationContactInfoResponse.OrganizationContactInformation.Address[0].Municipality.ZipCode',
    ],
    [
      'house',
      ' type="NIHII"',
      '',
      'GetOrganizationContactInfoResponse.OrganizationContactInformation.Id@type',
    ],
  ])('is unreadable, with the place: %s without %s', async (question, from, to, path) => {
    const error = await refusalOf(
      withAnswer(
        (xml) => xml.replace(from, to),
        (me) => ask[question](me) as Promise<unknown>,
      ),
    )
    expect(error).toMatchObject({ code: 'contract.unreadable', path })
    expect(error.message).not.toContain('Voorbeeld')
  })

  it('is refused when it answers another question', async () => {
    const change = (xml: string): string =>
      xml.replaceAll('SearchProfessionalsResponse', 'SearchOrganizationsResponse')
    expect(await refusalOf(withAnswer(change, ask.search))).toMatchObject({ code: 'contract.unreadable' })
  })

  it('may hold more than is known today', async () => {
    const change = (xml: string): string =>
      xml.replace('<aa:LastName>', '<aa:Nickname>Vee</aa:Nickname><aa:LastName>')
    const { items } = await withAnswer(change, ask.search)
    expect(items[0]).toMatchObject({ lastName: 'Voorbeeld' })
  })

  it('may say nothing that it need not say', async () => {
    const without = (names: string, xml: string): string =>
      xml.replace(new RegExp(`<(${names})[ >].*?</\\1>`, 'gs'), '')
    const bare = (xml: string): string =>
      without(
        'aa:SSIN|aa:FirstName|aa:Language|aa:Gender|aa:BirthDate|aa:Address|aa:HealthCareAdditionalInformation|abc:EHealthBox',
        xml,
      )
    expect(await withAnswer(bare, ask.contact)).toMatchObject({
      outcome: 'found',
      lastName: 'Exemplaire',
      addresses: [],
      emails: [],
      eHealthBox: [],
      problems: [],
    })
    const house = (xml: string): string => without('aa:Name', xml).replace(' type="NIHII"', ' type="OTHER"')
    expect(await withAnswer(house, ask.house)).toMatchObject({ names: [], id: { type: 'OTHER' } })
  })
})

describe('an answer that arrives badly', () => {
  it.each<[Trouble, string]>([
    [{ kind: 'truncate' }, 'transport'],
    [{ kind: 'drop', when: 'after' }, 'transport'],
    [{ kind: 'html' }, 'transport'],
    [{ kind: 'empty', status: 202 }, 'transport'],
    [{ kind: 'doctype' }, 'xml'],
    [{ kind: 'oversized', octets: 200 * 1024 * 1024, coding: 'gzip' }, 'transport'],
  ])('ends in an error of its own kind: %j', async (trouble, family) => {
    reader.simulator.faults.add({ ...trouble, service: 'addressBook', times: Infinity })
    const me = await connectTo(reader.simulator, { retry: { attempts: 1 } })
    const error = await refusalOf(ask.contact(me))
    reader.simulator.faults.clear()
    expect(error.family).toBe(family)
    await me.close()
  })

  it('is asked for again where that is harmless, and every question is', async () => {
    reader.simulator.faults.add({ kind: 'drop', when: 'after', service: 'addressBook' })
    const before = reader.simulator.calls('addressBook')
    expect(await all(reader.me.addressBook.searchProfessionals(someone))).not.toEqual([])
    expect(reader.simulator.calls('addressBook')).toBe(before + 2)
  })
})
