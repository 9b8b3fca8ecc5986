/** What sessions may share: a small store with lifetimes (design §3). Values are JSON-able texts, never keys. */

/** A store that forgets. Any Keyv store fits behind it. */
export interface Cache {
  get(key: string): Promise<string | undefined>
  /** `milliseconds` is the lifetime. */
  set(key: string, value: string, milliseconds: number): Promise<void>
  delete(key: string): Promise<void>
}

/** A cache in the memory of this process, bounded by `maxEntries` (oldest first out). */
export function memoryCache(options: { now?: () => Date; maxEntries?: number } = {}): Cache {
  const { now = () => new Date(), maxEntries = 1000 } = options
  const entries = new Map<string, { value: string; until: number }>()
  return {
    get: async (key) => {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      if (entry.until > now().getTime()) return entry.value
      entries.delete(key)
      return undefined
    },
    set: async (key, value, milliseconds) => {
      entries.delete(key)
      entries.set(key, { value, until: now().getTime() + milliseconds })
      const oldest = entries.keys().next()
      if (entries.size > maxEntries && oldest.done !== true) entries.delete(oldest.value)
    },
    delete: async (key) => {
      entries.delete(key)
    },
  }
}
