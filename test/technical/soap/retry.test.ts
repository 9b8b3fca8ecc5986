/** Calls whose first attempt fails, over real connections: what is sent again, where, and what the caller learns. */
import { connect, createServer, type AddressInfo } from 'node:net'

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { EHealthError } from '../../../src/errors.js'
import { systemRuntime, type Runtime } from '../../../src/technical/environment/runtime.js'
import { call, type CallTarget } from '../../../src/technical/soap/call.js'
import { createClockWatch } from '../../../src/technical/soap/clockWatch.js'
import { createTransport } from '../../../src/technical/soap/transport.js'
import type {
  Attempt,
  EndpointRoutes,
  Operation,
  PipelineContext,
  Security,
  Transport,
  WireEvent,
} from '../../../src/technical/soap/types.js'
import { ask, type Ask } from './messages.js'
import { startTestServer, type TestServer } from './testServer.js'
import { wssClock, wssCredential } from './wssFixtures.js'

const request: Ask = { Id: 'ask-1', Text: 'question', Flags: [] }
const envelope = (inner: string): string =>
  `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>${inner}</S:Body></S:Envelope>`
const answer = (text: string): string =>
  envelope(`<d:Answer xmlns:d="urn:test:soap"><Text>${text}</Text></d:Answer>`)
const fault = (code: string, retry?: boolean): string =>
  envelope(
    `<S:Fault><faultcode>S:Server</faultcode><faultstring>${code}</faultstring><detail>` +
      '<e:SystemError xmlns:e="urn:be:fgov:ehealth:errors:soa:v1" Id="ticket"><Origin>Provider</Origin>' +
      `<Code>${code}</Code><Message>text</Message>${retry === undefined ? '' : `<Retry>${retry}</Retry>`}` +
      '</e:SystemError></detail></S:Fault>',
  )

/** What the service does with the next request; `ok` when nothing is left. */
type Script =
  'doctype' | 'ok' | 'reset' | 'silent' | 'page' | 'missing' | 'empty' | `SOA-${string}` | `SOA-${string}!`
let script: Script[]
let received: { path: string; body: string }[]
let date: (() => Date) | undefined
let server: TestServer
let transport: Transport

beforeAll(async () => {
  server = await startTestServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      received.push({ path: incoming.url ?? '', body: Buffer.concat(chunks).toString() })
      const next = script.shift() ?? 'ok'
      const headers = {
        'Content-Type': 'text/xml; charset=utf-8',
        ...(date === undefined ? {} : { Date: date().toUTCString() }),
      }
      if (next === 'reset') return void incoming.socket.destroy()
      if (next === 'silent') return
      if (next === 'page') return void outgoing.writeHead(503, { 'Content-Type': 'text/html' }).end('<html>')
      if (next === 'missing')
        return void outgoing.writeHead(404, { 'Content-Type': 'text/html' }).end('<html>')
      if (next === 'empty') return void outgoing.writeHead(202).end()
      if (next === 'doctype') return void outgoing.writeHead(200, headers).end(`<!DOCTYPE a>${answer('/')}`)
      if (next === 'ok') return void outgoing.writeHead(200, headers).end(answer(incoming.url ?? ''))
      const code = next.replace('!', '')
      outgoing.writeHead(500, headers).end(fault(code, next.endsWith('!') ? true : undefined))
    })
  })
  transport = createTransport({ trust: [server.authorities.root.certificate.toPem()], idleTimeout: 200 })
})
afterAll(async () => {
  transport.close()
  await server.close()
})
beforeEach(() => {
  script = []
  received = []
  date = undefined
  events.length = 0
  pauses.length = 0
})
const toClose: Transport[] = []
afterEach(() => toClose.splice(0).forEach((made) => made.close()))

const events: WireEvent[] = []
const pauses: number[] = []
/** Waits are noted and not waited. */
const runtime: Runtime = {
  ...systemRuntime,
  sleep: async (milliseconds, signal) => {
    pauses.push(milliseconds)
    signal?.throwIfAborted()
  },
}

interface Changes extends Partial<Omit<CallTarget, 'context'>> {
  idempotent?: boolean
  context?: Partial<PipelineContext>
}

function send({ idempotent = true, context = {}, ...changes }: Changes = {}) {
  const kind = (changes.security?.kind ?? 'none') as 'none' | 'x509'
  const operation: Operation<Ask, { Text: string }> = { ...ask(kind), idempotent }
  return call(operation, request, {
    endpoint: `${server.url}/main`,
    security: { kind: 'none' },
    context: { transport, runtime, emit: (event) => events.push(event), ...context },
    ...changes,
  })
}
const failure = (changes?: Changes): Promise<EHealthError> =>
  send(changes).then(
    () => expect.unreachable('answered'),
    (error: unknown) => error as EHealthError,
  )
