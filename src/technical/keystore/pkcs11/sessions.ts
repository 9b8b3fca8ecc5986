/** Sessions with a token: one operation at a time in each, opened again when the token was away, logged in when asked. */
import { EHealthError } from '../../../errors.js'
import { ckf, cku, type Cryptoki, type Handle } from './cryptoki.js'
import type { Library } from './library.js'
import { findKey, type KeyReference } from './objects.js'
import { pinSource, refuseLocked, type Pin, type PinRequest } from './pin.js'
import { ckr, isLost, refusalOf, returnValueOf } from './refusals.js'
import { chooseToken, pinAttemptsOf, type FoundToken, type TokenChoice } from './slots.js'

/** What an operation works with. */
export interface Conversation {
  readonly cryptoki: Cryptoki
  readonly session: Handle
  readonly token: FoundToken
  /** Gives the PIN, where the token does not have it yet. */
  login: () => Promise<void>
  /** The handle of a key, after a login where the key does not show itself. */
  key(key: KeyReference): Promise<Handle>
  /** Between the beginning and the end of a signature: gives the PIN for it, where the key demands that. */
  consent(key: KeyReference): Promise<void>
}

interface Lane {
  session?: Handle
  keys: Map<KeyReference, Handle>
}

/** Options of {@link TokenSessions}. */
export interface SessionsOptions {
  library: Library
  choice: TokenChoice
  pin: Pin | undefined
  /** How many operations at a time. */
  count: number
}

/** A class because it has a lifetime. */
export class TokenSessions {
  readonly #library: Library
  readonly #pin: ReturnType<typeof pinSource>
  readonly #idle: Lane[]
  readonly #lanes: readonly Lane[]
  readonly #waiting: { resolve: (lane: Lane) => void; reject: (error: Error) => void }[] = []
  readonly #choice: TokenChoice
  #token: FoundToken
  #login: Promise<void> | undefined
  #closed: Promise<void> | undefined
  #emptied: (() => void) | undefined
  readonly #ending = new AbortController()

  /** @throws EHealthError `keystore.no-token`, `keystore.ambiguous-token` */
  constructor({ library, choice, pin, count }: SessionsOptions) {
    this.#library = library
    this.#pin = pinSource(pin)
    this.#token = chooseToken(library.cryptoki, choice)
    const { serialNumber, label: tokenLabel } = this.#token
    // the same token again, in whatever slot: another card must not be asked for another one's PIN
    this.#choice = { serialNumber, tokenLabel, ...(serialNumber === '' ? choice : {}) }
    this.#lanes = Array.from({ length: count }, () => ({ keys: new Map() }))
    this.#idle = [...this.#lanes]
  }

  get token(): FoundToken {
    return this.#token
  }

  /** Runs an operation in a session of its own. What the token refuses is an error of this library. */
  async use<T>(work: (conversation: Conversation) => Promise<T>): Promise<T> {
    const lane = await this.#take()
    try {
      return await this.#converse(lane, work)
    } finally {
      this.#give(lane)
    }
  }

  /** Refuses new operations, waits for those that run, forgets the PIN. With its last session the token logs out. */
  close(): Promise<void> {
    this.#closed ??= this.#end()
    return this.#closed
  }

  async #end(): Promise<void> {
    for (const { reject } of this.#waiting.splice(0)) reject(closedError())
    this.#pin.forget()
    this.#ending.abort(closedError())
    if (this.#idle.length < this.#lanes.length)
      await new Promise<void>((resolve) => {
        this.#emptied = resolve
      })
    for (const lane of this.#lanes) this.#drop(lane)
    this.#library.release()
  }

  #take(): Promise<Lane> {
    if (this.#closed !== undefined) return Promise.reject(closedError())
    const lane = this.#idle.pop()
    if (lane !== undefined) return Promise.resolve(lane)
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
    })
  }

  #give(lane: Lane): void {
    const next = this.#waiting.shift()
    if (next !== undefined) return next.resolve(lane)
    this.#idle.push(lane)
    if (this.#idle.length === this.#lanes.length) this.#emptied?.()
  }

  async #converse<T>(lane: Lane, work: (conversation: Conversation) => Promise<T>): Promise<T> {
    // a session that was open before may have ended with the card's absence: one more attempt in a new one
    let fresh = lane.session === undefined
    let renewed = false
    let loggedIn = false
    for (;;) {
      try {
        const session = this.#open(lane)
        return await work(this.#conversation(lane, session))
      } catch (error) {
        const found = returnValueOf(error)
        if (found !== undefined && isLost(found)) {
          this.#drop(lane)
          if (!fresh && this.#closed === undefined) {
            fresh = true
            continue
          }
        } else if (found?.value === ckr.operationActive && !renewed) {
          // some libraries do not end an operation that failed
          renewed = true
          this.#renew(lane)
          continue
        } else if (found?.value === ckr.userNotLoggedIn && !loggedIn && lane.session !== undefined) {
          loggedIn = true
          await this.#logIn(lane.session)
          continue
        }
        throw refusalOf(error)
      }
    }
  }

