/** Answers of before (service list v2), over real connections: which question they stand for, and which never. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import type { EHealthError } from '../../../src/errors.js'
import { memoryCache } from '../../../src/technical/environment/cache.js'
import { systemRuntime } from '../../../src/technical/environment/runtime.js'
import { call, type CallTarget } from '../../../src/technical/soap/call.js'
import { callStreaming } from '../../../src/technical/soap/callStreaming.js'
import { createTransport } from '../../../src/technical/soap/transport.js'
import type {
  EndpointRoutes,
  Operation,
  SamlAssertion,
  Transport,
} from '../../../src/technical/soap/types.js'
import {
  allowed,
  dateTime,
  namespace,
  required,
  string,
  type Infer,
} from '../../../src/technical/xml/index.js'
import { startTestServer, type TestServer } from './testServer.js'
import { wssAssertion, wssCredential } from './wssFixtures.js'

const kept = namespace('urn:test:kept', { prefix: 'kept', qualified: false })
const Question = kept.element(
  'Question',
  kept.sequence({ Text: string() }, { Id: required(string()), IssueInstant: allowed(dateTime) }),
)
const Answer = kept.element('Answer', kept.sequence({ Text: string() }))
type Question = Infer<typeof Question>

const question: Question = {
  Id: '_1',
  IssueInstant: new Date('2026-01-15T12:00:00Z'),
  Text: 'one',
}
const envelope = (inner: string): string =>
  `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>${inner}</S:Body></S:Envelope>`
const commonsV1 = (code: string): string => `<Status><Code>${code}</Code><Message/></Status>`
const answer = (text: string, status: string): string =>
  envelope(`<k:Answer xmlns:k="urn:test:kept">${status}<Text>${text}</Text></k:Answer>`)
const fault = (code: string): string =>
  envelope(
    `<S:Fault><faultcode>S:Server</faultcode><faultstring>${code}</faultstring><detail>` +
      '<e:SystemError xmlns:e="urn:be:fgov:ehealth:errors:soa:v1"><Origin>Provider</Origin>' +
      `<Code>${code}</Code><Message>text</Message></e:SystemError></detail></S:Fault>`,
  )

/** What is answered next: `page`, a code of a fault, or the status of an answer; success when nothing is left. */
let script: string[]
let asked = 0
let server: TestServer
let transport: Transport
beforeAll(async () => {
  server = await startTestServer((incoming, outgoing) => {
    incoming.resume().on('end', () => {
      asked += 1
      const next = script.shift() ?? commonsV1('200')
      if (next === 'page') return void outgoing.writeHead(503, { 'Content-Type': 'text/html' }).end('<html>')
      const isFault = next.startsWith('SOA-')
      outgoing.writeHead(isFault ? 500 : 200, { 'Content-Type': 'text/xml; charset=utf-8' })
      outgoing.end(isFault ? fault(next) : answer(`answer ${asked}`, next))
    })
  })
  transport = createTransport({ trust: [server.authorities.root.certificate.toPem()] })
})
afterAll(async () => {
  transport.close()
  await server.close()
})
beforeEach(() => {
  script = []
  asked = 0
})

type Store = Pick<ReturnType<typeof memoryCache>, 'get' | 'set' | 'delete'>
interface Changes extends Partial<Omit<CallTarget, 'context'>> {
  strategy?: 'ENDPOINT_FIRST' | 'CACHE_FIRST'
  store?: Store
  request?: Partial<Question>
  operation?: Partial<Operation<Question, Infer<typeof Answer>>>
  verify?: () => () => void
}

let store: Store
beforeEach(() => {
  store = memoryCache()
})

function send(
  { strategy = 'CACHE_FIRST', request = {}, ...changes }: Changes = {},
  how: typeof call | typeof callStreaming = call,
) {
  const { store: kept = store, operation: changed = {}, ...target } = changes
  const routes: EndpointRoutes = {
    endpointsOf: (_, configured) => [configured],
    answered: () => undefined,
    keptAnswers: () => ({ strategy, lifetime: 60_000, store: kept }),
  }
  const operation: Operation<Question, Infer<typeof Answer>> = {
    service: 'genericInsurability',
    name: 'ask',
    soapAction: '',
    request: Question,
    response: Answer,
    security: target.security?.kind ?? 'none',
    idempotent: true,
    ...changed,
  }
  return how(
    operation,
    { ...question, ...request },
    {
      endpoint: `${server.url}/main`,
      security: { kind: 'none' },
      retry: { attempts: 1 },
      context: { transport, runtime: systemRuntime, emit: () => undefined, routes },
      ...target,
    },
  )
}
const isKept = async (changes?: Changes): Promise<boolean> =>
  (await send(changes)).meta.keptSince !== undefined
const failure = (changes?: Changes): Promise<EHealthError> =>
  send(changes).then(
    () => expect.unreachable('answered'),
    (error: unknown) => error as EHealthError,
  )

