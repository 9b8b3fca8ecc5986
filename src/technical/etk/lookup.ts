/** Looking encryption tokens up in the depot (spec etee §2.4). */
import { EHealthError, type PlatformDetail } from '../../errors.js'
import { memoryCache } from '../environment/cache.js'
import { endpointOf } from '../environment/environment.js'
import { identityOf } from '../keystore/identity.js'
import { told } from '../observability/told.js'
import { closedError } from '../session/closed.js'
import type { Session } from '../session/index.js'
import { tokenCache, type TokenCache } from './cache.js'
import { etkDepotOperations, type EtkIdentifier, type GetEtkResponse } from './contract.js'
import { checkedOwner } from './owner.js'
import { readToken } from './token.js'
import type { TokenOwner, VerifiedToken } from './types.js'
import { verifyToken } from './verifyToken.js'

/** The depot of encryption tokens, as one session sees it. Every token that comes out is verified. */
export interface EtkDepot {
  /**
   * The one token of an actor.
   *
   * `application` absent means any application, empty means the token without application. When several tokens fit,
   * each is fetched; the answer is the only usable one.
   *
   * @throws EHealthError `identifier.*` before anything is sent; `etk.not-found`, `etk.ambiguous` (with
   * `details.applications`), `etk.refused`, and what `verifyToken` throws
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
  /** The token of the session's own certificate: what is sealed for it, the session can open. */
  own(): Promise<VerifiedToken>
}

/** More matches than that are an answer that nobody meant. */
const mostMatches = 50

const depots = new WeakMap<Session, EtkDepot>()

/**
 * The depot of a session. Look-ups need no token and no keystore; only `own` opens the keystore.
 *
 * Tokens are kept for an hour in the cache of the session, and verified again whenever they come out of it. Who asks for the
 * same token at the same time shares one call. "Not found" is never kept.
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
  const underWay = new Map<string, Promise<VerifiedToken[]>>()
  const all = async (owner: TokenOwner): Promise<VerifiedToken[]> => {
    if (session.closed) throw closedError()
    const key = caches.shared.key(owner)
    const running = underWay.get(key)
    if (running !== undefined) return running
    const started = toldLookUp(session, caches, owner).finally(() => underWay.delete(key))
    underWay.set(key, started)
    return started
  }
  const get = async (owner: TokenOwner): Promise<VerifiedToken> => {
    const tokens = await all(checkedOwner(owner, session.runtime.now()))
    const [token] = tokens
    if (token === undefined || tokens.length > 1) throw ambiguous(tokens.length, tokens.map(applicationOf))
    return token
  }
  return {
    get,
    getAll: async (owner) => all(checkedOwner(owner, session.runtime.now())),
    own: async () => {
      const { identity } = await session.keystore()
      const { type, value, application = '' } = identity
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

async function toldLookUp(session: Session, caches: Caches, owner: TokenOwner): Promise<VerifiedToken[]> {
  const { tokens } = await told(
    session,
    () => lookUp(session, caches, owner),
    (timing, found) => ({
      type: 'etk',
      ownerType: owner.type,
      ...(found === undefined ? {} : { source: found.source, tokens: found.tokens.length }),
      ...timing,
    }),
  )
  return tokens
}

interface Found {
  source: 'cache' | 'depot'
  tokens: VerifiedToken[]
}

async function lookUp(session: Session, caches: Caches, owner: TokenOwner): Promise<Found> {
  const { shared, own } = caches
  const key = shared.key(owner)
  const kept =
    (await fromCache(shared, key, (bytes) =>
      verified(session, bytes, owner, { allowSsinForNihii: false }),
    )) ?? (await fromCache(own, key, (bytes) => verified(session, bytes, owner)))
  if (kept !== undefined) return { source: 'cache', tokens: [kept] }
  const answer = await ask(session, owner)
  if (answer.ETK !== undefined) {
    const token = verified(session, answer.ETK, owner)
    const { type } = identityOf(token.authenticationCertificate)
    await (type === owner.type ? shared : own).set(key, answer.ETK)
    return { source: 'depot', tokens: [token] }
  }
  const { MatchingEtk = [] } = answer
  if (MatchingEtk.length > mostMatches) throw ambiguous(MatchingEtk.length)
  const answers = MatchingEtk.map(({ Identifier }) => follow(session, Identifier[0]!, owner))
  return { source: 'depot', tokens: usable(await Promise.allSettled(answers)) }
}

async function fromCache(
  cache: TokenCache,
  key: string,
  verify: (bytes: Uint8Array) => VerifiedToken,
): Promise<VerifiedToken | undefined> {
  const kept = await cache.get(key)
  if (kept === undefined) return undefined
  try {
    return verify(kept)
  } catch (error) {
    if (!(error instanceof EHealthError)) throw error
    // Ended meanwhile, or somebody else wrote into a shared store: the depot knows.
    await cache.delete(key)
    return undefined
  }
}

/** Several tokens fit: asks again for one of them, which must still be for the actor asked for. */
async function follow(session: Session, match: EtkIdentifier, owner: TokenOwner): Promise<VerifiedToken> {
  const { Type: type, Value: value, ApplicationID: application = '' } = match
  const answer = await ask(session, { type, value, application })
  if (answer.ETK === undefined) throw ambiguous(answer.MatchingEtk?.length ?? 0)
  return verified(session, answer.ETK, { type: owner.type, value: owner.value, application })
}

