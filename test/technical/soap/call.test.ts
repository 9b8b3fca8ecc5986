import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer as createTcpServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { systemRuntime } from '../../../src/technical/environment/runtime.js'
import { call } from '../../../src/technical/soap/call.js'
import { createRecorder } from '../../../src/technical/soap/recording.js'
import { createTransport } from '../../../src/technical/soap/transport.js'
import { libraryVersion } from '../../../src/technical/soap/version.js'
import type { Operation, PipelineContext, Transport, WireEvent } from '../../../src/technical/soap/types.js'
import { ask, type Ask } from './messages.js'
import { startTestServer, type TestServer } from './testServer.js'

const secret = 'PATIENT-SECRET'
const request: Ask = { Id: 'ask-1', Text: secret, Flags: [] }
const envelope = (inner: string): string =>
  `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>${inner}</S:Body></S:Envelope>`
const answer = envelope(`<d:Answer xmlns:d="urn:test:soap"><Text>${secret}</Text></d:Answer>`)
const fault = envelope(
  '<S:Fault><faultcode>S:Client</faultcode><faultstring>SOA-01001</faultstring><detail>' +
    '<e:SystemError xmlns:e="urn:be:fgov:ehealth:errors:soa:v1" Id="ticket-1"><Origin>Consumer</Origin>' +
    `<Code>SOA-01001</Code><Message xml:lang="en">${secret}</Message></e:SystemError></detail></S:Fault>`,
)

const bodies: Record<string, string> = {
  '/fault': fault,
  '/other': envelope('<x/>'),
  '/mine': answer.replace(' xmlns:d=', ' InResponseTo="ask-1" xmlns:d='),
  '/another': answer.replace(' xmlns:d=', ' InResponseTo="ask-2" xmlns:d='),
  '/large': 'x'.repeat(200_000),
}

let server: TestServer
let transport: Transport
const seen: { path: string; headers: Record<string, unknown>; body: string }[] = []

beforeAll(async () => {
  server = await startTestServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const path = incoming.url ?? ''
      seen.push({ path, headers: incoming.headers, body: Buffer.concat(chunks).toString() })
      if (path === '/silent') return
      if (path === '/cut') {
        outgoing.writeHead(200, { 'Content-Type': 'text/xml', 'Content-Length': '9999' })
        outgoing.write('<cut')
        setTimeout(() => incoming.socket.destroy(), 20)
        return
      }
      if (path === '/redirect') return void outgoing.writeHead(302, { Location: '/ok' }).end()
      const body = bodies[path] ?? answer
      const headers = { 'Content-Type': 'text/xml; charset=utf-8', 'X-CorrelationID': 'correlation-1' }
      outgoing.writeHead(path === '/fault' ? 500 : 200, headers).end(body)
    })
  })
  transport = createTransport({
    trust: [server.authorities.root.certificate.toPem()],
    maxResponseBytes: 100_000,
  })
})
afterAll(async () => {
  transport.close()
  await server.close()
})

const events: WireEvent[] = []
const context = (more: Partial<PipelineContext> = {}): PipelineContext => ({
  transport,
  runtime: systemRuntime,
  emit: (event) => events.push(event),
  ...more,
})
const send = (path: string, more: Partial<PipelineContext> = {}, timeout?: number) =>
  call(ask(), request, {
    endpoint: server.url + path,
    security: { kind: 'none' },
    context: context(more),
    ...(timeout === undefined ? {} : { timeout }),
  })

describe('a call over HTTPS', () => {
  it('gives the value, and what is known of the exchange; the raw messages do not show', async () => {
    const { value, meta, element } = await send('/ok')
    expect(value).toEqual({ Text: secret })
    expect(element.local).toBe('Answer')
    expect(meta).toMatchObject({ operation: 'ask', httpStatus: 200, correlationId: 'correlation-1' })
    expect(meta.raw.response).toBe(answer)
    expect(JSON.stringify(meta) + inspect(meta)).not.toContain(secret)
  })

  it('quotes the SOAPAction and says what it sends', async () => {
    await send('/ok', { userAgent: 'Sample/1.0' })
    expect(seen.at(-1)?.headers).toMatchObject({
      soapaction: '"urn:test:soap:ask"',
      'content-type': 'text/xml; charset=utf-8',
      'user-agent': `Sample/1.0 eHealthConnectors/${libraryVersion}`,
    })
  })

  it('turns a fault into its error and an event, without the texts of the platform', async () => {
    events.length = 0
    const error = await send('/fault').catch((e: unknown) => e)
    expect(error).toMatchObject({
      code: 'fault.not-authenticated',
      platform: { code: 'SOA-01001', id: 'ticket-1', correlationId: 'correlation-1', httpStatus: 500 },
    })
    const wire = events.filter(({ type }) => type !== 'phase' && type !== 'call')
    expect(wire.map(({ type }) => type)).toEqual(['request', 'response', 'fault'])
    expect(wire.at(-1)).toMatchObject({ platformCode: 'SOA-01001', ticket: 'ticket-1' })
    expect(events.at(-1)).toMatchObject({ type: 'call', state: 'ended', code: 'fault.not-authenticated' })
    expect(JSON.stringify(events)).not.toContain(secret)
  })

  it('refuses another element than the one promised', async () => {
    await expect(send('/other')).rejects.toMatchObject({ code: 'contract.unreadable' })
  })

  it('refuses an answer to another request', async () => {
    await expect(send('/mine')).resolves.toMatchObject({ value: { Text: secret } })
    await expect(send('/another')).rejects.toMatchObject({
      code: 'contract.unreadable',
      path: 'Answer@InResponseTo',
    })
  })

  it('is not disturbed by a listener that throws', async () => {
    const emit = (): never => {
      throw new Error('listener')
    }
    await expect(send('/ok', { emit })).resolves.toMatchObject({ value: { Text: secret } })
  })

  it('sends nothing when the request breaks its contract or the security is another', async () => {
    const before = seen.length
    const target = { endpoint: server.url, security: { kind: 'none' } as const, context: context() }
    await expect(call(ask(), { ...request, Text: 1 } as never, target)).rejects.toMatchObject({
      code: 'contract.invalid',
    })
    const signed: Operation<Ask, { Text: string }> = ask('x509')
    await expect(call(signed, request, target)).rejects.toMatchObject({ code: 'configuration.invalid' })
    expect(seen).toHaveLength(before)
  })
})

