/** Business continuity between the library and the simulated platform: its list, its recovery endpoints, its bad days. */
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { connect, type Connection } from '../../src/index.js'
import { physician } from '../../src/professions/index.js'
import { startSimulator, type ListFlaw, type Simulator } from '../../src/simulator/index.js'
import {
  createBusinessContinuity,
  type BusinessContinuity,
  type BusinessContinuityOptions,
  type ContinuityEvent,
} from '../../src/technical/businessContinuity/index.js'
import { memoryCache } from '../../src/technical/environment/cache.js'
import type { SessionEvent } from '../../src/technical/session/index.js'

const minute = 60_000
const start = new Date('2026-03-02T08:00:00Z')
const forever = { times: Infinity } as const

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ clock: { now: () => start } })
}, 120_000)
afterAll(() => simulator.close())

const open: { close(): Promise<void> }[] = []
let events: ContinuityEvent[]
let wire: SessionEvent[]
beforeEach(() => {
  events = []
  wire = []
  simulator.clock.release()
  simulator.faults.clear()
  simulator.continuity.recoveryAnswers = true
  simulator.continuity.publish({ version: 1, recovering: [], cache: {}, flaw: undefined })
})
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

function continuityOf(options: Partial<BusinessContinuityOptions> = {}): BusinessContinuity {
  const made = createBusinessContinuity({
    environment: simulator.environment,
    runtime: simulator.runtime,
    on: (event) => events.push(event),
    ...options,
  })
  open.push(made)
  return made
}

async function connected(businessContinuity: BusinessContinuity): Promise<Connection<'ehbox'>> {
  const { ssin, nihii, keystore, password } = simulator.personas.physician
  const me = await connect({
    environment: simulator.environment,
    keystore: { bytes: keystore, password },
    as: physician({ ssin, nihii }),
    runtime: simulator.runtime,
    retry: { attempts: 1 },
    on: (event) => wire.push(event),
    businessContinuity,
  })
  open.push(me)
  return me
}
const consulted = (role: 'default' | 'recovery') => simulator.calls('ehboxConsultation', 'getBoxInfo', role)
const states = () => events.map(({ type, state }) => `${type} ${state}`)
const fail = (reason: unknown): { code: string } => reason as { code: string }

