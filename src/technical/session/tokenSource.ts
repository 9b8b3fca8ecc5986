/** Where a session's next token comes from: what it was given, what is kept, what another process just got, the STS. */
import { verify } from 'node:crypto'

import { EHealthError, isEHealthError } from '../../errors.js'
import { monotonicOf, pause, roundedMilliseconds, type Runtime } from '../environment/runtime.js'
import type { Credential } from '../keystore/credential.js'
import { reasonOf } from '../observability/watch.js'
import type { Token } from '../sts/index.js'
import type { Gate } from './gate.js'
import type { RenewalRules } from './renewal.js'
import type { TokenPlace, TokenStore } from './tokenStore.js'
import type { SessionListener } from './types.js'

/** What a {@link TokenSource} works with. */
export interface TokenSourceOptions {
  /** Asks the STS. */
  issue: (signal: AbortSignal) => Promise<Token>
  /** Judges an assertion as one that the STS has just sent. */
  accept: (xml: string) => Promise<Token>
  /** The key that the token is bound to. */
  holder: () => Promise<Credential>
  /** An assertion to start with. */
  given?: (() => Promise<string>) | undefined
  store?: TokenStore | undefined
  place: () => Promise<TokenPlace>
  gate: Pick<Gate, 'run'>
  rules: RenewalRules
  emit: SessionListener
  /** Its clock judges tokens. */
  runtime: Runtime
}

/** A token and how it was come by; `kept`: the old one serves on, another process is asking for a new one. */
export interface Obtained {
  readonly token: Token
  readonly origin: 'issued' | 'loaded' | 'kept'
}

/** Milliseconds, on average, between two looks at what another process is about to get. */
const lookAgain = 200

/** Gets tokens; a class because it remembers which were refused and what it was given. */
export class TokenSource {
  readonly #options: TokenSourceOptions
  #given: (() => Promise<string>) | undefined
  #refused: string | undefined
  #proved = false
  /** Told once for each token that is looked for. */
  #storeFailed = false
  /** A session that may not renew asks once. */
  #had = false

  constructor(options: TokenSourceOptions) {
    this.#options = options
    this.#given = options.given
  }

  /** The platform refused this token: it is not taken from the store again, and leaves it. */
  async refuse({ id }: Pick<Token, 'id'>): Promise<void> {
    this.#refused = id
    const { store, place } = this.#options
    if (store !== undefined) await this.#tolerant(async () => store.forget(await place()))
  }

  /**
   * A token that is not yet due.
   *
   * @param old still in use, perhaps about to end
   * @throws EHealthError what `issueToken` throws; `token.stored`, `token.ended` where no token may be asked for
   */
  async obtain(old: Token | undefined, signal: AbortSignal): Promise<Obtained> {
    this.#storeFailed = false
    const obtained = await this.#obtain(old, signal)
    this.#had = true
    return obtained
  }

