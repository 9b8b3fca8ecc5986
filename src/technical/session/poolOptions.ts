/** The options of a pool of sessions, and of one user in it. */
import type { Environment } from '../environment/environment.js'
import { credentialOptionNames, type CredentialOptions } from './credentialOptions.js'
import { invalidOption, longestTimeout, refuseUnknownOptions } from './options.js'
import { sessionOptionNames, type SessionOptions } from './sessionOptions.js'
import type { Actor } from './types.js'

/** What every session of a pool has from it, see {@link SessionOptions}; and the bounds of the pool. */
export interface SessionPoolOptions extends Omit<
  SessionOptions,
  keyof CredentialOptions | 'actor' | 'token'
> {
  /** Where users are who do not say otherwise. */
  environment: Environment
  /** Most sessions at a time; 10 000. For a new one the one that has been idle longest is closed. */
  maxSessions?: number
  /** Milliseconds after which a session that nobody uses is closed; 30 minutes. */
  idleTimeout?: number
  /** Most token requests at a time, of all sessions; 8. */
  maxStsCalls?: number
  /** Milliseconds to wait for a place while all are in use; 30 000. */
  acquireTimeout?: number
  /** Milliseconds for which `close()` waits for what is in use; 30 000. */
  drainTimeout?: number
}

/** One user: who, and with which keys. */
export interface PoolUser extends CredentialOptions {
  actor: Actor
  /** The pool's when omitted. */
  environment?: Environment
  /** Lifetime to ask for a token, in milliseconds; the pool's when omitted. */
  validity?: number
  /** A token to begin with, where his session is not there yet. */
  token?: SessionOptions['token']
}

/** Names of the bounds. */
export const poolBounds = [
  'maxSessions',
  'idleTimeout',
  'maxStsCalls',
  'acquireTimeout',
  'drainTimeout',
] as const

const userNames = ['actor', 'environment', ...credentialOptionNames, 'validity', 'token']

const poolNames = [
  ...sessionOptionNames.filter((name) => !userNames.includes(name)),
  'environment',
  'validity',
  ...poolBounds,
]

/** @throws EHealthError `configuration.invalid` naming the option */
export function checkPoolOptions(options: SessionPoolOptions): void {
  refuseUnknownOptions(options, poolNames)
  if (typeof options.environment !== 'object') throw invalidOption('environment', 'missing')
  for (const name of ['maxSessions', 'maxStsCalls'] as const) {
    const value = options[name]
    if (value !== undefined && !(Number.isInteger(value) && value >= 1))
      throw invalidOption(name, 'expected a whole number above 0')
  }
  for (const name of ['idleTimeout', 'acquireTimeout', 'drainTimeout'] as const) {
    const value = options[name]
    if (value !== undefined && !(value >= 0 && value <= longestTimeout))
      throw invalidOption(name, 'expected milliseconds below 25 days')
  }
}

/** The options of this user's session. @throws EHealthError `configuration.invalid` */
export function sessionOptionsOf(pool: SessionPoolOptions, user: PoolUser): SessionOptions {
  refuseUnknownOptions(user, userNames)
  if (!Array.isArray(user.actor?.attributes)) throw invalidOption('actor', 'expected who calls')
  const common: Partial<Record<string, unknown>> = { ...pool }
  for (const name of poolBounds) delete common[name]
  return { ...common, ...definedOnly(user) } as unknown as SessionOptions
}

const definedOnly = (user: PoolUser): Partial<PoolUser> =>
  Object.fromEntries(Object.entries(user).filter(([, value]) => value !== undefined))
