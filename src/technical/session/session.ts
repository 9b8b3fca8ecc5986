/** One user's session: credentials, token and caches with a lifetime (design §3). */
import { inspect } from 'node:util'

import { EHealthError } from '../../errors.js'
import { memoryCache, type Cache } from '../environment/cache.js'
import { endpointOf, type Environment } from '../environment/environment.js'
import { systemRuntime, type Runtime } from '../environment/runtime.js'
import type { ServiceName } from '../environment/services.js'
import type { Keystore } from '../keystore/index.js'
import { allowedOnly } from '../observability/fields.js'
import { emitTo, nobody, notify } from '../observability/listeners.js'
import { watchCall } from '../observability/watch.js'
import { createRevocationChecker, type RevocationChecker } from '../pki/revocation/index.js'
import type { ReceiveOptions } from '../soap/attachments/receive.js'
import { call, watched, type CallTarget } from '../soap/call.js'
import { callStreaming, type StreamedCallResult } from '../soap/callStreaming.js'
import type { CallOptions, CallResult, Operation, SamlAssertion, Security } from '../soap/types.js'
import { acceptToken, isAsserted, issueToken, stsServiceOf, type Token } from '../sts/index.js'
import { openChannel, type Channel } from './channel.js'
import { closedError } from './closed.js'
import { Credentials } from './credentials.js'
import { openGate, type Gate } from './gate.js'
import { defaultClockSkew, renewalRules } from './renewal.js'
import { bindingOf, openSealedToken, sealToken, storageKey } from './sealedToken.js'
import { checkSessionOptions, type SessionOptions } from './sessionOptions.js'
import { TokenKeeper } from './tokenKeeper.js'
import { TokenSource } from './tokenSource.js'
import { parseTrust } from './trust.js'
import type {
  Actor,
  Session,
  SessionCallOptions,
  SessionEvent,
  SessionKeys,
  SessionListener,
  Trust,
} from './types.js'

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
  return new UserSession(options, { trust: parseTrust(options.environment.trust), gate: openGate })
}

/** What sessions of one process share, where somebody keeps it for them. */
export interface Shared {
  readonly trust: Trust
  /** Lets a few at a time ask the STS. */
  readonly gate: Pick<Gate, 'run'>
}

/** A session among others; its options have been checked. @internal */
export const openSession = (options: SessionOptions, shared: Shared): Session =>
  new UserSession(options, shared)

/** A class because it has a lifetime, and so that keys, password and token stay out of `console.log` and JSON. */
class UserSession implements Session {
  readonly environment: Environment
  readonly runtime: Runtime
  readonly trust: Trust
  readonly actor: Actor
  readonly cache: Cache
  readonly revocation: RevocationChecker
  readonly emit: SessionListener
  readonly #options: Pick<SessionOptions, 'timeout' | 'timeouts' | 'validity' | 'sts' | 'retry' | 'clockSkew'>
  readonly #tokens: TokenKeeper
  readonly #channel: Channel
  readonly #credentials: Credentials
  readonly #ending = new AbortController()

