/** Whether the platform has what we have: it never says by itself that it lost something (spec timestamp §10.5). */
import { readTimestampToken } from '../../../technical/timestampToken/index.js'
import type { KeptBag, StampId } from '../stamping/platform.js'
import { bagBySequence, type StampRow } from '../storage/bags.js'
import type { Store } from '../storage/store.js'
import { keyOf, stampsPerCall, type Comparing } from './comparing.js'
import type { Period } from './local.js'
import type { PeriodReport } from './types.js'

/** Asks our stamps back, and confirms the bags whose stamps are the same there. */
export async function reverseCheck(
  { store, platform, reverse }: Comparing,
  { from, to }: Period,
  report: PeriodReport,
): Promise<void> {
  const stamps = store.all<StampRow>(
    'SELECT * FROM stamp WHERE genTimeMs BETWEEN ? AND ? ORDER BY genTimeMs, serial',
    from,
    to,
  )
  const asked = reverse === 'none' ? [] : reverse === 'all' ? stamps : sample(stamps, reverse)
  for (let at = 0; at < asked.length; at += stampsPerCall) {
    const named = asked.slice(at, at + stampsPerCall)
    const kept = new Map((await platform.fetch(named.map(idOf))).map((bag) => [keyOfKept(bag), bag]))
    for (const stamp of named) judge(store, stamp, kept.get(keyOf(stamp)), report)
  }
  report.reversed = asked.length
  const spoiled = new Set([...report.missing, ...report.different].map(keyOf))
  store.transaction(() => {
    for (const stamp of stamps)
      if (!spoiled.has(keyOf(stamp)))
        store.run(
          `UPDATE bag SET state = 'CONFIRMED' WHERE sequence = ? AND state = 'ARCHIVED'`,
          stamp.bagSequence,
        )
  })
}

function judge(store: Store, stamp: StampRow, kept: KeptBag | undefined, report: PeriodReport): void {
  if (kept === undefined) {
    report.missing.push(idOf(stamp))
    return
  }
  const bag = bagBySequence(store, stamp.bagSequence)
  const isSame =
    bag !== undefined &&
    Buffer.compare(bag.bytes, kept.bytes) === 0 &&
    Buffer.compare(tokenOf(stamp.tokenBytes), tokenOf(kept.token)) === 0
  if (!isSame) report.different.push(idOf(stamp))
}

const idOf = ({ serial, genTimeMs }: StampId): StampId => ({ serial, genTimeMs })

/** Evenly over the period: which ones, everybody can tell beforehand and afterwards. */
function sample(stamps: readonly StampRow[], count: number): readonly StampRow[] {
  if (count >= stamps.length) return stamps
  return Array.from({ length: count }, (_, index) => stamps[Math.floor((index * stamps.length) / count)]!)
}

/** Without what is wrapped around it: archives of before gave other wrappings (spec §8). */
function tokenOf(bytes: Uint8Array): Uint8Array {
  try {
    return readTimestampToken(bytes).token
  } catch {
    return bytes
  }
}

function keyOfKept({ token }: KeptBag): string {
  try {
    return keyOf(readTimestampToken(token))
  } catch {
    return ''
  }
}
