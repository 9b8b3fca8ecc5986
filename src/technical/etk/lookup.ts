/** Looking encryption tokens up in the depot (spec etee §2.4). */
import { EHealthError, isEHealthError } from '../../errors.js'
import { memoryCache } from '../environment/cache.js'
import { endpointOf } from '../environment/environment.js'
import { identityOf } from '../keystore/identity.js'
import { told } from '../observability/told.js'
import { closedError } from '../session/closed.js'
import type { Session } from '../session/index.js'
import { askDepot } from './ask.js'
import { lookUpMany } from './batch.js'
import { tokenCache, type TokenCache } from './cache.js'
import { checkToken } from './checkToken.js'
import { checkedOwner } from './owner.js'
import { readToken } from './token.js'
import type {
  TokenBatch,
  TokenBatchOptions,
  TokenMatch,
  TokenOwner,
  TokenSearch,
  VerifiedToken,
} from './types.js'

/** The depot of encryption tokens, as one session sees it. Every token that comes out is verified. */
export interface EtkDepot {
  /**
   * The one token of an actor.
   *
   * `application` absent means any application, empty means the token without application. When several tokens fit,
   * each is fetched; the answer is the only usable one.
   *
   * @throws EHealthError `identifier.*` before anything is sent; `etk.not-found`, `etk.ambiguous` (with
   * `details.applications`), `etk.invalid-number`, `etk.unknown-type`, `etk.unavailable`, `etk.refused`, and what
   * `checkToken` throws
   *
   * @example
   * ```ts
   * const token = await me.technical.etk.get({ type: 'NIHII-HOSPITAL', value: '71997358', application: '' })
   * ```
   */
  get(owner: TokenOwner): Promise<VerifiedToken>
  /**
   * All usable tokens of an actor, one per application.
   *
   * @throws EHealthError as {@link get}, without `etk.ambiguous`
   */
  getAll(owner: TokenOwner): Promise<VerifiedToken[]>
  /**
   * The tokens of many actors, some at a time. Nothing is lost because one look-up fails: every owner has his result, the
   * missing ones are named with their place in the list.
   *
   * @throws EHealthError `configuration.invalid` for an impossible option
   *
   * @example
   * ```ts
   * const { tokens, missing } = await me.technical.etk.getMany([
   *   { type: 'SSIN', value: nurseSsin },
   *   { type: 'NIHII-HOSPITAL', value: '71997358' },
   * ])
   * for (const { index, error } of missing) console.warn(`recipient ${index + 1}: ${error.code}`)
   * const sealed = await me.technical.seal(letter, { to: tokens })
   * ```
   */
  getMany(owners: readonly TokenOwner[], options?: TokenBatchOptions): Promise<TokenBatch>
  /**
   * What the depot has for an actor, as it says it: one token, the identifiers of several, or none. Several are not fetched:
   * let somebody choose, and ask again with the identifier chosen.
   *
   * @throws EHealthError as {@link get}, without `etk.not-found` and `etk.ambiguous`
   *
   * @example
   * ```ts
   * const found = await me.technical.etk.search({ type: 'CBE', value: '0999990123' })
   * if (found.outcome === 'several')
   *   for (const { identifiers } of found.matches) console.log(identifiers[0]?.application)
   * ```
   */
  search(owner: TokenOwner): Promise<TokenSearch>
  /** The token of the session's own actor: what is sealed for it, the session should open; see `checkOwnToken`. */
  own(): Promise<VerifiedToken>
}

/** More matches than that are an answer that nobody meant. */
const mostMatches = 50

const depots = new WeakMap<Session, EtkDepot>()

/**
 * The depot of a session. Look-ups need no token and no keystore; only `own` opens the keystore.
 *
 * Tokens are kept in the cache of the session for an hour, or until a certificate inside ends, and verified again whenever
 * they come out of it. Who asks for the same token at the same time shares one call. "Not found" is never kept.
 *
 * @example
 * ```ts
 * import { etkDepot } from 'ehealth-connectors/etk'
 *
 * const token = await etkDepot(session).get({ type: 'SSIN', value: '90010199794', application: '' })
 * ```
 */
