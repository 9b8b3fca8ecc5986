import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { consultationOperations as ehbox } from '../../../src/business/ehbox/contract.js'
import type { SessionEvent } from '../../../src/index.js'
import { startSimulator, type Simulator } from '../../../src/simulator/index.js'
import { systemRuntime } from '../../../src/technical/environment/runtime.js'
import { emitTo, type WireEvent } from '../../../src/technical/observability/index.js'
import { call } from '../../../src/technical/soap/call.js'
import { createTransport } from '../../../src/technical/soap/transport.js'
import type { PipelineContext, Transport } from '../../../src/technical/soap/types.js'
import { ask } from '../soap/messages.js'
import { startTestServer, type TestServer } from '../soap/testServer.js'
import { callsIn, open, phasesOf } from './support.js'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const exchange = ['connect', 'send', 'wait', 'receive']

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())

describe('the events of a session', () => {
  let events: SessionEvent[]
  beforeEach(() => {
    events = []
    simulator.faults.clear()
  })
  const on = (event: SessionEvent) => events.push(event)
  const boxInfo = async (changes: object = {}) => {
    await using me = await open(simulator, 'physician', { on, ...changes })
    return await me.technical.call(ehbox.getBoxInfo, {})
  }

  it('tell every phase of a call, and of the token request inside of it as a call of its own', async () => {
    await boxInfo()
    const [business, sts, ...others] = callsIn(events)
    expect(others).toEqual([])
    // the assertion is signed, the message of the other service is not
    expect(phasesOf(sts!)).toEqual(['write', 'sign', ...exchange, 'parse', 'read', 'verify'])
    expect(phasesOf(business!)).toEqual(['token', 'write', 'sign', ...exchange, 'parse', 'read'])
    expect(sts![0]).toMatchObject({ service: 'sts', operation: 'RequestSecurityToken' })
    expect(business![0]).toMatchObject({ service: 'ehboxConsultation', operation: 'getBoxInfo' })
  })

  it('are joined by a call id, begin with the beginning and end with the end', async () => {
    await boxInfo()
    const calls = callsIn(events)
    expect(new Set(calls.map(([first]) => first!.callId)).size).toBe(2)
    for (const told of calls) {
      expect(told[0]).toMatchObject({ type: 'call', state: 'begun', attempt: 1 })
      expect(told[0]!.callId).toMatch(uuid)
      expect(told.at(-1)).toMatchObject({ type: 'call', state: 'ended' })
      expect(told.at(-1)).not.toHaveProperty('code')
      expect(told.filter(({ type }) => type === 'call')).toHaveLength(2)
      for (const { service, operation } of told)
        expect([service, operation]).toEqual([told[0]!.service, told[0]!.operation])
    }
  })

  it('keep calls apart that run at the same time', async () => {
    await using me = await open(simulator, 'physician', { on })
    await Promise.all(Array.from({ length: 8 }, () => me.technical.call(ehbox.getBoxInfo, {})))
    const calls = callsIn(events).filter(([first]) => first!.service !== 'sts')
    expect(calls).toHaveLength(8)
    for (const told of calls)
      expect(phasesOf(told)).toEqual(['token', 'write', 'sign', ...exchange, 'parse', 'read'])
  })

  it('count attempts: a refused token makes a second one of the same call', async () => {
    simulator.faults.add({ kind: 'soa', code: 'SOA-01001', service: 'ehboxConsultation', times: 1 })
    await boxInfo()
    const [business] = callsIn(events)
    const wire = business!.filter(({ type }) => type !== 'phase')
    expect(wire.map(({ type, attempt }) => `${type} ${attempt}`)).toEqual([
      'call 1',
      'request 1',
      'response 1',
      'fault 1',
      'retry 2',
      'request 2',
      'response 2',
      'call 2',
    ])
    expect(wire[3]).toMatchObject({ code: 'fault.not-authenticated', platformCode: 'SOA-01001' })
    expect(wire[4]).toMatchObject({ code: 'fault.not-authenticated' })
    expect(wire.at(-1)).not.toHaveProperty('code')
    const second = business!.filter(({ attempt }) => attempt === 2)
    expect(phasesOf(second)).toEqual(['write', 'sign', ...exchange, 'parse', 'read'])
  })

  it('measure with a clock that only grows, while the wall clock stands still', async () => {
    let ticks = 0
    const runtime = { ...simulator.runtime, monotonic: () => (ticks += 1) }
    await boxInfo({ runtime })
    const business = callsIn(events)[0]!
    const ended = business.at(-1)!
    const phases = business.flatMap((event) => (event.type === 'phase' ? [event] : []))
    expect(phases.length).toBeGreaterThan(5)
    let last = business[0]!.at
    for (const { at, milliseconds } of phases) {
      expect(at).toBeGreaterThan(last)
      expect(milliseconds).toBeGreaterThan(0)
      last = at
    }
    expect(ended).toMatchObject({ milliseconds: expect.any(Number) as number })
    const whole = (ended as { milliseconds: number }).milliseconds
    expect(phases.reduce((sum, { milliseconds }) => sum + milliseconds, 0)).toBeLessThan(whole)
  })

  it('tell of tokens: issued, renewed, refused by the STS', async () => {
    await using me = await open(simulator, 'physician', { on })
    await me.technical.token()
    expect(events.at(-1)).toMatchObject({
      type: 'token',
      state: 'issued',
      renewal: false,
      milliseconds: expect.any(Number) as number,
      notOnOrAfter: expect.any(Date) as Date,
    })
    await using other = await open(simulator, 'nurse', { on })
    simulator.faults.add({ kind: 'soa', code: 'SOA-02001', service: 'sts', times: 3 })
    await expect(other.technical.token()).rejects.toMatchObject({ code: 'fault.unavailable' })
    expect(events.at(-1)).toMatchObject({ type: 'token', state: 'failed', code: 'fault.unavailable' })
  })

  it('tell of look-ups of encryption tokens: where the answer came from, and what failed', async () => {
    await using me = await open(simulator, 'physician', { on })
    const { ssin } = simulator.personas.nurse
    const owner = { type: 'SSIN', value: ssin, application: '' }
    await me.technical.etk.get(owner)
    await me.technical.etk.get(owner)
    await me.technical.etk.get({ ...owner, value: '90010199794' }).catch(() => undefined)
    const told = events.filter(({ type }) => type === 'etk')
    expect(told).toMatchObject([
      { ownerType: 'SSIN', source: 'depot', tokens: 1 },
      { ownerType: 'SSIN', source: 'cache', tokens: 1 },
      { ownerType: 'SSIN', code: 'etk.not-found' },
    ])
    expect(told[2]).not.toHaveProperty('source')
  })

  it('tell of verifying: the token of the STS, encryption tokens of the depot, and nothing that is not signed', async () => {
    await using me = await open(simulator, 'physician', { on })
    const owner = { type: 'SSIN', value: simulator.personas.nurse.ssin, application: '' }
    await me.technical.etk.get(owner)
    await me.technical.etk.get({ ...owner, value: '90010199794' }).catch(() => undefined)
    const [found, unknown] = callsIn(events)
    expect(phasesOf(found!).slice(-2)).toEqual(['read', 'verify'])
    expect(phasesOf(unknown!).at(-1)).toBe('read')

    events = []
    simulator.faults.add({ kind: 'assertion-signature', service: 'sts' })
    await expect(me.technical.token()).rejects.toMatchObject({ code: 'signature.invalid' })
    const [sts, ...others] = callsIn(events)
    expect(others).toEqual([])
    expect(sts!.filter(({ type }) => type === 'phase').at(-1)).toMatchObject({
      phase: 'verify',
      failed: true,
    })
    expect(sts!.slice(-2)).toMatchObject([
      { type: 'fault', code: 'signature.invalid' },
      { type: 'call', state: 'ended', code: 'signature.invalid' },
    ])
    // sent once: what proves nothing the first time proves nothing the second
    expect(sts!.filter(({ type }) => type === 'request')).toHaveLength(1)
  })

  it('tell of sealing and unsealing, for a caller and inside of a service', async () => {
    await using me = await open(simulator, 'physician', { on })
    const content = Buffer.from('for my eyes only')
    const sealed = await me.technical.seal(content, { to: [await me.technical.etk.own()] })
    await me.technical.unseal(sealed)
    await me.technical.unseal(content).catch(() => undefined)
    const told = () => events.filter(({ type }) => type === 'seal' || type === 'unseal')
    expect(told()).toMatchObject([
      { type: 'seal', bytes: content.length, recipients: 1 },
      { type: 'unseal', bytes: sealed.length },
      { type: 'unseal', bytes: content.length, code: expect.stringMatching(/^unseal\./) as string },
    ])
    events.length = 0
    const { ssin } = simulator.personas.nurse
    await me.ehbox.send({ to: [{ ssin, quality: 'NURSE' }], title: 'T', body: 'B', encrypt: true })
    expect(told()[0]).toMatchObject({ type: 'seal', recipients: 2 })
    await using colleague = await open(simulator, 'nurse', { on })
    for await (const item of colleague.ehbox.messages()) await colleague.ehbox.read(item)
    expect(told().at(-1)).toMatchObject({ type: 'unseal' })
  })
})