  #conversation(lane: Lane, session: Handle): Conversation {
    const { cryptoki } = this.#library
    return {
      cryptoki,
      session,
      token: this.#token,
      login: () => this.#logIn(session),
      key: async (key) => {
        let handle = lane.keys.get(key) ?? findKey(cryptoki, session, key)
        if (handle === undefined && this.#token.loginRequired) {
          await this.#logIn(session)
          handle = findKey(cryptoki, session, key)
        }
        if (handle === undefined)
          throw new EHealthError('keystore.no-key', 'the key is no longer on the token')
        lane.keys.set(key, handle)
        return handle
      },
      consent: async (key) => {
        if (!key.alwaysAuthenticate) return
        try {
          await this.#givePin(session, cku.contextSpecific, 'signature', key.label)
        } catch (error) {
          // an operation has begun that nobody will end
          this.#renew(lane)
          throw error
        }
      },
    }
  }

  #open(lane: Lane): Handle {
    if (lane.session !== undefined) return lane.session
    const { cryptoki } = this.#library
    this.#library.initialize()
    try {
      this.#token = chooseToken(cryptoki, this.#choice)
    } catch (error) {
      if (!(error instanceof EHealthError) || error.code !== 'keystore.no-token') throw error
      throw new EHealthError('keystore.removed', 'the token is no longer there', { cause: error })
    }
    lane.session = cryptoki.C_OpenSession(this.#token.handle, ckf.serialSession)
    return lane.session
  }

  /** Another session instead of this one. The new one comes first: with its last session a token logs out. */
  #renew(lane: Lane): void {
    const old = { ...lane }
    delete lane.session
    lane.keys = new Map()
    try {
      this.#open(lane)
    } catch {
      // told by the next operation, which opens it
    }
    this.#drop(old)
  }

  #drop(lane: Lane): void {
    const { session } = lane
    delete lane.session
    lane.keys.clear()
    if (session === undefined) return
    try {
      this.#library.cryptoki.C_CloseSession(session)
    } catch {
      // it has ended already
    }
  }

  /** Once for all sessions, which the token logs in together; nobody is asked twice at a time. */
  #logIn(session: Handle): Promise<void> {
    this.#login ??= this.#givePin(session, cku.user, 'login').finally(() => {
      this.#login = undefined
    })
    return this.#login
  }

  async #givePin(
    session: Handle,
    user: number,
    reason: PinRequest['reason'],
    keyLabel?: string,
  ): Promise<void> {
    const { cryptoki } = this.#library
    const attempts = (): FoundToken['pinAttempts'] =>
      pinAttemptsOf(cryptoki.C_GetTokenInfo(this.#token.handle).flags)
    try {
      const pinAttempts = attempts()
      refuseLocked({ pinAttempts })
      // On a pad the holder types it himself. The standard wants no PIN then; the addon can only give an empty one.
      const pin = this.#token.pinPad
        ? ''
        : await this.#unlessClosed({
            reason,
            tokenLabel: this.#token.label,
            pinAttempts,
            signal: this.#ending.signal,
            ...(keyLabel === undefined ? {} : { keyLabel }),
          })
      if (this.#closed !== undefined) throw closedError()
      cryptoki.C_Login(session, user, pin)
    } catch (error) {
      if (returnValueOf(error)?.value === ckr.userAlreadyLoggedIn) return
      throw this.#pinRefusal(error, attempts)
    }
  }

  /** A holder who has gone away must not keep the keystore open. */
  async #unlessClosed(request: PinRequest): Promise<string> {
    const { signal } = request
    if (signal.aborted) throw closedError()
    let end: () => void = () => undefined
    const closed = new Promise<never>((_, reject) => {
      end = () => reject(closedError())
      signal.addEventListener('abort', end, { once: true })
    })
    try {
      return await Promise.race([this.#pin.ask(request), closed])
    } finally {
      signal.removeEventListener('abort', end)
    }
  }

  #pinRefusal(error: unknown, attempts: () => FoundToken['pinAttempts']): EHealthError {
    const refusal = refusalOf(error)
    if (refusal === error || refusal.code !== 'keystore.pin') return refusal
    this.#pin.refused()
    let pinAttempts: FoundToken['pinAttempts'] = 'normal'
    try {
      pinAttempts = attempts()
    } catch {
      // the card was pulled: the PIN was wrong all the same
    }
    if (pinAttempts === 'locked')
      return new EHealthError('keystore.pin-locked', 'the token refuses the PIN and has locked it', {
        cause: error,
      })
    const left = pinAttempts === 'final' ? 'one attempt is left' : 'attempts are limited'
    return new EHealthError('keystore.pin', `the token refuses the PIN; ${left}`, {
      cause: error,
      details: { pinAttempts },
    })
  }
}

const closedError = (): EHealthError =>
  new EHealthError('configuration.closed', 'the keystore has been closed', {
    hint: 'Open it again with openPkcs11().',
  })
