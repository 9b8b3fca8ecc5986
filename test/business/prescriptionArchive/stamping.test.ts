/** Sealing and sending against the platform, on good days and on bad ones. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { readTimeStampBag, readTimestampToken } from '../../../src/technical/timestamp/index.js'
import { workplace } from './support.js'
import { minute, noon, openHouse, takeIn, type House, type Opened } from './world.js'

const file = workplace()
let house: House

beforeAll(async () => {
  house = await openHouse(file)
})
afterAll(() => house.close())
beforeEach(() => {
  house.simulator.faults.clear()
  house.simulator.clock.set(noon)
})

const later = (milliseconds: number): void => house.simulator.clock.advance(milliseconds)
const stampCalls = (): number => house.simulator.calls('timestampAuthority')
const attempts = ({ store }: Opened) =>
  store.all<{ bagSequence: number; outcome: string }>('SELECT * FROM attempt ORDER BY bagSequence, n')
const stateOf = (opened: Opened) =>
  opened.events.flatMap((event) => (event.type === 'archive' ? [event.state] : []))
/** The archived documents of the platform that are bags of this archive, as text. */
const atPlatform = ({ store }: Opened): string[] => {
  const ours = new Set(
    store
      .all<{ bytes: Uint8Array }>('SELECT bytes FROM bag')
      .map(({ bytes }) => Buffer.from(bytes).toString()),
  )
  return house.simulator.timestamps.documents
    .map(({ base64 }) => Buffer.from(base64, 'base64').toString())
    .filter((text) => ours.has(text))
}

describe('on a good day', () => {
  it('a bag holds what was taken in, in order; the platform keeps its octets, the archive a verified stamp', async () => {
    const opened = await house.open()
    const { archive, store } = opened
    const contents = await takeIn(archive, 5)
    expect(await archive.seal()).toEqual({ bags: 1, entries: 5 })
    expect(opened.states()).toEqual(['SEALED'])
    expect(await archive.send()).toEqual({ archived: 1, quarantined: 0, refused: 0, failed: 0 })
    expect(opened.states()).toEqual(['ARCHIVED'])
    const { bytes } = store.get<{ bytes: Uint8Array }>('SELECT bytes FROM bag')!
    expect(readTimeStampBag(bytes).entries.map(({ ref }) => ref)).toEqual([1, 2, 3, 4, 5])
    expect(atPlatform(opened)).toEqual([Buffer.from(bytes).toString()])
    const stamp = store.get<{ serial: string; genTimeMs: number; tokenBytes: Uint8Array }>(
      'SELECT * FROM stamp',
    )!
    expect(readTimestampToken(stamp.tokenBytes)).toMatchObject({
      serial: stamp.serial,
      genTimeMs: stamp.genTimeMs,
    })
    expect(contents).toHaveLength(5)
    expect(stateOf(opened)).toEqual(['sealed', 'stamped'])
  })

  it('an interval in which nothing came makes no bag, and is noted', async () => {
    const opened = await house.open()
    expect(await opened.archive.seal()).toEqual({ bags: 0, entries: 0 })
    expect(opened.states()).toEqual([])
    expect((await opened.archive.status()).heartbeat).toEqual(noon)
    expect(await opened.archive.send()).toMatchObject({ archived: 0 })
    expect(stateOf(opened)).toEqual(['heartbeat'])
  })

  it('more than a bag may hold is several, each chained to the one before', async () => {
    const opened = await house.open({ maxEntriesPerBag: 2 })
    await takeIn(opened.archive, 5)
    expect(await opened.archive.seal()).toEqual({ bags: 3, entries: 5 })
    const bags = opened.store.all<{ sha256: Uint8Array; prevSha256: Uint8Array | null }>('SELECT * FROM bag')
    expect(bags.map(({ prevSha256 }) => prevSha256?.toString())).toEqual([
      undefined,
      bags[0]!.sha256.toString(),
      bags[1]!.sha256.toString(),
    ])
    expect(await opened.archive.send()).toMatchObject({ archived: 3 })
  })

  it('runs by itself: at the marks of the interval, and until it is stopped', async () => {
    const { simulator } = house
    const runtime = {
      ...simulator.runtime,
      sleep: async (milliseconds: number) => {
        simulator.clock.advance(Math.min(milliseconds, 1000))
        await new Promise((resolve) => setImmediate(resolve))
      },
    }
    const opened = await house.open({ runtime })
    const stop = new AbortController()
    simulator.clock.set(new Date(noon.getTime() + minute))
    await takeIn(opened.archive, 3)
    const running = opened.archive.run({ signal: stop.signal })
    while ((await opened.archive.status()).bags.ARCHIVED === 0)
      await new Promise((resolve) => setTimeout(resolve, 10))
    stop.abort()
    await running
    const { sealedAt } = opened.store.get<{ sealedAt: number }>('SELECT sealedAt FROM bag')!
    expect(sealedAt - noon.getTime()).toBeGreaterThanOrEqual(5 * minute)
    expect(sealedAt - noon.getTime()).toBeLessThan(6 * minute)
    expect(opened.store.get('SELECT expiresAt FROM lease')).toEqual({ expiresAt: 0 })
  })
})

