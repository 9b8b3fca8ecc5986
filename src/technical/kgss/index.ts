/**
 * Key generation and storage: secret keys for messages whose readers are not known when they are sealed (spec etee §5).
 *
 * The KGSS makes a key, keeps it with a list of the attributes that a reader's token must carry, and gives it to whoever
 * carries one. What is sealed with the key names it, so a reader knows what to ask for.
 *
 * @module
 */
import type { TokenOwner } from '../etk/index.js'
import type { SecretKeyLookup, Unsealed } from '../seal/index.js'
import { closedError } from '../session/closed.js'
import type { Session } from '../session/index.js'
import { invalidOption, refuseUnknownOptions } from '../session/options.js'
import { kgssOperationsWith, kgssSecurity, type KgssSecurity } from './contract.js'
import { platformKgss, type KgssContext } from './exchange.js'
import { checkOptions, getKey, type GetKeyOptions } from './getKey.js'
import { base64, keyIdOf, type KgssKey } from './key.js'
import { keyCache, type KeyCachePolicy } from './keyCache.js'
import { newKey, type NewKeyOptions } from './newKey.js'
import { firstFound, unsealWithKgss, type UnsealWithKgssOptions } from './unseal.js'

export { readerAttributes, readers, type Reader, type ReaderAttribute } from './access.js'
export { kgssSecurity, type KgssSecurity } from './contract.js'
export type { GetKeyOptions } from './getKey.js'
export { KgssKey } from './key.js'
export type { KeyCachePolicy } from './keyCache.js'
export type { NewKeyOptions } from './newKey.js'
export type { UnsealWithKgssOptions } from './unseal.js'

/** Options of {@link createKgss}. */
export interface KgssOptions {
  /** Whose token requests are sealed for; the platform's KGSS by default. */
  readonly identifier?: TokenOwner
  /** Whether fetched keys are kept; `off` by default. */
  readonly keyCache?: KeyCachePolicy
  /** Security headers, by the name of a variant or one by one; `standard` by default. */
  readonly security?: keyof typeof kgssSecurity | KgssSecurity
}

/** The KGSS, as one session sees it. */
export interface Kgss {
  /**
   * Makes a key for readers who are known by what they are.
   *
   * The caller needs a published encryption token: the key comes back sealed for it.
   *
   * @throws EHealthError `kgss.reader` before anything is sent; `kgss.own-token`, `etk.*` (the caller's token, or that of the
   * KGSS), `kgss.refused`, `kgss.answer`, `kgss.signer`, `kgss.unusable-key`, `contract.unreadable`, and what a call throws
   *
   * @example
   * ```ts
   * import { readers } from 'ehealth-connectors/kgss'
   *
   * using key = await me.technical.kgss.newKey({
   *   allowed: [readers.person(patientSsin), readers.anyPharmacy()],
   * })
   * const sealed = await me.technical.seal(letter, { secretKey: key })
   * ```
   */
  newKey(options: NewKeyOptions): Promise<KgssKey>
  /**
   * Fetches a key by its identifier: octets, or the base64 that `readRecipients` gives. The key is the caller's own, to be
   * destroyed when it is not needed any more.
   *
   * @throws EHealthError `kgss.key-id`, `configuration.invalid` before anything is sent; `kgss.key-not-found` when there is
   * no such key or the caller is not among its readers; `kgss.refused`, `kgss.answer`, `kgss.signer`, `kgss.unusable-key`,
   * `contract.unreadable`, and what a call throws
   */
  getKey(id: Uint8Array | string, options?: GetKeyOptions): Promise<KgssKey>
  /**
   * Opens and verifies a message: with the caller's private keys where it is addressed to him, else with the key that it
   * names, which is asked for and overwritten afterwards.
   *
   * @throws EHealthError what {@link getKey} throws, and what `unseal` of `ehealth-connectors/seal` throws
   *
   * @example
   * ```ts
   * const { content, author } = await me.technical.kgss.unseal(sealed)
   * ```
   */
  unseal(sealed: Uint8Array, options?: UnsealWithKgssOptions): Promise<Unsealed>
  /**
   * Fetches the key of a message by the identifiers in it: give it as `secretKey` to `unsealStream` and `unsealFile`, for
   * content larger than memory should hold.
   *
   * @throws EHealthError what {@link getKey} throws
   *
   * @example
   * ```ts
   * import { createReadStream } from 'node:fs'
   * import { unsealFile } from 'ehealth-connectors/seal'
   *
   * const secretKey = me.technical.kgss.lookUp
   * const { author } = await unsealFile(createReadStream('scan.cms'), 'scan.dcm', { secretKey, trust })
   * ```
   */
  readonly lookUp: SecretKeyLookup
  /** Overwrites every key that is kept. */
  forgetKeys(): void
}

