/**
 * Every kind of trouble that the simulator can make, against a session with short times and small limits: the caller
 * learns what happened, the session survives, nothing stays behind, nothing is sent twice that must not be.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import type { ListedMessage } from '../../src/business/ehbox/index.js'
import { connect, type Connection } from '../../src/index.js'
import { nurse, physician } from '../../src/professions/index.js'
import { startSimulator, type FaultPlan, type Simulator } from '../../src/simulator/index.js'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator()
}, 120_000)
afterAll(() => simulator.close())

const limit = 2 << 20
let me: Connection<'ehbox'>
beforeEach(async () => {
  me = await open('physician')
  await me.technical.token()
  await me.technical.etk.own()
})
afterEach(async () => {
  simulator.faults.clear()
  await me.close()
  // the server sees it too: no connection of a closed session stands
  await expect.poll(() => simulator.connections()).toBe(0)
})

async function open(name: 'physician' | 'nurse', attempts = 1): Promise<Connection<'ehbox'>> {
  const { ssin, nihii, keystore, password } = simulator.personas[name]
  return connect({
    environment: simulator.environment,
    keystore: { bytes: keystore, password },
    as: name === 'physician' ? physician({ ssin, nihii }) : nurse({ ssin, nihii }),
    timeout: 6000,
    http: { idleTimeout: 2000, connectTimeout: 5000, maxResponseBytes: limit },
    retry: { attempts },
  })
}

/** Trouble, the error of the caller, and whether the message certainly came to nothing. */
const troubles: [FaultPlan, Record<string, unknown>][] = [
  [{ kind: 'delay', milliseconds: 4000 }, { code: 'transport.idle-timeout' }],
  [{ kind: 'drop', when: 'before' }, { code: 'transport.reset' }],
  [{ kind: 'drop', when: 'after' }, { code: 'transport.reset' }],
  [{ kind: 'truncate' }, { code: 'transport.reset' }],
  [{ kind: 'stall' }, { code: 'transport.idle-timeout' }],
  [{ kind: 'trickle', milliseconds: 40 }, { code: 'transport.timeout' }],
  [
    { kind: 'oversized', octets: 400 << 20 },
    { code: 'transport.too-large', details: { limit } },
  ],
  [{ kind: 'oversized', octets: 400 << 20, coding: 'gzip' }, { code: 'transport.too-large' }],
  [{ kind: 'oversized', octets: 400 << 20, coding: 'deflate' }, { code: 'transport.too-large' }],
  [{ kind: 'content-type' }, { code: 'transport.content', details: { contentType: 'text/plain' } }],
  [{ kind: 'content-type', contentType: 'application/json' }, { code: 'transport.content' }],
  [{ kind: 'html' }, { code: 'transport.http', platform: { httpStatus: 503 } }],
  [
    { kind: 'html', status: 200 },
    { code: 'transport.content', details: { contentType: 'text/html' } },
  ],
  [
    { kind: 'html', status: 401 },
    { code: 'transport.http', retryable: false },
  ],
  [
    { kind: 'empty', status: 202 },
    { code: 'transport.content', platform: { httpStatus: 202 } },
  ],
  [{ kind: 'empty', status: 500 }, { code: 'transport.http' }],
  [{ kind: 'empty', status: 404 }, { code: 'transport.http' }],
  [
    { kind: 'soa', code: 'SOA-00001' },
    { code: 'fault.other', retryable: false },
  ],
  [{ kind: 'soa', code: 'SOA-01002' }, { code: 'fault.not-authorised' }],
  [{ kind: 'soa', code: 'SOA-02001' }, { code: 'fault.unavailable' }],
  [{ kind: 'soa', code: 'SOA-02002' }, { code: 'fault.temporarily-unavailable' }],
  [
    { kind: 'soa', code: 'SOA-02002', retry: false },
    { retryable: false, platform: { retry: false } },
  ],
  [{ kind: 'soa', code: 'SOA-03006' }, { code: 'fault.schema' }],
  [{ kind: 'switch' }, { code: 'fault.unavailable' }],
  [{ kind: 'timestamp' }, { code: 'signature.timestamp' }],
  [{ kind: 'doctype' }, { code: 'xml.doctype' }],
  [{ kind: 'foreign-element' }, { code: 'contract.unreadable' }],
]

type Failure = { code: string; details?: { attempts?: unknown[] } }
const failure = (call: Promise<unknown>): Promise<Failure> =>
  call.then(
    () => expect.unreachable('answered'),
    (reason: unknown) => reason as Failure,
  )

