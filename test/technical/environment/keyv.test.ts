import Keyv from 'keyv'
import { describe, expect, it } from 'vitest'

import { keyvCache, memoryCache, redisLock, type Cache } from '../../../src/index.js'
import { lockOf } from '../../../src/technical/environment/lock.js'

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

describe('a cache in a Keyv store', () => {
  it('gets what was set, until its time is up or it is deleted', async () => {
    const cache = keyvCache(new Keyv())
    await cache.set('etk:one', 'a', 10_000)
    await cache.set('etk:two', 'b', 30)
    expect(await Promise.all([cache.get('etk:one'), cache.get('etk:two'), cache.get('etk:three')])).toEqual([
      'a',
      'b',
      undefined,
    ])
    await wait(50)
    expect(await cache.get('etk:two')).toBeUndefined()
    await cache.delete('etk:one')
    expect(await cache.get('etk:one')).toBeUndefined()
  })

  it('never keeps for ever what has no time left', async () => {
    const keyv = new Keyv()
    const cache = keyvCache(keyv)
    for (const lifetime of [0, -5, 0.4]) {
      await cache.set('gone', 'x', lifetime)
      await wait(10)
      expect(await cache.get('gone')).toBeUndefined()
    }
  })

  it('stands under a name of its own, beside others in the same store', async () => {
    const keyv = new Keyv()
    const [one, other] = [keyvCache(keyv), keyvCache(keyv, { namespace: 'other' })]
    await one.set('key', 'mine', 1000)
    expect(await other.get('key')).toBeUndefined()
    expect(await keyv.get('ehealth:key')).toBe('mine')
    await other.delete('key')
    expect(await one.get('key')).toBe('mine')
  })

  it('does not take for its own what another program wrote under its name', async () => {
    const keyv = new Keyv()
    await keyv.set('ehealth:key', { token: 1 })
    expect(await keyvCache(keyv).get('key')).toBeUndefined()
  })

  it.each([
    [undefined, {}, 'keyv'],
    [{ get: 1 }, {}, 'keyv'],
    [new Keyv(), { namespace: '' }, 'namespace'],
  ])('is made of a Keyv and of a name (%#)', (keyv, options, path) => {
    expect(() => keyvCache(keyv as never, options)).toThrow(
      expect.objectContaining({ code: 'configuration.invalid', path }),
    )
  })
})

describe('a lock', () => {
  const plain = (cache: Cache): Cache => ({
    get: (key) => cache.get(key),
    set: (key, value, milliseconds) => cache.set(key, value, milliseconds),
    delete: (key) => cache.delete(key),
  })
  const memory = () => memoryCache()
  const kinds: [string, () => Cache][] = [
    ['in memory', memory],
    ['of a plain cache', () => plain(memory())],
    ['given to a Keyv store', () => keyvCache(new Keyv(), { lock: memoryCache().lock })],
  ]

  it.each(kinds)('%s is had by one at a time', async (_, make) => {
    const lock = lockOf(make(), {})
    const taken = await Promise.all(['a', 'b', 'c'].map((owner) => lock.take('name', owner, 5000)))
    expect(taken.filter(Boolean)).toEqual([true])
    expect(await lock.take('other name', 'a', 5000)).toBe(true)
  })

  it.each(kinds)('%s is given back by its owner alone', async (_, make) => {
    const lock = lockOf(make(), {})
    await lock.take('name', 'a', 5000)
    await lock.release('name', 'b')
    expect(await lock.take('name', 'b', 5000)).toBe(false)
    await lock.release('name', 'a')
    expect(await lock.take('name', 'b', 5000)).toBe(true)
  })

  it.each(kinds)('%s ends by itself', async (_, make) => {
    const lock = lockOf(make(), {})
    expect(await lock.take('name', 'a', 150)).toBe(true)
    await wait(200)
    expect(await lock.take('name', 'b', 5000)).toBe(true)
  })

  it('of Redis is asked for by NX and PX, and given back by its owner in one step', async () => {
    const sent: unknown[] = []
    const lock = redisLock({
      set: async (...given) => {
        sent.push(given)
        return sent.length === 1 ? 'OK' : null
      },
      eval: async (_script, given) => sent.push(given),
    })
    expect([await lock.take('k', 'me', 1500.7), await lock.take('k', 'me', 0)]).toEqual([true, false])
    await lock.release('k', 'me')
    expect(sent).toEqual([
      ['k', 'me', { NX: true, PX: 1500 }],
      ['k', 'me', { NX: true, PX: 1 }],
      { keys: ['k'], arguments: ['me'] },
    ])
    expect(() => redisLock({} as never)).toThrow(expect.objectContaining({ code: 'configuration.invalid' }))
  })
})
