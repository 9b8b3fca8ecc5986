/** A cache over any Keyv store: Redis, Valkey, PostgreSQL … (design §3). Keyv itself is the caller's. */
import { EHealthError } from '../../errors.js'
import type { Cache, CacheLock } from './cache.js'

/** What is used of a `Keyv` of the package `keyv`, version 4 or later. */
export interface KeyvLike {
  get(key: string): Promise<unknown>
  /** `ttl` is milliseconds. */
  set(key: string, value: unknown, ttl?: number): Promise<unknown>
  delete(key: string): Promise<unknown>
}

/** Options of {@link keyvCache}. */
export interface KeyvCacheOptions {
  /** Stands before every key, so that several programs may share a store; `ehealth`. */
  namespace?: string
  /** Lets processes take turns in one step, for instance `redisLock(client)`. Keyv has no such call, its stores do. */
  lock?: CacheLock
}

/**
 * A cache in a Keyv store, which processes and machines may share.
 *
 * What is secret is encrypted before it comes here (see `tokenStore` of `ehealth-connectors/session`), and keys hold no
 * numbers of persons; what is read is believed only after it has been verified again.
 *
 * @throws EHealthError `configuration.invalid` for what is no Keyv, or for an empty namespace
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
export function keyvCache(keyv: KeyvLike, options: KeyvCacheOptions = {}): Cache {
  const { namespace = 'ehealth', lock } = options
  if (typeof keyv?.get !== 'function' || typeof keyv.set !== 'function')
    throw new EHealthError('configuration.invalid', 'keyv: expected a Keyv', { path: 'keyv' })
  if (typeof namespace !== 'string' || namespace === '')
    throw new EHealthError('configuration.invalid', 'namespace: expected text', { path: 'namespace' })
  const named = (key: string): string => `${namespace}:${key}`
  return {
    get: async (key) => {
      const value = await keyv.get(named(key))
      // another program's value under our name is none of ours
      return typeof value === 'string' ? value : undefined
    },
    set: async (key, value, milliseconds) => {
      // a lifetime of 0 would mean for ever
      await keyv.set(named(key), value, Math.max(1, Math.floor(milliseconds)))
    },
    delete: async (key) => {
      await keyv.delete(named(key))
    },
    ...(lock === undefined
      ? {}
      : {
          lock: {
            take: (key: string, owner: string, milliseconds: number) =>
              lock.take(named(key), owner, milliseconds),
            release: (key: string, owner: string) => lock.release(named(key), owner),
          },
        }),
  }
}