describe('a question that meets', () => {
  it.each(troubles)(
    '%j',
    async (plan, expected) => {
      simulator.faults.add({ ...plan, service: 'ehboxConsultation' })
      const error = await failure(me.ehbox.info())
      const { details, ...rest } = expected as { details?: object }
      expect(error).toMatchObject(rest)
      if (details !== undefined) expect(error.details).toMatchObject(details)
      expect(error.details?.attempts).toHaveLength(1)
      // the session survives
      expect((await me.ehbox.info()).meta.httpStatus).toBe(200)
    },
    30_000,
  )

  it('a refused signature gets a new token and an answer', async () => {
    simulator.faults.add({ kind: 'soa', code: 'SOA-01001', service: 'ehboxConsultation' })
    expect((await me.ehbox.info()).meta.failedAttempts).toHaveLength(1)
    // what is said of a signature in an answer that has none is a refusal of the one in the request
    simulator.faults.add({ kind: 'signature', service: 'ehboxConsultation' })
    expect((await me.ehbox.info()).meta.failedAttempts).toHaveLength(1)
    await me.close()
    me = await open('physician')
    simulator.faults.add({ kind: 'signature', service: 'sts' })
    await expect(me.technical.token()).rejects.toMatchObject({ code: 'signature.invalid' })
  }, 30_000)

  it('a service whose clock is off says so, as far as it can be told', async () => {
    simulator.faults.add({
      kind: 'clock',
      milliseconds: -600_000,
      service: 'ehboxConsultation',
      times: Infinity,
    })
    const error = await failure(me.ehbox.info())
    expect(error).toMatchObject({
      code: 'fault.not-authenticated',
      message: expect.stringMatching(/clock is (599|600|601) s ahead/) as string,
    })
    simulator.faults.clear()
    expect((await me.ehbox.info()).meta.httpStatus).toBe(200)
  })

  it('a token that somebody else signed is none', async () => {
    await me.close()
    me = await open('physician')
    for (const [kind, code] of [
      ['assertion-signature', 'signature.invalid'],
      ['assertion-signer', 'token.untrusted'],
    ] as const) {
      simulator.faults.add({ kind, service: 'sts' })
      expect((await failure(me.technical.token())).code).toBe(code)
    }
    expect((await me.ehbox.info()).meta.httpStatus).toBe(200)
  })

  it('is met with every kind of trouble that there is', () => {
    const refused = (): void => simulator.faults.add({ kind: 'none of them' } as never)
    let told = ''
    try {
      refused()
    } catch (error) {
      told = (error as Error).message
    }
    const kinds = /expected one of (.*)/.exec(told)![1]!.split(', ')
    // tests of their own: of the STS, of clocks, of time stamps, and of mail that goes astray or looks otherwise
    const elsewhere = [
      'signature',
      'clock',
      'assertion-signature',
      'assertion-signer',
      'assertion-sha1',
      'assertion-wrapped',
      'undelivered',
      'dialect',
      'stamp',
      'stamp-result',
      'archive-error',
    ]
    expect([...new Set([...troubles.map(([{ kind }]) => kind), ...elsewhere])].sort()).toEqual(kinds.sort())
  })

  it('an attachment that trickles in ends in time', async () => {
    const content = Buffer.alloc(4000, 'content')
    const { ssin } = simulator.personas.nurse
    const annexes = [{ title: 'A', fileName: 'a.txt', mimeType: 'text/plain', content }]
    await me.ehbox.send({ to: [{ ssin, quality: 'NURSE' }], title: 'T', body: 'text', annexes })
    const reader = await open('nurse')
    try {
      let message: ListedMessage | undefined
      for await (const listed of reader.ehbox.messages({ folder: 'INBOX' })) message ??= listed
      simulator.faults.add({
        kind: 'trickle',
        from: 'attachment',
        milliseconds: 40,
        operation: 'getFullMessage',
      })
      await expect(reader.ehbox.read(message!)).rejects.toMatchObject({ code: 'transport.timeout' })
      expect(await reader.ehbox.read(message!)).toMatchObject({ annexes: [{ title: 'A' }] })
    } finally {
      await reader.close()
    }
  }, 40_000)
})

describe('a message that must not be sent twice and meets', () => {
  it.each(troubles)(
    '%j',
    async (plan) => {
      await me.close()
      // as often as the library would like
      me = await open('physician', 5)
      await me.technical.token()
      const { ssin } = simulator.personas.nurse
      const send = () => me.ehbox.send({ to: [{ ssin, quality: 'NURSE' }], title: 'T', body: 'text' })
      const before = simulator.calls('ehboxPublication')
      simulator.faults.add({ ...plan, service: 'ehboxPublication', times: Infinity })
      const error = await failure(send())
      expect(error.details?.attempts).toHaveLength(1)
      // a late one is counted when it is answered
      const calls = () => simulator.calls('ehboxPublication')
      await expect.poll(calls, { timeout: 10_000 }).toBe(before + 1)
      simulator.faults.clear()
      expect((await send()).outcome).toBe('sent')
      expect(calls()).toBe(before + 2)
    },
    30_000,
  )
})

describe('memory', () => {
  it('stays bounded while bombs go off side by side', async () => {
    for (const coding of ['gzip', 'deflate'] as const)
      simulator.faults.add({
        kind: 'oversized',
        octets: 300 << 20,
        coding,
        service: 'ehboxConsultation',
        times: 4,
      })
    const before = process.memoryUsage.rss()
    const codes = await Promise.all(
      Array.from({ length: 8 }, async () => (await failure(me.ehbox.info())).code),
    )
    expect(new Set(codes)).toEqual(new Set(['transport.too-large']))
    // 2.4 GB stand behind the answers; the simulator that makes them is in this very process
    expect(process.memoryUsage.rss() - before).toBeLessThan(250 << 20)
  }, 60_000)
})

describe('timers and sockets', () => {
  it('are gone with the session, whatever went wrong', async () => {
    await me.close()
    await expect.poll(() => simulator.connections()).toBe(0)
    const resources = () =>
      process
        .getActiveResourcesInfo()
        .filter((name) => /^(TCPSocketWrap|TLSWrap|Timeout|GetAddrInfoReqWrap|ZLIB)/.test(name))
        .filter((name) => name !== 'Timeout').length
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    const before = { resources: resources(), timers: timers() }
    me = await open('physician')
    await me.technical.token()
    for (const [plan] of troubles) {
      simulator.faults.add({ ...plan, service: 'ehboxConsultation' })
      await failure(me.ehbox.info())
    }
    await me.close()
    await expect.poll(() => simulator.connections()).toBe(0)
    await expect.poll(resources).toBe(before.resources)
    await expect.poll(timers, { timeout: 10_000 }).toBeLessThanOrEqual(before.timers + 1)
  }, 120_000)
})