const attemptsOf = (error: EHealthError): Attempt[] => error.details!['attempts'] as Attempt[]

describe('what may be asked twice', () => {
  it.each<Script>(['reset', 'silent', 'page', 'empty', 'SOA-02001', 'SOA-02002'])(
    'is asked again after %s, as a new message after a pause',
    async (trouble) => {
      script = [trouble]
      const { value, meta } = await send()
      expect(value.Text).toBe('/main')
      expect(received).toHaveLength(2)
      expect(pauses).toHaveLength(1)
      expect(meta.failedAttempts).toHaveLength(1)
      expect(meta.failedAttempts![0]).toMatchObject({ endpoint: `${server.url}/main` })
      expect(events.filter(({ type }) => type === 'retry')).toMatchObject([
        {
          type: 'retry',
          service: 'ehboxConsultation',
          operation: 'ask',
          attempt: 2,
          code: meta.failedAttempts![0]!.outcome,
          endpoint: `${server.url}/main`,
          pause: pauses[0],
        },
      ])
    },
  )

  it('is asked three times at most, with longer pauses, and the error tells of each', async () => {
    script = ['SOA-02002', 'reset', 'SOA-02001', 'ok']
    const error = await failure()
    // the first cause, not the last
    expect(error).toMatchObject({
      code: 'fault.temporarily-unavailable',
      platform: { code: 'SOA-02002', id: 'ticket' },
      retryable: true,
    })
    expect(attemptsOf(error).map(({ outcome, platformCode }) => [outcome, platformCode])).toEqual([
      ['fault.temporarily-unavailable', 'SOA-02002'],
      ['transport.reset', undefined],
      ['fault.unavailable', 'SOA-02001'],
    ])
    for (const { endpoint, at, milliseconds } of attemptsOf(error)) {
      expect(endpoint).toBe(`${server.url}/main`)
      expect(new Date(at).toISOString()).toBe(at)
      expect(milliseconds).toBeGreaterThanOrEqual(0)
    }
    const [first, second] = pauses
    expect(first).toBeGreaterThanOrEqual(150)
    expect(first).toBeLessThanOrEqual(300)
    expect(second).toBeGreaterThanOrEqual(300)
    expect(second).toBeLessThanOrEqual(600)
  })

  it('is asked as often as the caller says', async () => {
    script = Array.from({ length: 9 }, () => 'page' as const)
    expect(attemptsOf(await failure({ retry: { attempts: 1 } }))).toHaveLength(1)
    expect(attemptsOf(await failure({ retry: { attempts: 5, firstPause: 0 } }))).toHaveLength(5)
    expect(pauses).toEqual([0, 0, 0, 0])
  })

  it('is not asked again when the answer would be the same', async () => {
    script = ['SOA-03006']
    const error = await failure()
    expect(error).toMatchObject({ code: 'fault.schema', retryable: false })
    expect(attemptsOf(error)).toHaveLength(1)
    expect(received).toHaveLength(1)
  })

  it('is asked again when the platform says so', async () => {
    script = ['SOA-03007!']
    expect((await send()).value.Text).toBe('/main')
  })

  it.each<[Script, string]>([
    ['SOA-01002', 'fault.not-authorised'],
    ['doctype', 'xml.doctype'],
  ])(
    'ends with the answer that the endpoint gave later, where it settles the matter: %s',
    async (later, code) => {
      script = ['reset', later]
      const error = await failure()
      expect(error.code).toBe(code)
      expect(attemptsOf(error)).toHaveLength(2)
    },
  )

  it('is signed anew each time, with other identifiers and another time', async () => {
    let now = wssClock.getTime()
    script = ['page']
    await send({
      security: { kind: 'x509', credential: wssCredential('holder-rsa') },
      context: { runtime: { ...runtime, now: () => new Date((now += 1000)) } },
    })
    const parts = (body: string, expression: RegExp): string[] =>
      [...body.matchAll(expression)].map(([, value]) => value!)
    const [one, two] = received.map(({ body }) => ({
      ids: parts(body, /Id="((?:TS|SIG|X509|KI|STR|id)-[^"]+)"/g),
      created: parts(body, /<wsu:Created>([^<]+)</g),
      value: parts(body, /<ds:SignatureValue>([^<]+)</g),
    }))
    expect(one!.ids.length).toBeGreaterThan(3)
    expect(one!.ids.filter((id) => two!.ids.includes(id))).toEqual([])
    expect(one!.created).not.toEqual(two!.created)
    expect(one!.value).not.toEqual(two!.value)
  })
})