export function etkDepot(session: Session): EtkDepot {
  const known = depots.get(session)
  if (known !== undefined) return known
  const depot = createDepot(session)
  depots.set(session, depot)
  return depot
}

function createDepot(session: Session): EtkDepot {
  const endpoint = endpointOf(session.environment, 'etkDepot')
  const caches: Caches = {
    shared: tokenCache(session.cache, endpoint),
    own: tokenCache(memoryCache({ now: session.runtime.now }), endpoint),
  }
  const underWay = new Map<string, Promise<Found>>()
  const find: LookUp = async (owner) => {
    if (session.closed) throw closedError()
    const key = caches.shared.key(owner)
    const running = underWay.get(key)
    if (running !== undefined) return running
    const started = toldLookUp(session, caches, owner).finally(() => underWay.delete(key))
    underWay.set(key, started)
    return started
  }
  const checked = (owner: TokenOwner): TokenOwner => checkedOwner(owner, session.runtime.now())
  const getAll = async (owner: TokenOwner): Promise<VerifiedToken[]> => {
    const asked = checked(owner)
    const { token, matches } = await find(asked)
    return token === undefined ? followAll(session, find, matches, asked) : [token]
  }
  const get = async (owner: TokenOwner): Promise<VerifiedToken> => {
    const tokens = await getAll(owner)
    const [token] = tokens
    if (token === undefined || tokens.length > 1) throw ambiguous(tokens.length, tokens.map(applicationOf))
    return token
  }
  return {
    get,
    getAll,
    getMany: (owners, options = {}) =>
      lookUpMany(
        owners,
        options,
        (owner) => caches.shared.key(checked(owner)),
        options.applications === 'all' ? getAll : async (owner) => [await get(owner)],
      ),
    search: async (owner) => {
      try {
        const { token, matches } = await find(checked(owner))
        return token === undefined ? { outcome: 'several', matches } : { outcome: 'found', token }
      } catch (error) {
        if (isEHealthError(error, 'etk.not-found')) return { outcome: 'none' }
        throw error
      }
    },
    own: async () => {
      const { type, value, application = '' } = await session.keys.owner()
      return get({ type, value, application })
    },
  }
}

/**
 * Where tokens are kept. What names the very actor asked for can be proved again by whoever takes it out, so it may be
 * shared. The token of a person found by his NIHII number names his SSIN: whoever can write into a shared store could put
 * his own token there instead, so it is kept by the session that got it from the depot.
 */
interface Caches {
  shared: TokenCache
  own: TokenCache
}

/** What the depot (or a cache) gave: a verified token, or what to ask for instead. */
type Found = { source: 'cache' | 'depot' } & (
  { token: VerifiedToken; matches?: undefined } | { token?: undefined; matches: readonly TokenMatch[] }
)

type LookUp = (owner: TokenOwner) => Promise<Found>

const toldLookUp = (session: Session, caches: Caches, owner: TokenOwner): Promise<Found> =>
  told(
    session,
    () => lookUp(session, caches, owner),
    (timing, found) => ({
      type: 'etk',
      ownerType: owner.type,
      ...(found === undefined ? {} : { source: found.source, tokens: found.matches?.length ?? 1 }),
      ...timing,
    }),
  )