describe('the list of the platform', () => {
  it('is fetched when asked for, and not again while its digest is the same', async () => {
    const continuity = continuityOf()
    expect(continuity.state.list).toBeUndefined()
    expect(await continuity.refresh()).toBe(true)
    expect(continuity.state).toMatchObject({ problem: undefined, recovering: [], switched: [] })
    expect(continuity.state.checkedAt).toEqual(simulator.clock.now())
    expect(continuity.state.list?.services.length).toBeGreaterThan(3)
    expect(await continuity.refresh()).toBe(false)
    simulator.continuity.publish({ recovering: ['sts'] })
    expect(await continuity.refresh()).toBe(true)
    expect(continuity.state.recovering).toEqual(['uddi:ehealth-fgov-be:business:iamsecuritytokenservice:v1'])
    expect(states()).toEqual(['service-list loaded', 'service-list unchanged', 'service-list loaded'])
  })

  it.each<[ListFlaw, string]>([
    ['tampered', 'signature.digest'],
    ['self-signed', 'certificate.untrusted'],
    ['rogue-authority', 'certificate.untrusted'],
    ['other-signer', 'service-list.signer'],
    ['wrapped', 'signature.missing'],
    ['unsigned', 'signature.missing'],
    ['old', 'service-list.rollback'],
    ['other-environment', 'service-list.environment'],
    ['digest', 'service-list.digest'],
    ['truncated', 'service-list.digest'],
    ['missing', 'transport.http'],
  ])('that is %s is refused with %s, and the one in use stays', async (flaw, code) => {
    const continuity = continuityOf()
    await continuity.refresh()
    const { list } = continuity.state
    simulator.continuity.publish({ recovering: ['sts'], flaw })
    await expect(continuity.refresh()).rejects.toMatchObject({ code })
    expect(continuity.state.list).toBe(list)
    expect(continuity.state.problem).toBe(code)
    expect(events.at(-1)).toEqual({ type: 'service-list', state: 'refused', from: 'platform', code })
    simulator.continuity.publish({ flaw: undefined })
    expect(await continuity.refresh()).toBe(true)
    expect(continuity.state.problem).toBeUndefined()
  })

  it.each<ListFlaw>(['no-order-zero', 'no-active-endpoint'])('that is %s is used', async (flaw) => {
    const continuity = continuityOf()
    simulator.continuity.publish({ flaw })
    await continuity.refresh()
    const configured = `${simulator.url}/IAM/SecurityTokenService/v1`
    expect(continuity.endpointsOf('sts', configured)).toEqual([
      configured,
      `${simulator.url}/ehealth/bcp/IAM/SecurityTokenService/v1`,
    ])
  })

  it('is kept on disk for a day without one, and judged again when it is read', async () => {
    const directory = await mkdtemp(path.join(tmpdir(), 'continuity-'))
    try {
      await continuityOf({ directory }).refresh()
      simulator.continuity.publish({ flaw: 'missing' })
      const second = continuityOf({ directory })
      await expect(second.refresh()).rejects.toMatchObject({ code: 'transport.http' })
      expect(second.state.list?.services.length).toBeGreaterThan(3)
      expect(events.at(-2)).toMatchObject({ state: 'loaded', from: 'disk' })
      // an older list is a rollback after a restart as well
      simulator.continuity.publish({ flaw: 'old' })
      await expect(second.refresh()).rejects.toMatchObject({ code: 'service-list.rollback' })

      const names = await readdir(directory)
      expect(names).toEqual(['service-list-acceptation.xml'])
      await writeFile(path.join(directory, names[0]!), '<ServiceList/>')
      simulator.continuity.publish({ flaw: undefined })
      const third = continuityOf({ directory })
      expect(await third.refresh()).toBe(true)
      expect(events.slice(-2)).toMatchObject([
        { state: 'refused', from: 'disk' },
        { state: 'loaded', from: 'platform' },
      ])
    } finally {
      await rm(directory, { recursive: true })
    }
  })

  it('leaves nothing behind where it cannot be kept, and is in use all the same', async () => {
    const directory = await mkdtemp(path.join(tmpdir(), 'continuity-'))
    try {
      // what cannot be replaced by a file
      await mkdir(path.join(directory, 'service-list-acceptation.xml', 'x'), { recursive: true })
      const continuity = continuityOf({ directory })
      for (let i = 0; i < 3; i++) {
        simulator.continuity.publish({ recovering: i % 2 === 0 ? ['sts'] : [] })
        expect(await continuity.refresh()).toBe(true)
      }
      expect(await readdir(directory)).toEqual(['service-list-acceptation.xml'])
    } finally {
      await rm(directory, { recursive: true })
    }
  })

  it.each([0, -1, Number.NaN, Infinity, 2 ** 31])('is not asked for every %s milliseconds', (interval) => {
    const continuity = continuityOf()
    expect(() => continuity.start({ interval })).toThrow(
      expect.objectContaining({ code: 'configuration.invalid', path: 'interval' }) as Error,
    )
    expect(() => continuityOf({ expiry: interval })).toThrow(
      expect.objectContaining({ code: 'configuration.invalid', path: 'expiry' }) as Error,
    )
  })

  it('is not asked for when it is closed, nor without end where nothing waits', async () => {
    const closed = continuityOf()
    await closed.close()
    expect(() => closed.start()).toThrow(expect.objectContaining({ code: 'configuration.closed' }) as Error)
    const runtime = { ...simulator.runtime, sleep: () => Promise.reject(new Error('no timer')) }
    const continuity = continuityOf({ runtime })
    continuity.start()
    await expect.poll(() => events.length).toBe(1)
    await continuity.stop()
    expect(events).toHaveLength(1)
  })

  it('is asked for again and again from start to stop', async () => {
    const waits: number[] = []
    let wake: (() => void) | undefined
    const runtime = {
      ...simulator.runtime,
      sleep: (milliseconds: number, signal?: AbortSignal) =>
        new Promise<void>((resolve, reject) => {
          waits.push(milliseconds)
          wake = resolve
          signal?.addEventListener('abort', () => reject(new Error('aborted')), { once: true })
        }),
    }
    const continuity = continuityOf({ runtime })
    continuity.start({ interval: 5 * minute })
    continuity.start()
    await expect.poll(() => waits).toEqual([5 * minute])
    simulator.continuity.publish({ flaw: 'unsigned' })
    wake!()
    await expect.poll(() => waits).toHaveLength(2)
    simulator.continuity.publish({ flaw: undefined })
    wake!()
    await expect.poll(() => waits).toHaveLength(3)
    await continuity.stop()
    expect(states()).toEqual(['service-list loaded', 'service-list refused', 'service-list loaded'])
  })

  it('has an address, an owner and an anchor, or it is not asked for', () => {
    const { serviceList: _, ...without } = simulator.environment
    expect(() => continuityOf({ environment: without })).toThrow(
      expect.objectContaining({ code: 'configuration.invalid', path: 'environment' }),
    )
    const { signers: __, ...trust } = simulator.environment.trust
    expect(() => continuityOf({ environment: { ...simulator.environment, trust } })).toThrow(
      expect.objectContaining({ code: 'configuration.invalid', path: 'trust.signers' }),
    )
  })
})

