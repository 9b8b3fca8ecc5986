/** The places of a pool: who has one, who waits for one, and who has to go. Nothing here knows what stands in a place. */
import { EHealthError } from '../../errors.js'
import { monotonicOf, pause, type Runtime } from '../environment/runtime.js'
import { closedError } from './closed.js'

/** What stands in a place, opened and closed. */
export interface Occupant {
  readonly closed: boolean
  close(): Promise<void>
}

/** A place in use. */
export interface Place<T> {
  readonly occupant: T
  /** Once; nothing when called again. `spoilt`: not to be given out again. */
  giveBack(spoilt?: boolean): void
}

/** Bounds of {@link Places}; times are milliseconds. */
export interface PlaceBounds {
  most: number
  idleTimeout: number
  waitTimeout: number
}

interface Entry<T> {
  readonly key: string
  readonly occupant: T
  users: number
  idleSince: number
  /** Not to be given out again. */
  leaving: boolean
}

interface Waiter {
  take(): void
  refuse(error: EHealthError): void
}

/** A class because it has a lifetime: what is idle leaves by itself. */
export class Places<T extends Occupant> {
  readonly #bounds: PlaceBounds
  readonly #runtime: Runtime
  readonly #entries = new Map<string, Entry<T>>()
  /** In use, and not to be given out again. */
  readonly #leaving = new Set<Entry<T>>()
  /** Longest idle first. */
  readonly #idle = new Map<string, Entry<T>>()
  /** First come first; a Set forgets one in the middle at no cost. */
  readonly #queue = new Set<Waiter>()
  /** Places promised to those who waited. */
  #promised = 0
  readonly #ending = new AbortController()
  #sweeping = false
  #drained: (() => void) | undefined

  constructor(bounds: PlaceBounds, runtime: Runtime) {
    this.#bounds = bounds
    this.#runtime = runtime
  }

  get closed(): boolean {
    return this.#ending.signal.aborted
  }

  get size(): number {
    return this.#entries.size + this.#leaving.size
  }

  get inUse(): number {
    return this.size - this.#idle.size
  }

  get waiting(): number {
    return this.#queue.size
  }

  /**
   * The place of that name, in use until it is given back; a new one takes the place of what was idle longest, or waits.
   *
   * @throws EHealthError `session.pool-full`, `configuration.closed`, and what `open` throws
   */
  async claim(key: string, open: () => T): Promise<Place<T>> {
    let promised = false
    for (;;) {
      if (promised) this.#promised -= 1
      if (this.closed) throw closedError()
      const known = this.#entries.get(key)
      // closed by somebody who had it: of no use to others
      if (known !== undefined && !known.leaving && !known.occupant.closed) {
        if (promised) this.#offer()
        return this.#use(known)
      }
      // one that leaves makes way for one of its own; whoever still has it keeps it
      if (known !== undefined) this.#detach(known)
      if (promised || this.#makeRoom()) return this.#use(this.#add(key, open))
      await this.#wait()
      promised = true
    }
  }

  /** Closes what has that name; what is in use, when it is given back. */
  remove(key: string): void {
    const entry = this.#entries.get(key)
    if (entry === undefined) return
    if (entry.users === 0) this.#evict(entry)
    else entry.leaving = true
  }

  /** Gives out nothing any more, waits for what is in use, and closes everything. */
  async close(drainTimeout: number): Promise<void> {
    if (this.closed) return
    this.#ending.abort()
    for (const waiter of [...this.#queue]) waiter.refuse(closedError())
    for (const entry of [...this.#idle.values()]) this.#evict(entry)
    if (this.size > 0)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, drainTimeout)
        this.#drained = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    for (const entry of [...this.#entries.values(), ...this.#leaving]) this.#evict(entry)
  }

  #add(key: string, open: () => T): Entry<T> {
    const entry: Entry<T> = { key, occupant: open(), users: 0, idleSince: 0, leaving: false }
    this.#entries.set(key, entry)
    return entry
  }

  #use(entry: Entry<T>): Place<T> {
    this.#idle.delete(entry.key)
    entry.users += 1
    let held = true
    return {
      occupant: entry.occupant,
      giveBack: (spoilt = false) => {
        if (spoilt) entry.leaving = true
        if (held) this.#giveBack(entry)
        held = false
      },
    }
  }

  #giveBack(entry: Entry<T>): void {
    entry.users -= 1
    if (entry.users > 0) return
    if (entry.leaving || entry.occupant.closed || this.closed) this.#evict(entry)
    else {
      entry.idleSince = monotonicOf(this.#runtime)
      this.#idle.set(entry.key, entry)
      void this.#sweep()
    }
    this.#offer()
    if (this.size === 0) this.#drained?.()
  }

  #makeRoom(): boolean {
    if (this.size + this.#promised < this.#bounds.most) return true
    const [oldest] = this.#idle.values()
    if (oldest === undefined) return false
    this.#evict(oldest)
    return true
  }

  /** Waits for a place; it is promised when this resolves. */
  #wait(): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(timer)
        this.#queue.delete(waiter)
      }
      const waiter: Waiter = {
        take: () => {
          leave()
          this.#promised += 1
          resolve()
        },
        refuse: (error) => {
          leave()
          reject(error)
        },
      }
      const { waitTimeout, most } = this.#bounds
      const timer = setTimeout(() => {
        const problem = 'every session of the pool is in use'
        waiter.refuse(new EHealthError('session.pool-full', problem, { details: { most } }))
      }, waitTimeout)
      this.#queue.add(waiter)
    })
  }

  #offer(): void {
    const [first] = this.#queue
    if (first !== undefined && this.#makeRoom()) first.take()
  }

  #detach(entry: Entry<T>): void {
    if (this.#entries.get(entry.key) !== entry) return
    this.#entries.delete(entry.key)
    this.#idle.delete(entry.key)
    if (entry.users > 0) this.#leaving.add(entry)
  }

  #evict(entry: Entry<T>): void {
    this.#detach(entry)
    this.#leaving.delete(entry)
    void entry.occupant.close()
  }

  /** Closes what has been idle for too long; sleeps meanwhile, without keeping the process alive. */
  async #sweep(): Promise<void> {
    if (this.#sweeping) return
    this.#sweeping = true
    const { signal } = this.#ending
    for (let [oldest] = this.#idle.values(); oldest !== undefined; [oldest] = this.#idle.values()) {
      const left = oldest.idleSince + this.#bounds.idleTimeout - monotonicOf(this.#runtime)
      if (left <= 0) this.#evict(oldest)
      else await pause(this.#runtime, left, { signal, idle: true }).catch(() => undefined)
      if (signal.aborted) return
    }
    this.#sweeping = false
  }
}
