/** Taking turns across processes: a lease with an end, so that one that dies locks nobody out (docs/decisions/0019). */
import { EHealthError } from '../../errors.js'
import type { Cache, CacheLock } from './cache.js'
import { pause, type Runtime } from './runtime.js'

/** The lock of a cache; where it has none, one by writing and reading back, which two may hold now and then. */
export const lockOf = (cache: Cache, runtime: Pick<Runtime, 'sleep'>): CacheLock =>
  cache.lock ?? plainLock(cache, runtime)

/** Milliseconds after which whoever found the place free at the same time has written too. */
const settling = 60

function plainLock(cache: Cache, runtime: Pick<Runtime, 'sleep'>): CacheLock {
  return {
    take: async (key, owner, milliseconds) => {
      if ((await cache.get(key)) !== undefined) return false
      await cache.set(key, owner, milliseconds)
      // the last one to write has it
      await pause(runtime, settling)
      return (await cache.get(key)) === owner
    },
    release: async (key, owner) => {
      if ((await cache.get(key)) === owner) await cache.delete(key)
    },
  }
}

/** What is used of a client of the package `redis` or `@redis/client`, version 4 or later. */
export interface RedisLike {
  set(key: string, value: string, options: { NX: true; PX: number }): Promise<unknown>
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>
}

const releaseScript =
  "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end"

/**
 * The lock of a Redis (or Valkey) server: `SET … NX PX`, given back by its owner only.
 *
 * @throws EHealthError `configuration.invalid` for what is no client of Redis
 *
 * @example
 * ```ts
 * import KeyvRedis, { createClient } from '@keyv/redis'
 * import Keyv from 'keyv'
 * import { keyvCache, redisLock } from 'ehealth-connectors'
 *
 * const redis = await createClient({ url: redisUrl }).connect()
 * const cache = keyvCache(new Keyv(new KeyvRedis(redis)), { lock: redisLock(redis) })
 * ```
 */
export function redisLock(client: RedisLike): CacheLock {
  if (typeof client?.set !== 'function' || typeof client.eval !== 'function')
    throw new EHealthError('configuration.invalid', 'client: expected a client of Redis', { path: 'client' })
  return {
    take: async (key, owner, milliseconds) =>
      (await client.set(key, owner, { NX: true, PX: Math.max(1, Math.floor(milliseconds)) })) === 'OK',
    release: async (key, owner) => {
      await client.eval(releaseScript, { keys: [key], arguments: [owner] })
    },
  }
}