describe('the phases of an exchange', () => {
  let server: TestServer
  let transport: Transport
  beforeAll(async () => {
    server = await startTestServer((incoming, outgoing) => {
      incoming.resume().on('end', () => {
        if (incoming.url === '/silent') return
        outgoing.writeHead(200, { 'Content-Type': 'text/html' }).end('<html/>')
      })
    })
    transport = createTransport({ trust: [server.authorities.root.certificate.toPem()] })
  })
  afterAll(async () => {
    transport.close()
    await server.close()
  })

  const failing = async (endpoint: string, more: { timeout?: number; transport?: Transport } = {}) => {
    const events: WireEvent[] = []
    const context: PipelineContext = {
      transport: more.transport ?? transport,
      runtime: systemRuntime,
      emit: (event) => events.push(event),
    }
    const { timeout = 5000 } = more
    const request = { Id: 'i', Text: 't', Flags: [] }
    const error: unknown = await call(ask(), request, {
      endpoint,
      security: { kind: 'none' },
      context,
      timeout,
      retry: { attempts: 1 },
    }).catch((reason: unknown) => reason)
    expect(events.at(-1)).toMatchObject({ type: 'call', code: (error as { code: string }).code })
    return phasesOf(events)
  }

  it('are told on a new connection and on one that was kept', async () => {
    const whole = ['write', ...exchange, 'parse!']
    expect(await failing(`${server.url}/html`)).toEqual(whole)
    expect(await failing(`${server.url}/html`)).toEqual(whole)
  })

  it('name the one that broke: no connection, no answer', async () => {
    expect(await failing('https://127.0.0.1:1/none')).toEqual(['write', 'connect!'])
    expect(await failing(`${server.url}/silent`, { timeout: 100 })).toEqual([
      'write',
      'connect',
      'send',
      'wait!',
    ])
  })

  it('are one where a transport tells nothing', async () => {
    const silent: Transport = {
      post: async ({ onProgress: _, ...request }) => transport.post(request),
      close: () => undefined,
    }
    expect(await failing(`${server.url}/html`, { transport: silent })).toEqual([
      'write',
      'exchange',
      'parse!',
    ])
    expect(await failing(`${server.url}/silent`, { transport: silent, timeout: 100 })).toEqual([
      'write',
      'exchange!',
    ])
  })

  it('name the contract when nothing was sent', async () => {
    const events: WireEvent[] = []
    const context = { transport, runtime: systemRuntime, emit: (event: WireEvent) => events.push(event) }
    const target = { endpoint: server.url, security: { kind: 'none' } as const, context }
    await expect(call(ask(), { Id: 'i', Text: 1 } as never, target)).rejects.toThrow()
    expect(phasesOf(events)).toEqual(['write!'])
    expect(events.at(-1)).toMatchObject({ type: 'call', state: 'ended', code: 'contract.invalid' })
  })
})

