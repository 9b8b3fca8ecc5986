/** Keys that were fetched before, in the memory of one session: never in a store that others can look into. */
import { KgssKey, keyIdOf } from './key.js'

/**
 * Whether fetched keys are kept. `off`: every key is asked for anew, so that KGSS judges each reading. Otherwise for so long,
 * in the memory of this session alone, overwritten when their time is up and when the session closes.
 */
export type KeyCachePolicy =
  | 'off'
  | {
      /** Milliseconds. */
      readonly lifetime: number
      /** Oldest first out; 100. */
      readonly maxKeys?: number
    }

/** Keeps keys by identifier (base64). */
export interface KeyCache {
  /** A key of the caller's own; what happens to it does not touch the one kept. */
  get(id: string): KgssKey | undefined
  set(key: KgssKey): void
  forget(id: string): void
  clear(): void
}

const nothing: KeyCache = {
  get: () => undefined,
  set: () => undefined,
  forget: () => undefined,
  clear: () => undefined,
}

/** A cache by that policy. */
export function keyCache(policy: KeyCachePolicy, now: () => Date): KeyCache {
  if (policy === 'off') return nothing
  const { lifetime, maxKeys = 100 } = policy
  const kept = new Map<string, { key: KgssKey; until: number }>()
  const forget = (id: string): void => {
    kept.get(id)?.key.destroy()
    kept.delete(id)
  }
  const forgetOld = (): void => {
    const at = now().getTime()
    for (const [id, { until }] of kept) if (until <= at) forget(id)
  }
  return {
    get: (id) => {
      forgetOld()
      const entry = kept.get(id)
      return entry === undefined ? undefined : copyOf(entry.key)
    },
    set: (key) => {
      forget(key.id)
      kept.set(key.id, { key: copyOf(key), until: now().getTime() + lifetime })
      for (const id of kept.keys()) if (kept.size > maxKeys) forget(id)
    },
    forget,
    clear: () => {
      for (const id of [...kept.keys()]) forget(id)
    },
  }
}

const copyOf = (key: KgssKey): KgssKey => new KgssKey(keyIdOf(key.id), key.key)