  constructor(options: SessionOptions, { trust, gate }: Shared) {
    const { environment, actor, runtime = systemRuntime, on, tracing } = options
    this.environment = environment
    this.runtime = runtime
    this.actor = actor
    this.trust = trust
    this.cache = options.cache ?? memoryCache({ now: runtime.now })
    const { revocation = 'off' } = options
    this.revocation =
      typeof revocation === 'string'
        ? createRevocationChecker({ policy: revocation, cache: this.cache, runtime })
        : revocation
    this.emit = listened({ on, tracing })
    const { timeout, timeouts, validity, sts, retry, clockSkew = defaultClockSkew } = options
    this.#options = { timeout, timeouts, validity, sts, retry, clockSkew }
    this.#credentials = new Credentials(options, runtime)
    this.#channel = openChannel(options, {
      runtime,
      emit: on === undefined ? nobody : (event) => notify(on, event),
    })
    this.#tokens = this.#keepTokens(options, gate)
  }

  get closed(): boolean {
    return this.#ending.signal.aborted
  }

  get ended(): AbortSignal {
    return this.#ending.signal
  }

  async keystore(): Promise<Keystore> {
    return this.#credentials.keystore()
  }

  get keys(): SessionKeys {
    return this.#credentials.keys
  }

  async token(): Promise<Token> {
    this.#assertOpen()
    return this.#tokens.token()
  }

  async exportToken(options: { key: Uint8Array }): Promise<string> {
    const key = storageKey(options?.key, 'key')
    const { xml } = await this.token()
    return sealToken(xml, key, await this.#binding(), this.runtime)
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
          await this.#tokens.drop(refused.assertion, 'fault.not-authenticated')
          return securityOf()
        },
      })
    })
  }

  async close(): Promise<void> {
    if (this.closed) return
    this.#ending.abort()
    this.#tokens.close()
    this.#credentials.close()
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

  #keepTokens(options: SessionOptions, gate: Shared['gate']): TokenKeeper {
    const { token: given, tokenStore: store, identification, validity } = options
    const { emit } = this
    const { runtime } = this.#channel.context
    // the key that an assertion is bound to need not be the one that identified for it
    const foreign = given !== undefined && 'assertion' in given && identification === undefined
    const { renew: mode = foreign ? 'never' : 'on-demand', clockSkew = defaultClockSkew } = options
    const rules = renewalRules({ mode, mayLogIn: !(foreign && mode === 'never'), clockSkew, runtime })
    const variant = JSON.stringify([identification !== undefined, validity ?? null])
    const source = new TokenSource({
      issue: (signal) => this.#issue(signal),
      accept: (xml) => this.#accept(xml),
      holder: async () => (await this.keystore()).authentication,
      given: given && (async () => ('assertion' in given ? given.assertion : this.#unsealed(given))),
      store,
      place: async () => ({ binding: await this.#binding(), variant }),
      gate,
      rules,
      emit,
      runtime,
    })
    const background = mode === 'background'
    return new TokenKeeper({ source, rules, background, runtime, emit, ended: this.ended })
  }

  async #binding(): Promise<Uint8Array> {
    const { authentication } = await this.keystore()
    return bindingOf({
      environment: this.environment,
      actor: this.actor,
      holder: authentication.certificate,
    })
  }

  async #unsealed({ stored, key }: { stored: string; key: Uint8Array }): Promise<string> {
    return openSealedToken(stored, storageKey(key, 'token.key'), await this.#binding())
  }

  /** What must be true of every token, whoever brings it. */
  async #accept(xml: string): Promise<Token> {
    const { authentication } = await this.keystore()
    const { attributes, demanded, nihii } = this.actor
    const { allowSha1 } = this.#options.sts ?? {}
    return acceptToken(xml, {
      sts: this.trust.sts,
      at: this.#channel.context.runtime.now(),
      holderOfKey: authentication.certificate,
      asserted: attributes.filter(isAsserted),
      demanded,
      skewSeconds: this.#options.clockSkew! / 1000,
      ...(allowSha1 === undefined ? {} : { allowSha1 }),
      ...(nihii === undefined ? {} : { nihii }),
    })
  }

  async #issue(signal: AbortSignal): Promise<Token> {
    const { authentication } = await this.keystore()
    const service = stsServiceOf(this.#options.sts)
    return issueToken({
      ...this.#options.sts,
      identification: await this.#credentials.identification(),
      holderOfKey: authentication,
      attributes: this.actor.attributes,
      demanded: this.actor.demanded,
      ...(this.actor.nihii === undefined ? {} : { nihii: this.actor.nihii }),
      endpoint: endpointOf(this.environment, service),
      trust: this.trust,
      context: this.#channel.context,
      runtime: this.#channel.context.runtime,
      skewSeconds: this.#options.clockSkew! / 1000,
      signal,
      ...(this.#options.validity === undefined ? {} : { validity: this.#options.validity }),
      ...this.#callOptions(service),
    })
  }

  #callOptions(service: ServiceName, given: CallOptions = {}): Pick<CallOptions, 'timeout' | 'retry'> {
    const { timeouts } = this.#options
    const retry = given.retry ?? this.#options.retry
    const timeout = given.timeout ?? timeouts?.[service] ?? this.#options.timeout
    return { ...(timeout === undefined ? {} : { timeout }), ...(retry === undefined ? {} : { retry }) }
  }

  #assertOpen(): void {
    if (this.closed) throw closedError()
  }
}

/** Tells whoever listens, with the fields of the allow-list only. */
function listened({ on, tracing }: Pick<SessionOptions, 'on' | 'tracing'>): SessionListener {
  if (on === undefined && tracing?.on === undefined) return nobody
  const emit = emitTo<SessionEvent>([(event) => on?.(event), (event) => tracing?.on?.(event)])
  return (event) => emit(allowedOnly(event))
}
