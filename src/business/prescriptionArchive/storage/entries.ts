/** The journal: one entry per prescription, numbered without gaps, never changed. */
import type { NewEntry } from '../intake/prescription.js'
import type { Receipt } from '../types.js'
import type { Store } from './store.js'

/** An entry as it is stored. */
export interface EntryRow {
  ref: number
  hash: Uint8Array
  sourceSystem: string
  sourceId: string
  receivedAt: number
  bagSequence: number | null
}

/** Adds entries as one transaction; one that is there already gives its old number. */
export function addEntries(store: Store, entries: readonly NewEntry[], receivedAt: Date): Receipt[] {
  return store.transaction(() => {
    const last = counterOf(store, 'ref')
    let next = last
    const receipts = entries.map(({ sha256, sourceSystem, sourceId }): Receipt => {
      const added = store.run(
        `INSERT INTO entry (ref, hash, sourceSystem, sourceId, receivedAt) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (hash, sourceId, sourceSystem) DO NOTHING`,
        next + 1,
        sha256,
        sourceSystem,
        sourceId,
        receivedAt.getTime(),
      )
      const text = Buffer.from(sha256).toString('base64')
      if (added === 1) {
        next += 1
        return { ref: next, sha256: text, receivedAt, resubmitted: false }
      }
      const known = store.get<{ ref: number; receivedAt: number }>(
        'SELECT ref, receivedAt FROM entry WHERE hash = ? AND sourceId = ? AND sourceSystem = ?',
        sha256,
        sourceId,
        sourceSystem,
      )!
      return { ref: known.ref, sha256: text, receivedAt: new Date(known.receivedAt), resubmitted: true }
    })
    if (next !== last) setCounter(store, 'ref', next)
    return receipts
  })
}

/** Numbers that were given, of entries or of bags; kept apart, so that what is pruned is never numbered again. */
export type Counter = 'ref' | 'bag'

export const counterOf = (store: Store, name: Counter): number =>
  store.get<{ value: number }>('SELECT value FROM counter WHERE name = ?', name)!.value

export function setCounter(store: Store, name: Counter, value: number): void {
  store.run('UPDATE counter SET value = ? WHERE name = ?', value, name)
}

const entryColumns = 'ref, hash, sourceSystem, sourceId, receivedAt, bagSequence'

/** The oldest entries that are in no bag. */
export const stagedEntries = (store: Store, limit: number): EntryRow[] =>
  store.all(`SELECT ${entryColumns} FROM entry WHERE bagSequence IS NULL ORDER BY ref LIMIT ?`, limit)

/** How many are in no bag, and since when the oldest of them waits. */
export function stagedCount(store: Store): { count: number; oldest: number | null } {
  const { count } = store.get<{ count: number }>(
    'SELECT count(*) AS count FROM entry WHERE bagSequence IS NULL',
  )!
  const first = store.get<{ receivedAt: number }>(
    'SELECT receivedAt FROM entry WHERE bagSequence IS NULL ORDER BY ref LIMIT 1',
  )
  return { count, oldest: first?.receivedAt ?? null }
}

/** The entries of a bag, in their order in it. */
export const entriesOfBag = (store: Store, sequence: number): EntryRow[] =>
  store.all(`SELECT ${entryColumns} FROM entry WHERE bagSequence = ? ORDER BY ref`, sequence)

export const entryByRef = (store: Store, ref: number): EntryRow | undefined =>
  store.get(`SELECT ${entryColumns} FROM entry WHERE ref = ?`, ref)

/** All entries of the same octets: one prescription may come from several systems. */
export const entriesByHash = (store: Store, sha256: Uint8Array): EntryRow[] =>
  store.all(`SELECT ${entryColumns} FROM entry WHERE hash = ? ORDER BY ref`, sha256)
