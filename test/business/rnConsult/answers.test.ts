import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { SessionEvent } from '../../../src/technical/session/index.js'
import { refusalOf } from '../addressBook/people.js'
import { openRegistry, type Registry } from './world.js'

let registry: Registry
let ssin: string
beforeAll(async () => {
  registry = await openRegistry({ people: { count: 200 } })
  ssin = registry.simulator.people.rare('changed-name')[0]!
})
afterAll(() => registry.close())

/** What is made of an answer whose text was changed on its way. */
async function withAnswer(change: (xml: string) => string) {
  let changed = false
  const me = await registry.through((xml) => {
    const text = change(xml)
    changed = text !== xml
    return text
  })
  const outcome = await me.rnConsult.searchBySsin({ ssin })
  expect(changed).toBe(true)
  return outcome
}

const status = (inside: string) => (xml: string) =>
  xml
    .replace(/<c2:StatusCode .*?<\/c2:Status>/s, `${inside}</c2:Status>`)
    .replace(/<p:Ssin.*<\/p:Result>/s, '')

const baseNamespace = 'urn:be:fgov:ehealth:rn:baselegaldata:v1'
const requester = 'urn:be:fgov:ehealth:2.0:status:Requester'

describe('an answer that says more than is known here', () => {
  it('keeps codes and elements that nobody knows, and where they stood', async () => {
    const outcome = await withAnswer((xml) =>
      xml
        .replace(
          /<base:GenderCode[^>]*>[FM]<\/base:GenderCode>/,
          `<base:Pronoun xmlns:base="${baseNamespace}">they<n:Since xmlns:n="urn:new">2020</n:Since></base:Pronoun>` +
            `<base:GenderCode xmlns:base="${baseNamespace}">X</base:GenderCode>`,
        )
        .replace(/Register="NR"/, 'Register="RXX"')
        .replace(/(<base:CivilStateCode[^>]*>)\d+</, (_, tag: string) => `${tag}999<`)
        .replace('</pl:Subregister>', '</pl:Subregister><n:Residence xmlns:n="urn:new">tent</n:Residence>'),
    )
    expect(outcome).toMatchObject({
      outcome: 'found',
      person: {
        register: 'RXX',
        gender: { code: 'X' },
        civilStates: [{ code: 999 }],
        unknown: [
          { path: '', name: 'Residence', namespace: 'urn:new', text: 'tent' },
          {
            path: 'gender',
            name: 'Pronoun',
            namespace: baseNamespace,
            text: 'they 2020',
          },
        ],
      },
    })
  })

  it('keeps a date that cannot be read as it was written', async () => {
    const outcome = await withAnswer((xml) =>
      xml.replace(/(<base:BirthDate[^>]*>)[^<]+</, (_, tag: string) => `${tag}0000-00-00<`),
    )
    expect(outcome).toMatchObject({ outcome: 'found', person: { birth: { date: { value: '0000-00-00' } } } })
    expect(outcome).not.toHaveProperty('person.birth.date.year')
  })
})

describe('an answer that says less', () => {
  it('is somebody unknown when success comes without a person', async () => {
    expect(await withAnswer((xml) => xml.replace(/<p:Result>.*<\/p:Result>/s, ''))).toMatchObject({
      outcome: 'unknown',
      ssin,
    })
  })

  it('takes the number from the person where the answer has none', async () => {
    expect(await withAnswer((xml) => xml.replace(/<p:Ssin[^>]*>.*?<\/p:Ssin>/s, ''))).toMatchObject({
      outcome: 'found',
      ssin,
    })
  })

  it('cannot be read when nobody says whose person it is', async () => {
    const error = await refusalOf(
      withAnswer((xml) =>
        xml.replace(/<p:Ssin[^>]*>.*?<\/p:Ssin>/s, '').replace(/<pl:Ssin[^>]*>.*?<\/pl:Ssin>/s, ''),
      ),
    )
    expect(error).toMatchObject({ code: 'contract.unreadable', path: 'SearchPersonBySsinResponse.Ssin' })
  })

  it('gives a part of somebody whose number was withdrawn', async () => {
    expect(await withAnswer((xml) => xml.replace('Canceled="false"', 'Canceled="true"'))).toMatchObject({
      outcome: 'cancelled',
      ssin,
      person: { ssin },
    })
  })
})

describe('an answer that refuses', () => {
  it('is an outcome with codes, texts, reasons and what it is about, numbers masked', async () => {
    const outcome = await withAnswer(
      status(
        `<c2:StatusCode Value="${requester}"><c2:StatusCode Value="urn:example:inner"/></c2:StatusCode>` +
          `<c2:StatusMessage>no ${ssin}</c2:StatusMessage>` +
          '<c2:StatusDetail><bus:Message xmlns:bus="urn:be:fgov:ehealth:rn:commons:business:v1">' +
          '<bus:Severity>FATAL</bus:Severity><bus:ReasonCode>MSG00008</bus:ReasonCode>' +
          '<bus:Diagnostic>wrong</bus:Diagnostic><bus:AuthorCode>0</bus:AuthorCode>' +
          `<bus:Information><bus:FieldName>ssin</bus:FieldName><bus:FieldValue>${ssin}</bus:FieldValue></bus:Information>` +
          '</bus:Message><n:Ticket xmlns:n="urn:new">T-1</n:Ticket></c2:StatusDetail>',
      ),
    )
    expect(outcome).toMatchObject({
      outcome: 'refused',
      refusal: {
        code: requester,
        subCode: 'urn:example:inner',
        messages: [`no *********${ssin.slice(-2)}`],
        reasons: [
          { kind: 'Message', code: 'MSG00008', severity: 'FATAL', description: 'wrong', fields: ['ssin'] },
        ],
        details: [
          { name: 'Message' },
          { namespace: 'urn:new', name: 'Ticket', texts: [{ name: 'Ticket', text: 'T-1' }] },
        ],
        answerId: expect.stringMatching(/^_/) as string,
      },
    })
    expect(JSON.stringify(outcome.outcome === 'refused' && outcome.refusal)).not.toContain(ssin)
  })

  it('cannot be read without a status', async () => {
    const error = await refusalOf(withAnswer((xml) => xml.replace(/<c2:Status[ >].*<\/c2:Status>/s, '')))
    expect(error.code).toBe('contract.unreadable')
  })
})

describe('privacy', () => {
  it('tells listeners nothing of whom was asked about or found', async () => {
    const events: SessionEvent[] = []
    const me = await registry.physician({ on: (event) => events.push(event) })
    const found = await me.rnConsult.searchBySsin({ ssin })
    await me.ssinHistory.related({ ssin })
    const told = JSON.stringify(events)
    expect(events.length).toBeGreaterThan(3)
    expect(told).not.toContain(ssin)
    if (found.outcome !== 'found') throw new Error(found.outcome)
    expect(told).not.toContain(found.person.name!.lastName)
  })

  it('keeps nothing: the second question goes to the platform as well', async () => {
    const me = await registry.physician()
    const before = registry.simulator.calls('personService')
    await me.rnConsult.searchBySsin({ ssin })
    await me.rnConsult.searchBySsin({ ssin })
    expect(registry.simulator.calls('personService')).toBe(before + 2)
  })
})