describe('what must not be carried out twice', () => {
  it.each<Script>(['reset', 'silent', 'page', 'empty', 'SOA-02001', 'SOA-02002', 'SOA-00001', 'SOA-02002!'])(
    'is sent once whatever happens: %s',
    async (trouble) => {
      script = [trouble]
      const routes = routesTo('/main', '/other')
      const error = await failure({ idempotent: false, context: { routes } })
      expect(received).toHaveLength(1)
      expect(error.retryable).toBe(trouble.endsWith('!'))
      expect(attemptsOf(error)).toHaveLength(1)
    },
  )

  it('is sent again when it never left', async () => {
    const routes = routesTo('https://127.0.0.1:1/', '/other')
    expect((await send({ idempotent: false, context: { routes } })).value.Text).toBe('/other')
    expect(received).toHaveLength(1)
  })

  it('is tried again without another endpoint too, when it never left', async () => {
    const error = await failure({ idempotent: false, endpoint: 'https://127.0.0.1:1/' })
    expect(error).toMatchObject({ code: 'transport.connect', retryable: true })
    expect(attemptsOf(error)).toHaveLength(3)
  })

  it('is tried again after a TLS handshake that failed, on the same endpoint: nothing was sent', async () => {
    // one of the servers behind a name is set up wrongly
    let connections = 0
    const balancer = createServer((client) => {
      client.on('error', () => undefined)
      if ((connections += 1) === 1) return void client.end('HTTP/1.1 400 Bad Request\r\n\r\n')
      const upstream = connect(server.port, '127.0.0.1')
      upstream.on('error', () => client.destroy())
      client.pipe(upstream).pipe(client)
      client.on('close', () => upstream.destroy())
    })
    await new Promise<void>((resolve) => balancer.listen(0, '127.0.0.1', resolve))
    try {
      const endpoint = `https://127.0.0.1:${(balancer.address() as AddressInfo).port}/behind`
      const { value, meta } = await send({ idempotent: false, endpoint })
      expect(value.Text).toBe('/behind')
      expect(meta.failedAttempts).toMatchObject([{ endpoint, outcome: 'transport.tls' }])
      expect(pauses).toHaveLength(1)
      expect(received).toHaveLength(1)
    } finally {
      balancer.close()
    }
  })

  it('is sent again with a new token, which the door had refused', async () => {
    script = ['SOA-01001']
    await send({ idempotent: false, renew: async () => ({ kind: 'none' }) })
    expect(received).toHaveLength(2)
  })
})

/** Routes over these endpoints; paths are on the test server. */
function routesTo(...endpoints: string[]): EndpointRoutes & { told: unknown[] } {
  const told: unknown[] = []
  return {
    told,
    endpointsOf: () =>
      endpoints.map((endpoint) => (endpoint.startsWith('/') ? server.url + endpoint : endpoint)),
    answered: (...args) => void told.push(args),
    keptAnswers: () => undefined,
  }
}

describe('several endpoints', () => {
  it('are tried in their order without a pause, and the one that answered is told', async () => {
    script = ['SOA-02001', 'reset']
    const routes = routesTo('/main', '/second', '/third')
    expect((await send({ context: { routes } })).value.Text).toBe('/third')
    expect(received.map(({ path }) => path)).toEqual(['/main', '/second', '/third'])
    expect(pauses).toEqual([])
    expect(routes.told).toEqual([
      [
        'ehboxConsultation',
        `${server.url}/third`,
        [
          { endpoint: `${server.url}/main`, code: 'fault.unavailable' },
          { endpoint: `${server.url}/second`, code: 'transport.reset' },
        ],
      ],
    ])
  })

  it('do not hide the cause behind the 404 of the inactive one', async () => {
    script = ['SOA-02001', 'missing', 'SOA-02001']
    const error = await failure({ context: { routes: routesTo('/main', '/inactive') } })
    expect(error).toMatchObject({ code: 'fault.unavailable', platform: { code: 'SOA-02001' } })
    expect(attemptsOf(error).map(({ outcome }) => outcome)).toContain('transport.http')
  })

  it.each<Script>(['SOA-01002', 'SOA-03006', 'SOA-00001'])('do not help against %s', async (trouble) => {
    script = [trouble]
    await failure({ context: { routes: routesTo('/main', '/other') } })
    expect(received).toHaveLength(1)
  })

  it('are not asked about a token', async () => {
    script = ['SOA-01001', 'SOA-01001']
    const error = await failure({
      context: { routes: routesTo('/main', '/other') },
      renew: async () => ({ kind: 'none' }),
    })
    expect(error.code).toBe('fault.not-authenticated')
    expect(received.map(({ path }) => path)).toEqual(['/main', '/main'])
  })
})

