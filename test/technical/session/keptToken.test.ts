import { inspect } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import type { Simulator } from '../../../src/simulator/index.js'
import { memoryCache, type Cache } from '../../../src/technical/environment/cache.js'
import { tokenStore, type SessionOptions } from '../../../src/technical/session/index.js'
import {
  actorOf,
  environmentOf,
  hour,
  listener,
  minute,
  opener,
  otherKey,
  start,
  startWorld,
  storeKey,
  stsCalls,
} from './people.js'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startWorld()
})
afterAll(() => simulator.close())
const { open, persona, closeAll } = opener(() => simulator)
afterEach(async () => {
  await closeAll()
  simulator.faults.clear()
  simulator.clock.set(start)
})

const store = (cache: Cache, changes: Partial<Parameters<typeof tokenStore>[0]> = {}) =>
  tokenStore({ cache, key: storeKey, runtime: simulator.runtime, ...changes })

/** A cache that also shows what is in it. */
function glassCache() {
  const inner = memoryCache({ now: simulator.runtime.now })
  const entries = new Map<string, string>()
  const cache: Cache = {
    ...inner,
    set: async (key, value, milliseconds) => {
      entries.set(key, value)
      await inner.set(key, value, milliseconds)
    },
    delete: async (key) => {
      entries.delete(key)
      await inner.delete(key)
    },
  }
  return { cache, entries }
}

