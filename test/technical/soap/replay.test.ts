import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { isEHealthError, type Connection, type ConnectOptions } from '../../../src/index.js'
import { startSimulator, type Simulator } from '../../../src/simulator/index.js'
import { systemRuntime } from '../../../src/technical/environment/runtime.js'
import { call } from '../../../src/technical/soap/call.js'
import { createRecorder } from '../../../src/technical/soap/recording.js'
import { replayTransport, type Replay } from '../../../src/technical/soap/replay.js'
import type { HttpRequest } from '../../../src/technical/soap/types.js'
import { open } from '../observability/support.js'
import { ask } from './messages.js'

const copies: string[] = []
const made = async (): Promise<string> => {
  const directory = await mkdtemp(join(tmpdir(), 'replay-'))
  copies.push(directory)
  return directory
}
afterAll(() => Promise.all(copies.map((directory) => rm(directory, { recursive: true }))))

/** What a program does with the eHealthBox of two people; gives what it saw. */
async function program(
  me: Connection<'ehbox'>,
  colleague: Connection<'ehbox'>,
  to: string,
  trouble = (): void => undefined,
): Promise<unknown[]> {
  const seen: unknown[] = []
  const annex = { title: 'Report', fileName: 'r.txt', mimeType: 'text/plain', content: Buffer.from('12/8') }
  const letter = { to: [{ ssin: to, quality: 'NURSE' }], title: 'Letter', body: 'Dear colleague' }
  const sealed = await me.ehbox.send({ ...letter, annexes: [annex], encrypt: true })
  const clear = await me.ehbox.send({ ...letter, title: 'In the clear', annexes: [annex] })
  seen.push(sealed.outcome, clear.outcome, 'id' in sealed && sealed.id, 'id' in clear && clear.id)
  for await (const item of colleague.ehbox.messages()) {
    const read = await colleague.ehbox.read(item)
    seen.push([read.id, read.title])
    if (read.type === 'DOCUMENT')
      seen.push(read.body.text, read.annexes.length, read.verification?.authorMatchesSender)
  }
  trouble()
  seen.push(await me.ehbox.send({ ...letter, body: 'again', encrypt: true }).catch((error: Error) => error))
  return seen.map((value) => (isEHealthError(value) ? [value.code, value.platform?.code] : value))
}

describe('a run that was recorded', () => {
  let simulator: Simulator
  let directory: string
  let then: unknown[]
  beforeAll(async () => {
    directory = await made()
    // long ago: what is recorded has ended since
    simulator = await startSimulator({ clock: { now: () => new Date('2026-03-02T08:00:00Z') } })
    const options = { record: directory }
    await using me = await open(simulator, 'physician', options)
    await using colleague = await open(simulator, 'nurse', options)
    const { ssin } = simulator.personas.nurse
    await me.technical.token()
    then = await program(me, colleague, ssin, () =>
      simulator.faults.add({ kind: 'soa', code: 'SOA-02001', service: 'ehboxPublication', times: 1 }),
    )
    await simulator.close()
  })

  const replaying = async (replay: Replay): Promise<unknown[]> => {
    const options = { transport: replay, runtime: replay.runtime }
    await using me = await open(simulator, 'physician', options)
    await using colleague = await open(simulator, 'nurse', options)
    return await program(me, colleague, simulator.personas.nurse.ssin)
  }

  it('is repeated with the platform gone: same answers, same faults, every exchange used', async () => {
    const sawThis = ['sent', 'Dear colleague', true, ['fault.unavailable', 'SOA-02001']]
    expect(then).toEqual(expect.arrayContaining(sawThis))
    const replay = await replayTransport(directory)
    expect(replay.remaining()).toBeGreaterThan(8)
    expect(await replaying(replay)).toEqual(then)
    expect(replay.remaining()).toBe(0)
  })

  it('is repeated by the clock of then: by that of today its tokens have ended', async () => {
    const replay = await replayTransport(directory)
    expect(replay.runtime.now().toISOString()).toMatch(/^2026-03-02T08:00:0/)
    await using me = await open(simulator, 'physician', { transport: replay, runtime: systemRuntime })
    await expect(me.technical.token()).rejects.toMatchObject({ code: 'token.expired' })
  })

  it('has no answer to what was not asked then', async () => {
    const replay = await replayTransport(directory)
    await using me = await open(simulator, 'physician', { transport: replay, runtime: replay.runtime })
    const { ssin } = simulator.personas.nurse
    const other = me.ehbox.send({ to: [{ ssin, quality: 'NURSE' }], title: 'Another letter', body: 'x' })
    await expect(other).rejects.toMatchObject({
      code: 'recording.no-match',
      details: { reason: 'content', recorded: 3 },
      message: expect.not.stringContaining('Another letter') as string,
    })
    await expect(me.ehbox.read('0000000000000')).rejects.toMatchObject({ code: 'recording.no-match' })
  })

  it('cannot be repeated by somebody else', async () => {
    const replay = await replayTransport(directory)
    await using stranger = await open(simulator, 'nurse', { transport: replay, runtime: replay.runtime })
    await stranger.technical.token()
    const asked = stranger.ehbox.send({
      to: [{ ssin: simulator.personas.physician.ssin, quality: 'DOCTOR' }],
      title: 'x',
      body: 'x',
    })
    await expect(asked).rejects.toMatchObject({ code: 'recording.no-match' })
  })
})