describe('a refused token', () => {
  it('is renewed once, by whoever holds it', async () => {
    script = ['SOA-01001', 'SOA-01001', 'ok']
    const refused: Security[] = []
    const error = await failure({
      renew: async (security) => {
        refused.push(security)
        return { kind: 'none' }
      },
    })
    expect(error.code).toBe('fault.not-authenticated')
    expect(refused).toEqual([{ kind: 'none' }])
    expect(received).toHaveLength(2)
  })

  it('that cannot be renewed stays the cause', async () => {
    script = ['SOA-01001']
    const error = await failure({
      renew: async () => {
        throw new EHealthError('transport.connect', 'no STS')
      },
    })
    expect(error.code).toBe('fault.not-authenticated')
    expect(received).toHaveLength(1)
  })

  it('of a session that was closed meanwhile is not the cause', async () => {
    script = ['SOA-01001']
    const renew = async (): Promise<never> => {
      throw new EHealthError('configuration.closed', 'closed')
    }
    expect((await failure({ renew })).code).toBe('configuration.closed')
  })
})

describe('the time of a call', () => {
  it('covers all its attempts', async () => {
    script = ['page', 'silent']
    const error = await failure({ timeout: 150, retry: { firstPause: 10 } })
    // no third attempt: the time is over, and the second was given what was left of it
    expect(received).toHaveLength(2)
    expect(attemptsOf(error).map(({ outcome }) => outcome)).toEqual(['transport.http', 'transport.timeout'])
  })

  it('leaves no room for a pause that is longer', async () => {
    script = ['page']
    await failure({ timeout: 1000, retry: { firstPause: 60_000 } })
    expect(pauses).toEqual([])
    expect(received).toHaveLength(1)
  })

  it('ends in a pause when the caller says so', async () => {
    script = ['page']
    const controller = new AbortController()
    const pending = failure({
      signal: controller.signal,
      retry: { firstPause: 60_000 },
      context: {
        runtime: systemRuntime,
        emit: ({ type }) => {
          if (type === 'fault') setImmediate(() => controller.abort())
        },
      },
    })
    expect((await pending).code).toBe('transport.aborted')
    expect(received).toHaveLength(1)
  })
})

describe('a clock that is off', () => {
  const at = new Date('2026-01-15T12:00:00Z').getTime()
  const machine = { ...runtime, now: () => new Date(at) }
  const watched = (correct = false) => {
    const clock = createClockWatch(machine, { correct })
    return { clock, runtime: clock.runtime }
  }

  it.each([
    [94_000, 94, /this machine's clock is 9[345] s ahead of the platform's/],
    [-301_000, -301, /this machine's clock is 30[012] s behind the platform's/],
  ])('by %i ms is told with the refusal that it causes', async (off, seconds, text) => {
    date = () => new Date(at - off)
    script = ['SOA-01001']
    const error = await failure({ context: watched() })
    expect(error.message).toMatch(text)
    expect(error.hint).toMatch(text)
    // the header has whole seconds
    expect(Math.abs((error.details!['clockSkewSeconds'] as number) - seconds)).toBeLessThanOrEqual(1)
    expect(events.filter(({ type }) => type === 'clock')).toEqual([
      expect.objectContaining({ corrected: false, endpoint: `${server.url}/main` }),
    ])
  })

  it('is told of without a watch as well, and not when it is right', async () => {
    date = () => new Date(at - 94_000)
    script = ['SOA-01001', 'SOA-01001']
    expect((await failure({ context: { runtime: machine } })).hint).toContain('94 s ahead')
    date = () => new Date(at)
    expect((await failure({ context: watched() })).hint).not.toContain('ahead')
  })

  it('is told of once, and again when it has changed', async () => {
    const context = watched()
    date = () => new Date(at - 94_000)
    await send({ context })
    await send({ context })
    date = () => new Date(at)
    await send({ context })
    expect(
      events.flatMap((event) => (event.type === 'clock' ? [Math.round(event.skew / 1000)] : [])),
    ).toEqual([94, 0])
  })

  it('is set right for messages where that is wanted, and the refused one repeated', async () => {
    const context = watched(true)
    date = () => new Date(at - 94_000)
    script = ['SOA-01001']
    await send({ context, security: { kind: 'x509', credential: wssCredential('holder-rsa') } })
    const created = received.map(({ body }) => /<wsu:Created>([^<]+)</.exec(body)![1])
    expect(created[0]).toBe('2026-01-15T12:00:00.000Z')
    expect(created[1]).toMatch(/^2026-01-15T11:58:26/)
    expect(Math.round(context.clock.skew! / 1000)).toBe(94)
    expect(events.find(({ type }) => type === 'clock')).toMatchObject({ corrected: true })
  })
})
