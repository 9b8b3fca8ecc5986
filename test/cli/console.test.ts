import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { createExchangeLog, startConsole, type SimulatorConsole } from '../../src/cli/console/index.js'
import type {
  AccessView,
  ConsoleState,
  ExchangeDetail,
  ExchangeLine,
  MailboxView,
  MessageView,
  RegisterEntry,
  RegisterPage,
} from '../../src/cli/console/contract.js'
import { connect } from '../../src/connect.js'
import { errorCatalogue } from '../../src/errors.js'
import { nurse, physician } from '../../src/professions/index.js'
import { startSimulator, type Exchange, type Simulator } from '../../src/simulator/index.js'
import { servicePaths } from '../../src/technical/environment/environment.js'
import { readers } from '../../src/technical/kgss/index.js'
import { sendEnvelope, send } from '../simulator/support.js'
import { asking, fromThePage, watching, type ConsoleAnswer } from './consoleClient.js'

const seen: Exchange[] = []
let simulator: Simulator
let page: SimulatorConsole
let ask: ReturnType<typeof asking>
let me: Awaited<ReturnType<typeof open>>
let her: typeof me

const open = (name: 'physician' | 'nurse') => {
  const { ssin, nihii, keystore, password } = simulator.personas[name]
  return connect({
    environment: simulator.environment,
    runtime: simulator.runtime,
    retry: { attempts: 1 },
    keystore: { bytes: keystore, password },
    as: (name === 'physician' ? physician : nurse)({ ssin, nihii }),
  })
}

beforeAll(async () => {
  const exchanges = createExchangeLog()
  simulator = await startSimulator({
    onExchange: (exchange) => {
      seen.push(exchange)
      exchanges.add(exchange)
    },
  })
  page = await startConsole({ simulator, exchanges, dir: 'platform' })
  ask = asking(page.url)
  me = await open('physician')
  her = await open('nurse')
})
afterAll(async () => {
  await me.close()
  await her.close()
  await page.close()
  await simulator.close()
})