describe('an exported token', () => {
  const exported = async () => persona('physician').exportToken({ key: storeKey })
  const reloaded = (stored: string, options: Partial<SessionOptions> = {}) => {
    const heard = listener()
    const session = persona('physician', { token: { stored, key: storeKey }, on: heard.on, ...options })
    return { session, ...heard }
  }

  it('spares the next session its login', async () => {
    const first = persona('physician')
    const stored = await first.exportToken({ key: storeKey })
    const { session, tokens } = reloaded(stored)
    const calls = await stsCalls(simulator, async () => {
      expect((await session.token()).id).toBe((await first.token()).id)
    })
    expect(calls).toBe(0)
    expect(tokens()).toEqual(['loaded'])
    expect((await session.token()).xml).toBe((await first.token()).xml)
  })

  it('shows nothing of what it is, and is another text each time', async () => {
    const session = persona('physician')
    const [one, other] = [
      await session.exportToken({ key: storeKey }),
      await session.exportToken({ key: storeKey }),
    ]
    expect(one).not.toBe(other)
    expect(one).toMatch(/^ehct1\.[\w-]+$/)
    const opened = Buffer.from(one.slice(6), 'base64url').toString('latin1')
    const { ssin, nihii } = simulator.personas.physician
    for (const text of ['Assertion', ssin, nihii, 'urn:']) expect(opened).not.toContain(text)
    // no two begin alike: salt and nonce are drawn anew
    expect(one.slice(6, 40)).not.toBe(other.slice(6, 40))
  })

  it.each([
    ['in its salt', 0],
    ['in its nonce', 20],
    ['in its content', 400],
    ['in its tag', -1],
  ])('changed by one bit %s is not used', async (_, at) => {
    const stored = await exported()
    const bytes = Buffer.from(stored.slice(6), 'base64url')
    const index = at < 0 ? bytes.length + at : at
    bytes[index]! ^= 1
    const { session, tokens } = reloaded(`ehct1.${bytes.toString('base64url')}`)
    expect(await stsCalls(simulator, () => session.token())).toBe(1)
    expect(tokens()).toEqual(['rejected token.stored', 'issued'])
  })

  it.each<[string, (stored: string) => string]>([
    ['cut short', (stored) => stored.slice(0, -8)],
    ['of nothing but its beginning', () => 'ehct1.AAAA'],
    ['of a version that nobody knows', (stored) => stored.replace('ehct1', 'ehct2')],
    ['that is none', () => '<Assertion/>'],
    ['with something behind it', (stored) => `${stored}!`],
    ['twice as long', (stored) => stored + stored.slice(6)],
    ['larger than any token', () => `ehct1.${'A'.repeat(1 << 21)}`],
    ['that is empty', () => ''],
  ])('%s is not used', async (_, change) => {
    const { session, tokens } = reloaded(change(await exported()))
    await session.token()
    expect(tokens()).toEqual(['rejected token.stored', 'issued'])
  })

  it('is not used with another key, by another actor, in another environment or for another key of holder', async () => {
    const stored = await exported()
    const environment = environmentOf(simulator)
    for (const options of [
      { token: { stored, key: otherKey } },
      { actor: { ...actorOf(simulator, 'physician'), quality: 'NURSE' } },
      { actor: { ...actorOf(simulator, 'physician'), demanded: [] } },
      {
        environment: { ...environment, endpoints: { sts: `${simulator.url}/IAM/SecurityTokenService/v1?` } },
      },
    ] satisfies Partial<SessionOptions>[]) {
      const { session, tokens } = reloaded(stored, { ...options, renew: 'never' })
      await session.token().catch(() => undefined)
      expect(tokens()[0]).toBe('rejected token.stored')
    }
    const nurse = listener()
    await persona('nurse', { token: { stored, key: storeKey }, on: nurse.on }).token()
    expect(nurse.tokens()).toEqual(['rejected token.stored', 'issued'])
  })

  it('that has ended is not used', async () => {
    const stored = await exported()
    simulator.clock.advance(24 * hour)
    const { session, tokens } = reloaded(stored)
    await session.token()
    expect(tokens()).toEqual(['rejected token.expired', 'issued'])
  })

  it('is judged like a fresh one: by a signer that is pinned, and by what the profession needs', async () => {
    const stored = await exported()
    const environment = environmentOf(simulator)
    const otherSigner = { ...environment, trust: { ...environment.trust, sts: environment.trust.signers! } }
    const { session, tokens } = reloaded(stored, { environment: otherSigner })
    await expect(session.token()).rejects.toMatchObject({ code: 'token.untrusted' })
    expect(tokens()).toEqual(['rejected token.untrusted', 'failed token.untrusted'])
  })

  it('that is of no use leaves the first login to a session that does not renew', async () => {
    const stored = await exported()
    const { session } = reloaded(stored, { token: { stored, key: otherKey }, renew: 'never' })
    expect((await session.token()).id).toBeTruthy()
  })

  it.each([
    ['of 31 octets', new Uint8Array(31).fill(7, 0, 3)],
    ['of 64 hexadecimal digits', storeKey.toString('hex')],
    ['that nobody drew', new Uint8Array(32)],
  ])('needs a key of 32 random octets, not one %s', async (_, key) => {
    const session = persona('physician')
    const wrong = { code: 'configuration.invalid', path: 'key' }
    await expect(session.exportToken({ key: key as Uint8Array })).rejects.toMatchObject(wrong)
    expect(() => persona('physician', { token: { stored: 'x', key: key as Uint8Array } })).toThrow(
      expect.objectContaining({ code: 'configuration.invalid', path: 'token.key' }),
    )
  })
})