describe('a service whose endpoint fails', () => {
  it('is called at the other one, for a quarter of an hour, then at its own again', async () => {
    const continuity = continuityOf()
    await continuity.refresh()
    const me = await connected(continuity)
    await me.ehbox.info()
    const before = { default: consulted('default'), recovery: consulted('recovery') }
    const since = () => [consulted('default') - before.default, consulted('recovery') - before.recovery]

    simulator.faults.add({ kind: 'drop', service: 'ehboxConsultation', endpoint: 'default', ...forever })
    const { meta } = await me.ehbox.info()
    expect(meta.endpoint).toBe(`${simulator.url}/ehealth/bcp/ehBoxConsultation/v3`)
    expect(meta.failedAttempts).toMatchObject([{ outcome: 'transport.reset' }])
    expect(since()).toEqual([1, 1])
    expect(continuity.state.switched).toMatchObject([
      {
        service: 'ehboxConsultation',
        code: 'transport.reset',
        until: new Date(start.getTime() + 15 * minute),
      },
    ])
    // it is known now: no failure first
    await me.ehbox.info()
    expect(since()).toEqual([1, 2])
    // other services stay where they were
    expect(simulator.calls('sts', undefined, 'recovery')).toBe(0)

    simulator.clock.advance(15 * minute)
    await me.ehbox.info()
    expect(since()).toEqual([2, 3])
    simulator.faults.clear()
    simulator.clock.advance(15 * minute)
    await me.ehbox.info()
    expect(since()).toEqual([3, 3])
    expect(continuity.state.switched).toEqual([])
    expect(states()).toEqual([
      'service-list loaded',
      'endpoint switched',
      'endpoint returned',
      'endpoint switched',
      'endpoint returned',
    ])
    expect(wire.filter(({ type }) => type === 'retry')).toHaveLength(2)
  })

  it('of one connection is known to all that share the state, and to no other', async () => {
    const [shared, other] = [continuityOf(), continuityOf()]
    await Promise.all([shared.refresh(), other.refresh()])
    const [one, two, stranger] = [await connected(shared), await connected(shared), await connected(other)]
    for (const each of [one, two, stranger]) await each.technical.token()
    simulator.faults.add({ kind: 'html', service: 'ehboxConsultation', endpoint: 'default' })
    await one.ehbox.info()
    const before = consulted('default')
    await two.ehbox.info()
    expect(consulted('default')).toBe(before)
    await stranger.ehbox.info()
    expect(consulted('default')).toBe(before + 1)
  })

  it('is moved by the platform: the next list tells, and nothing has to fail first', async () => {
    const continuity = continuityOf()
    await continuity.refresh()
    const me = await connected(continuity)
    await me.technical.token()
    simulator.faults.add({ kind: 'switch', service: 'ehboxConsultation' })
    await me.ehbox.info()
    expect(await continuity.refresh()).toBe(true)
    expect(continuity.state.recovering).toEqual(['uddi:ehealth-fgov-be:business:ehboxconsultation:v3'])
    const before = consulted('default')
    expect((await me.ehbox.info()).meta.endpoint).toContain('/ehealth/bcp/')
    expect(consulted('default')).toBe(before)
    simulator.continuity.publish({ recovering: [] })
    await continuity.refresh()
    expect((await me.ehbox.info()).meta.endpoint).not.toContain('/ehealth/bcp/')
  })

  it('does not get a message twice that must not be sent twice', async () => {
    const continuity = continuityOf()
    await continuity.refresh()
    const me = await connected(continuity)
    const { ssin } = simulator.personas.nurse
    const send = () => me.ehbox.send({ to: [{ ssin, quality: 'NURSE' }], title: 'T', body: 'text' })
    for (const when of ['before', 'after'] as const) {
      const before = simulator.calls('ehboxPublication')
      simulator.faults.add({ kind: 'drop', when, service: 'ehboxPublication', ...forever })
      await expect(send()).rejects.toMatchObject({ code: 'transport.reset', retryable: false })
      expect(simulator.calls('ehboxPublication')).toBe(before + 1)
      simulator.faults.clear()
    }
    expect((await send()).outcome).toBe('sent')
  })

  it('reports its own failure when the inactive one answers 404', async () => {
    simulator.continuity.recoveryAnswers = false
    const continuity = continuityOf()
    await continuity.refresh()
    const me = await connected(continuity)
    await me.technical.token()
    simulator.faults.add({ kind: 'soa', code: 'SOA-02001', service: 'ehboxConsultation' })
    const error = await me.ehbox.info().catch((reason: unknown) => fail(reason))
    expect(error).toMatchObject({
      code: 'fault.unavailable',
      platform: { code: 'SOA-02001' },
      details: { attempts: [{ platformCode: 'SOA-02001' }, { outcome: 'transport.http' }] },
    })
    expect(continuity.state.switched).toEqual([])
  })

  it('is not called elsewhere because of a refusal', async () => {
    const continuity = continuityOf()
    await continuity.refresh()
    const me = await connected(continuity)
    await me.technical.token()
    const before = consulted('recovery')
    simulator.faults.add({ kind: 'soa', code: 'SOA-01002', service: 'ehboxConsultation' })
    await expect(me.ehbox.info()).rejects.toMatchObject({ code: 'fault.not-authorised' })
    expect(consulted('recovery')).toBe(before)
  })

  it('stays where it is without a list', async () => {
    const me = await connected(continuityOf())
    await me.technical.token()
    simulator.faults.add({ kind: 'drop', service: 'ehboxConsultation' })
    await expect(me.ehbox.info()).rejects.toMatchObject({ code: 'transport.reset' })
    expect(states()).toEqual([])
  })

  it('may be answered from before, where list and caller let it', async () => {
    simulator.continuity.publish({
      version: 2,
      cache: { ehboxConsultation: { strategy: 'ENDPOINT_FIRST', duration: 'PT1H' } },
    })
    const answers = memoryCache({ now: () => simulator.clock.now() })
    const continuity = continuityOf({ answers })
    await continuity.refresh()
    const me = await connected(continuity)
    const first = await me.ehbox.info()
    simulator.faults.add({ kind: 'html', service: 'ehboxConsultation', ...forever })
    const kept = await me.ehbox.info()
    expect(kept.meta.keptSince).toEqual(first.meta.startedAt)
    expect(kept.box).toEqual(first.box)
    simulator.clock.advance(61 * minute)
    await expect(me.ehbox.info()).rejects.toMatchObject({ code: 'transport.http' })
    // without a store nothing is kept
    const without = continuityOf()
    await without.refresh()
    expect(without.keptAnswers('ehboxConsultation', 'https://x.test')).toBeUndefined()
  })
})
