/** Tokens that outlive the process, or that processes share: encrypted, in any {@link Cache}. */
import { createHmac, type KeyObject } from 'node:crypto'
import { inspect } from 'node:util'

import { EHealthError } from '../../errors.js'
import type { Cache } from '../environment/cache.js'
import { lockOf } from '../environment/lock.js'
import { monotonicOf, systemRuntime, type Runtime } from '../environment/runtime.js'
import type { Token } from '../sts/index.js'
import { invalidOption, refuseUnknownOptions } from './options.js'
import { openSealedToken, sealToken, storageKey } from './sealedToken.js'

/** Options of {@link tokenStore}. */
export interface TokenStoreOptions {
  /** Where to: `keyvCache(keyv)` for all processes of a server, or a cache of one's own over a file. */
  cache: Cache
  /** 32 random octets that encrypt the tokens; kept by the caller, apart from the cache. */
  key: Uint8Array
  /** Keys of before, which still open what they encrypted: for changing keys without a login. */
  previousKeys?: readonly Uint8Array[]
  /**
   * Milliseconds for which one process may be busy asking for a token before another one may ask too; 20 000. A process that
   * dies meanwhile holds the others up for so long, those without a token only.
   */
  lease?: number
  /** Clock and randomness, for tests. */
  runtime?: Runtime
}

/** Keeps tokens of any number of sessions; made by {@link tokenStore}. */
export interface TokenStore {
  /** The assertion kept there. @throws EHealthError `token.stored`, `token.store` @internal */
  load(place: TokenPlace): Promise<string | undefined>
  /** @throws EHealthError `token.store` @internal */
  save(place: TokenPlace, token: Token, now: Date): Promise<void>
  /** @throws EHealthError `token.store` @internal */
  forget(place: TokenPlace): Promise<void>
  /** The right to ask the STS; `undefined` while another process has it. @throws EHealthError `token.store` @internal */
  take(place: TokenPlace): Promise<Lease | undefined>
}

/** Where a token belongs. @internal */
export interface TokenPlace {
  /** Environment, actor and key of holder, see `bindingOf`. */
  readonly binding: Uint8Array
  /** What else makes a token another one, though it is the same owner's. */
  readonly variant: string
}

/** A right to ask, with an end. @internal */
export interface Lease {
  /** False when its time is up: somebody else may have asked meanwhile. */
  readonly held: boolean
  release(): Promise<void>
}

/** Milliseconds that a cache may take: one that hangs must not keep a user from his work. */
const patience = 3000

/** Milliseconds for which one that failed is left alone: users are not to wait for it one after the other. */
const respite = 5000

/**
 * A store of tokens in a cache, so that a restart costs no login and processes share what one of them got.
 *
 * Tokens are encrypted by AES-256-GCM with the caller's key and bound to environment, actor and certificate of the key
 * holder. The names under which they are kept tell nobody whose they are. What comes out of the store is verified as if the
 * STS had just sent it, and the session proves that it has the key before it uses it.
 *
 * @throws EHealthError `configuration.invalid`
 *
 * @example
 * ```ts
 * import { connect, memoryCache, tokenStore } from 'ehealth-connectors'
 * import { physician } from 'ehealth-connectors/professions'
 *
 * await using me = await connect({
 *   environment: 'acceptance',
 *   keystore: { file: 'physician.acc-p12', password },
 *   as: physician({ ssin, nihii }),
 *   tokenStore: tokenStore({ cache: memoryCache(), key: storeKey }),
 * })
 * ```
 */
export function tokenStore(options: TokenStoreOptions): TokenStore {
  refuseUnknownOptions(options, ['cache', 'key', 'previousKeys', 'lease', 'runtime'], 'tokenStore')
  const { cache, lease = 20_000, runtime = systemRuntime } = options
  if (typeof cache?.get !== 'function') throw invalidOption('tokenStore.cache', 'expected a cache')
  if (!(Number.isFinite(lease) && lease >= 1000))
    throw invalidOption('tokenStore.lease', 'expected at least 1000 milliseconds')
  const key = storageKey(options.key, 'tokenStore.key')
  const keys = [
    key,
    ...(options.previousKeys ?? []).map((given, i) => storageKey(given, `tokenStore.previousKeys[${i}]`)),
  ]
  const lock = lockOf(cache, runtime)
  const answerOf = patiently(runtime)
  const store: TokenStore = {
    load: async (place) => {
      for (const one of keys) {
        const stored = await answerOf(() => cache.get(nameOf(one, place)))
        if (stored !== undefined) return openSealedToken(stored, one, place.binding)
      }
      return undefined
    },
    save: async (place, token, now) => {
      const lifetime = token.notOnOrAfter.getTime() - now.getTime()
      if (lifetime <= 0) return
      const stored = sealToken(token.xml, key, place.binding, runtime)
      await answerOf(() => cache.set(nameOf(key, place), stored, lifetime))
    },
    forget: async (place) => {
      for (const one of keys) await answerOf(() => cache.delete(nameOf(one, place)))
    },
    take: async (place) => {
      const name = `${nameOf(key, place)}:lease`
      const owner = runtime.uuid()
      const until = monotonicOf(runtime) + lease
      if (!(await answerOf(() => lock.take(name, owner, lease)))) return undefined
      return {
        get held() {
          return monotonicOf(runtime) < until
        },
        release: () => answerOf(() => lock.release(name, owner)),
      }
    },
  }
  Object.defineProperty(store, inspect.custom, { value: () => 'TokenStore' })
  return Object.freeze(store)
}

/** A name that only whoever has the key can connect with a person. */
const nameOf = (key: KeyObject, { binding, variant }: TokenPlace): string =>
  `token:${createHmac('sha256', key).update('name\0').update(binding).update(variant).digest('base64url')}`

/** What a store of somebody else answers, or an error of ours in time. */
function patiently(runtime: Runtime): <T>(ask: () => Promise<T>) => Promise<T> {
  let failedAt = -Infinity
  return async (ask) => {
    if (monotonicOf(runtime) < failedAt + respite)
      throw new EHealthError('token.store', 'the store of tokens did not answer a moment ago')
    let timer: NodeJS.Timeout | undefined
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${patience} ms`)), patience)
    })
    try {
      return await Promise.race([ask(), tooLate])
    } catch (error) {
      failedAt = monotonicOf(runtime)
      throw new EHealthError('token.store', 'the store of tokens did not answer', { cause: error })
    } finally {
      clearTimeout(timer)
    }
  }
}
