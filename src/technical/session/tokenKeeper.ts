/** Keeps the one token of a session: asked for once, renewed in time, dropped when refused or closed. */
import { monotonicOf, pause, roundedMilliseconds, type Runtime } from '../environment/runtime.js'
import { reasonOf } from '../observability/watch.js'
import type { SamlAssertion } from '../soap/types.js'
import type { Token } from '../sts/index.js'
import { closedError } from './closed.js'
import type { RenewalRules } from './renewal.js'
import type { TokenSource } from './tokenSource.js'
import type { SessionListener } from './types.js'

const minute = 60_000

/** Milliseconds for which another process may be busy before it is looked at again. */
const othersTime = 5000

/** Milliseconds after which the clock is looked at again: it may be set, and a machine may sleep. */
const longestNap = 10 * minute

/** What a {@link TokenKeeper} needs. */
export interface TokenKeeperOptions {
  source: Pick<TokenSource, 'obtain' | 'refuse'>
  rules: RenewalRules
  /** Renews without waiting for a call. */
  background: boolean
  /** Its clock judges tokens. */
  runtime: Runtime
  emit: SessionListener
  /** Aborted when the session closes. */
  ended: AbortSignal
}

/**
 * A token with a lifetime. Callers that come at the same time share one request, so that a burst of first calls asks
 * the STS once.
 */
export class TokenKeeper {
  readonly #options: TokenKeeperOptions
  #token: Token | undefined
  #pending: Promise<Token> | undefined
  /** After a failed renewal the old token serves a while before the STS is asked again. */
  #quietUntil = 0

  constructor(options: TokenKeeperOptions) {
    this.#options = options
  }

  /** The token in use, if any. */
  get current(): Token | undefined {
    return this.#token
  }

  /**
   * A valid token.
   *
   * @throws EHealthError what `TokenSource.obtain` throws, unless the old token is still valid; `configuration.closed`
   */
  async token(): Promise<Token> {
    const { ended, rules, runtime } = this.#options
    if (ended.aborted) throw closedError()
    const token = this.#token
    if (token !== undefined && rules.isValid(token))
      if (runtime.now().getTime() < this.#quietUntil || !rules.isDue(token)) return token
    this.#pending ??= this.#obtain().finally(() => {
      this.#pending = undefined
    })
    return this.#pending
  }

  /** Forgets the token because the platform refused it; a token that came meanwhile stays. */
  async drop(refused: SamlAssertion, code: string): Promise<void> {
    const token = this.#token
    if (token?.id !== refused.id) return
    this.#token = undefined
    const { emit, runtime, source } = this.#options
    emit({ type: 'token', state: 'dropped', at: monotonicOf(runtime), code })
    await source.refuse(token)
  }

  /** Drops the token; what is under way is broken off by the signal. */
  close(): void {
    this.#token = undefined
  }

  async #obtain(): Promise<Token> {
    const { source, runtime, emit, ended, rules } = this.#options
    const old = this.#token
    const at = monotonicOf(runtime)
    const timing = () => ({ at, milliseconds: roundedMilliseconds(monotonicOf(runtime) - at) })
    try {
      const { token, origin } = await source.obtain(old, ended)
      if (ended.aborted) throw closedError()
      if (origin === 'kept') {
        this.#quietUntil = runtime.now().getTime() + othersTime
        return token
      }
      this.#token = token
      this.#quietUntil = 0
      const { notOnOrAfter } = token
      if (origin === 'loaded') emit({ type: 'token', state: 'loaded', ...timing(), notOnOrAfter })
      else emit({ type: 'token', state: 'issued', ...timing(), renewal: old !== undefined, notOnOrAfter })
      if (this.#options.background) void this.#renewLater(token)
      return token
    } catch (error) {
      if (ended.aborted) throw closedError()
      const { code } = reasonOf(error)
      if (old === undefined || old !== this.#token || !rules.isValid(old)) {
        emit({ type: 'token', state: 'failed', ...timing(), code })
        throw error
      }
      this.#quietUntil = runtime.now().getTime() + minute
      emit({ type: 'token', state: 'renewal-failed', ...timing(), code, notOnOrAfter: old.notOnOrAfter })
      return old
    }
  }

  /** Waits for the token's time and renews it; again every minute while that fails and the token serves. */
  async #renewLater(token: Token): Promise<void> {
    const { rules, runtime, ended } = this.#options
    while (!ended.aborted && this.#token === token && rules.isValid(token)) {
      const now = runtime.now().getTime()
      const left = Math.max(rules.dueAt(token), this.#quietUntil) - now
      try {
        if (left > 0) await pause(runtime, Math.min(left, longestNap), { signal: ended, idle: true })
        else await this.token()
      } catch {
        // told by an event already; whoever calls next is told as well
      }
    }
  }
}
