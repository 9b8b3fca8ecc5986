/** When an answer or a list is the present state of things. */
import { EHealthError } from '../../../errors.js'

/** Milliseconds that the clocks of this machine and of an authority may differ (spec etee §6.4). */
export const defaultClockSkew = 5 * 60_000

/** From when to when something tells the present state. */
export interface Period {
  readonly thisUpdate: Date
  readonly nextUpdate: Date | undefined
}

/**
 * Checks that an answer or a list is the present state of things.
 *
 * @throws EHealthError `revocation.not-yet-valid`, `revocation.expired`
 */
export function assertCurrent(period: Period, now: Date, clockSkew: number): void {
  assertNotOfTheFuture(period, now, clockSkew)
  // Without a next one announced it tells about its own instant only (RFC 6960 §4.2.2.1; a list must announce it).
  const until = period.nextUpdate ?? period.thisUpdate
  if (now.getTime() > until.getTime() + clockSkew)
    throw new EHealthError('revocation.expired', `it was to be replaced by ${until.toISOString()}`)
}

/**
 * Checks that evidence which came along with something signed was made after the signing: it then tells about that time for
 * ever (spec etee §6.3).
 *
 * @throws EHealthError `revocation.not-yet-valid`, `revocation.expired`
 */
export function assertMadeAfter(
  at: Date,
  made: { readonly thisUpdate: Date; readonly producedAt?: Date },
  now: Date,
  clockSkew: number,
): void {
  assertNotOfTheFuture(made, now, clockSkew)
  const since = made.producedAt ?? made.thisUpdate
  if (since.getTime() < at.getTime() - clockSkew)
    throw new EHealthError(
      'revocation.expired',
      `it is older than the instant judged: ${since.toISOString()}`,
    )
}

function assertNotOfTheFuture(
  { thisUpdate }: { readonly thisUpdate: Date },
  now: Date,
  clockSkew: number,
): void {
  if (thisUpdate.getTime() > now.getTime() + clockSkew)
    throw new EHealthError('revocation.not-yet-valid', `it is of the future: ${thisUpdate.toISOString()}`)
}
