/** Encryption tokens that were fetched before (spec etee §2.6). */
import { createHash } from 'node:crypto'

import type { Cache } from '../environment/cache.js'
import type { TokenOwner } from './types.js'

const hour = 60 * 60 * 1000

/** Tokens by owner. What comes out is as untrusted as what comes over the network: verify it again. */
export interface TokenCache {
  key(owner: TokenOwner): string
  get(key: string): Promise<Uint8Array | undefined>
  /** `until`: the token is of no use after this. */
  set(key: string, token: Uint8Array, at: { now: Date; until: Date }): Promise<void>
  delete(key: string): Promise<void>
}

/**
 * Keeps tokens in a cache that may be shared between sessions and machines.
 *
 * The key is a digest, so that a shared store holds no national numbers; an absent and an empty application are
 * different keys, and so are two environments.
 */
export function tokenCache(cache: Cache, endpoint: string, milliseconds = hour): TokenCache {
  return {
    key: ({ type, value, application }) => {
      const parts = JSON.stringify([endpoint, type, value, application ?? null])
      return `etk:${createHash('sha256').update(parts).digest('base64url')}`
    },
    get: async (key) => {
      const text = await cache.get(key)
      return text === undefined ? undefined : Buffer.from(text, 'base64')
    },
    set: async (key, token, { now, until }) => {
      const lifetime = Math.min(milliseconds, until.getTime() - now.getTime())
      if (lifetime > 0) await cache.set(key, Buffer.from(token).toString('base64'), lifetime)
    },
    delete: async (key) => cache.delete(key),
  }
}