async function get<T>(path: string): Promise<T> {
  const answer = await ask({ path: `api/${path}` })
  expect(answer.status, answer.text).toBe(200)
  return answer.json<T>()
}
const change = (method: string, path: string, body?: unknown): Promise<ConsoleAnswer> =>
  ask({
    method,
    path: `api/${path}`,
    headers: fromThePage(page.url),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
const lastLine = async (operation?: string): Promise<ExchangeLine> =>
  (await get<ExchangeLine[]>('exchanges')).findLast(
    (line) => operation === undefined || line.operation === operation,
  )!
const lastDetail = async (operation?: string): Promise<ExchangeDetail> =>
  get<ExchangeDetail>(`exchanges/${(await lastLine(operation)).number}`)
const results = ({ checks }: ExchangeLine) => checks.map(({ name, result }) => `${name} ${result}`)
const toNurse = () => [{ ssin: simulator.personas.nurse.ssin, quality: 'NURSE' }]

describe('an exchange', () => {
  it('shows a sealed letter: token, checks, caller, and what is sealed in it', async () => {
    await me.ehbox.send({
      to: toNurse(),
      title: 'Wound care',
      body: 'Dressing to be changed daily <b>&</b>',
      annexes: [
        { title: 'Scheme', fileName: 'scheme.xml', mimeType: 'text/xml', content: '<a><b>1</b></a>' },
      ],
      encrypt: true,
    })
    const line = await lastLine('sendMessage')
    expect(line).toMatchObject({
      service: 'ehboxPublication',
      endpoint: 'default',
      caller: 'ADA SAMPLEMANS, by token',
      status: 200,
      outcome: 'answered',
    })
    expect(line.checks.every(({ result }) => result === 'passed')).toBe(true)
    const detail = await get<ExchangeDetail>(`exchanges/${line.number}`)
    expect(detail).toMatchObject(line)
    expect(detail.request.envelope).toContain('\n  <')
    expect(detail.request.envelope).not.toContain('Dressing')
    expect(detail.certificate?.subject).toContain(simulator.personas.physician.ssin)
    const [token] = detail.tokens
    expect(token).toMatchObject({ in: 'request', version: '1.1' })
    expect(token!.attributes).toContainEqual({
      name: 'urn:be:fgov:person:ssin:ehealth:1.0:doctor:nihii11',
      namespace: 'urn:be:fgov:certified-namespace:ehealth',
      values: [simulator.personas.physician.nihii],
    })
    expect(Date.parse(token!.notOnOrAfter)).toBeGreaterThan(Date.parse(token!.notBefore))
    expect(detail.sealed.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['Dressing to be changed daily <b>&</b>', 'Scheme', '<a>\n  <b>1</b>\n</a>']),
    )
    expect(
      detail.sealed.every(({ openedBy, author }) => openedBy === 'nurse' && author === 'ADA SAMPLEMANS'),
    ).toBe(true)
    expect(detail.sealed.map(({ where }) => where)).toContain(
      'Body/SendMessageRequest/ContentContext/Content/Annex/EncryptableTitle',
    )
    expect(detail.explained.find(({ check }) => check === 'security')?.note).toContain('valid until')
  })

  it('shows the token that the STS gives', async () => {
    const sts = (await get<ExchangeLine[]>('exchanges')).find(({ service }) => service === 'sts')!
    const { tokens } = await get<ExchangeDetail>(`exchanges/${sts.number}`)
    expect(tokens.map((token) => token.in)).toEqual(['response'])
    expect(tokens[0]!.confirmation).toContain('holder-of-key')
  })

  it('shows which check failed and why, where a letter was changed on the way', async () => {
    const { request } = seen.findLast(({ operation }) => operation === 'sendMessage')!
    const changed = Buffer.from(
      Buffer.from(request.body).toString('latin1').replace('Wound care', 'Wound cure'),
      'latin1',
    )
    expect(changed).not.toEqual(Buffer.from(request.body))
    await send(simulator, servicePaths.ehboxPublication, {
      headers: { 'content-type': request.contentType!, soapaction: request.soapAction! },
      body: changed,
    })
    const detail = await lastDetail('sendMessage')
    expect(detail).toMatchObject({ outcome: 'refused', code: 'SOA-01001', status: 500 })
    expect(results(detail).slice(0, 3)).toEqual([
      'message passed',
      'security failed',
      'authorisation skipped',
    ])
    expect(detail.refused).toMatchObject({
      code: 'SOA-01001',
      reason: 'signature.digest',
      meaning: errorCatalogue['signature.digest'].meaning,
      hint: errorCatalogue['signature.digest'].hint,
    })
    expect(detail.explained[1]).toMatchObject({ check: 'security' })
    expect(detail.explained[1]!.note).toContain('refused: signature.digest')
    expect(detail.request.envelope).toContain('Wound cure')
    expect(detail.caller).toBeUndefined()
    // not proven, and still worth to be seen
    expect(detail.tokens).toHaveLength(1)
  })

  it('shows the raw text of what is no message, and answers for everything odd as data', async () => {
    const odd = `<script>alert(1)</script>\u0007 \ud800 & no XML`
    await sendEnvelope(simulator, 'ehboxConsultation', odd)
    const line = await lastLine()
    expect(line).toMatchObject({ outcome: 'refused', code: 'SOA-03001' })
    const answer = await ask({ path: `api/exchanges/${line.number}` })
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
    const detail = answer.json<ExchangeDetail>()
    expect(detail.request.envelope).toContain('<script>alert(1)</script>\u0007')
    expect(detail.refused).toMatchObject({ reason: 'xml.malformed' })
    expect(detail.refused!.meaning).toBeTruthy()
    expect(detail.explained[0]!.note).toContain('xml.malformed')
    expect(detail.explained[1]!.note).toBe('not looked at: an earlier check failed')
  })

  it('opens what was sealed for the KGSS, its answers, and with the keys that it keeps', async () => {
    using key = await me.technical.kgss.newKey({ allowed: [readers.nurse()] })
    const made = await lastDetail('GetNewKey')
    expect(made.sealed.map(({ in: side, openedBy }) => [side, openedBy])).toEqual([
      ['request', 'kgss'],
      ['response', 'physician'],
    ])
    expect(made.sealed[0]!.text).toContain('AllowedReader')
    using found = await her.technical.kgss.getKey(key.id)
    expect(found.id).toBe(key.id)
    const fetched = await lastDetail('GetKey')
    expect(fetched.sealed.map(({ in: side, problem }) => [side, problem])).toEqual([
      ['request', undefined],
      ['response', undefined],
    ])
    expect(fetched.sealed[1]!.text).toContain('<')
  })

  it('is not there for a number that nobody remembers', async () => {
    for (const number of ['0', '999999', '1e3', '-1', '..'])
      expect((await ask({ path: `api/exchanges/${number}` })).status).toBe(404)
  })
})

describe('mailboxes', () => {
  it('show their messages, opened with the keys of their owners', async () => {
    await me.ehbox.send({ to: toNurse(), title: 'Secret', body: 'for her', encrypt: true })
    await me.ehbox.send({ to: toNurse(), title: 'Open', body: 'for anybody' })
    const boxes = await get<MailboxView[]>('mailboxes')
    const box = boxes.find(({ owner }) => owner === 'NOOR EXEMPLAIRE')!
    expect(box).toMatchObject({ quality: 'NURSE', number: simulator.personas.nurse.ssin })
    const inbox = box.folders.find(({ name }) => name === 'INBOX')!.messages
    const [openOne, sealedOne] = inbox
    expect(sealedOne).toMatchObject({ title: 'Secret', type: 'DOCUMENT', encrypted: true, read: false })
    expect(sealedOne!.sender).toBe('ADA SAMPLEMANS (DOCTOR)')
    const view = await get<MessageView>(`mailboxes/message/${sealedOne!.id}`)
    expect(view.body).toMatchObject({ text: 'for her', openedBy: 'nurse' })
    expect(view.addressees).toEqual([`NURSE INSS ${simulator.personas.nurse.ssin}`])
    const clear = await get<MessageView>(`mailboxes/message/${openOne!.id}`)
    expect(clear.body).toMatchObject({ text: 'for anybody' })
    expect(clear.body!.openedBy).toBeUndefined()
    await her.ehbox.read(sealedOne!.id)
    const after = await get<MessageView>(`mailboxes/message/${sealedOne!.id}`)
    expect(after.read).toBe(true)
    expect((await ask({ path: 'api/mailboxes/message/0000000000000' })).status).toBe(404)
  })
})

describe('access', () => {
  it('shows consents and links once they are declared', async () => {
    expect(await get<AccessView>('access')).toEqual({ consents: [], links: [], exclusions: [] })
    const { ssin, firstName, familyName, cards } = simulator.world.findPatient('68052199235')!
    const patient = { ssin, firstName, familyName, eidCard: cards[0]!.number }
    await me.consent.declare({ patient })
    await me.therlink.declare({ patient, proof: 'eidreading' })
    const { consents, links } = await get<AccessView>('access')
    expect(consents).toMatchObject([{ patient: 'Lou Voorbeeld', ssin, author: 'ADA SAMPLEMANS' }])
    expect(links).toMatchObject([
      {
        patient: 'Lou Voorbeeld',
        provider: `ADA SAMPLEMANS (SSIN ${simulator.personas.physician.ssin})`,
        revoked: false,
      },
    ])
  })
})

describe('the register', () => {
  it('is searched by name, number and birth date, in pages', async () => {
    const all = await get<RegisterPage>('register')
    expect(all.total).toBe(simulator.people.size)
    expect(all.people).toHaveLength(50)
    const second = await get<RegisterPage>('register?offset=50')
    expect(second.offset).toBe(50)
    expect(second.people[0]!.ssin).not.toBe(all.people[0]!.ssin)
    const found = await get<RegisterPage>('register?search=sampleMANS+ada')
    expect(found.people).toMatchObject([{ ssin: '79051299152', name: 'ADA SAMPLEMANS' }])
    const byNumber = await get<RegisterPage>('register?search=79051299152')
    expect(byNumber.total).toBe(1)
    expect((await get<RegisterPage>('register?search=nobody+at+all')).people).toEqual([])
  })

  it('tells everything about one, and what is rare', async () => {
    const [deceased] = simulator.people.rare('deceased')
    const entry = await get<RegisterEntry>(`register/${deceased!}`)
    expect(entry.remarks).toContain('deceased')
    expect(entry.details!.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['register', 'name', 'nationality', 'address']),
    )
    const [cancelled] = simulator.people.rare('cancelled-number')
    expect((await get<RegisterEntry>(`register/${cancelled!}`)).remarks).toEqual(['number withdrawn'])
    const replaced = simulator.people.add({
      lastName: 'Sample',
      givenNames: ['Lea'],
      birthDate: '1985-09-00',
    })
    simulator.people.cancel(replaced.ssin, '79051299152')
    expect(await get<RegisterEntry>(`register/${replaced.ssin}`)).toMatchObject({ ssin: '79051299152' })
    expect((await ask({ path: 'api/register/00000000000' })).status).toBe(404)
  })
})

