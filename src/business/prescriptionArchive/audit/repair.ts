/** What the platform has and we have not: stamps of our bags, and bags of somebody else (spec timestamp §10.5). */
import { createHash } from 'node:crypto'

import { EHealthError } from '../../../errors.js'
import { readTimeStampBag, type Bag } from '../../../technical/timestamp/bag.js'
import { judgeToken, type Judging } from '../stamping/judge.js'
import type { KeptBag, StampId } from '../stamping/platform.js'
import { keepStamp } from '../stamping/settle.js'
import { bagBySequence, bagsBySha256, setBagState } from '../storage/bags.js'
import { counterOf, setCounter, type Counter } from '../storage/entries.js'
import type { Store } from '../storage/store.js'

/** What a stamp of the platform turned out to be. */
export interface Taken {
  stamp: StampId
  as: 'repaired' | 'foreign' | 'unresolved'
}

/** Takes a bag of the platform's archive in. Undefined for a token that says nothing. */
export async function takeKept(store: Store, kept: KeptBag, judging: Judging): Promise<Taken | undefined> {
  const judged = await judgeToken(kept.token, kept.bytes, judging)
  const { serial, genTimeMs } = judged
  if (serial === undefined || genTimeMs === undefined) return undefined
  const stamp = { serial, genTimeMs }
  const now = judging.runtime.now().getTime()
  const [own] = bagsBySha256(store, createHash('sha256').update(kept.bytes).digest())
  if (own === undefined) {
    store.transaction(() => {
      keepForeign(store, kept, stamp, now)
      jumpCounters(store, kept.bytes, now)
    })
    return { stamp, as: 'foreign' }
  }
  if (!judged.valid) return { stamp, as: 'unresolved' }
  store.transaction(() => {
    keepStamp(store, own.sequence, kept, judged, { now, source: 'consult' })
    // whoever is sending it at this moment finishes by himself
    if (archivable.has(bagBySequence(store, own.sequence)?.state ?? ''))
      setBagState(store, own.sequence, 'ARCHIVED')
  })
  return { stamp, as: 'repaired' }
}

/** A stamp that was found ends the search for one. */
const archivable: ReadonlySet<string> = new Set(['SEALED', 'UNKNOWN', 'QUARANTINED', 'REFUSED'])

function keepForeign(store: Store, kept: KeptBag, { serial, genTimeMs }: StampId, now: number): void {
  store.run(
    `INSERT INTO foreignBag (serial, genTimeMs, bytes, responseBytes, tokenBytes, foundAt) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (serial, genTimeMs) DO NOTHING`,
    serial,
    genTimeMs,
    kept.bytes,
    kept.response,
    kept.token,
    now,
  )
}

/** After a backup was restored, numbers that are in use at the platform are not given again (trap 18). */
function jumpCounters(store: Store, bytes: Uint8Array, now: number): void {
  let bag: Bag
  try {
    bag = readTimeStampBag(bytes)
  } catch (error) {
    if (error instanceof EHealthError) return
    throw error
  }
  jump(store, 'bag', bag.sequenceNumber, now)
  jump(
    store,
    'ref',
    bag.entries.reduce((highest, { ref }) => Math.max(highest, ref), 0),
    now,
  )
}

function jump(store: Store, counter: Counter, used: number, now: number): void {
  const value = counterOf(store, counter)
  // numbers that would leave nothing to count with are not ours
  if (used <= value || used > 2 ** 52) return
  store.run(
    `INSERT INTO jump (counter, fromValue, toValue, reason, at) VALUES (?, ?, ?, 'foreign-bag', ?)`,
    counter,
    value,
    used,
    now,
  )
  setCounter(store, counter, used)
}
