/** Sessions of many users in one process: one for each, kept while it is used, within bounds (design §3). */
import { memoryCache } from '../environment/cache.js'
import type { Environment } from '../environment/environment.js'
import { systemRuntime } from '../environment/runtime.js'
import { createRevocationChecker } from '../pki/revocation/index.js'
import { createTransport } from '../soap/transport.js'
import type { Transport } from '../soap/types.js'
import { createGate, type Gate } from './gate.js'
import { checkPoolOptions, sessionOptionsOf, type PoolUser, type SessionPoolOptions } from './poolOptions.js'
import { Places, type Occupant } from './places.js'
import { userKeys, type UserKeys } from './poolKeys.js'
import { openSession, type Shared } from './session.js'
import { checkSessionOptions, type SessionOptions } from './sessionOptions.js'
import { parseTrust } from './trust.js'
import type { Session } from './types.js'

/** A session in use. Give it back: what is in use is never evicted. */
export interface PooledSession {
  readonly session: Session
  /** Gives it back; a second time does nothing. Do not use the session afterwards. */
  release(): void
  [Symbol.dispose](): void
}

/** What is going on in a pool. */
export interface PoolState {
  readonly sessions: number
  readonly inUse: number
  /** Callers that wait for a place. */
  readonly waiting: number
  /** Token requests under way, and those that wait for their turn. */
  readonly stsCalls: number
  readonly stsWaiting: number
}

/** Sessions of many users. */
export interface SessionPool {
  /**
   * The session of this user: the one there is, or a new one. Nothing is opened or called for that.
   *
   * @throws EHealthError `configuration.invalid`; `session.pool-full` when every place is in use for too long;
   * `configuration.closed`
   */
  acquire(user: PoolUser): Promise<PooledSession>
  /**
   * Runs `action` with the session of this user and gives it back.
   *
   * @throws EHealthError as {@link acquire}, and what `action` throws
   */
  use<T>(user: PoolUser, action: (session: Session) => Promise<T>): Promise<T>
  /** The user has gone: his session is closed, with its token and keys; one in use as soon as it is given back. */
  remove(user: PoolUser): Promise<void>
  readonly state: PoolState
  /** Gives out nothing any more, waits for what is in use, `drainTimeout` at most, and closes everything. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * A pool of sessions for a server.
 *
 * Sessions are told apart by environment, person, quality, organisation and keys: users whose numbers are the same but whose
 * keys are not have two. They share what is nobody's own: connections, parsed trust material, encryption tokens, revocation
 * answers, and the limit on simultaneous token requests.
 *
 * @throws EHealthError `configuration.invalid`, `certificate.malformed`
 *
 * @example
 * ```ts
 * import { environmentOf } from 'ehealth-connectors'
 * import { physician } from 'ehealth-connectors/professions'
 * import { createSessionPool } from 'ehealth-connectors/session'
 *
 * await using pool = createSessionPool({
 *   environment: environmentOf('acceptance', { sts: [stsPem], signers: [rootPem] }),
 *   maxSessions: 5000,
 *   maxStsCalls: 8,
 * })
 * const user = { actor: physician({ ssin, nihii }), keystore: { file: 'physician.acc-p12', password } }
 * const token = await pool.use(user, (session) => session.token())
 * ```
 */
export function createSessionPool(options: SessionPoolOptions): SessionPool {
  return createPool(options)
}

/** @param prepare done once with each new session, before anybody gets it @internal */
export function createPool(
  options: SessionPoolOptions,
  prepare?: (session: Session) => Promise<void>,
): SessionPool {
  checkPoolOptions(options)
  return new Pool(options, prepare)
}

/** A session in its place. */
interface Occupied extends Occupant {
  readonly session: Session
  /** What is done once before anybody gets it. */
  readonly ready: Promise<void> | undefined
}

/** What the users of one environment share. */
interface Quarters {
  readonly shared: Shared
  readonly transport: Transport
}

/** A class because it has a lifetime: it closes the transports that it made. */
class Pool implements SessionPool {
  readonly #options: SessionPoolOptions
  readonly #prepare: ((session: Session) => Promise<void>) | undefined
  readonly #keys: UserKeys
  readonly #gate: Gate
  readonly #places: Places<Occupied>
  readonly #environments = new Map<string, Quarters>()

  constructor(options: SessionPoolOptions, prepare: ((session: Session) => Promise<void>) | undefined) {
    const { runtime = systemRuntime, revocation = 'off' } = options
    const cache = options.cache ?? memoryCache({ now: runtime.now, maxEntries: sharedEntries })
    this.#options = {
      ...options,
      runtime,
      cache,
      revocation:
        typeof revocation === 'string'
          ? createRevocationChecker({ policy: revocation, cache, runtime })
          : revocation,
    }
    this.#prepare = prepare
    this.#gate = createGate(options.maxStsCalls ?? 8)
    this.#keys = userKeys(runtime)
    const { maxSessions: most = 10_000, idleTimeout = 30 * 60_000, acquireTimeout = 30_000 } = options
    this.#places = new Places({ most, idleTimeout, waitTimeout: acquireTimeout }, runtime)
    // what is wrong with the trust material is told now
    this.#quartersOf(options.environment)
  }

  async acquire(user: PoolUser): Promise<PooledSession> {
    const options = sessionOptionsOf(this.#options, user)
    checkSessionOptions(options)
    const place = await this.#places.claim(this.#keys.of(options), () => this.#open(options))
    try {
      await place.occupant.ready
    } catch (error) {
      place.giveBack(true)
      throw error
    }
    const release = (): void => place.giveBack()
    return { session: place.occupant.session, release, [Symbol.dispose]: release }
  }

  async use<T>(user: PoolUser, action: (session: Session) => Promise<T>): Promise<T> {
    const held = await this.acquire(user)
    try {
      return await action(held.session)
    } finally {
      held.release()
    }
  }

  async remove(user: PoolUser): Promise<void> {
    this.#places.remove(this.#keys.of(sessionOptionsOf(this.#options, user)))
  }

  get state(): PoolState {
    const { size: sessions, inUse, waiting } = this.#places
    const { running: stsCalls, waiting: stsWaiting } = this.#gate
    return { sessions, inUse, waiting, stsCalls, stsWaiting }
  }

  async close(): Promise<void> {
    await this.#places.close(this.#options.drainTimeout ?? 30_000)
    for (const { transport } of this.#environments.values())
      if (transport !== this.#options.transport) transport.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  #open(options: SessionOptions): Occupied {
    const { shared, transport } = this.#quartersOf(options.environment)
    const { http: _http, ...rest } = options
    const session = openSession({ ...rest, transport }, shared)
    const ready = this.#prepare?.(session)
    // told to whoever waits for it
    ready?.catch(() => undefined)
    return {
      session,
      ready,
      get closed() {
        return session.closed
      },
      close: () => session.close(),
    }
  }

  #quartersOf(environment: Environment): Quarters {
    const key = this.#keys.environment(environment)
    const known = this.#environments.get(key)
    if (known !== undefined) return known
    const { tls } = environment.trust
    const { transport, http } = this.#options
    const made = {
      shared: { trust: parseTrust(environment.trust), gate: this.#gate },
      transport: transport ?? createTransport({ ...http, ...(tls === undefined ? {} : { trust: tls }) }),
    }
    this.#environments.set(key, made)
    return made
  }
}

/** Encryption tokens and revocation answers that a pool keeps when it is given no cache; some kilobytes each. */
const sharedEntries = 5000