describe('bad days and the clock', () => {
  it('strike the next call, and are gone then', async () => {
    const { troubles } = await get<ConsoleState>('state')
    const late = troubles.find(({ kind }) => kind === 'html')!
    const state = await change('POST', 'faults', { ...late.plan, service: 'ehboxConsultation' })
    expect(state.json<ConsoleState>().faults).toMatchObject([{ plan: { kind: 'html' }, left: 1 }])
    await expect(me.ehbox.info()).rejects.toMatchObject({
      code: expect.stringMatching(/^transport\./) as string,
    })
    expect(await lastLine()).toMatchObject({ trouble: 'html', status: 503 })
    expect((await get<ConsoleState>('state')).faults).toEqual([])
    await change('POST', 'faults', { kind: 'delay', milliseconds: 0, service: 'consent', times: 'always' })
    expect((await get<ConsoleState>('state')).faults).toMatchObject([
      { plan: { times: 'always' }, left: null },
    ])
    expect((await change('DELETE', 'faults')).json<ConsoleState>().faults).toEqual([])
    const refused = await change('POST', 'faults', { kind: 'earthquake' })
    expect(refused.status).toBe(400)
    expect(refused.json()).toMatchObject({ error: { code: 'configuration.invalid' } })
    for (const odd of [null, [], 'delay', 7, { kind: ['drop'] }])
      expect((await change('POST', 'faults', odd)).status).toBe(400)
  })

  it('has a button only for plans that the simulator takes', async () => {
    const { troubles } = await get<ConsoleState>('state')
    expect(troubles.length).toBeGreaterThan(8)
    for (const { plan } of troubles) expect((await change('POST', 'faults', plan)).status).toBe(200)
    await change('DELETE', 'faults')
  })

  it('move the date of the platform', async () => {
    const held = await change('POST', 'clock', { order: 'hold', at: '2026-03-02T11:00:00Z' })
    expect(held.json<ConsoleState>().clock).toMatchObject({ now: '2026-03-02T11:00:00.000Z', held: true })
    await change('POST', 'clock', { order: 'advance', milliseconds: 3_600_000 })
    expect((await get<ConsoleState>('state')).clock.now).toBe('2026-03-02T12:00:00.000Z')
    expect(simulator.clock.now().toISOString()).toBe('2026-03-02T12:00:00.000Z')
    const released = await change('POST', 'clock', { order: 'release' })
    expect(released.json<ConsoleState>().clock).toMatchObject({ held: false, offsetMilliseconds: 0 })
    for (const order of [
      { order: 'stop' },
      { order: 'hold', at: 'tomorrow' },
      { order: 'hold', at: 5 },
      { order: 'advance', milliseconds: '5' },
      { order: 'advance', milliseconds: 1e300 },
      { order: 'advance' },
      [],
      null,
    ])
      expect((await change('POST', 'clock', order)).status).toBe(400)
    expect((await get<ConsoleState>('state')).clock).toMatchObject({ held: false, offsetMilliseconds: 0 })
  })
})

describe('events', () => {
  it('tell of exchanges and of the state while they happen, and go on where a page stopped', async () => {
    const stream = watching(page.url)
    await stream.until(({ event }) => event === 'state')
    await me.ehbox.info()
    const { data } = await stream.until(({ event }) => event === 'exchange')
    expect(data).toMatchObject({ service: 'ehboxConsultation', operation: 'getBoxInfo' })
    await change('POST', 'faults', { kind: 'delay', milliseconds: 0, operation: 'getBoxInfo' })
    await stream.until(({ event, data }) => event === 'state' && (data['faults'] as unknown[]).length === 1)
    await me.ehbox.info()
    await stream.until(
      ({ event, data }) =>
        event === 'state' && stream.events.length > 3 && (data['faults'] as []).length === 0,
    )
    await stream.close()
    const again = watching(page.url, { 'Last-Event-ID': String(data['number']) })
    const missed = await again.until(({ event }) => event === 'exchange')
    expect(missed.data['number']).toBe((data['number'] as number) + 1)
    await again.close()
  })
})