describe('an assertion that was obtained elsewhere', () => {
  const assertionOf = async () => (await persona('physician').token()).xml

  it('serves until its end, and no further: the key that identified is not here', async () => {
    const assertion = await assertionOf()
    const { tokens, on } = listener()
    const session = persona('physician', { token: { assertion }, on })
    const calls = await stsCalls(simulator, async () => {
      expect((await session.token()).xml).toBe(assertion)
      simulator.clock.advance(23 * hour + 59 * minute)
      expect((await session.token()).xml).toBe(assertion)
      simulator.clock.advance(minute)
      await expect(session.token()).rejects.toMatchObject({ code: 'token.ended', origin: 'client' })
    })
    expect(calls).toBe(0)
    expect(tokens()).toEqual(['loaded', 'failed token.ended'])
  })

  it('is renewed where the caller says so', async () => {
    const session = persona('physician', { token: { assertion: await assertionOf() }, renew: 'on-demand' })
    await session.token()
    simulator.clock.advance(24 * hour)
    expect(await stsCalls(simulator, () => session.token())).toBe(1)
  })

  it('that is not the holder’s is refused by its own code', async () => {
    const assertion = await assertionOf()
    await expect(persona('nurse', { token: { assertion } }).token()).rejects.toMatchObject({
      code: 'token.confirmation',
    })
  })

  it('that was changed is refused by its own code', async () => {
    const assertion = (await assertionOf()).replace('true</', 'trve</')
    await expect(persona('physician', { token: { assertion } }).token()).rejects.toMatchObject({
      family: 'signature',
    })
  })

  it.each([
    {},
    { assertion: 'x', stored: 'y', key: storeKey },
    { stored: 'x' },
    { assertion: 'x', other: 1 },
  ])('is either that or a stored one (%j)', (token) => {
    expect(() => persona('physician', { token: token as never })).toThrow(
      expect.objectContaining({ code: 'configuration.invalid' }),
    )
  })
})