describe('when the answer gets lost', () => {
  it.each(['drop', 'truncate'] as const)(
    'the same octets are sent again under the same name (%s), and the bag has both stamps at the platform',
    async (kind) => {
      const opened = await house.open()
      await takeIn(opened.archive, 2)
      await opened.archive.seal()
      const plan = kind === 'drop' ? ({ kind, when: 'after' } as const) : ({ kind } as const)
      house.simulator.faults.add({ service: 'timestampAuthority', ...plan, times: 1 })
      expect(await opened.archive.send()).toMatchObject({ failed: 1 })
      expect(opened.states()).toEqual(['UNKNOWN'])
      const calls = stampCalls()
      expect(await opened.archive.send()).toMatchObject({ archived: 0, failed: 0 })
      expect(stampCalls()).toBe(calls)
      later(5 * minute)
      expect(await opened.archive.send()).toMatchObject({ archived: 1 })
      expect(attempts(opened).map(({ outcome }) => outcome)).toEqual(['unknown', 'answered'])
      const [first, second, ...more] = atPlatform(opened)
      expect([second, more]).toEqual([first, []])
      const named = house.simulator.timestamps.documents.slice(-2).map(({ requestId }) => requestId)
      expect(named[0]).toBe(named[1])
    },
  )

  it('a process that died while sending leaves a bag that is sent again', async () => {
    const { archive, file: name, store } = await house.open()
    await takeIn(archive, 1)
    await archive.seal()
    store.run(`UPDATE bag SET state = 'SENDING', attempts = 1`)
    store.run('INSERT INTO attempt (bagSequence, n, sentAt) VALUES (1, 1, ?)', noon.getTime())
    await archive.close()
    const again = await house.open({ file: name })
    expect(await again.archive.send()).toMatchObject({ archived: 1 })
    expect(attempts(again).map(({ outcome }) => outcome)).toEqual(['unknown', 'answered'])
  })

  it('a process that died before it judged the answer leaves one that is judged, not asked for again', async () => {
    const { archive, file: name, store } = await house.open()
    await takeIn(archive, 1)
    await archive.seal()
    await archive.send()
    store.run(`UPDATE bag SET state = 'STAMPED'`)
    store.run('DELETE FROM stamp')
    await archive.close()
    const calls = stampCalls()
    const again = await house.open({ file: name })
    await again.archive.send()
    expect(again.states()).toEqual(['ARCHIVED'])
    expect(again.store.get('SELECT count(*) AS n FROM stamp')).toEqual({ n: 1 })
    expect(stampCalls()).toBe(calls)
  })
})

