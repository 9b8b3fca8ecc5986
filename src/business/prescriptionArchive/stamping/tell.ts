/** What is told of bags and delays: numbers and codes only. */
import { stagedCount } from '../storage/entries.js'
import type { Store } from '../storage/store.js'
import type { Tell } from './events.js'
import type { Judging } from './judge.js'
import type { Sent } from './send.js'

/** Milliseconds by which our clock and the authority's may differ before it is told (spec timestamp §10.4). */
const clockTolerance = 60_000

export function tellSent(tell: Tell, sent: Sent, { runtime }: Judging): void {
  const { bag, milliseconds } = sent
  const about = { bag: bag.sequence, tries: bag.attempts + 1 }
  if (sent.result === 'failed') {
    const { outcome, code, platformCode } = sent.failure
    tell({
      state: outcome === 'refused' ? 'refused' : 'attempt-failed',
      ...about,
      code,
      ...(platformCode === undefined ? {} : { platformCode }),
    })
    return
  }
  const { state, judged } = sent.settled
  if (state === 'ARCHIVED') tell({ state: 'stamped', ...about, entries: bag.entries, milliseconds })
  else tell({ state: 'quarantined', ...about, code: judged.errors[0] ?? 'unexpected' })
  if (judged.genTimeMs === undefined) return
  const skew = runtime.now().getTime() - judged.genTimeMs
  if (Math.abs(skew) > clockTolerance + milliseconds) tell({ state: 'skewed', skew })
}

/** Since when the oldest prescription waits for a good stamp; undefined where none does. */
export function oldestUnstamped(store: Store): number | undefined {
  const { oldest } = stagedCount(store)
  const inBag = store.get<{ receivedAt: number }>(
    `SELECT entry.receivedAt FROM bag JOIN entry ON entry.bagSequence = bag.sequence
     WHERE bag.state IN ('SEALED', 'SENDING', 'UNKNOWN', 'STAMPED', 'QUARANTINED', 'REFUSED')
     ORDER BY bag.sequence, entry.ref LIMIT 1`,
  )
  const instants = [oldest ?? undefined, inBag?.receivedAt].filter((instant) => instant !== undefined)
  return instants.length === 0 ? undefined : Math.min(...instants)
}

/** Tells when a prescription waits longer than it may. */
export function tellLate(tell: Tell, store: Store, now: number, alarmAfter: number): void {
  const oldest = oldestUnstamped(store)
  if (oldest !== undefined && now - oldest > alarmAfter) tell({ state: 'late', waiting: now - oldest })
}