describe('an answer of before', () => {
  it('stands in when the service cannot be reached, and says so', async () => {
    await send({ strategy: 'ENDPOINT_FIRST' })
    script = ['page']
    const { value, meta } = await send({ strategy: 'ENDPOINT_FIRST' })
    expect(value.Text).toBe('answer 1')
    expect(meta.keptSince).toBeInstanceOf(Date)
    expect(await isKept({ strategy: 'ENDPOINT_FIRST' })).toBe(false)
    expect(asked).toBe(3)
  })

  it('comes first where the list says so', async () => {
    await send()
    expect(await isKept()).toBe(true)
    expect(asked).toBe(1)
  })

  it('answers the same question, whatever the number and the date of its message', async () => {
    await send()
    expect(await isKept({ request: { Id: '_2', IssueInstant: new Date('2026-01-16T08:00:00Z') } })).toBe(true)
    expect(await isKept({ endpoint: `${server.url}/main/` })).toBe(true)
  })
})

describe('an answer of before is never that', () => {
  const holder = wssAssertion('holder-rsa')
  const otherRights: SamlAssertion = {
    ...holder,
    xml: holder.xml.replace(/(<[^>]*AttributeValue[^>]*>)/, '$1x'),
  }
  const hok = (assertion: SamlAssertion): Changes => ({
    security: { kind: 'saml-hok', credential: wssCredential('holder-rsa'), assertion },
  })
  const x509 = (name: 'holder-rsa' | 'holder-ec'): Changes => ({
    security: { kind: 'x509', credential: wssCredential(name) },
  })

  it('to an operation whose answers are never kept, whatever the list says', async () => {
    const people: Changes = { operation: { kept: false } }
    await send(people)
    expect(await isKept(people)).toBe(false)
    // nor does one of another operation stand in for it
    await send()
    expect(await isKept()).toBe(true)
    expect(await isKept(people)).toBe(false)
    expect(asked).toBe(4)
  })

  it.each<[string, Changes, Changes]>([
    ['to another question', {}, { request: { Text: 'two' } }],
    ['to a question that differs in white space', {}, { request: { Text: 'one ' } }],
    [
      'to a question with a number of its own',
      { request: { IssueInstant: undefined! } },
      { request: { IssueInstant: undefined!, Id: '_2' } },
    ],
    ['of another address', {}, { endpoint: '/other' }],
    ['of another operation', {}, { operation: { name: 'askMore' } }],
    ['of another service', {}, { operation: { service: 'ehboxConsultation' } }],
    ['to somebody else', x509('holder-rsa'), x509('holder-ec')],
    ['to the same key under another form of security', x509('holder-rsa'), hok(holder)],
    ['to the same key with other rights', hok(holder), hok(otherRights)],
  ])('%s', async (_, first, second) => {
    const at = ({ endpoint, ...changes }: Changes): Changes => ({
      ...changes,
      ...(endpoint === undefined ? {} : { endpoint: server.url + endpoint }),
    })
    await send(at(first))
    expect(await isKept(at(second))).toBe(false)
    // each is there for itself
    expect([await isKept(at(first)), await isKept(at(second))]).toEqual([true, true])
  })

  it('of an operation that must not be repeated, of one with attachments, of one with addressing', async () => {
    const attachments = [{ contentId: 'a@test', contentType: 'text/plain', content: new Uint8Array(1) }]
    for (const changes of [
      { operation: { idempotent: false } },
      { attachments },
      { addressing: { action: 'urn:test' } },
    ] satisfies Changes[]) {
      await send(changes)
      expect(await isKept(changes)).toBe(false)
    }
  })

  it('one that came as a stream, whose attachments would be lost', async () => {
    const streamed = await send({}, callStreaming)
    expect(streamed.meta.keptSince).toBeUndefined()
    expect(await isKept()).toBe(false)
    const again = await send({}, callStreaming)
    expect(again.meta.keptSince).toBeUndefined()
    expect(asked).toBe(3)
  })

  it.each<[string, string]>([
    ['a fault', 'SOA-02001'],
    ['a page', 'page'],
  ])('%s', async (_, trouble) => {
    script = [trouble, 'page']
    await failure({ strategy: 'ENDPOINT_FIRST' })
    expect((await failure({ strategy: 'ENDPOINT_FIRST' })).code).toBe('transport.http')
  })

  it.each<[string, string]>([
    ['whose status is a refusal', commonsV1('500')],
    ['whose status is of no family that is known here', ''],
  ])('an answer %s', async (_, status) => {
    script = [status]
    await send()
    expect(await isKept()).toBe(false)
  })

  it('what hides a refusal', async () => {
    await send({ strategy: 'ENDPOINT_FIRST' })
    script = ['SOA-01002']
    expect((await failure({ strategy: 'ENDPOINT_FIRST' })).code).toBe('fault.not-authorised')
  })

  it('what is damaged in the store, or does not prove what it must', async () => {
    const damaged = { ...store, get: async () => 'not JSON' }
    expect(await isKept({ store: damaged })).toBe(false)
    await send()
    let judged = 0
    const verify = () => () => {
      judged += 1
      if (judged === 1) throw new Error('forged')
    }
    expect(await isKept({ verify })).toBe(false)
    expect(await isKept({ verify })).toBe(true)
    expect(judged).toBe(3)
  })
})