describe('when the platform does not take it', () => {
  it('an outage ends the round, sealing goes on, and afterwards everything is stamped in order', async () => {
    const opened = await house.open()
    house.simulator.faults.add({ service: 'timestampAuthority', kind: 'html', times: Infinity })
    for (const round of ['a', 'b', 'c']) {
      await takeIn(opened.archive, 2, round)
      await opened.archive.seal()
      later(5 * minute)
    }
    const calls = stampCalls()
    expect(await opened.archive.send()).toMatchObject({ failed: 1 })
    expect(stampCalls()).toBe(calls + 1)
    house.simulator.faults.clear()
    later(5 * minute)
    expect(await opened.archive.send()).toMatchObject({ archived: 3 })
    const times = opened.store.all<{ bagSequence: number }>(
      'SELECT bagSequence FROM stamp ORDER BY genTimeMs, serial',
    )
    expect(times.map(({ bagSequence }) => bagSequence)).toEqual([1, 2, 3])
  })

  it('with hold, an outage makes fewer and larger bags', async () => {
    const opened = await house.open({ duringOutage: 'hold' })
    house.simulator.faults.add({ service: 'timestampAuthority', kind: 'html', times: Infinity })
    for (const round of ['a', 'b', 'c']) {
      await takeIn(opened.archive, 2, round)
      await opened.archive.seal()
      await opened.archive.send()
      later(5 * minute)
    }
    expect(opened.states()).toHaveLength(1)
    house.simulator.faults.clear()
    await opened.archive.send()
    expect(await opened.archive.seal()).toEqual({ bags: 1, entries: 4 })
  })

  it('a bag that is refused is set apart and holds nobody up, until somebody has looked', async () => {
    const opened = await house.open({ maxEntriesPerBag: 1 })
    await takeIn(opened.archive, 2)
    await opened.archive.seal()
    house.simulator.faults.add({
      service: 'timestampAuthority',
      kind: 'stamp-result',
      major: 'RequesterError',
      times: 1,
    })
    expect(await opened.archive.send()).toMatchObject({ archived: 1, refused: 1 })
    expect(opened.states()).toEqual(['REFUSED', 'ARCHIVED'])
    expect(stateOf(opened)).toContain('refused')
    later(60 * minute)
    expect(await opened.archive.send()).toMatchObject({ archived: 0, refused: 0 })
    expect(opened.archive.resume({ refused: true })).toBe(1)
    expect(await opened.archive.send()).toMatchObject({ archived: 1 })
  })

  it('trouble of the authority in a row ends the round', async () => {
    const opened = await house.open({ maxEntriesPerBag: 1 })
    await takeIn(opened.archive, 6)
    await opened.archive.seal()
    house.simulator.faults.add({ service: 'timestampAuthority', kind: 'stamp-result', times: Infinity })
    expect(await opened.archive.send()).toMatchObject({ archived: 0, failed: 3 })
    house.simulator.faults.clear()
    later(5 * minute)
    expect(await opened.archive.send()).toMatchObject({ archived: 6 })
  })

  it.each(['SOA-01001', 'SOA-01002'] as const)(
    '%s stops sending instead of hammering, until somebody says to go on',
    async (code) => {
      const opened = await house.open({ maxEntriesPerBag: 1 })
      await takeIn(opened.archive, 2)
      await opened.archive.seal()
      house.simulator.faults.add({ service: 'timestampAuthority', kind: 'soa', code, times: Infinity })
      await opened.archive.send()
      const calls = stampCalls()
      expect((await opened.archive.status()).halted).toMatch(/^fault\.not-auth/)
      later(60 * minute)
      await opened.archive.send()
      expect(stampCalls()).toBe(calls)
      house.simulator.faults.clear()
      opened.archive.resume()
      expect(await opened.archive.send()).toMatchObject({ archived: 2 })
      expect((await opened.archive.status()).halted).toBeUndefined()
      expect(stateOf(opened)).toContain('halted')
    },
  )

  it('pauses grow, differ, and never exceed the interval', async () => {
    const opened = await house.open()
    await takeIn(opened.archive, 1)
    await opened.archive.seal()
    house.simulator.faults.add({ service: 'timestampAuthority', kind: 'stamp-result', times: Infinity })
    const pauses: number[] = []
    for (let round = 0; round < 10; round += 1) {
      await opened.archive.send()
      const { nextAttemptAt } = opened.store.get<{ nextAttemptAt: number }>('SELECT nextAttemptAt FROM bag')!
      pauses.push(nextAttemptAt - house.simulator.runtime.now().getTime())
      later(5 * minute)
    }
    for (const [index, pause] of pauses.entries()) {
      const whole = Math.min(5 * minute, 5000 * 2 ** index)
      expect(pause).toBeGreaterThanOrEqual(whole / 2)
      expect(pause).toBeLessThanOrEqual(whole)
    }
    expect(new Set(pauses).size).toBeGreaterThan(5)
  })
})