describe('a recorded login', () => {
  it.each([
    [{ profile: 'ws-trust' }],
    [{ profile: 'saml-1.1' }],
    [{ profile: 'saml-1.1', operation: 'RequestSecureToken', innerSignature: { always: true } }],
  ] as const)('is repeated with the platform gone: %j', async (sts) => {
    const directory = await made()
    const simulator = await startSimulator({ clock: { now: () => new Date('2026-03-02T08:00:00Z') } })
    const login = async (options: Partial<ConnectOptions<'ehbox'>>) => {
      await using me = await open(simulator, 'physician', { sts, ...options })
      return { id: (await me.technical.token()).id, url: (await me.technical.signOn('artifact')).url }
    }
    const then = await login({ record: directory })
    await simulator.close()
    const replay = await replayTransport(directory)
    expect(await login({ transport: replay, runtime: replay.runtime })).toEqual(then)
    expect(replay.remaining()).toBe(0)
  })
})

describe('what is asked of a replay', () => {
  let directory: string
  beforeEach(async () => {
    directory = await made()
  })
  let count = 0
  afterEach(() => {
    count = 0
  })
  const envelope = (inner: string, header = ''): Buffer =>
    Buffer.from(
      `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Header>${header}</S:Header><S:Body>${inner}</S:Body></S:Envelope>`,
    )
  const headers = { 'Content-Type': 'text/xml', SOAPAction: '"urn:a"' }
  const keep = async (request: Buffer, more: object = {}): Promise<void> =>
    createRecorder(directory).record({
      service: 's',
      operation: 'o',
      url: 'https://one.example/path?x=1',
      requestHeaders: headers,
      request,
      status: 200,
      responseHeaders: { 'Content-Type': 'text/xml' },
      response: Buffer.from(`<answer>${(count += 1)}</answer>`),
      startedAt: new Date('2026-03-02T08:00:00Z'),
      milliseconds: 1,
      ...more,
    })
  const asking = (body: Buffer, more: Partial<HttpRequest> = {}): HttpRequest => ({
    url: 'https://two.example:8443/path',
    headers,
    body,
    ...more,
  })
  const answers = async (replay: Replay, ...bodies: Buffer[]): Promise<string[]> => {
    const given: string[] = []
    for (const body of bodies)
      given.push(
        Buffer.from((await replay.post(asking(body))).body)
          .toString()
          .replace(/<\/?answer>/g, ''),
      )
    return given
  }

  it('may differ in prefixes, header, ids, instants, signatures and sealed content', async () => {
    const cms = (end: string) =>
      Buffer.concat([
        Buffer.from('30820100', 'hex'),
        Buffer.from('06092a864886f70d010702', 'hex'),
        Buffer.from(end.repeat(20)),
      ]).toString('base64')
    const body = (p: string, x: { id: string; at: string; uuid: string; end: string }) =>
      `<${p}:q xmlns:${p}="urn:q" Id="${x.id}"><at>${x.at}</at><u>urn:uuid:${x.uuid}</u><c>${cms(x.end)}</c>` +
      `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${x.end}</ds:Signature><day>1990-01-01</day></${p}:q>`
    await keep(
      envelope(
        body('a', {
          id: '_1',
          at: '2026-03-02T08:00:00.123Z',
          uuid: '4a2c1c5e-0000-4000-8000-000000000001',
          end: 'x',
        }),
        '<h>1</h>',
      ),
    )
    const replay = await replayTransport(directory)
    const again = body('b', {
      id: '_2',
      at: '2027-01-01T00:00:00+01:00',
      uuid: '5b2c1c5e-1111-4000-8000-000000000001',
      end: 'y',
    })
    expect(await answers(replay, envelope(again, '<h>2</h>'))).toEqual(['1'])
  })

  it.each([
    ['text', '<q><a>2</a></q>'],
    ['a day', '<q><a>1</a><day>1990-01-02</day></q>'],
    ['the name of an element', '<r><a>1</a></r>'],
    ['a namespace', '<q xmlns="urn:other"><a>1</a></q>'],
    ['an attribute', '<q x="1"><a>1</a></q>'],
    ['structure', '<q><a>1</a><a></a></q>'],
    ['where an element ends', '<q><a>1<b></b></a></q>'],
  ])('must not differ in %s', async (_, inner) => {
    await keep(envelope('<q><a>1</a></q>'))
    const replay = await replayTransport(directory)
    await expect(replay.post(asking(envelope(inner)))).rejects.toMatchObject({ code: 'recording.no-match' })
    expect(await answers(replay, envelope('<q><a>1</a></q>'))).toEqual(['1'])
  })

  it('is of the same path and action', async () => {
    const body = envelope('<q/>')
    await keep(body)
    const replay = await replayTransport(directory)
    for (const more of [
      { url: 'https://one.example/other' },
      { headers: { ...headers, SOAPAction: '"urn:b"' } },
    ])
      await expect(replay.post(asking(body, more))).rejects.toMatchObject({
        code: 'recording.no-match',
        details: { reason: 'operation' },
      })
    expect((await replay.post(asking(body, { headers: { soapaction: 'urn:a' } }))).status).toBe(200)
  })

  it('is answered in the order of the recording, each once', async () => {
    const [one, two] = [envelope('<q>1</q>'), envelope('<q>2</q>')]
    for (const body of [one, two, one]) await keep(body)
    const replay = await replayTransport(directory)
    expect(await answers(replay, two, one, one)).toEqual(['2', '1', '3'])
    await expect(replay.post(asking(one))).rejects.toMatchObject({
      code: 'recording.no-match',
      details: { reason: 'exhausted', recorded: 2 },
    })
  })

  it('may differ in what its caller names', async () => {
    await keep(envelope('<q><n>1</n><a t="1"/></q>'))
    const changed = envelope('<q><n>2</n><a t="2"/></q>')
    await expect((await replayTransport(directory)).post(asking(changed))).rejects.toThrow()
    expect(await answers(await replayTransport(directory, { ignore: ['n', 't'] }), changed)).toEqual(['1'])
  })

  it('is answered under its own id where the answer names the request', async () => {
    const answer = '<d:Answer xmlns:d="urn:test:soap" InResponseTo="then"><Text>é</Text></d:Answer>'
    await keep(envelope('<demo:Ask xmlns:demo="urn:test:soap" Id="then"><Text>t</Text></demo:Ask>'), {
      requestHeaders: { ...headers, SOAPAction: '"urn:test:soap:ask"' },
      response: envelope(answer),
    })
    const transport = await replayTransport(directory)
    const { value } = await call(
      ask(),
      { Id: 'now', Text: 't', Flags: [] },
      {
        endpoint: 'https://any.example/path',
        security: { kind: 'none' },
        context: { transport, runtime: transport.runtime, emit: () => undefined },
      },
    )
    expect(value).toEqual({ Text: 'é' })
  })

  it('fails as it failed then', async () => {
    const body = envelope('<q/>')
    const silence = { status: undefined, response: undefined, responseHeaders: undefined }
    for (const error of ['transport.timeout', 'nonsense', undefined]) await keep(body, { ...silence, error })
    const replay = await replayTransport(directory)
    for (const code of ['transport.timeout', 'transport.reset', 'transport.reset'])
      await expect(replay.post(asking(body))).rejects.toMatchObject({ code })
  })

  it('gets multipart bodies as they were on the wire', async () => {
    const multipart = Buffer.from('--b\r\nContent-Type: text/xml\r\n\r\n<x/>\r\n--b--\r\n')
    const type = { 'Content-Type': 'multipart/related; boundary=b' }
    await keep(multipart, { requestHeaders: type, response: multipart, responseHeaders: type })
    const replay = await replayTransport(directory)
    const { body, headers: given } = await replay.post(asking(multipart, { headers: type }))
    expect(Buffer.from(body).equals(multipart)).toBe(true)
    expect(given).toEqual({ 'content-type': type['Content-Type'] })
  })

  it('is refused when the caller has given up, or the replay is closed', async () => {
    const body = envelope('<q/>')
    await keep(body)
    const replay = await replayTransport(directory)
    const signal = AbortSignal.abort()
    await expect(replay.post(asking(body, { signal }))).rejects.toMatchObject({ code: 'transport.aborted' })
    expect(replay.remaining()).toBe(1)
    replay.close()
    await expect(replay.post(asking(body))).rejects.toMatchObject({ code: 'configuration.closed' })
  })

  it('moves its clock to the exchange that was answered', async () => {
    const later = new Date('2026-03-02T10:00:00Z')
    await keep(envelope('<q>1</q>'))
    await keep(envelope('<q>2</q>'), { startedAt: later })
    const replay = await replayTransport(directory)
    expect(replay.runtime.now().getTime()).toBeLessThan(later.getTime())
    await answers(replay, envelope('<q>2</q>'))
    expect(replay.runtime.now().getTime()).toBeGreaterThanOrEqual(later.getTime())
    await answers(replay, envelope('<q>1</q>'))
    expect(replay.runtime.now().getTime()).toBeGreaterThanOrEqual(later.getTime())
  })
})

