/** Keeps the one token of a session: asked for once, renewed in time, dropped when refused or closed. */
import { roundedMilliseconds, type Clock } from '../environment/runtime.js'
import { reasonOf } from '../observability/watch.js'
import type { SamlAssertion } from '../soap/types.js'
import type { Token } from '../sts/index.js'
import { closedError } from './closed.js'
import type { SessionListener } from './types.js'

const minute = 60_000

/** What a {@link TokenKeeper} needs. */
export interface TokenKeeperOptions {
  /** Asks the STS. */
  issue: (signal: AbortSignal) => Promise<Token>
  now: Clock
  /** Milliseconds that only grow. */
  monotonic: () => number
  emit: SessionListener
}

/**
 * A token with a lifetime. Callers that come at the same time share one request, so that a burst of first calls asks
 * the STS once.
 */
export class TokenKeeper {
  readonly #options: TokenKeeperOptions
  readonly #closing = new AbortController()
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
   * @throws EHealthError what `issueToken` throws, unless the old token is still valid; `configuration.closed`
   */
  async token(): Promise<Token> {
    if (this.#closing.signal.aborted) throw closedError()
    const now = this.#options.now().getTime()
    const token = this.#token
    if (token !== undefined && isValid(token, now) && (now < this.#quietUntil || !isDue(token, now)))
      return token
    this.#pending ??= this.#obtain().finally(() => {
      this.#pending = undefined
    })
    return this.#pending
  }

  /** Forgets the token because the platform refused it; a token that came meanwhile stays. */
  drop(refused: SamlAssertion, code: string): void {
    if (this.#token?.id !== refused.id) return
    this.#token = undefined
    const { emit, monotonic } = this.#options
    emit({ type: 'token', state: 'dropped', at: monotonic(), code })
  }

  /** Drops the token, breaks off a request under way and gives out nothing any more. */
  close(): void {
    this.#closing.abort()
    this.#token = undefined
  }

  async #obtain(): Promise<Token> {
    const { issue, now, monotonic, emit } = this.#options
    const old = this.#token
    const at = monotonic()
    const timing = () => ({ at, milliseconds: roundedMilliseconds(monotonic() - at) })
    try {
      const token = await issue(this.#closing.signal)
      if (this.#closing.signal.aborted) throw closedError()
      this.#token = token
      this.#quietUntil = 0
      const renewal = old !== undefined
      emit({ type: 'token', state: 'issued', ...timing(), renewal, notOnOrAfter: token.notOnOrAfter })
      return token
    } catch (error) {
      if (this.#closing.signal.aborted) throw closedError()
      const instant = now().getTime()
      const { code } = reasonOf(error)
      if (old === undefined || old !== this.#token || !isValid(old, instant)) {
        emit({ type: 'token', state: 'failed', ...timing(), code })
        throw error
      }
      this.#quietUntil = instant + minute
      const { notOnOrAfter } = old
      emit({ type: 'token', state: 'renewal-failed', ...timing(), code, notOnOrAfter })
      return old
    }
  }
}

const isValid = (token: Token, now: number): boolean => now < token.notOnOrAfter.getTime()

/** Due in the last tenth of the token's life, at least five minutes; of a very short life, in its second half. */
function isDue(token: Token, now: number): boolean {
  const end = token.notOnOrAfter.getTime()
  const life = end - token.notBefore.getTime()
  return end - now <= Math.min(Math.max(life / 10, 5 * minute), life / 2)
}
