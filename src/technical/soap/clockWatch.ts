/**
 * How far this machine's clock is off, by the `Date` header of answers (spec soap-security §6.11).
 *
 * A message lives 60 seconds: a clock that is off by more makes every call fail with SOA-01001, which says nothing of
 * clocks.
 *
 * @module
 */
import type { Runtime } from '../environment/runtime.js'

/** Milliseconds beyond which a difference is told. */
export const clockTolerance = 30_000

/** An answer that was long under way says too little about the time at which it was written. */
const longestUseful = 20_000

/**
 * Milliseconds by which the clock here is ahead of the one that wrote `date` (negative: behind). The header has whole
 * seconds and was written at some instant between sending and receiving: 0 when that explains the difference.
 *
 * @param date `Date` header of the answer
 * @returns `undefined` when nothing can be said
 */
export function skewBetween(date: string | undefined, sentAt: Date, receivedAt: Date): number | undefined {
  const there = date === undefined ? Number.NaN : Date.parse(date)
  const [sent, received] = [sentAt.getTime(), receivedAt.getTime()]
  if (Number.isNaN(there) || received < sent || received - sent > longestUseful) return undefined
  const [least, most] = [sent - (there + 1000), received - there]
  if (least <= 0 && most >= 0) return 0
  return Math.round((least + most) / 2)
}

/** Whole seconds; halves go away from 0. */
export const skewSeconds = (skew: number): number => Math.sign(skew) * Math.round(Math.abs(skew) / 1000)

/** In words: `this machine's clock is 94 s ahead of the platform's`. */
export function skewText(skew: number): string {
  return `this machine's clock is ${Math.abs(skewSeconds(skew))} s ${skew > 0 ? 'ahead of' : 'behind'} the platform's`
}

/** Keeps what the answers say about the clock. One per session, or shared by those of one process. */
export interface ClockWatch {
  /** The clock and randomness given, uncorrected. */
  readonly source: Runtime
  /** The same, its clock set right where that was asked for. Messages are dated by it. */
  readonly runtime: Runtime
  /** Milliseconds by which `source` is ahead; `undefined` before the first answer. */
  readonly skew: number | undefined
  /** Milliseconds that are taken off for messages: `skew` where correction was asked for, else 0. */
  readonly correction: number
  /** Takes notice of an answer. @returns the skew to tell about, once for each new state of affairs */
  notice(skew: number | undefined): number | undefined
}

/**
 * @param options `correct`: date messages by the platform's clock. A clock that is known to be wrong may be set right
 * for the messages, but tokens, certificates and everything else that is judged here go by it too, so it is not the
 * default: mend the clock.
 */
export function createClockWatch(source: Runtime, options: { correct?: boolean } = {}): ClockWatch {
  let skew: number | undefined
  let told = 0
  const correction = (): number => (options.correct === true ? (skew ?? 0) : 0)
  return {
    source,
    runtime: { ...source, now: () => new Date(source.now().getTime() - correction()) },
    get skew() {
      return skew
    },
    get correction() {
      return correction()
    },
    notice(measured) {
      if (measured === undefined) return undefined
      skew = measured
      const off = Math.abs(measured) > clockTolerance ? measured : 0
      // the same difference again is no news
      if (Math.abs(off - told) <= clockTolerance / 3) return undefined
      told = off
      return measured
    },
  }
}