/**
 * The KGSS of a session. `me.technical.kgss` is one with the default options; make another for a key cache.
 *
 * @throws EHealthError `configuration.invalid`
 *
 * @example
 * ```ts
 * import { createKgss } from 'ehealth-connectors/kgss'
 *
 * const kgss = createKgss(session, { keyCache: { lifetime: 10 * 60_000 } })
 * const { content } = await kgss.unseal(sealed)
 * ```
 */
export function createKgss(session: Session, options: KgssOptions = {}): Kgss {
  const context = contextOf(session, options)
  const policy = checkedPolicy(options.keyCache ?? 'off')
  const cache = keyCache(policy, session.runtime.now)
  if (policy !== 'off') session.ended.addEventListener('abort', () => cache.clear(), { once: true })
  const find = async (
    id: Uint8Array | string,
    fresh: boolean,
    how?: GetKeyOptions,
  ): Promise<{ key: KgssKey; kept: boolean }> => {
    const octets = keyIdOf(id)
    if (session.closed) throw closedError()
    const name = base64(octets)
    if (fresh) cache.forget(name)
    const known = cache.get(name)
    if (known !== undefined) return { key: known, kept: true }
    const key = await getKey(context, octets, how)
    // Closed meanwhile: what is kept now, nobody would overwrite.
    if (!session.closed) cache.set(key)
    return { key, kept: false }
  }
  return {
    newKey: (how) => newKey(context, how),
    getKey: async (id, how = {}) => {
      checkOptions(how)
      return (await find(id, false, how)).key
    },
    unseal: (sealed, how) => unsealWithKgss(session, { key: find }, sealed, how),
    lookUp: (ids) => firstFound(ids, async (id) => (await find(id, false)).key.key),
    forgetKeys: () => cache.clear(),
  }
}

function contextOf(session: Session, options: KgssOptions): KgssContext {
  refuseUnknownOptions(options, ['identifier', 'keyCache', 'security'])
  const { identifier = platformKgss, security = 'standard' } = options
  if (typeof security === 'string' && !Object.hasOwn(kgssSecurity, security))
    throw invalidOption('security', `expected one of ${Object.keys(kgssSecurity).join(', ')}`)
  const headers = typeof security === 'string' ? kgssSecurity[security] : security
  refuseUnknownOptions(headers, ['getNewKey', 'getKey'], 'security')
  for (const name of ['getNewKey', 'getKey'] as const)
    if (!['none', 'x509', 'saml-hok'].includes(headers[name]))
      throw invalidOption(`security.${name}`, 'expected none, x509 or saml-hok')
  return { session, identifier, operations: kgssOperationsWith(headers), made: new Set() }
}

function checkedPolicy(policy: KeyCachePolicy): KeyCachePolicy {
  if (policy === 'off') return policy
  refuseUnknownOptions(policy, ['lifetime', 'maxKeys'], 'keyCache')
  const { lifetime, maxKeys = 1 } = policy
  if (!(Number.isFinite(lifetime) && lifetime > 0))
    throw invalidOption('keyCache.lifetime', 'expected milliseconds above 0')
  if (!(Number.isInteger(maxKeys) && maxKeys > 0))
    throw invalidOption('keyCache.maxKeys', 'expected a number above 0')
  return policy
}
