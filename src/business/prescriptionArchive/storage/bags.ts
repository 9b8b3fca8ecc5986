/** Bags, what was tried with them, and their stamps, as rows. */
import type { BagInfo, BagState } from '../types.js'
import type { Store } from './store.js'

/** A bag as it is stored. */
export interface BagRow {
  sequence: number
  bytes: Uint8Array
  sha256: Uint8Array
  prevSha256: Uint8Array | null
  entries: number
  requestId: string
  sealedAt: number
  state: BagState
  attempts: number
  nextAttemptAt: number
  lastError: string | null
  exportedAt: number | null
}

/** A stamp as it is stored. */
export interface StampRow {
  serial: string
  genTimeMs: number
  bagSequence: number
  responseBytes: Uint8Array
  tokenBytes: Uint8Array
  tsaCertificate: Uint8Array | null
  verifiedAt: number
  /** JSON of the checks. */
  verdict: string
  /** `answer` of the authority, or `consult`: found at the platform later. */
  source: string
}

export const bagBySequence = (store: Store, sequence: number): BagRow | undefined =>
  store.get('SELECT * FROM bag WHERE sequence = ?', sequence)

export const bagsBySha256 = (store: Store, sha256: Uint8Array): BagRow[] =>
  store.all('SELECT * FROM bag WHERE sha256 = ?', sha256)

/** The oldest bag of these states that is due. */
export const dueBag = (
  store: Store,
  states: readonly BagState[],
  now: number,
  after: number,
): BagRow | undefined =>
  store.get(
    `SELECT * FROM bag WHERE state IN (${states.map(() => '?').join(', ')}) AND nextAttemptAt <= ? AND sequence > ?
     ORDER BY sequence LIMIT 1`,
    ...states,
    now,
    after,
  )

export const bagsInState = (store: Store, state: BagState): BagRow[] =>
  store.all('SELECT * FROM bag WHERE state = ? ORDER BY sequence', state)

export function setBagState(
  store: Store,
  sequence: number,
  state: BagState,
  { error = null, nextAttemptAt = 0 }: { error?: string | null; nextAttemptAt?: number } = {},
): void {
  store.run(
    'UPDATE bag SET state = ?, lastError = ?, nextAttemptAt = ? WHERE sequence = ?',
    state,
    error,
    nextAttemptAt,
    sequence,
  )
}

/** How many bags are in each state. */
export function bagCounts(store: Store): Record<BagState, number> {
  const counts: Record<BagState, number> = {
    SEALED: 0,
    SENDING: 0,
    UNKNOWN: 0,
    STAMPED: 0,
    QUARANTINED: 0,
    ARCHIVED: 0,
    CONFIRMED: 0,
    REFUSED: 0,
  }
  for (const { state, n } of store.all<{ state: BagState; n: number }>(
    'SELECT state, count(*) AS n FROM bag GROUP BY state',
  ))
    counts[state] = n
  return counts
}

export const stampsOfBag = (store: Store, sequence: number): StampRow[] =>
  store.all('SELECT * FROM stamp WHERE bagSequence = ? ORDER BY genTimeMs, serial', sequence)

/** Adds a stamp; one that is there already stays as it is. */
export function addStamp(store: Store, stamp: StampRow): boolean {
  return (
    store.run(
      `INSERT INTO stamp (serial, genTimeMs, bagSequence, responseBytes, tokenBytes, tsaCertificate, verifiedAt, verdict, source)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (serial, genTimeMs) DO NOTHING`,
      stamp.serial,
      stamp.genTimeMs,
      stamp.bagSequence,
      stamp.responseBytes,
      stamp.tokenBytes,
      stamp.tsaCertificate,
      stamp.verifiedAt,
      stamp.verdict,
      stamp.source,
    ) === 1
  )
}

/** Keeps a certificate of an authority, or of its path, with its first and last use. */
export function noteTrust(
  store: Store,
  sha256: Uint8Array,
  certificate: Uint8Array,
  role: 'signer' | 'issuer',
  at: number,
): void {
  store.run(
    `INSERT INTO trust (sha256, certificate, role, firstUsed, lastUsed) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (sha256) DO UPDATE SET firstUsed = min(firstUsed, excluded.firstUsed), lastUsed = max(lastUsed, excluded.lastUsed)`,
    sha256,
    certificate,
    role,
    at,
    at,
  )
}

/** What may be shown of a bag. */
export const infoOf = (row: BagRow): BagInfo => ({
  sequence: row.sequence,
  state: row.state,
  entries: row.entries,
  sha256: Buffer.from(row.sha256).toString('base64'),
  sealedAt: new Date(row.sealedAt),
  attempts: row.attempts,
  ...(row.lastError === null ? {} : { lastError: row.lastError }),
})
