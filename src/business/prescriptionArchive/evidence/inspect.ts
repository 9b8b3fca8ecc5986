/** Whether a bag is what it says it is, from what is stored alone (spec timestamp §10.6). */
import { createHash } from 'node:crypto'

import { EHealthError } from '../../../errors.js'
import { readTimeStampBag, type Bag, type BagEntry } from '../../../technical/timestamp/bag.js'
import type { BagRow } from '../storage/bags.js'
import { entriesOfBag, type EntryRow } from '../storage/entries.js'
import type { Store } from '../storage/store.js'

/** What is looked at. */
export const bagChecks = ['bag-digest', 'bag-schema', 'bag-sequence', 'bag-chain', 'bag-entries'] as const
export type BagCheckName = (typeof bagChecks)[number]

/** A check that passed or failed. `about`: which numbers are concerned, never content. */
export interface ArchiveCheck {
  name: string
  passed: boolean
  about?: string
}

/** A bag, looked at. */
export interface InspectedBag {
  checks: ArchiveCheck[]
  /** Its entries as its octets say; empty where they cannot be read. */
  listed: readonly BagEntry[]
  /** Its entries as the journal says. */
  journal: readonly EntryRow[]
}

export function inspectBag(store: Store, bag: BagRow): InspectedBag {
  const journal = entriesOfBag(store, bag.sequence)
  const checks: ArchiveCheck[] = []
  const note = (name: BagCheckName, passed: boolean, about?: string): void => {
    checks.push({ name, passed, ...(passed || about === undefined ? {} : { about }) })
  }
  note('bag-digest', same(createHash('sha256').update(bag.bytes).digest(), bag.sha256))
  const content = readOrUndefined(bag.bytes)
  note('bag-schema', content !== undefined)
  note('bag-sequence', content?.sequenceNumber === bag.sequence)
  note('bag-chain', isChained(store, bag), `bag ${bag.sequence - 1}`)
  const other = content === undefined ? undefined : firstDifference(content.entries, journal)
  note('bag-entries', content !== undefined && other === undefined, other)
  return { checks, listed: content?.entries ?? [], journal }
}

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

function readOrUndefined(bytes: Uint8Array): Bag | undefined {
  try {
    return readTimeStampBag(bytes)
  } catch (error) {
    if (error instanceof EHealthError) return undefined
    throw error
  }
}

/** The bag before is the one that this one was made after; the first that is left has none to compare with. */
function isChained(store: Store, bag: BagRow): boolean {
  const before = store.get<{ sha256: Uint8Array }>(
    'SELECT sha256 FROM bag WHERE sequence < ? ORDER BY sequence DESC LIMIT 1',
    bag.sequence,
  )
  if (before === undefined) return true
  return bag.prevSha256 !== null && same(before.sha256, bag.prevSha256)
}

function firstDifference(listed: readonly BagEntry[], journal: readonly EntryRow[]): string | undefined {
  if (listed.length !== journal.length)
    return `${listed.length} entries in the bag, ${journal.length} in the journal`
  const index = listed.findIndex(({ ref, hash }, at) => {
    const entry = journal[at]!
    return ref !== entry.ref || !same(hash, entry.hash)
  })
  return index === -1 ? undefined : `ref ${journal[index]!.ref}`
}