/** A match that belongs to somebody else or has ended is no match; a forged one is a reason to stop. */
function usable(results: readonly PromiseSettledResult<VerifiedToken>[]): VerifiedToken[] {
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []))
  const skipped = ['etk.subject', 'etk.expired', 'etk.unsupported-key', 'etk.not-found']
  const fatal = failures.find((error) => !(error instanceof EHealthError && skipped.includes(error.code)))
  if (fatal !== undefined) throw fatal
  const tokens = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  if (tokens.length === 0) throw failures[0] ?? notFound()
  return tokens
}

/** A person's only token is the one of the SSIN, whatever number he is looked for by. */
function verified(
  session: Session,
  bytes: Uint8Array,
  expected: TokenOwner,
  { allowSsinForNihii = true } = {},
): VerifiedToken {
  const { signers, registrationAuthority } = session.trust
  return verifyToken(readToken(bytes), {
    trust: signers,
    ...(registrationAuthority.length === 0 ? {} : { registrationAuthority }),
    at: session.runtime.now(),
    expected,
    allowSsinForNihii,
  })
}

/** @throws EHealthError `etk.not-found`, `etk.refused`, `contract.unreadable` */
async function ask(session: Session, { type, value, application }: TokenOwner): Promise<GetEtkResponse> {
  const { value: answer } = await session.call(etkDepotOperations.getEtk, {
    SearchCriteria: {
      Identifier: [
        { Type: type, Value: value, ...(application === undefined ? {} : { ApplicationID: application }) },
      ],
    },
  })
  const { Status, Error: errors } = answer
  if (Status.Code === '404') throw notFound(detailOf(Status))
  if (Status.Code !== '200')
    throw new EHealthError('etk.refused', `the ETK depot answered status ${platformCode(Status.Code)}`, {
      platform: detailOf(Status),
    })
  const [error] = errors ?? []
  if (error?.Code === 'NO_MATCHING_ETK') throw notFound({ code: error.Code })
  if (error !== undefined)
    throw new EHealthError('etk.refused', `the ETK depot refused the request: ${platformCode(error.Code)}`, {
      platform: { code: error.Code, messages: [{ text: error.Message }] },
    })
  if (answer.ETK === undefined && (answer.MatchingEtk?.length ?? 0) === 0)
    throw new EHealthError('contract.unreadable', 'GetEtkResponse: neither token nor matches nor error', {
      path: 'GetEtkResponse',
    })
  return answer
}

/** A code of the platform is quoted only when it looks like one. */
const platformCode = (code: string): string => (/^[A-Z0-9_-]{1,40}$/.test(code) ? code : 'unknown')

function detailOf({ Code, Message }: GetEtkResponse['Status']): PlatformDetail {
  return {
    code: Code,
    messages: Message.map(({ value, Lang }) => ({
      text: value,
      ...(Lang === undefined ? {} : { language: Lang }),
    })),
  }
}

function notFound(platform?: PlatformDetail): EHealthError {
  return new EHealthError(
    'etk.not-found',
    'no encryption token is published for this actor',
    platform === undefined ? {} : { platform },
  )
}

function ambiguous(count: number, applications: readonly string[] = []): EHealthError {
  return new EHealthError('etk.ambiguous', `${count} encryption tokens match`, {
    details: { count, applications },
  })
}

/** Application of a token; empty for the one without. */
const applicationOf = (token: VerifiedToken): string =>
  identityOf(token.authenticationCertificate).application ?? ''
