/** The options of a session, judged at the door. */
import type { Cache } from '../environment/cache.js'
import type { Environment } from '../environment/environment.js'
import type { Runtime } from '../environment/runtime.js'
import { serviceNames, type ServiceName } from '../environment/services.js'
import type { Tracing } from '../observability/tracing.js'
import type { RevocationChecker, RevocationPolicy } from '../pki/revocation/index.js'
import { assertTracing } from '../soap/requestHeaders.js'
import type { TransportOptions } from '../soap/transport.js'
import type { EndpointRoutes, Recorder, RetryOptions, Transport } from '../soap/types.js'
import { assertSettings, stsSettingNames, type StsSettings } from '../sts/options.js'
import { checkCredentials, credentialOptionNames, type CredentialOptions } from './credentialOptions.js'
import { checkRetry, invalidOption, longestTimeout, refuseUnknownOptions } from './options.js'
import { renewalModes, type RenewalMode } from './renewal.js'
import { storageKey } from './sealedToken.js'
import type { TokenStore } from './tokenStore.js'
import type { Actor, SessionListener } from './types.js'

/** A token to begin with: the assertion itself, or what `Session.exportToken` made of one. */
export type GivenToken = { assertion: string } | { stored: string; key: Uint8Array }

/** Options of {@link createSession}. */
export interface SessionOptions extends CredentialOptions {
  environment: Environment
  actor: Actor
  /** Lifetime to ask for a token, in milliseconds; 24 hours. */
  validity?: number
  /**
   * A token to begin with, so that nobody has to log in. It is verified like a fresh one; one that may not be used is told
   * (event `token`, `rejected`) and the STS is asked, or, where it may not be asked, the call fails.
   */
  token?: GivenToken
  /** Keeps tokens beyond the process, and shares them with others: `tokenStore({ cache, key })`. */
  tokenStore?: TokenStore
  /**
   * When the token is renewed; `on-demand`. A `token` that was given as `assertion`, without `identification`, is not renewed
   * (`never`): the key that it is bound to was not the one that identified.
   */
  renew?: RenewalMode
  /** Milliseconds by which clocks may differ: a token may begin so late, and is renewed at least so early; five minutes. */
  clockSkew?: number
  /** How the STS is asked for tokens; over WS-Trust. */
  sts?: StsSettings
  /** What may be shared between sessions (encryption tokens); in memory by default. */
  cache?: Cache
  /**
   * Whether senders and owners of tokens may have revoked certificates: `require`, `prefer` or `off`, the default; or a checker
   * with its own lists, network or limits, which may be shared.
   */
  revocation?: RevocationPolicy | RevocationChecker
  /** Told what happens; never payloads or secrets. */
  on?: SessionListener
  /** Gives calls a place in a trace, for instance `await openTelemetry()`. */
  tracing?: Tracing
  recorder?: Recorder
  runtime?: Runtime
  /** Milliseconds for a call, with everything; default of the transport. */
  timeout?: number
  /** Milliseconds for single services; they go before `timeout`. */
  timeouts?: Readonly<Partial<Record<ServiceName, number>>>
  /** How often a call is tried by itself. */
  retry?: RetryOptions
  /** A transport to share; the session does not close it. */
  transport?: Transport
  /** Settings of the session's own transport: time-outs, limits, proxy. Not with `transport`. */
  http?: Omit<TransportOptions, 'trust' | 'timeout'>
  /** Knows other endpoints when the usual ones fail; shared by the sessions of a process. */
  businessContinuity?: EndpointRoutes
  /** Date messages by the platform's clock when this machine's is off. Default false: mend the clock. */
  correctClock?: boolean
  /** Products that call, for instance `Sample/1.0`: they stand before the library's own in `User-Agent`. */
  userAgent?: string
  /** Value of the `From` header: an e-mail address of whoever runs the software. */
  from?: string
}

/** Names of all options. */
export const sessionOptionNames: readonly (keyof SessionOptions)[] = [
  'environment',
  'actor',
  ...credentialOptionNames,
  'validity',
  'token',
  'tokenStore',
  'renew',
  'clockSkew',
  'sts',
  'cache',
  'revocation',
  'on',
  'tracing',
  'recorder',
  'runtime',
  'timeout',
  'timeouts',
  'retry',
  'transport',
  'http',
  'businessContinuity',
  'correctClock',
  'userAgent',
  'from',
]

const policies: ReadonlySet<string> = new Set<RevocationPolicy>(['require', 'prefer', 'off'])

/** @throws EHealthError `configuration.invalid` naming the option */
export function checkSessionOptions(options: SessionOptions): void {
  refuseUnknownOptions(options, sessionOptionNames)
  checkCredentials(options)
  checkMilliseconds(options.validity, 'validity')
  checkTokenOptions(options)
  refuseUnknownOptions(options.sts ?? {}, stsSettingNames, 'sts')
  assertSettings(options.sts ?? {}, 'sts.')
  checkTimeout(options.timeout, 'timeout')
  refuseUnknownOptions(options.timeouts ?? {}, serviceNames, 'timeouts')
  for (const [name, value] of Object.entries(options.timeouts ?? {})) checkTimeout(value, `timeouts.${name}`)
  const { revocation = 'off' } = options
  if (typeof revocation === 'string' ? !policies.has(revocation) : typeof revocation.checkPath !== 'function')
    throw invalidOption('revocation', 'expected require, prefer, off or a revocation checker')
  assertTracing(options)
  if (options.retry !== undefined) checkRetry(options.retry)
  if (options.transport !== undefined && options.http !== undefined)
    throw invalidOption('http', 'a transport of its own has its settings already')
}

function checkTokenOptions({ token, tokenStore, renew, clockSkew }: SessionOptions): void {
  if (token !== undefined) {
    refuseUnknownOptions(token, ['assertion', 'stored', 'key'], 'token')
    const { assertion, stored, key } = token as { assertion?: unknown; stored?: unknown; key?: unknown }
    if ((typeof assertion === 'string') === (typeof stored === 'string'))
      throw invalidOption('token', 'expected either an assertion or a stored token')
    if (assertion === undefined) storageKey(key, 'token.key')
  }
  if (tokenStore !== undefined && typeof tokenStore?.load !== 'function')
    throw invalidOption('tokenStore', 'expected tokenStore({ cache, key })')
  if (renew !== undefined && !renewalModes.includes(renew))
    throw invalidOption('renew', `expected ${renewalModes.join(', ')}`)
  if (clockSkew !== undefined && !(clockSkew >= 0 && clockSkew <= 3_600_000))
    throw invalidOption('clockSkew', 'expected 0 to 3600000 milliseconds')
}

function checkMilliseconds(value: number | undefined, path: string): void {
  if (value !== undefined && !(Number.isFinite(value) && value > 0))
    throw invalidOption(path, 'expected milliseconds above 0')
}

function checkTimeout(value: number | undefined, path: string): void {
  checkMilliseconds(value, path)
  if (value !== undefined && value > longestTimeout)
    throw invalidOption(path, 'expected milliseconds below 25 days')
}
