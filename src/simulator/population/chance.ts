/** Chance that is the same at every start: whom a simulator invents, it invents again. */

/** Draws from one seed. */
export interface Chance {
  /** A whole number below `limit`. */
  below(limit: number): number
  /** One of the items. */
  pick<T>(items: readonly T[]): T
}

/**
 * A stream of draws that depends on the text alone: the text hashed (FNV-1a), and stepped as SplitMix32. For inventing
 * people, never for keys.
 */
export function chanceOf(seed: string): Chance {
  let state = 0x811c9dc5
  for (const octet of Buffer.from(seed)) state = Math.imul(state ^ octet, 0x01000193) >>> 0
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
    return (mixed ^ (mixed >>> 16)) >>> 0
  }
  const below = (limit: number): number => Math.floor((next() / 2 ** 32) * limit)
  return { below, pick: (items) => items[below(items.length)]! }
}