describe('a store of tokens', () => {
  it('spares a restarted program its login', async () => {
    const { cache, entries } = glassCache()
    const first = persona('physician', { tokenStore: store(cache) })
    const { id } = await first.token()
    await first.close()
    const { tokens, on } = listener()
    const second = persona('physician', { tokenStore: store(cache), on })
    expect(await stsCalls(simulator, () => second.token())).toBe(0)
    expect((await second.token()).id).toBe(id)
    expect(tokens()).toEqual(['loaded'])
    expect(entries.size).toBe(1)
  })

  it('holds neither tokens nor numbers that somebody could read or guess', async () => {
    const { cache, entries } = glassCache()
    await persona('physician', { tokenStore: store(cache) }).token()
    const text = JSON.stringify([...entries])
    const { ssin, nihii, password } = simulator.personas.physician
    for (const secret of [ssin, nihii, password, 'Assertion', 'urn:', 'physician'])
      expect(text).not.toContain(secret)
    // with another key the very same person has another name
    await persona('physician', { tokenStore: store(cache, { key: otherKey }) }).token()
    expect(entries.size).toBe(2)
    expect(inspect(store(cache), { depth: 9, showHidden: true })).toBe('TokenStore')
    expect(JSON.stringify(store(cache))).toBe('{}')
  })

  it('gets the renewed token, and every process the newest', async () => {
    const { cache } = glassCache()
    const [one, other] = [1, 2].map(() => persona('physician', { tokenStore: store(cache) })) as [
      ReturnType<typeof persona>,
      ReturnType<typeof persona>,
    ]
    const first = await one.token()
    expect((await other.token()).id).toBe(first.id)
    simulator.clock.advance(23 * hour)
    const calls = await stsCalls(simulator, async () => {
      const renewed = await one.token()
      expect(renewed.id).not.toBe(first.id)
      expect((await other.token()).id).toBe(renewed.id)
    })
    expect(calls).toBe(1)
  })

  it('drops the token that the platform refused: nobody loads it again', async () => {
    const { cache } = glassCache()
    const session = persona('physician', { tokenStore: store(cache) })
    const first = await session.token()
    simulator.faults.add({ kind: 'soa', code: 'SOA-01001', service: 'ehboxConsultation', times: 1 })
    const { consultationOperations } = await import('../../../src/business/ehbox/contract.js')
    expect(await stsCalls(simulator, () => session.call(consultationOperations.getBoxInfo, {}))).toBe(1)
    const other = persona('physician', { tokenStore: store(cache) })
    expect((await other.token()).id).toBe((await session.token()).id)
    expect((await other.token()).id).not.toBe(first.id)
  })

  it('keeps apart who differs in quality, keys, validity or in how he identified', async () => {
    const { cache, entries } = glassCache()
    const tokenStore = store(cache)
    const actor = actorOf(simulator, 'physician')
    const { keystore, password } = simulator.personas.physician
    await persona('physician', { tokenStore }).token()
    await persona('physician', { tokenStore, actor: { ...actor, quality: 'NURSE' } }).token()
    await persona('physician', { tokenStore, validity: hour }).token()
    await persona('physician', { tokenStore, identification: { bytes: keystore, password } }).token()
    await persona('nurse', { tokenStore }).token()
    expect(entries.size).toBe(5)
  })

  it('gives nothing to one who has the certificate but not the key', async () => {
    const { cache } = glassCache()
    const tokens = store(cache)
    const real = persona('physician', { tokenStore: tokens })
    await real.token()
    const { authentication, ...rest } = await real.keystore()
    const { authentication: foreign } = await persona('nurse').keystore()
    const heard = listener()
    const thief = open({
      actor: actorOf(simulator, 'physician'),
      keystore: {
        ...rest,
        authentication: { ...authentication, sign: (...given) => foreign.sign(...given) },
      },
      tokenStore: tokens,
      on: heard.on,
    })
    await expect(thief.token()).rejects.toMatchObject({ code: expect.stringMatching(/^fault/) as string })
    expect(heard.tokens()[0]).toBe('rejected token.confirmation')
    expect(heard.tokens()).not.toContain('loaded')
  })

  it('may be written into by others: what they put there is not used', async () => {
    const { cache, entries } = glassCache()
    await persona('physician', { tokenStore: store(cache) }).token()
    const nurses = glassCache()
    await persona('nurse', { tokenStore: store(nurses.cache) }).token()
    const [name] = [...entries.keys()]
    const [[, nurseToken]] = [...nurses.entries] as [[string, string]]
    for (const foreign of [nurseToken, 'nonsense', '']) {
      await cache.set(name!, foreign, hour)
      const { tokens, on } = listener()
      await persona('physician', { tokenStore: store(cache), on }).token()
      // looked at before and after the lease
      expect(tokens()).toEqual(['rejected token.stored', 'rejected token.stored', 'issued'])
    }
  })

  it('opens with the keys of before what they encrypted, and writes with the new one', async () => {
    const { cache, entries } = glassCache()
    const first = await persona('physician', { tokenStore: store(cache) }).token()
    const changed = store(cache, { key: otherKey, previousKeys: [storeKey] })
    const session = persona('physician', { tokenStore: changed })
    expect((await session.token()).id).toBe(first.id)
    simulator.clock.advance(23 * hour)
    await session.token()
    expect(entries.size).toBe(2)
    const newOnly = persona('physician', { tokenStore: store(cache, { key: otherKey }) })
    expect((await newOnly.token()).id).toBe((await session.token()).id)
  })

  it.each<[string, Partial<Cache>]>([
    ['fails', { get: () => Promise.reject(new Error('down')), set: () => Promise.reject(new Error('down')) }],
    [
      'cannot be locked',
      { lock: { take: () => Promise.reject(new Error('down')), release: async () => {} } },
    ],
    ['cannot be written', { set: () => Promise.reject(new Error('down')) }],
  ])('that %s does not keep anybody from his work', async (_, broken) => {
    const { tokens, on } = listener()
    const cache = { ...memoryCache({ now: simulator.runtime.now }), ...broken }
    const session = persona('physician', { tokenStore: store(cache), on })
    expect((await session.token()).id).toBeTruthy()
    expect(tokens().at(-1)).toMatch(/^(issued|store-failed token\.store)$/)
    expect(tokens()).toContain('issued')
    expect(tokens()).toContain('store-failed token.store')
  })

  it('that is silent does not keep anybody from his work either', async () => {
    const never = () => new Promise<never>(() => undefined)
    const { tokens, on } = listener()
    const cache: Cache = { get: never, set: never, delete: never, lock: { take: never, release: never } }
    const session = persona('physician', { tokenStore: store(cache), on })
    expect((await session.token()).id).toBeTruthy()
    expect(tokens()).toContain('store-failed token.store')
  })

  it.each([
    [{ key: new Uint8Array(16) }, 'tokenStore.key'],
    [{ previousKeys: [new Uint8Array(1)] }, 'tokenStore.previousKeys[0]'],
    [{ lease: 10 }, 'tokenStore.lease'],
    [{ cache: {} as never }, 'tokenStore.cache'],
    [{ keys: [] } as never, 'tokenStore.keys'],
  ])('is not made of impossible options (%#)', (options, path) => {
    expect(() => store(memoryCache(), options)).toThrow(
      expect.objectContaining({ code: 'configuration.invalid', path }),
    )
  })
})

