/** How long a mail loop waits after a failure that concerns no single message (spec soap-security §5.6, ehealthbox §2.6). */
import { isEHealthError, type EHealthError, type ErrorCode } from '../../../errors.js'

/** `soon`: doubled each time; `later`: at once as long as it gets. */
type Patience = 'soon' | 'later'

/** Failures that pass. All others end the loop: they would be the same for ever. */
const passing: Partial<Record<ErrorCode, Patience>> = {
  'transport.connect': 'soon',
  'transport.connect-timeout': 'soon',
  'transport.idle-timeout': 'soon',
  'transport.timeout': 'soon',
  'transport.reset': 'soon',
  'transport.proxy': 'soon',
  // maintenance pages
  'transport.http': 'soon',
  'transport.content': 'soon',
  // SOA-02002: a pause is asked for
  'fault.temporarily-unavailable': 'soon',
  // SOA-02001: trying again is no use until somebody has repaired it
  'fault.unavailable': 'later',
  // SOA-00001 and what is not known
  'fault.other': 'soon',
}

/** The longest pause, in milliseconds, and never less than the interval of the loop. */
export const longestPause = 15 * 60 * 1000

/**
 * The pause before the next attempt; `undefined` when waiting does not help.
 *
 * @param failures in a row, this one included
 * @param chance from 0 to 1, so that many loops do not come back at the same instant
 */
export function pauseAfter(
  error: unknown,
  failures: number,
  every: number,
  chance: number,
): number | undefined {
  if (!isEHealthError(error)) return undefined
  const patience = patienceWith(error)
  if (patience === undefined) return undefined
  const limit = Math.max(longestPause, every)
  const doubled = patience === 'later' ? limit : Math.min(limit, every * 2 ** Math.min(failures, 20))
  return Math.max(every, Math.round(doubled * (1 - chance / 4)))
}

/** The platform's own `Retry` goes before the table (§5.6). */
function patienceWith(error: EHealthError): Patience | undefined {
  const retry = error.platform?.retry
  const known = passing[error.code] ?? (error.retryable ? 'soon' : undefined)
  if (retry === true) return 'soon'
  if (retry === false && known !== undefined) return 'later'
  return known
}
