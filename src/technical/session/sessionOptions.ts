/** The options of a session, judged at the door. */
import type { Cache } from '../environment/cache.js'
import type { Environment } from '../environment/environment.js'
import type { Runtime } from '../environment/runtime.js'
import { serviceNames, type ServiceName } from '../environment/services.js'
import type { Credential } from '../keystore/credential.js'
import type { Keystore, KeystoreSource } from '../keystore/index.js'
import type { Tracing } from '../observability/tracing.js'
import type { RevocationChecker, RevocationPolicy } from '../pki/revocation/index.js'
import { assertTracing } from '../soap/requestHeaders.js'
import type { TransportOptions } from '../soap/transport.js'
import type { EndpointRoutes, Recorder, RetryOptions, Transport } from '../soap/types.js'
import { checkRetry, invalidOption, longestTimeout, refuseUnknownOptions } from './options.js'
import type { Actor, SessionListener } from './types.js'

/** A PKCS#12 store with what opens it. */
export type LockedKeystore = KeystoreSource & {
  /** May be empty. */
  password: string
  /** Entry to authenticate with. Default `authentication`. */
  alias?: string
}

/** Options of {@link createSession}. */
export interface SessionOptions {
  environment: Environment
  actor: Actor
  /** Keys of the user: a PKCS#12 file or its octets, or an open keystore (smart card, HSM). */
  keystore: LockedKeystore | Keystore
  /** Signs token requests when that is another key than the one of the keystore, for instance an eID. */
  identification?: LockedKeystore | Credential
  /** Lifetime to ask for a token, in milliseconds; 24 hours. */
  validity?: number
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

const optionNames: readonly (keyof SessionOptions)[] = [
  'environment',
  'actor',
  'keystore',
  'identification',
  'validity',
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
  refuseUnknownOptions(options, optionNames)
  if (!isOpen(options.keystore)) checkLocked(options.keystore, 'keystore')
  if (options.identification !== undefined && !('sign' in options.identification))
    checkLocked(options.identification, 'identification')
  checkMilliseconds(options.validity, 'validity')
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

/** Whether a keystore has been opened already. */
export const isOpen = (keystore: LockedKeystore | Keystore): keystore is Keystore =>
  'authentication' in keystore

function checkMilliseconds(value: number | undefined, path: string): void {
  if (value !== undefined && !(Number.isFinite(value) && value > 0))
    throw invalidOption(path, 'expected milliseconds above 0')
}

function checkTimeout(value: number | undefined, path: string): void {
  checkMilliseconds(value, path)
  if (value !== undefined && value > longestTimeout)
    throw invalidOption(path, 'expected milliseconds below 25 days')
}

function checkLocked(keystore: LockedKeystore, path: string): void {
  refuseUnknownOptions(keystore, ['file', 'bytes', 'password', 'alias'], path)
  const { file, bytes } = keystore as { file?: unknown; bytes?: unknown }
  if ((typeof file === 'string') === bytes instanceof Uint8Array)
    throw invalidOption(path, 'expected either a file name or octets')
  if (typeof keystore.password !== 'string')
    throw invalidOption(`${path}.password`, 'expected text', 'Is the environment variable set that holds it?')
}
