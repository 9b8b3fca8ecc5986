/** Removing what has been exported and need not be kept here any longer. */
import { entriesOfBag } from '../storage/entries.js'
import type { Store } from '../storage/store.js'

/** What was removed, and what was not. */
export interface PruneSummary {
  bags: number
  entries: number
  /** Bags of the period that stay: not confirmed by the platform, or not exported. */
  kept: number
}

/**
 * Removes confirmed and exported bags that were sealed before an instant, oldest first, each as a whole. The first that
 * must stay ends it, so that the journal has no holes. The names of the stamps stay: the platform is told them when it
 * is asked what is missing.
 */
export function pruneBags(store: Store, before: number): PruneSummary {
  const summary: PruneSummary = { bags: 0, entries: 0, kept: 0 }
  const bags = store.all<{ sequence: number; state: string; exportedAt: number | null }>(
    'SELECT sequence, state, exportedAt FROM bag WHERE sealedAt < ? ORDER BY sequence',
    before,
  )
  for (const { sequence, state, exportedAt } of bags) {
    if (state !== 'CONFIRMED' || exportedAt === null) break
    summary.entries += entriesOfBag(store, sequence).length
    store.transaction(() => {
      store.run(
        'INSERT INTO pruned (serial, genTimeMs, bagSequence) SELECT serial, genTimeMs, bagSequence FROM stamp WHERE bagSequence = ?',
        sequence,
      )
      for (const table of ['stamp', 'attempt', 'entry'])
        store.run(`DELETE FROM ${table} WHERE bagSequence = ?`, sequence)
      store.run('DELETE FROM bag WHERE sequence = ?', sequence)
    })
    summary.bags += 1
  }
  summary.kept = bags.length - summary.bags
  store.run('DELETE FROM heartbeat WHERE at < ?', before)
  return summary
}