describe('what the other side sends', () => {
  it('is told only where it looks like what it should be', async () => {
    const patient = '90010199794'
    const fault =
      '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><S:Fault><faultcode>S:Server</faultcode>' +
      `<faultstring>${patient}</faultstring><detail><e:SystemError xmlns:e="urn:be:fgov:ehealth:errors:soa:v1" ` +
      `Id="of ${patient}"><Origin>Provider</Origin><Code>${patient}</Code><Message xml:lang="en">${patient}</Message>` +
      '</e:SystemError></detail></S:Fault></S:Body></S:Envelope>'
    const server = await startTestServer((incoming, outgoing) => {
      incoming.resume().on('end', () => {
        const headers = { 'Content-Type': 'text/xml', 'X-CorrelationID': `about ${patient}` }
        outgoing.writeHead(500, headers).end(fault)
      })
    })
    const transport = createTransport({ trust: [server.authorities.root.certificate.toPem()] })
    const events: WireEvent[] = []
    const error: unknown = await call(
      ask(),
      { Id: 'i', Text: 't', Flags: [] },
      {
        endpoint: `${server.url}/path?patient=${patient}`,
        security: { kind: 'none' },
        context: { transport, runtime: systemRuntime, emit: (event) => events.push(event) },
      },
    ).catch((reason: unknown) => reason)
    transport.close()
    await server.close()
    // the error is the caller's, who asked; the events are for logs
    expect(error).toMatchObject({ platform: { code: patient } })
    expect(JSON.stringify(events)).not.toContain(patient)
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'request', endpoint: `${server.url}/path` }),
    )
    expect(events).toContainEqual(expect.objectContaining({ type: 'response', correlationId: '(withheld)' }))
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'fault', platformCode: '(withheld)', ticket: '(withheld)' }),
    )
  })
})

describe('listeners', () => {
  it('all hear an event, whatever one of them throws, at once or later', async () => {
    const heard: WireEvent[] = []
    const event: WireEvent = {
      type: 'request',
      at: 1,
      callId: 'c',
      attempt: 1,
      service: 's',
      operation: 'o',
      endpoint: 'e',
      bytes: 1,
    }
    emitTo<WireEvent>([
      () => {
        throw new Error('listener')
      },
      async () => Promise.reject(new Error('later')),
      (received) => heard.push(received),
    ])(event)
    await new Promise((resolve) => setImmediate(resolve))
    expect(heard).toEqual([event])
  })
})
