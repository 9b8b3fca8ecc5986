/** Gathering staged prescriptions into bags (spec timestamp §10.1 step 2, §10.2). */
import { createHash } from 'node:crypto'

import type { Runtime } from '../../../technical/environment/runtime.js'
import { writeTimeStampBag } from '../../../technical/timestamp/bag.js'
import { bagBySequence } from '../storage/bags.js'
import { counterOf, setCounter, stagedCount, stagedEntries } from '../storage/entries.js'
import type { Lease } from '../storage/lease.js'
import type { Store } from '../storage/store.js'

/** Text form of a digest in a bag (inferred, spec §5); reports name it. */
export const hashEncoding = 'base64'

/**
 * Makes one bag of the oldest staged entries: number, octets and membership in one transaction. Undefined where nothing is
 * staged: an empty bag is not valid.
 */
export function sealBag(
  store: Store,
  { lease, runtime, maxEntries }: { lease: Lease; runtime: Runtime; maxEntries: number },
): { sequence: number; entries: number } | undefined {
  return store.transaction(() => {
    lease.assertHeld()
    const staged = stagedEntries(store, maxEntries)
    const [first] = staged
    const last = staged.at(-1)
    if (first === undefined || last === undefined) return undefined
    const before = counterOf(store, 'bag')
    const sequence = before + 1
    const bytes = writeTimeStampBag({ sequenceNumber: sequence, entries: staged, hashForm: hashEncoding })
    store.run(
      `INSERT INTO bag (sequence, bytes, sha256, prevSha256, entries, requestId, sealedAt, state)
       VALUES (?, ?, ?, ?, ?, ?, ?, 'SEALED')`,
      sequence,
      bytes,
      createHash('sha256').update(bytes).digest(),
      previousDigest(store, before),
      staged.length,
      // the same at every attempt (spec §10.4)
      `_bag-${sequence}-${runtime.uuid()}`,
      runtime.now().getTime(),
    )
    store.run(
      'UPDATE entry SET bagSequence = ? WHERE bagSequence IS NULL AND ref BETWEEN ? AND ?',
      sequence,
      first.ref,
      last.ref,
    )
    setCounter(store, 'bag', sequence)
    return { sequence, entries: staged.length }
  })
}

/** Digest of the bag before; of the last one that is there, where numbers were jumped. */
function previousDigest(store: Store, sequence: number): Uint8Array | null {
  const before = bagBySequence(store, sequence)
  if (before !== undefined) return before.sha256
  const last = store.get<{ sha256: Uint8Array }>('SELECT sha256 FROM bag ORDER BY sequence DESC LIMIT 1')
  return last?.sha256 ?? null
}

/** Notes that the sealer looked, and what it found: silence and death look different afterwards (spec §10.4). */
export function noteHeartbeat(store: Store, at: number, sealed: number): void {
  const { count } = stagedCount(store)
  store.run('INSERT OR REPLACE INTO heartbeat (at, staged, sealed) VALUES (?, ?, ?)', at, count, sealed)
}

/** When the next bag is made: bags are made at multiples of the interval, whoever started when. */
export const nextMark = (now: number, interval: number): number => (Math.floor(now / interval) + 1) * interval

/** Whether something waits since before the last mark, as after a restart. */
export function isOverdue(store: Store, now: number, interval: number): boolean {
  const { oldest } = stagedCount(store)
  return oldest !== null && oldest < nextMark(now, interval) - interval
}