describe('processes that share a store', () => {
  /** Caches over one memory, with the lock in one step and with the lock by writing and reading back. */
  const shared = (atomic: boolean) => {
    const memory = memoryCache({ now: simulator.runtime.now })
    const plain = (): Cache => ({
      get: (key) => memory.get(key),
      set: (key, value, milliseconds) => memory.set(key, value, milliseconds),
      delete: (key) => memory.delete(key),
    })
    return () => (atomic ? memory : plain())
  }

  it.each([
    ['that locks in one step', true],
    ['that only reads and writes', false],
  ])('ask once between them when all begin together (%s)', async (_, atomic) => {
    const cache = shared(atomic)
    simulator.faults.add({ kind: 'delay', milliseconds: 300, service: 'sts' })
    const sessions = Array.from({ length: 5 }, () => persona('physician', { tokenStore: store(cache()) }))
    await Promise.all(sessions.map((session) => session.keystore()))
    let ids: string[] = []
    const calls = await stsCalls(simulator, async () => {
      ids = (await Promise.all(sessions.map((session) => session.token()))).map(({ id }) => id)
    })
    expect(calls).toBe(1)
    expect(new Set(ids).size).toBe(1)
  })

  it('go on with the old token while one of them asks for the new one', async () => {
    const cache = shared(true)
    const [busy, other] = [
      persona('physician', { tokenStore: store(cache()) }),
      persona('physician', { tokenStore: store(cache()) }),
    ]
    const old = await busy.token()
    await other.token()
    simulator.clock.advance(23 * hour)
    simulator.faults.add({ kind: 'delay', milliseconds: 1500, service: 'sts' })
    const renewing = busy.token()
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(await stsCalls(simulator, async () => expect((await other.token()).id).toBe(old.id))).toBe(0)
    const renewed = await renewing
    simulator.clock.advance(6000)
    expect((await other.token()).id).toBe(renewed.id)
  })

  it('are not locked out by one that died: its lease ends', async () => {
    const memory = memoryCache()
    const alive = persona('physician', { tokenStore: store(memory, { lease: 1000 }) })
    const dead: Cache = { ...memory, lock: { ...memory.lock, release: async () => undefined } }
    const dying = persona('physician', { tokenStore: store(dead, { lease: 1000 }) })
    simulator.faults.add({ kind: 'stall', service: 'sts', times: 1 })
    const pending = dying.token().catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 300))
    await dying.close()
    await pending
    expect((await alive.token()).id).toBeTruthy()
  })

  it('keep the token that lives longer when a slow one comes back after its lease', async () => {
    let now = 0
    const memory = memoryCache({ now: simulator.runtime.now })
    const runtime = { ...simulator.runtime, monotonic: () => now }
    const slow = persona('physician', { tokenStore: store(memory, { runtime }) })
    await slow.keystore()
    simulator.faults.add({ kind: 'delay', milliseconds: 800, service: 'sts' })
    const pending = slow.token()
    await new Promise((resolve) => setTimeout(resolve, 200))
    // its time is up, another one asks and gets a token of later
    now = 60_000
    simulator.clock.advance(minute)
    const quick = persona('physician', { tokenStore: store({ ...memory, lock: memoryCache().lock }) })
    const newer = await quick.token()
    await pending
    const third = persona('physician', { tokenStore: store(memory) })
    expect((await third.token()).id).toBe(newer.id)
  })
})