describe('the transport', () => {
  it.each([
    ['/silent', 'transport.timeout', 100],
    ['/cut', 'transport.reset', 5000],
    ['/large', 'transport.too-large', 5000],
    ['/redirect', 'transport.http', 5000],
  ])('%s gives %s, and no error holds the request', async (path, code, timeout) => {
    const error = await send(path, {}, timeout).catch((e: unknown) => e)
    expect(error).toMatchObject({ code })
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(secret)
  })

  it('trusts only the anchors it was given', async () => {
    const other = createTransport()
    await expect(send('/ok', { transport: other })).rejects.toMatchObject({ code: 'transport.tls' })
    other.close()
  })

  it('knows a host that refuses, a name that is none and a handshake that never ends', async () => {
    const tcp = createTcpServer(() => {})
    await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve))
    const { port } = tcp.address() as AddressInfo
    const impatient = createTransport({ connectTimeout: 100 })
    const post = (url: string) => impatient.post({ url, headers: {}, body: Buffer.from(secret) })
    await expect(post(`https://127.0.0.1:${port}`)).rejects.toMatchObject({
      code: 'transport.connect-timeout',
    })
    tcp.close()
    await expect(post('https://127.0.0.1:1')).rejects.toMatchObject({
      code: 'transport.connect',
      message: 'no connection to the endpoint (127.0.0.1:1, ECONNREFUSED)',
      hint: expect.stringContaining('`ehealth simulator`') as string,
    })
    impatient.close()
  })

  it('can be aborted, and closed for good', async () => {
    const controller = new AbortController()
    const waiting = transport.post({
      url: `${server.url}/silent`,
      headers: {},
      body: Buffer.from(secret),
      signal: controller.signal,
    })
    controller.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'transport.aborted' })
    const closed = createTransport()
    closed.close()
    await expect(send('/ok', { transport: closed })).rejects.toMatchObject({ code: 'configuration.closed' })
  })

  it.each(['http://services.example.test/x', 'ftp://localhost', 'nonsense'])('refuses %s', async (url) => {
    await expect(transport.post({ url, headers: {}, body: Buffer.alloc(0) })).rejects.toMatchObject({
      code: 'configuration.invalid',
    })
  })
})

describe('a recording', () => {
  it('holds the bytes on the wire, numbered without gaps under concurrency, and goes on behind old ones', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'recording-'))
    try {
      const recorder = createRecorder(directory)
      await Promise.all(Array.from({ length: 5 }, () => send('/ok', { recorder })))
      await send('/silent', { recorder: createRecorder(directory) }, 50).catch(() => undefined)
      const names = readdirSync(directory).toSorted()
      expect(names).toHaveLength(5 * 3 + 2)
      expect(names).toContain('0005-ehboxconsultation-ask-response.xml')
      expect(names).toContain('0006-ehboxconsultation-ask-request.xml')
      expect(readFileSync(join(directory, '0003-ehboxconsultation-ask-response.xml'), 'utf8')).toBe(answer)
      expect(JSON.parse(readFileSync(join(directory, '0001.json'), 'utf8'))).toMatchObject({
        url: `${server.url}/ok`,
        status: 200,
        requestHeaders: { SOAPAction: '"urn:test:soap:ask"' },
      })
    } finally {
      rmSync(directory, { recursive: true })
    }
  })

  it.skipIf(process.platform === 'win32')('is for the eyes of its owner only', async () => {
    const parent = mkdtempSync(join(tmpdir(), 'recording-'))
    try {
      const directory = join(parent, 'made')
      await send('/ok', { recorder: createRecorder(directory) })
      const modes = [directory, ...readdirSync(directory).map((name) => join(directory, name))].map(
        (path) => statSync(path).mode & 0o077,
      )
      expect(modes).toEqual([0, 0, 0, 0])
    } finally {
      rmSync(parent, { recursive: true })
    }
  })

  it('keeps names inside the directory and multipart bodies as .mime', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'recording-'))
    try {
      await createRecorder(directory).record({
        service: '../x',
        operation: 'a/b',
        url: 'https://localhost',
        requestHeaders: {},
        request: Buffer.from('--b\r\n'),
        milliseconds: 1,
      })
      expect(readdirSync(directory).toSorted()).toEqual(['0001-___x-a_b-request.mime', '0001.json'])
    } finally {
      rmSync(directory, { recursive: true })
    }
  })
})
