/** From an answer that is stored to a bag that is archived, or set apart (spec timestamp §10.3). */
import { createHash } from 'node:crypto'

import { addStamp, bagBySequence, noteTrust, setBagState, type BagRow } from '../storage/bags.js'
import type { Lease } from '../storage/lease.js'
import type { Store } from '../storage/store.js'
import type { BagState } from '../types.js'
import { judgeToken, verdictText, type Judged, type Judging } from './judge.js'
import type { StampAnswer } from './platform.js'

/** What became of a bag. */
export interface Settled {
  state: Extract<BagState, 'ARCHIVED' | 'QUARANTINED'>
  judged: Judged
}

/** An answer of the authority that was stored with the attempt. */
interface StoredAnswer extends StampAnswer {
  sentAt: number
  endedAt: number
}

/**
 * Judges the answers that a bag has got, newest first, and archives it with the first good one; quarantined where there is
 * none. Undefined for a bag without an answer.
 *
 * @param isFresh the newest answer has just come
 */
export async function settleBag(
  store: Store,
  { sequence, bytes }: Pick<BagRow, 'sequence' | 'bytes'>,
  { lease, judging, isFresh = false }: { lease: Lease; judging: Judging; isFresh?: boolean },
): Promise<Settled | undefined> {
  const answers = store.all<StoredAnswer>(
    `SELECT response, token, sentAt, endedAt FROM attempt
     WHERE bagSequence = ? AND token IS NOT NULL ORDER BY n DESC`,
    sequence,
  )
  let newest: Judged | undefined
  for (const [index, { token, response, sentAt, endedAt }] of answers.entries()) {
    const fresh = isFresh && index === 0 ? { from: new Date(sentAt), until: new Date(endedAt) } : undefined
    const judged = await judgeToken(token, bytes, judging, fresh)
    newest ??= judged
    if (!judged.valid) continue
    archive(store, lease, sequence, { token, response }, judged, judging.runtime.now().getTime())
    return { state: 'ARCHIVED', judged }
  }
  if (newest === undefined) return undefined
  const [code = null] = newest.errors
  store.transaction(() => {
    lease.assertHeld()
    setBagState(store, sequence, 'QUARANTINED', { error: code })
  })
  return { state: 'QUARANTINED', judged: newest }
}

function archive(
  store: Store,
  lease: Lease,
  sequence: number,
  answer: StampAnswer,
  judged: Judged,
  now: number,
): void {
  store.transaction(() => {
    lease.assertHeld()
    keepStamp(store, sequence, answer, judged, { now, source: 'answer' })
    // what a check confirmed meanwhile stays confirmed
    if (bagBySequence(store, sequence)?.state !== 'CONFIRMED') setBagState(store, sequence, 'ARCHIVED')
  })
}

/** Keeps a good stamp with everything that it takes to verify it in ten years; inside of a transaction. */
export function keepStamp(
  store: Store,
  sequence: number,
  { token, response }: StampAnswer,
  judged: Judged,
  { now, source }: { now: number; source: 'answer' | 'consult' },
): boolean {
  const { serial, genTimeMs, certificate, path } = judged
  if (serial === undefined || genTimeMs === undefined) return false
  const sha256 = (der: Uint8Array): Uint8Array => createHash('sha256').update(der).digest()
  for (const [index, { der }] of path.entries())
    noteTrust(store, sha256(der), der, index === 0 ? 'signer' : 'issuer', genTimeMs)
  return addStamp(store, {
    serial,
    genTimeMs,
    bagSequence: sequence,
    responseBytes: response,
    tokenBytes: token,
    tsaCertificate: certificate?.der ?? null,
    verifiedAt: now,
    verdict: verdictText(judged),
    source,
  })
}
