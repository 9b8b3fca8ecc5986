/** Lists and answers by address: fetched once for all who ask at the same time, kept until they are to be replaced. */
import { createHash } from 'node:crypto'

import { EHealthError } from '../../../errors.js'
import type { Cache } from '../../environment/cache.js'
import type { Clock } from '../../environment/runtime.js'
import type { Certificate } from '../certificate.js'
import { maxCrlBytes, type CertificateRevocationList } from './crl.js'
import type { RevocationFetcher, RevocationRequest } from './fetch.js'

/** Milliseconds to wait: an answer of a responder as the official library (spec etee §6.4), a list longer. */
const timeouts = { ocsp: 3000, crl: 15_000 }

/** An answer about one certificate, with the responder's chain. */
const maxOcspBytes = 256 * 1024

/** Lists above this stay in the memory of this process: a shared store is made for small things. */
const maxSharedBytes = 1024 * 1024

/** Whoever gave no usable answer is left alone for so long: a heap of messages must not wait for him one by one. */
const restAfterFailure = 30_000

/** Lists that are kept ready to be looked into. */
const mostLists = 32

const mostFailures = 1000

/** A question to a responder, ready to be sent. */
export const ocspFetch = (url: string, body: Uint8Array): RevocationRequest => ({
  url,
  body,
  contentType: 'application/ocsp-request',
  accept: 'application/ocsp-response',
  timeout: timeouts.ocsp,
  maxBytes: maxOcspBytes,
})

/** Something with where it came from. */
export interface Fetched<T> {
  readonly value: T
  readonly fromCache: boolean
}

export interface RevocationSourcesOptions {
  readonly fetch: RevocationFetcher
  readonly cache: Cache
  readonly now: Clock
  /** Most milliseconds that something is kept, whatever it says itself. */
  readonly maxAge: number
}

/** A class because it keeps what was fetched. */
export class RevocationSources {
  readonly #options: RevocationSourcesOptions
  readonly #lists = new Map<string, { list: CertificateRevocationList; until: number }>()
  readonly #underWay = new Map<string, Promise<unknown>>()
  readonly #failures = new Map<string, { error: EHealthError; until: number }>()

  constructor(options: RevocationSourcesOptions) {
    this.#options = options
  }

  /**
   * The list at an address. `accept` reads and judges it, and throws where it is to be thrown away; what it accepts is kept
   * until the next update that it tells.
   *
   * @throws EHealthError `revocation.*`, and what `accept` throws
   */
  async list(
    url: string,
    issuer: Certificate,
    accept: (bytes: Uint8Array) => CertificateRevocationList,
  ): Promise<Fetched<CertificateRevocationList>> {
    const key = keyOf('crl', url, issuer.fingerprint)
    const known = this.#lists.get(key)
    if (known !== undefined && known.until > this.#now()) return { value: known.list, fromCache: true }
    this.#lists.delete(key)
    return this.#once(key, async () => {
      const shared = await this.#shared(key, accept)
      if (shared !== undefined) {
        this.#keepList(key, shared)
        return { value: shared, fromCache: true }
      }
      const list = accept(
        await this.#options.fetch({
          url,
          accept: 'application/pkix-crl',
          timeout: timeouts.crl,
          maxBytes: maxCrlBytes,
        }),
      )
      this.#keepList(key, list)
      if (list.der.length <= maxSharedBytes) await this.#keep(key, list.der, list.nextUpdate)
      return { value: list, fromCache: false }
    })
  }

  /**
   * Asks a responder. `accept` judges the answer and throws where it is to be thrown away; what it accepts is kept until the
   * next update that it tells.
   *
   * @throws EHealthError `revocation.*`, and what `accept` throws
   */
  async answer<T extends { readonly nextUpdate: Date | undefined }>(
    url: string,
    about: { readonly certificate: Certificate; readonly issuer: Certificate },
    question: () => Uint8Array,
    accept: (response: Uint8Array, fromCache: boolean) => T,
  ): Promise<Fetched<T>> {
    const key = keyOf('ocsp', url, about.issuer.fingerprint, about.certificate.fingerprint)
    return this.#once(key, async () => {
      const shared = await this.#shared(key, (bytes) => accept(bytes, true))
      if (shared !== undefined) return { value: shared, fromCache: true }
      const response = await this.#options.fetch(ocspFetch(url, question()))
      const value = accept(response, false)
      await this.#keep(key, response, value.nextUpdate)
      return { value, fromCache: false }
    })
  }

  #now(): number {
    return this.#options.now().getTime()
  }

  /** One call for all who want the same at the same time; a failure is remembered for a while. */
  async #once<T>(key: string, action: () => Promise<T>): Promise<T> {
    const failed = this.#failures.get(key)
    if (failed !== undefined && failed.until > this.#now()) throw failed.error
    const running = this.#underWay.get(key)
    if (running !== undefined) return running as Promise<T>
    const started = action().finally(() => this.#underWay.delete(key))
    this.#underWay.set(key, started)
    try {
      return await started
    } catch (error) {
      if (error instanceof EHealthError)
        this.#remember(this.#failures, key, { error, until: this.#now() + restAfterFailure }, mostFailures)
      throw error
    }
  }

  async #shared<T>(key: string, accept: (bytes: Uint8Array) => T): Promise<T | undefined> {
    const text = await this.#options.cache.get(key)
    if (text === undefined) return undefined
    try {
      return accept(Buffer.from(text, 'base64'))
    } catch (error) {
      if (!(error instanceof EHealthError)) throw error
      // Out of date, or somebody else wrote into a shared store: its publisher knows.
      await this.#options.cache.delete(key)
      return undefined
    }
  }

  #keepList(key: string, list: CertificateRevocationList): void {
    const lifetime = this.#lifetime(list.nextUpdate)
    if (lifetime > 0) this.#remember(this.#lists, key, { list, until: this.#now() + lifetime }, mostLists)
  }

  async #keep(key: string, bytes: Uint8Array, nextUpdate: Date | undefined): Promise<void> {
    const lifetime = this.#lifetime(nextUpdate)
    if (lifetime > 0) await this.#options.cache.set(key, Buffer.from(bytes).toString('base64'), lifetime)
  }

  #lifetime(nextUpdate: Date | undefined): number {
    return nextUpdate === undefined ? 0 : Math.min(nextUpdate.getTime() - this.#now(), this.#options.maxAge)
  }

  #remember<V>(map: Map<string, V>, key: string, value: V, most: number): void {
    map.delete(key)
    map.set(key, value)
    const oldest = map.keys().next()
    if (map.size > most && oldest.done !== true) map.delete(oldest.value)
  }
}

/** A digest, so that a shared store does not tell whose certificates are looked at. */
const keyOf = (kind: string, ...parts: string[]): string =>
  `${kind}:${createHash('sha256').update(JSON.stringify(parts)).digest('base64url')}`
