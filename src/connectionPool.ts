/** Connections of many users, for servers: the pool of sessions with the services of each profession. */
import { checkNationalRegisterOptions, type NationalRegisterOptions } from './business/registers/index.js'
import { checkMyCareNetOptions, type MyCareNetOptions } from './business/mycarenet/index.js'
import { openConnection, type Connection } from './connect.js'
import type { BusinessServiceName, Profession } from './professions/index.js'
import { notAProfession } from './professions/refusal.js'
import {
  environmentOf,
  type Environment,
  type EnvironmentName,
  type TrustMaterial,
} from './technical/environment/environment.js'
import { applyOwnTokenPolicy, assertOwnTokenPolicy, type OwnTokenPolicy } from './technical/etk/ownToken.js'
import { credentialOptionNames } from './technical/session/credentialOptions.js'
import { invalidOption, refuseUnknownOptions } from './technical/session/options.js'
import { createPool } from './technical/session/pool.js'
import type { PoolState, PoolUser, SessionPoolOptions } from './technical/session/index.js'

/** Options of {@link createConnectionPool}: those of a connection that are the same for all, and the bounds. */
export interface ConnectionPoolOptions extends Omit<SessionPoolOptions, 'environment'> {
  /** Where the platform is for users who do not say otherwise. */
  environment: EnvironmentName | Environment
  /** Endpoints that differ from the platform's, by the name of the service. */
  endpoints?: Environment['endpoints']
  /** Certificates to trust. */
  trust?: TrustMaterial
  /** As the option of `connect`, looked at when a user's session is opened; `off`. */
  checkOwnToken?: OwnTokenPolicy
  /** Application ID and legal context for the national register, for users who do not bring their own. */
  nationalRegister?: NationalRegisterOptions
  /** Licence and particulars of MyCareNet for users who do not bring their own. */
  mycarenet?: MyCareNetOptions
}

/** A user of a pool: who calls, and with which keys. */
export interface ConnectionPoolUser<Services extends BusinessServiceName> extends Omit<PoolUser, 'actor'> {
  /** Who calls, for instance `physician({ ssin, nihii })`. */
  as: Profession<Services>
  /** Application ID and legal context for the national register, in place of those of the pool. */
  nationalRegister?: NationalRegisterOptions
  /** Licence and particulars of MyCareNet, in place of those of the pool. */
  mycarenet?: MyCareNetOptions
}

/** Connections of many users. */
export interface ConnectionPool {
  /**
   * The connection of this user. Its `close()`, or the end of an `await using` block, gives it back: do so soon, what is in use
   * is never evicted. Nothing is called for it.
   *
   * @throws EHealthError `configuration.invalid`, `session.pool-full`, `configuration.closed`; `etk.*` where the own token
   * is required to fit
   */
  acquire<Services extends BusinessServiceName>(
    user: ConnectionPoolUser<Services>,
  ): Promise<Connection<Services>>
  /**
   * Runs `action` with the connection of this user, and gives it back.
   *
   * @throws EHealthError as {@link acquire}, and what `action` throws
   */
  use<Services extends BusinessServiceName, T>(
    user: ConnectionPoolUser<Services>,
    action: (me: Connection<Services>) => Promise<T>,
  ): Promise<T>
  /** The user has gone: token and keys are dropped, as soon as what is in use has been given back. */
  remove(user: ConnectionPoolUser<BusinessServiceName>): Promise<void>
  readonly state: PoolState
  /** Gives out nothing any more, waits for what is in use, and closes everything. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * A pool of connections for a server: thousands of users in one process, each with a token and keys of his own, and the rest
 * shared. See docs/sessions.md.
 *
 * @throws EHealthError `configuration.invalid`, `certificate.malformed`
 *
 * @example
 * ```ts
 * import { createConnectionPool } from 'ehealth-connectors'
 * import { physician } from 'ehealth-connectors/professions'
 *
 * const pool = createConnectionPool({ environment: 'acceptance', trust: { sts: [stsPem], signers: [rootPem] } })
 *
 * const user = { as: physician({ ssin, nihii }), keystore: { file: 'physician.acc-p12', password } }
 * const info = await pool.use(user, (me) => me.ehbox.info())
 * ```
 */
export function createConnectionPool(options: ConnectionPoolOptions): ConnectionPool {
  if (options === null || typeof options !== 'object') throw invalidOption('', 'expected an object')
  const { environment, endpoints, trust, checkOwnToken = 'off', ...more } = options
  const { nationalRegister: commonRegister, mycarenet: commonMyCareNet, ...rest } = more
  if (environment === undefined) throw invalidOption('environment', 'missing')
  assertOwnTokenPolicy(checkOwnToken)
  if (commonRegister !== undefined) checkNationalRegisterOptions(commonRegister)
  if (commonMyCareNet !== undefined) checkMyCareNetOptions(commonMyCareNet)
  const pool = createPool(
    { ...rest, environment: environmentOf(environment, trust, endpoints) },
    checkOwnToken === 'off' ? undefined : (session) => applyOwnTokenPolicy(session, checkOwnToken),
  )
  const acquire: ConnectionPool['acquire'] = async (user) => {
    const held = await pool.acquire(poolUser(user))
    const nationalRegister = user.nationalRegister ?? commonRegister
    const mycarenet = user.mycarenet ?? commonMyCareNet
    return openConnection(held.session, user.as, {
      close: async () => held.release(),
      ...(nationalRegister === undefined ? {} : { nationalRegister }),
      ...(mycarenet === undefined ? {} : { mycarenet }),
    })
  }
  return {
    acquire,
    use: async (user, action) => {
      const me = await acquire(user)
      try {
        return await action(me)
      } finally {
        await me.close()
      }
    },
    remove: (user) => pool.remove(poolUser(user)),
    get state() {
      return pool.state
    },
    close: () => pool.close(),
    [Symbol.asyncDispose]: () => pool.close(),
  }
}

function poolUser<Services extends BusinessServiceName>(user: ConnectionPoolUser<Services>): PoolUser {
  refuseUnknownOptions(user, userNames)
  const { as: actor, nationalRegister, mycarenet, ...rest } = user
  if (nationalRegister !== undefined) checkNationalRegisterOptions(nationalRegister)
  if (mycarenet !== undefined) checkMyCareNetOptions(mycarenet)
  if (!Array.isArray(actor?.services) || !Array.isArray(actor.attributes)) throw notAProfession(actor)
  return { ...rest, actor }
}

const userNames: readonly (keyof ConnectionPoolUser<BusinessServiceName>)[] = [
  'as',
  'environment',
  ...credentialOptionNames,
  'validity',
  'token',
  'nationalRegister',
  'mycarenet',
]