describe('a directory that is no recording', () => {
  let directory: string
  beforeEach(async () => {
    directory = await made()
  })
  const put = (name: string, content: string) => writeFile(join(directory, name), content)
  const about = (changes: object = {}) =>
    JSON.stringify({
      url: 'https://h/p',
      requestHeaders: {},
      status: 200,
      responseHeaders: {},
      milliseconds: 1,
      ...changes,
    })

  it.each<[string, Record<string, string>]>([
    ['is empty', {}],
    ['has other files only', { 'readme.txt': 'x', '12.json': about() }],
    ['has a damaged description', { '0001.json': '{', '0001-s-o-request.xml': 'x' }],
    ['has another kind of description', { '0001.json': '[]', '0001-s-o-request.xml': 'x' }],
    ['has an address that is none', { '0001.json': about({ url: 'x' }), '0001-s-o-request.xml': 'x' }],
    [
      'has headers that are none',
      { '0001.json': about({ requestHeaders: { a: 1 } }), '0001-s-o-request.xml': 'x' },
    ],
    ['has a start that is none', { '0001.json': about({ startedAt: 'then' }), '0001-s-o-request.xml': 'x' }],
    ['lacks a request', { '0001.json': about(), '0001-s-o-response.xml': 'x' }],
    ['lacks a response', { '0001.json': about(), '0001-s-o-request.xml': 'x' }],
    [
      'has a response that nobody got',
      {
        '0001.json': about({ status: null }),
        '0001-s-o-request.xml': 'x',
        '0001-s-o-response.xml': 'x',
      },
    ],
    [
      'has a number twice',
      {
        '0001.json': about({ status: null }),
        '0001-s-o-request.xml': 'x',
        '0001-t-o-request.xml': 'x',
      },
    ],
  ])('is refused when it %s', async (_, files) => {
    for (const [name, content] of Object.entries(files)) await put(name, content)
    await expect(replayTransport(directory)).rejects.toMatchObject({ code: 'recording.malformed' })
  })

  it('is refused with a description that was cut anywhere', async () => {
    await put('0001-s-o-request.xml', 'x')
    const whole = about({ status: null })
    for (let length = 0; length < whole.length; length += 1) {
      await put('0001.json', whole.slice(0, length))
      await expect(replayTransport(directory)).rejects.toMatchObject({ code: 'recording.malformed' })
    }
    await put('0001.json', whole)
    expect((await replayTransport(directory)).remaining()).toBe(1)
  })

  it('is refused when it is not there', async () => {
    const nowhere = replayTransport(join(directory, 'nowhere'))
    await expect(nowhere).rejects.toMatchObject({ code: 'recording.malformed' })
  })

  it('is none the less when exchanges in it were never finished', async () => {
    await put('0001.json', about({ status: null }))
    await put('0001-s-o-request.xml', 'no envelope')
    await put('0002-s-o-request.xml', '<unfinished')
    await put('.0003.claim', '')
    expect((await replayTransport(directory)).remaining()).toBe(1)
  })
})