describe('a stamp that does not verify', () => {
  it.each(['other-data', 'signature', 'no-purpose'] as const)(
    'is kept apart (%s), and another one is asked for',
    async (flaw) => {
      const opened = await house.open()
      await takeIn(opened.archive, 1)
      await opened.archive.seal()
      house.simulator.faults.add({ service: 'timestampAuthority', kind: 'stamp', flaw, times: 1 })
      expect(await opened.archive.send()).toMatchObject({ quarantined: 1, archived: 0 })
      expect(opened.states()).toEqual(['QUARANTINED'])
      later(5 * minute)
      expect(await opened.archive.send()).toMatchObject({ archived: 1 })
      expect(opened.store.get('SELECT count(*) AS n FROM stamp')).toEqual({ n: 1 })
      expect(attempts(opened)).toHaveLength(2)
    },
  )

  it('of an authority that is not trusted yet waits for the trust store, and is archived without asking again', async () => {
    const opened = await house.open()
    const { archive, store, file: name } = opened
    await house.simulator.timestamps.rotate()
    await takeIn(archive, 1)
    await archive.seal()
    await archive.send()
    expect(opened.states()).toEqual(['QUARANTINED'])
    const calls = stampCalls()
    later(24 * 60 * minute)
    expect(await archive.send()).toMatchObject({ archived: 0, quarantined: 0 })
    expect(stampCalls()).toBe(calls)
    expect(store.get('SELECT count(*) AS n FROM stamp')).toEqual({ n: 0 })
    await archive.close()
    const again = await house.open({ file: name, trust: house.simulator.timestamps.certificates })
    await again.archive.send()
    expect(again.states()).toEqual(['ARCHIVED'])
    expect(stampCalls()).toBe(calls)
  })

  it('that cannot be read, or is missing, is asked for again', async () => {
    const trust = house.simulator.timestamps.certificates
    for (const flaw of ['missing', 'no-timestamp', 'other-request'] as const) {
      const opened = await house.open({ trust })
      await takeIn(opened.archive, 1)
      await opened.archive.seal()
      house.simulator.faults.add({ service: 'timestampAuthority', kind: 'stamp', flaw, times: 1 })
      await opened.archive.send()
      expect(opened.states()).not.toEqual(['ARCHIVED'])
      const [attempt] = opened.store.all<{ response: Uint8Array | null }>('SELECT response FROM attempt')
      expect(attempt!.response).not.toBeNull()
      later(5 * minute)
      expect(await opened.archive.send()).toMatchObject({ archived: 1 })
    }
  })
})

describe('what is wrong here', () => {
  it('is told before anything is sent', async () => {
    const calls = stampCalls()
    const alone = await house.open({ trust: [] })
    await takeIn(alone.archive, 1)
    await alone.archive.seal()
    await expect(alone.archive.send()).rejects.toMatchObject({ code: 'timestamp.no-trust', path: 'trust' })
    await expect(alone.archive.run({ signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'timestamp.no-trust',
    })
    expect(stampCalls()).toBe(calls)
  })

  it('two sealers: the second stands back', async () => {
    const first = await house.open()
    await takeIn(first.archive, 1)
    await first.archive.seal()
    const second = await house.open({ file: first.file })
    await expect(second.archive.seal()).rejects.toMatchObject({
      code: 'prescription-archive.leased',
      retryable: true,
    })
    expect(await second.archive.add({ content: Buffer.from('also taken in') })).toMatchObject({ ref: 2 })
    await first.archive.close()
    expect(await second.archive.seal()).toEqual({ bags: 1, entries: 1 })
  })
})