async function lookUp(session: Session, caches: Caches, owner: TokenOwner): Promise<Found> {
  const { shared, own } = caches
  const key = shared.key(owner)
  const kept =
    (await fromCache(shared, key, (bytes) =>
      verified(session, bytes, owner, { allowSsinForNihii: false }),
    )) ?? (await fromCache(own, key, (bytes) => verified(session, bytes, owner)))
  if (kept !== undefined) return { source: 'cache', token: kept }
  const answer = await askDepot(session, owner, (octets) => verified(session, octets, owner))
  if (answer.token === undefined) return { source: 'depot', matches: answer.matches }
  const { token, octets } = answer
  const { type } = identityOf(token.authenticationCertificate)
  const now = session.runtime.now()
  await (type === owner.type ? shared : own).set(key, octets, { now, until: endOf(token) })
  return { source: 'depot', token }
}

/** When the first of the owner's certificates ends. */
const endOf = ({ encryptionCertificate, authenticationCertificate }: VerifiedToken): Date =>
  encryptionCertificate.notAfter < authenticationCertificate.notAfter
    ? encryptionCertificate.notAfter
    : authenticationCertificate.notAfter

async function fromCache(
  cache: TokenCache,
  key: string,
  verify: (bytes: Uint8Array) => Promise<VerifiedToken>,
): Promise<VerifiedToken | undefined> {
  const kept = await cache.get(key)
  if (kept === undefined) return undefined
  try {
    return await verify(kept)
  } catch (error) {
    if (!(error instanceof EHealthError)) throw error
    // Ended meanwhile, or somebody else wrote into a shared store: the depot knows.
    await cache.delete(key)
    return undefined
  }
}

/** Several tokens fit: asks again for each. */
async function followAll(
  session: Session,
  find: LookUp,
  matches: readonly TokenMatch[],
  owner: TokenOwner,
): Promise<VerifiedToken[]> {
  if (matches.length > mostMatches) throw ambiguous(matches.length)
  return usable(await Promise.allSettled(matches.map((match) => follow(session, find, match, owner))))
}

/** Asks for one of several, by its first identifier as the official connector; it must still be for the actor asked for. */
async function follow(
  session: Session,
  find: LookUp,
  { identifiers }: TokenMatch,
  owner: TokenOwner,
): Promise<VerifiedToken> {
  const [match] = identifiers as [TokenOwner, ...TokenOwner[]]
  const { type, value } = owner
  const expected = { ...match, type, value }
  if (match.type === type && match.value === value) {
    const { token, matches } = await find(expected)
    if (token === undefined) throw ambiguous(matches.length)
    return token
  }
  const answer = await askDepot(session, match, (octets) => verified(session, octets, expected))
  if (answer.token === undefined) throw ambiguous(answer.matches.length)
  return answer.token
}

/** A match that belongs to somebody else or has ended is no match; a forged one is a reason to stop. */
function usable(results: readonly PromiseSettledResult<VerifiedToken>[]): VerifiedToken[] {
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []))
  const skipped = ['etk.subject', 'etk.expired', 'etk.unsupported-key', 'etk.not-found', 'etk.revoked']
  const fatal = failures.find((error) => !(error instanceof EHealthError && skipped.includes(error.code)))
  if (fatal !== undefined) throw fatal
  const tokens = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  if (tokens.length === 0) throw failures[0]!
  return tokens
}

/** A person's only token is the one of the SSIN, whatever number he is looked for by. */
async function verified(
  session: Session,
  bytes: Uint8Array,
  expected: TokenOwner,
  { allowSsinForNihii = true } = {},
): Promise<VerifiedToken> {
  const { signers, registrationAuthority } = session.trust
  return checkToken(readToken(bytes), {
    trust: signers,
    ...(registrationAuthority.length === 0 ? {} : { registrationAuthority }),
    at: session.runtime.now(),
    expected,
    allowSsinForNihii,
    revocation: session.revocation,
  })
}

function ambiguous(count: number, applications: readonly string[] = []): EHealthError {
  return new EHealthError('etk.ambiguous', `${count} encryption tokens match`, {
    details: { count, applications },
  })
}

/** Application of a token; empty for the one without. */
const applicationOf = (token: VerifiedToken): string =>
  identityOf(token.authenticationCertificate).application ?? ''
