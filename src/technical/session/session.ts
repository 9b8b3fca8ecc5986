/** One user's session: credentials, token and caches with a lifetime (design §3). */
import { inspect } from 'node:util'

import { EHealthError } from '../../errors.js'
import { memoryCache, type Cache } from '../environment/cache.js'
import { endpointOf, type Environment } from '../environment/environment.js'
import { monotonicOf, systemRuntime, type Runtime } from '../environment/runtime.js'
import type { ServiceName } from '../environment/services.js'
import type { Credential } from '../keystore/credential.js'
import { openKeystore, type Keystore } from '../keystore/index.js'
import { allowedOnly } from '../observability/fields.js'
import { emitTo, notify } from '../observability/listeners.js'
import { watchCall } from '../observability/watch.js'
import { createRevocationChecker, type RevocationChecker } from '../pki/revocation/index.js'
import type { ReceiveOptions } from '../soap/attachments/receive.js'
import { call, watched, type CallTarget } from '../soap/call.js'
import { callStreaming, type StreamedCallResult } from '../soap/callStreaming.js'
import type { CallOptions, CallResult, Operation, SamlAssertion, Security } from '../soap/types.js'
import { issueToken, type Token } from '../sts/index.js'
import { openChannel, type Channel } from './channel.js'
import { closedError } from './closed.js'
import { checkSessionOptions, isOpen, type LockedKeystore, type SessionOptions } from './sessionOptions.js'
import { TokenKeeper } from './tokenKeeper.js'
import { parseTrust } from './trust.js'
import type { Actor, Session, SessionCallOptions, SessionListener, Trust } from './types.js'

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
  checkSessionOptions(options)
  return new UserSession(options)
}

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
    options: SessionCallOptions<Response> = {},
  ): Promise<CallResult<Response>> {
    return this.#aim(operation, options, (target) => call(operation, request, { ...options, ...target }))
  }

  async callStreaming<Request, Response>(
    operation: Operation<Request, Response>,
    request: Request,
    options: SessionCallOptions<Response> & ReceiveOptions = {},
  ): Promise<StreamedCallResult<Response>> {
    return this.#aim(operation, options, (target) =>
      callStreaming(operation, request, { ...options, ...target }, options),
    )
  }

  /** Runs a call with what it needs of the session. */
  async #aim<Result>(
    { service, name, security: form }: Pick<Operation<never, never>, 'service' | 'name' | 'security'>,
    options: SessionCallOptions,
    send: (target: CallTarget) => Promise<Result>,
  ): Promise<Result> {
    this.#assertOpen()
    const { context } = this.#channel
    return watchCall({ ...options, service, operation: name, context }, async (watch) => {
      const securityOf = (): Promise<Security> =>
        watch.time('token', () => this.#securityOf(form, options.assertion))
      const security = await securityOf()
      this.#assertOpen()
      return send({
        ...this.#callOptions(service, options),
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

  async #securityOf(form: Security['kind'], vouched: SamlAssertion | undefined): Promise<Security> {
    // the token of a session is for the holder of its key; whoever vouches for others brings their assertions
    if ((vouched !== undefined) !== (form === 'saml-sender-vouches'))
      throw new EHealthError(
        'configuration.invalid',
        `assertion: security ${form} ${vouched === undefined ? 'needs one' : 'takes none'}`,
        { path: 'assertion' },
      )
    if (form === 'none') return { kind: form }
    const { authentication: credential } = await this.keystore()
    if (vouched !== undefined) return { kind: 'saml-sender-vouches', credential, assertion: vouched }
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

  #callOptions(service: ServiceName, given: CallOptions = {}): Pick<CallOptions, 'timeout' | 'retry'> {
    const { timeouts } = this.#options
    const retry = given.retry ?? this.#options.retry
    const timeout = given.timeout ?? timeouts?.[service] ?? this.#options.timeout
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
