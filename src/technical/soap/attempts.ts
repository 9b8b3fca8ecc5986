/** What the attempts of one call came to, and which of their errors the caller gets (spec soap-security §5.6). */
import { EHealthError, isEHealthError } from '../../errors.js'
import { clockTolerance, skewSeconds, skewText } from './clockWatch.js'
import { failureKindOf, judgeFailure } from './failures.js'
import type { Attempt } from './types.js'

/** A failed attempt. */
export interface FailedAttempt extends Attempt {
  readonly error: EHealthError
}

/** As errors and results list them. */
export const listed = (failed: readonly FailedAttempt[]): Attempt[] =>
  failed.map(({ error: _, ...attempt }) => attempt)

/**
 * The error of a call, with all attempts in its details: the first cause. A fault of the main endpoint must not hide
 * behind the 404 of an inactive recovery host (spec soap-security §10, 10). But where the same endpoint gave an answer
 * later that no repetition would change, that settles the matter; and an end that the caller made himself is what he expects.
 */
export function errorOf(failed: readonly FailedAttempt[], operation: { idempotent: boolean }): EHealthError {
  const [first] = failed
  const last = failed.at(-1)!.error
  const ended = isEHealthError(last, 'transport.aborted') || isEHealthError(last, 'configuration.closed')
  const settled = failed.find(
    ({ error, endpoint }) => endpoint === first!.endpoint && failureKindOf(error) === 'refused',
  )
  const { error } = ended ? failed.at(-1)! : (settled ?? first!)
  return restated(error, {
    retryable: judgeFailure(error, operation).retryable,
    details: { ...error.details, attempts: listed(failed) },
  })
}

/** SOA-01001 with the state of the clock, where that is the likely reason. */
export function withClock(error: unknown, skew: number | undefined, correction: number): unknown {
  if (!isEHealthError(error, 'fault.not-authenticated') || skew === undefined) return error
  const off = skew - correction
  if (Math.abs(off) <= clockTolerance) return error
  return restated(error, {
    message: `${error.message}; ${skewText(off)}`,
    hint: `Set the clock right: ${skewText(off)}, and a message lives 60 s.`,
    details: { ...error.details, clockSkewSeconds: skewSeconds(off) },
  })
}

/** The same error with other particulars. */
function restated(
  error: EHealthError,
  changes: { message?: string; hint?: string; retryable?: boolean; details: Record<string, unknown> },
): EHealthError {
  const { path, platform, cause } = error
  const copy = new EHealthError(error.code, changes.message ?? error.message, {
    hint: changes.hint ?? error.hint,
    retryable: changes.retryable ?? error.retryable,
    details: changes.details,
    ...(path === undefined ? {} : { path }),
    ...(platform === undefined ? {} : { platform }),
    ...(cause === undefined ? {} : { cause }),
  })
  // where it happened, not where it was restated
  if (error.stack !== undefined) copy.stack = error.stack
  return copy
}
