/**
 * Group commit: what is handed over while the disk is busy goes to it together, as one transaction with one flush. A
 * caller hears of success when his entry is on the disk, not before.
 */
import { EHealthError } from '../../../errors.js'
import type { Runtime } from '../../../technical/environment/runtime.js'
import { addEntries } from '../storage/entries.js'
import type { Store } from '../storage/store.js'
import type { Receipt } from '../types.js'
import type { NewEntry } from './prescription.js'

/** Takes entries in. */
export interface IntakeQueue {
  /** @throws EHealthError `prescription-archive.busy`, `prescription-archive.storage`, `prescription-archive.closed` */
  add(entry: NewEntry): Promise<Receipt>
  /** How many wait. */
  readonly length: number
  /** Takes no more, and ends when the last has been written. */
  close(): Promise<void>
}

interface Waiting {
  entry: NewEntry
  resolve: (receipt: Receipt) => void
  reject: (error: unknown) => void
}

/** Entries of one transaction at most: a bound on how long others wait for the disk. */
const together = 1000

/** @param limit how many may wait */
export function intakeQueue(store: Store, runtime: Runtime, limit: number): IntakeQueue {
  let waiting: Waiting[] = []
  let scheduled = false
  let closing: (() => void) | undefined
  let isClosed = false
  const flush = (): void => {
    scheduled = false
    const batch = waiting.slice(0, together)
    waiting = waiting.slice(together)
    write(store, runtime, batch)
    if (waiting.length > 0) schedule()
    else closing?.()
  }
  const schedule = (): void => {
    if (scheduled) return
    scheduled = true
    // after everything that has arrived by now
    setImmediate(flush)
  }
  return {
    add: (entry) =>
      new Promise((resolve, reject) => {
        if (isClosed) reject(new EHealthError('prescription-archive.closed', 'the archive has been closed'))
        else if (waiting.length >= limit)
          reject(
            new EHealthError('prescription-archive.busy', `${limit} prescriptions wait to be written`, {
              details: { limit },
            }),
          )
        else {
          waiting.push({ entry, resolve, reject })
          schedule()
        }
      }),
    get length() {
      return waiting.length
    },
    close: () =>
      new Promise((resolve) => {
        isClosed = true
        if (waiting.length === 0) resolve()
        else closing = resolve
      }),
  }
}

function write(store: Store, runtime: Runtime, batch: readonly Waiting[]): void {
  let receipts: Receipt[]
  try {
    receipts = addEntries(
      store,
      batch.map(({ entry }) => entry),
      runtime.now(),
    )
  } catch (error) {
    for (const { reject } of batch) reject(error)
    return
  }
  batch.forEach(({ resolve }, index) => resolve(receipts[index]!))
}
