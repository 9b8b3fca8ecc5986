/** One user's session: credentials, token and caches with a lifetime (design §3). */
import { inspect } from 'node:util'

import { EHealthError } from '../../errors.js'
import { memoryCache, type Cache } from '../environment/cache.js'
import { endpointOf, type Environment } from '../environment/environment.js'
import { monotonicOf, systemRuntime, type Runtime } from '../environment/runtime.js'
import { serviceNames, type ServiceName } from '../environment/services.js'
import type { Credential } from '../keystore/credential.js'
import { openKeystore, type Keystore, type KeystoreSource } from '../keystore/index.js'
import { allowedOnly } from '../observability/fields.js'
import { emitTo, notify } from '../observability/listeners.js'
import type { Tracing } from '../observability/tracing.js'
import { watchCall } from '../observability/watch.js'
import {
  createRevocationChecker,
  type RevocationChecker,
  type RevocationPolicy,
} from '../pki/revocation/index.js'
import { call, watched } from '../soap/call.js'
import { assertTracing } from '../soap/requestHeaders.js'
import type { TransportOptions } from '../soap/transport.js'
import type {
  CallOptions,
  CallResult,
  Operation,
  EndpointRoutes,
  Recorder,
  RetryOptions,
  Security,
  Transport,
} from '../soap/types.js'
import { issueToken, type Token } from '../sts/index.js'
import { openChannel, type Channel } from './channel.js'
import { closedError } from './closed.js'
import { checkRetry, invalidOption, longestTimeout, refuseUnknownOptions } from './options.js'
import { TokenKeeper } from './tokenKeeper.js'
import { parseTrust } from './trust.js'
import type { Actor, Session, SessionListener, Trust } from './types.js'

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

/**
 * Makes a session. Nothing is opened or called: the keystore is opened at first need, the token is asked for at the
 * first call that needs one.
 *
 * @throws EHealthError `configuration.invalid`, `certificate.malformed` (trust material)
 *
 * @example
 * ```ts
 * import { environmentOf } from 'ehealth-connectors'
 * import { physician } from 'ehealth-connectors/professions'
 * import { createSession } from 'ehealth-connectors/session'
 *
 * const session = createSession({
 *   environment: environmentOf('acceptance', { sts: [stsPem], signers: [rootPem] }),
 *   actor: physician({ ssin, nihii }),
 *   keystore: { file: 'physician.acc-p12', password },
 * })
 * ```
 */
