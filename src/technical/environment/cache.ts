/** What sessions may share: a small store with lifetimes (design §3). Values are JSON-able texts, never keys. */

/** A lease on a name. It only spares work: nothing goes wrong when two hold it, so no majority of servers is asked. */
export interface CacheLock {
  /** Takes the name for so many milliseconds, in one step; `false` while another owner has it. */
  take(key: string, owner: string, milliseconds: number): Promise<boolean>
  /** Gives it back before its end, if `owner` still has it. */
  release(key: string, owner: string): Promise<void>
}

/** A store that forgets. Any Keyv store fits behind it. */
export interface Cache {
  get(key: string): Promise<string | undefined>
  /** `milliseconds` is the lifetime. */
  set(key: string, value: string, milliseconds: number): Promise<void>
  delete(key: string): Promise<void>
  /** Lets processes that share the store take turns; without it they do so by the three calls above, see docs/decisions/0019. */
  readonly lock?: CacheLock
}

/** A cache in the memory of this process, bounded by `maxEntries` (oldest first out). */
export function memoryCache(options: { now?: () => Date; maxEntries?: number } = {}): Required<Cache> {
  const { now = () => new Date(), maxEntries = 1000 } = options
  const entries = new Map<string, { value: string; until: number }>()
  const get = (key: string): string | undefined => {
    const entry = entries.get(key)
    if (entry === undefined) return undefined
    if (entry.until > now().getTime()) return entry.value
    entries.delete(key)
    return undefined
  }
  const set = (key: string, value: string, milliseconds: number): void => {
    entries.delete(key)
    entries.set(key, { value, until: now().getTime() + milliseconds })
    const oldest = entries.keys().next()
    if (entries.size > maxEntries && oldest.done !== true) entries.delete(oldest.value)
  }
  return {
    get: async (key) => get(key),
    set: async (key, value, milliseconds) => set(key, value, milliseconds),
    lock: {
      take: async (key, owner, milliseconds) => {
        if (get(key) !== undefined) return false
        set(key, owner, milliseconds)
        return true
      },
      release: async (key, owner) => {
        if (get(key) === owner) entries.delete(key)
      },
    },
    delete: async (key) => {
      entries.delete(key)
    },
  }
}
