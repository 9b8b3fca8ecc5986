import { inspect } from 'node:util'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Connection } from '../../../src/index.js'
import { startSimulator, type Simulator } from '../../../src/simulator/index.js'
import { keysOf } from '../../../src/simulator/services/kgss/store.js'
import type { Cache } from '../../../src/technical/environment/cache.js'
import { createKgss, KgssKey, readers } from '../../../src/technical/kgss/index.js'
import { keyCache } from '../../../src/technical/kgss/keyCache.js'
import { open } from './people.js'

const minute = 60_000
const start = new Date('2026-03-02T08:00:00Z')

let simulator: Simulator
let ada: Connection<'ehbox'>
let noor: Connection<'ehbox'>
/** Everything that ever went into the store that sessions may share. */
const shared: string[] = []
beforeAll(async () => {
  simulator = await startSimulator({ clock: { now: () => start } })
  const store = new Map<string, string>()
  const cache: Cache = {
    get: async (key) => store.get(key),
    set: async (key, value) => {
      shared.push(key, value)
      store.set(key, value)
    },
    delete: async (key) => void store.delete(key),
  }
  ada = await open(simulator, 'physician', { cache })
  noor = await open(simulator, 'nurse', { cache })
})
afterAll(async () => {
  await Promise.all([ada.close(), noor.close()])
  await simulator.close()
})

const newKey = () => ada.technical.kgss.newKey({ allowed: [readers.nurse()] })

async function calls(action: () => Promise<unknown>): Promise<number> {
  const before = simulator.calls('kgss', 'GetKey')
  await action()
  return simulator.calls('kgss', 'GetKey') - before
}

describe('fetched keys', () => {
  it('are asked for anew each time unless the policy says otherwise', async () => {
    const { id } = await newKey()
    expect(await calls(() => noor.technical.kgss.getKey(id))).toBe(1)
    expect(await calls(() => noor.technical.kgss.getKey(id))).toBe(1)
  })

  it('are kept for their lifetime, in this client alone', async () => {
    const { id, key } = await newKey()
    const kgss = createKgss(noor.session, { keyCache: { lifetime: 10 * minute } })
    expect(await calls(() => kgss.getKey(id))).toBe(1)
    simulator.clock.advance(9 * minute)
    expect(
      await calls(async () => expect(Buffer.from((await kgss.getKey(id)).key)).toEqual(Buffer.from(key))),
    ).toBe(0)
    const another = createKgss(noor.session, { keyCache: { lifetime: 10 * minute } })
    expect(await calls(() => another.getKey(id))).toBe(1)
    simulator.clock.advance(minute)
    expect(await calls(() => kgss.getKey(id))).toBe(1)
    kgss.forgetKeys()
    expect(await calls(() => kgss.getKey(id))).toBe(1)
  })

  it('that the platform does not give any more are not given after their lifetime either', async () => {
    const { id } = await newKey()
    const kgss = createKgss(noor.session, { keyCache: { lifetime: minute } })
    await kgss.getKey(id)
    keysOf(simulator.world).delete(id)
    expect((await kgss.getKey(id)).id).toBe(id)
    simulator.clock.advance(minute)
    await expect(kgss.getKey(id)).rejects.toMatchObject({ code: 'kgss.key-not-found' })
  })

  it('never reach the store that sessions may share', async () => {
    const { id, key } = await newKey()
    const kgss = createKgss(noor.session, { keyCache: { lifetime: minute } })
    await kgss.unseal(await ada.technical.seal(Buffer.from('secret'), { secretKey: { id, key } }))
    // Encryption tokens are kept there.
    expect(shared.length).toBeGreaterThan(0)
    const text = shared.join('\n')
    expect(text).not.toContain(id)
    expect(text).not.toContain(Buffer.from(key).toString('base64').slice(0, 20))
  })

  it('are overwritten when the session closes', async () => {
    const { id } = await newKey()
    const user = await open(simulator, 'nurse')
    const kgss = createKgss(user.session, { keyCache: { lifetime: minute } })
    await kgss.getKey(id)
    await user.close()
    await expect(kgss.getKey(id)).rejects.toMatchObject({ code: 'configuration.closed' })
  })

  it('that do not fit their message any more are asked for once more', async () => {
    const kgss = createKgss(noor.session, { keyCache: { lifetime: 10 * minute } })
    const { id } = await newKey()
    const right = keysOf(simulator.world).get(id)!
    keysOf(simulator.world).set(id, { ...right, key: Buffer.alloc(16, 9) })
    await kgss.getKey(id)
    keysOf(simulator.world).set(id, right)
    const sealed = await ada.technical.seal(Buffer.from('x'), { secretKey: { id, key: right.key } })
    expect(await calls(() => kgss.unseal(sealed))).toBe(1)
    expect(await calls(() => kgss.unseal(sealed))).toBe(0)
  })
})

describe('the memory of keys', () => {
  const clock = { at: 0 }
  const now = () => new Date(clock.at)
  const keyOf = (id: string) => new KgssKey(Buffer.from(id), Buffer.alloc(16, 3))
  const idOf = (id: string) => Buffer.from(id).toString('base64')

  it('hands out copies: what a caller destroys is still kept', () => {
    const cache = keyCache({ lifetime: 10 }, now)
    const given = keyOf('a')
    cache.set(given)
    given.destroy()
    const first = cache.get(idOf('a'))!
    first.destroy()
    expect(Buffer.from(cache.get(idOf('a'))!.key)).toEqual(Buffer.alloc(16, 3))
  })

  it('forgets the oldest first, and everything in time', () => {
    const cache = keyCache({ lifetime: 10, maxKeys: 2 }, now)
    for (const id of ['a', 'b', 'c']) cache.set(keyOf(id))
    expect(['a', 'b', 'c'].map((id) => cache.get(idOf(id)) !== undefined)).toEqual([false, true, true])
    clock.at = 10
    expect(cache.get(idOf('c'))).toBeUndefined()
  })

  it('keeps nothing when it is off', () => {
    const cache = keyCache('off', now)
    cache.set(keyOf('a'))
    expect(cache.get(idOf('a'))).toBeUndefined()
  })
})

describe('a key', () => {
  it('stays out of logs, and is overwritten on demand', () => {
    const octets = Buffer.from('0123456789abcdef')
    const key = new KgssKey(Buffer.from('an identifier'), octets)
    const shown = [inspect(key, { depth: 9, showHidden: true }), JSON.stringify({ key }), `${inspect([key])}`]
    for (const text of shown) {
      expect(text).not.toContain(octets.toString('base64').slice(0, 16))
      expect(text).not.toContain('0123456789')
      expect(text).not.toMatch(/30.?,? ?31|48, 49/)
    }
    expect(shown[1]).toBe(JSON.stringify({ key: { id: key.id } }))
    const seen = key.key
    {
      using scoped = key
      expect(Buffer.from(scoped.key)).toEqual(octets)
    }
    expect(Buffer.from(seen)).toEqual(Buffer.alloc(16))
    expect(() => key.key).toThrow(expect.objectContaining({ code: 'kgss.destroyed' }) as Error)
    // What it was made from is the caller's.
    expect(octets.toString()).toBe('0123456789abcdef')
  })

  it.each([
    [0, 16],
    [1025, 16],
    [24, 0],
    [24, 15],
    [24, 17],
    [24, 32],
  ])('of %i octets of identifier and %i of key is none', (id, key) => {
    expect(() => new KgssKey(new Uint8Array(id), new Uint8Array(key))).toThrow(
      expect.objectContaining({ code: 'kgss.unusable-key' }) as Error,
    )
  })
})