  async #obtain(old: Token | undefined, signal: AbortSignal): Promise<Obtained> {
    const { rules } = this.#options
    const given = await this.#takeGiven()
    if (given !== undefined) return { token: given, origin: 'loaded' }
    for (;;) {
      const kept = await this.#fromStore(old)
      if (kept !== undefined) return { token: kept, origin: 'loaded' }
      if (!rules.mayAsk(this.#had)) throw ended()
      const issued = await this.#options.gate.run(() => this.#ask(old, signal), signal)
      if (issued !== undefined) return issued
      if (old !== undefined && rules.isValid(old)) return { token: old, origin: 'kept' }
      await pause(this.#options.runtime, lookAgain * (0.5 + fraction(this.#options.runtime)), { signal })
    }
  }

  /** Asks the STS, unless another process is doing so: then nothing. */
  async #ask(old: Token | undefined, signal: AbortSignal): Promise<Obtained | undefined> {
    const { store, place, issue, runtime } = this.#options
    if (store === undefined) return { token: await issue(signal), origin: 'issued' }
    const where = await place()
    const lease = await this.#tolerant(() => store.take(where), alone)
    if (lease === undefined) return undefined
    try {
      // whoever had the lease before may have got one
      const kept = await this.#fromStore(old)
      if (kept !== undefined) return { token: kept, origin: 'loaded' }
      const token = await issue(signal)
      // too late: what another one got meanwhile and lives longer stays
      const newer = lease.held ? undefined : await this.#fromStore(token)
      if (newer === undefined) await this.#tolerant(() => store.save(where, token, runtime.now()))
      return { token, origin: 'issued' }
    } finally {
      await this.#tolerant(() => lease.release())
    }
  }

  async #takeGiven(): Promise<Token | undefined> {
    const given = this.#given
    this.#given = undefined
    if (given === undefined) return undefined
    return this.#judged(async () => this.#options.accept(await given()), {
      fatal: !this.#options.rules.mayAsk(this.#had),
    })
  }

  /** What is kept, if it is better than the one in use. */
  async #fromStore(old: Token | undefined): Promise<Token | undefined> {
    const { store, place, rules } = this.#options
    if (store === undefined) return undefined
    const where = await place()
    const xml = await this.#judged(() => store.load(where))
    if (xml === undefined) return undefined
    const token = await this.#judged(() => this.#options.accept(xml))
    if (token === undefined || token.id === this.#refused || token.id === old?.id) return undefined
    if (rules.isDue(token)) return undefined
    return old === undefined || token.notOnOrAfter >= old.notOnOrAfter ? token : undefined
  }

  /** Nothing, and an event, for what may not be used. */
  async #judged<T>(read: () => Promise<T>, { fatal = false } = {}): Promise<T | undefined> {
    const at = monotonicOf(this.#options.runtime)
    try {
      const value = await read()
      if (value !== undefined && typeof value !== 'string') await this.#prove()
      return value
    } catch (error) {
      if (fatal) throw error
      this.#tell(error, at)
      return undefined
    }
  }

  /**
   * Whoever only shows a certificate gets no token that is kept for its holder, not even to look at: once, the key signs
   * something.
   */
  async #prove(): Promise<void> {
    if (this.#proved) return
    const holder = await this.#options.holder()
    const data = Buffer.concat([
      Buffer.from('ehealth-connectors: the holder of this key may use the token that is kept for it\0'),
      this.#options.runtime.randomBytes(32),
    ])
    const { publicKey } = holder.certificate
    const rsa = holder.keyType === 'rsa'
    const signature = await holder.sign(rsa ? 'rsa-sha256' : 'ecdsa-sha256-der', data)
    if (!verify('sha256', data, publicKey, signature))
      throw new EHealthError('token.confirmation', 'the key is not the one of its certificate')
    this.#proved = true
  }

  /** The store makes things quicker; it must not make them fail. */
  async #tolerant<T>(action: () => Promise<T>, otherwise?: T): Promise<T | undefined> {
    const at = monotonicOf(this.#options.runtime)
    try {
      return await action()
    } catch (error) {
      this.#tell(error, at)
      return otherwise
    }
  }

  /** @throws `error` itself when the session has been closed */
  #tell(error: unknown, at: number): void {
    if (isEHealthError(error, 'configuration.closed')) throw error
    const { emit, runtime } = this.#options
    const { code } = reasonOf(error)
    const state = code === 'token.store' ? 'store-failed' : 'rejected'
    if (state === 'store-failed' && this.#storeFailed) return
    if (state === 'store-failed') this.#storeFailed = true
    emit({ type: 'token', state, at, milliseconds: roundedMilliseconds(monotonicOf(runtime) - at), code })
  }
}

/** The lease of one who cannot ask the others. */
const alone = { held: true, release: () => Promise.resolve() }

const fraction = (runtime: Pick<Runtime, 'randomBytes'>): number => runtime.randomBytes(1)[0]! / 256

const ended = (): EHealthError =>
  new EHealthError('token.ended', 'the token has ended, and this session may not ask for another one')