export function createSession(options: SessionOptions): Session {
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
  return new UserSession(options)
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

function checkLocked(keystore: LockedKeystore, path: string): void {
  refuseUnknownOptions(keystore, ['file', 'bytes', 'password', 'alias'], path)
  const { file, bytes } = keystore as { file?: unknown; bytes?: unknown }
  if ((typeof file === 'string') === bytes instanceof Uint8Array)
    throw invalidOption(path, 'expected either a file name or octets')
  if (typeof keystore.password !== 'string')
    throw invalidOption(`${path}.password`, 'expected text', 'Is the environment variable set that holds it?')
}

const isOpen = (keystore: LockedKeystore | Keystore): keystore is Keystore => 'authentication' in keystore

/** A class because it has a lifetime, and so that keys, password and token stay out of `console.log` and JSON. */
class UserSession implements Session {
  readonly environment: Environment
  readonly runtime: Runtime
  readonly trust: Trust
  readonly actor: Actor
  readonly cache: Cache
  readonly revocation: RevocationChecker
  readonly emit: SessionListener
  readonly #options: Pick<SessionOptions, 'timeout' | 'timeouts' | 'validity' | 'retry'>
  readonly #tokens: TokenKeeper
  readonly #channel: Channel
  #locked: Pick<SessionOptions, 'keystore' | 'identification'> | undefined
  #keystore: Promise<Keystore> | undefined
  #identification: Promise<Credential> | undefined
  readonly #ending = new AbortController()

  constructor(options: SessionOptions) {
    const { environment, actor, runtime = systemRuntime, on, tracing } = options
    this.environment = environment
    this.runtime = runtime
    this.actor = actor
    this.trust = parseTrust(environment.trust)
    this.cache = options.cache ?? memoryCache({ now: runtime.now })
    const { revocation = 'off' } = options
    this.revocation =
      typeof revocation === 'string'
        ? createRevocationChecker({ policy: revocation, cache: this.cache, runtime })
        : revocation
    const listeners: SessionListener[] = [(event) => on?.(event), (event) => tracing?.on?.(event)]
    this.emit = (event) => emitTo(listeners)(allowedOnly(event))
    const { timeout, timeouts, validity, retry } = options
    this.#options = { timeout, timeouts, validity, retry }
    this.#locked = { keystore: options.keystore, identification: options.identification }
    this.#channel = openChannel(options, { runtime, emit: (event) => notify(on, event) })
    this.#tokens = new TokenKeeper({
      now: this.#channel.context.runtime.now,
      monotonic: () => monotonicOf(runtime),
      emit: this.emit,
      issue: (signal) => this.#issue(signal),
    })
  }

  get closed(): boolean {
    return this.#ending.signal.aborted
  }

  get ended(): AbortSignal {
    return this.#ending.signal
  }

  async keystore(): Promise<Keystore> {
    if (this.#locked === undefined) throw closedError()
    const { keystore } = this.#locked
    this.#keystore ??= (isOpen(keystore) ? Promise.resolve(keystore) : unlock(keystore, this.runtime)).catch(
      (error: unknown) => {
        // A file that was not there may be there the next time.
        this.#keystore = undefined
        throw error
      },
    )
    const opened = await this.#keystore
    this.#assertOpen()
    return opened
  }

  async token(): Promise<Token> {
    this.#assertOpen()
    return this.#tokens.token()
  }

  async call<Request, Response>(
    operation: Operation<Request, Response>,
    request: Request,
    options: CallOptions = {},
  ): Promise<CallResult<Response>> {
    this.#assertOpen()
    const { service, name, security: form } = operation
    const { context } = this.#channel
    return watchCall({ ...options, service, operation: name, context }, async (watch) => {
      const securityOf = (): Promise<Security> => watch.time('token', () => this.#securityOf(form))
      const security = await securityOf()
      this.#assertOpen()
      return call(operation, request, {
        ...this.#callOptions(service),
        ...options,
        endpoint: options.endpoint ?? endpointOf(this.environment, service),
        context: watched(context, watch),
        security,
        // Refused at the door, so nothing was done: a new token and one more attempt are safe, even for a write.
        renew: async (refused) => {
          this.#assertOpen()
          if (refused.kind !== 'saml-hok') return undefined
          this.#tokens.drop(refused.assertion, 'fault.not-authenticated')
          return securityOf()
        },
      })
    })
  }

  async close(): Promise<void> {
    if (this.closed) return
    this.#ending.abort()
    this.#tokens.close()
    this.#locked = undefined
    this.#keystore = undefined
    this.#identification = undefined
    this.#channel.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  /** What may be logged. */
  toJSON(): Record<string, unknown> {
    return {
      environment: this.environment.name,
      profession: this.actor.profession,
      closed: this.closed,
      tokenUntil: this.#tokens.current?.notOnOrAfter.toISOString() ?? null,
    }
  }

  [inspect.custom](): string {
    return `Session ${inspect(this.toJSON())}`
  }

  async #securityOf(form: Operation<unknown, unknown>['security']): Promise<Security> {
    if (form === 'none') return { kind: 'none' }
    // the token of a session is for the holder of its key; whoever vouches for others brings their assertions
    if (form === 'saml-sender-vouches')
      throw new EHealthError('configuration.unsupported', 'a session vouches for nobody', {
        path: 'security',
      })
    const { authentication: credential } = await this.keystore()
    return form === 'x509'
      ? { kind: 'x509', credential }
      : { kind: 'saml-hok', credential, assertion: await this.#tokens.token() }
  }

  async #issue(signal: AbortSignal): Promise<Token> {
    const { authentication } = await this.keystore()
    return issueToken({
      identification: await this.#identificationOr(authentication),
      holderOfKey: authentication,
      attributes: this.actor.attributes,
      demanded: this.actor.demanded,
      ...(this.actor.nihii === undefined ? {} : { nihii: this.actor.nihii }),
      endpoint: endpointOf(this.environment, 'sts'),
      trust: this.trust,
      context: this.#channel.context,
      runtime: this.#channel.context.runtime,
      signal,
      ...(this.#options.validity === undefined ? {} : { validity: this.#options.validity }),
      ...this.#callOptions('sts'),
    })
  }

  #callOptions(service: ServiceName): Pick<CallOptions, 'timeout' | 'retry'> {
    const { timeouts, retry } = this.#options
    const timeout = timeouts?.[service] ?? this.#options.timeout
    return { ...(timeout === undefined ? {} : { timeout }), ...(retry === undefined ? {} : { retry }) }
  }

  async #identificationOr(holder: Credential): Promise<Credential> {
    // closed meanwhile: the holder's key must not sign in place of the one that was given for it
    if (this.#locked === undefined) throw closedError()
    const { identification } = this.#locked
    if (identification === undefined) return holder
    if ('sign' in identification) return identification
    this.#identification ??= unlock(identification, this.runtime)
      .then(({ authentication }) => authentication)
      .catch((error: unknown) => {
        this.#identification = undefined
        throw error
      })
    return this.#identification
  }

  #assertOpen(): void {
    if (this.closed) throw closedError()
  }
}

function unlock({ password, alias, ...source }: LockedKeystore, runtime: Runtime): Promise<Keystore> {
  return openKeystore(source, {
    password,
    now: runtime.now(),
    ...(alias === undefined ? {} : { alias }),
  })
}
