/** Sending bags: the same octets at every attempt, an attempt noted before its first octet goes out (spec §10.4). */
import type { Runtime } from '../../../technical/environment/runtime.js'
import { bagsInState, dueBag, setBagState, type BagRow } from '../storage/bags.js'
import type { Lease } from '../storage/lease.js'
import type { Store } from '../storage/store.js'
import { isAboutTrust, type Judging } from './judge.js'
import { backoff, judgeAttempt, type FailedAttempt } from './outcome.js'
import type { StampAnswer, StampingPlatform } from './platform.js'
import { settleBag, type Settled } from './settle.js'

/** What sending needs. */
export interface Sending {
  readonly store: Store
  readonly lease: Lease
  readonly platform: StampingPlatform
  readonly judging: Judging
  readonly runtime: Runtime
  /** Milliseconds of the longest pause between two attempts. */
  readonly longestPause: number
  readonly signal?: AbortSignal | undefined
}

/** What became of one bag. */
export type Sent = { bag: BagRow; milliseconds: number } & (
  { result: 'settled'; settled: Settled } | { result: 'failed'; failure: FailedAttempt }
)

/** The oldest bag that may be sent now, behind a given one. */
export const nextToSend = (store: Store, now: number, after: number): BagRow | undefined =>
  dueBag(store, ['SEALED', 'UNKNOWN', 'QUARANTINED'], now, after)

/** Sends one bag, and stores what came of it before anything else is done. */
export async function sendBag(sending: Sending, bag: BagRow): Promise<Sent> {
  const { store, lease, platform, judging, runtime, signal } = sending
  const began = runtime.now().getTime()
  const n = begin(sending, bag, began)
  let answer: StampAnswer
  let response: Uint8Array | undefined
  try {
    const { requestId } = bag
    answer = await platform.stamp(bag.bytes, {
      requestId,
      onAnswer: (octets) => {
        response = octets
      },
      ...(signal === undefined ? {} : { signal }),
    })
  } catch (error) {
    const failure = judgeAttempt(error)
    fail(sending, bag, n, failure, response)
    return { result: 'failed', bag, failure, milliseconds: runtime.now().getTime() - began }
  }
  store.transaction(() => {
    lease.assertHeld()
    endAttempt(sending, bag, n, { outcome: 'answered', code: null, ...answer })
    setBagState(store, bag.sequence, 'STAMPED')
  })
  const settled = (await settleBag(store, bag, { lease, judging, isFresh: true }))!
  if (settled.state === 'QUARANTINED') postpone(sending, bag, n, settled)
  return { result: 'settled', bag, settled, milliseconds: runtime.now().getTime() - began }
}

function begin({ store, lease }: Sending, { sequence }: BagRow, now: number): number {
  return store.transaction(() => {
    lease.assertHeld()
    store.run(`UPDATE bag SET attempts = attempts + 1, state = 'SENDING' WHERE sequence = ?`, sequence)
    const { attempts } = store.get<{ attempts: number }>(
      'SELECT attempts FROM bag WHERE sequence = ?',
      sequence,
    )!
    store.run('INSERT INTO attempt (bagSequence, n, sentAt) VALUES (?, ?, ?)', sequence, attempts, now)
    return attempts
  })
}

function endAttempt(
  { store, runtime }: Sending,
  { sequence }: BagRow,
  n: number,
  end: { outcome: string; code: string | null } & Partial<StampAnswer>,
): void {
  store.run(
    'UPDATE attempt SET endedAt = ?, outcome = ?, code = ?, response = ?, token = ? WHERE bagSequence = ? AND n = ?',
    runtime.now().getTime(),
    end.outcome,
    end.code,
    end.response ?? null,
    end.token ?? null,
    sequence,
    n,
  )
}

function fail(
  sending: Sending,
  bag: BagRow,
  n: number,
  { outcome, code, round }: FailedAttempt,
  response: Uint8Array | undefined,
): void {
  const { store, lease } = sending
  store.transaction(() => {
    lease.assertHeld()
    endAttempt(sending, bag, n, { outcome, code, ...(response === undefined ? {} : { response }) })
    const state = outcome === 'refused' ? 'REFUSED' : outcome === 'unknown' ? 'UNKNOWN' : 'SEALED'
    // who is stopped is sent at once when somebody says so
    const nextAttemptAt = round === 'stop' ? 0 : dueAfter(sending, n)
    setBagState(store, bag.sequence, state, { error: code, nextAttemptAt })
  })
}

const dueAfter = ({ runtime, longestPause }: Sending, failures: number): number =>
  runtime.now().getTime() + backoff(failures, longestPause, runtime.randomBytes(1))

/** A bad token is asked for anew; one of an unknown authority would be the same again, and waits for the trust store. */
function postpone(sending: Sending, { sequence }: BagRow, n: number, { judged }: Settled): void {
  const never = 8_640_000_000_000_000
  sending.store.transaction(() => {
    sending.lease.assertHeld()
    setBagState(sending.store, sequence, 'QUARANTINED', {
      error: judged.errors[0] ?? null,
      nextAttemptAt: isAboutTrust(judged) ? never : dueAfter(sending, n),
    })
  })
}

/**
 * Puts right what a dead process left, with the lease in hand: who died while sending may have been answered; answers
 * that were stored are judged, and those in quarantine once more with the trust store of today.
 */
export async function recover({
  store,
  lease,
  judging,
  runtime,
}: Omit<Sending, 'platform'>): Promise<Settled[]> {
  store.transaction(() => {
    lease.assertHeld()
    store.run(
      `UPDATE attempt SET endedAt = ?, outcome = 'unknown' WHERE endedAt IS NULL`,
      runtime.now().getTime(),
    )
    store.run(`UPDATE bag SET state = 'UNKNOWN' WHERE state = 'SENDING'`)
  })
  const settled: Settled[] = []
  for (const bag of bagsInState(store, 'STAMPED')) {
    const outcome = await settleBag(store, bag, { lease, judging })
    if (outcome !== undefined) settled.push(outcome)
  }
  for (const bag of bagsInState(store, 'QUARANTINED')) {
    const outcome = await settleBag(store, bag, { lease, judging })
    if (outcome === undefined) continue
    settled.push(outcome)
    if (outcome.state === 'QUARANTINED')
      setBagState(store, bag.sequence, 'QUARANTINED', {
        error: bag.lastError,
        nextAttemptAt: bag.nextAttemptAt,
      })
  }
  return settled
}
