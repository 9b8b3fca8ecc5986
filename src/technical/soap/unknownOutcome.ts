/** Failures after which nobody knows whether the service did what it was asked (spec soap-security §5.6). */
import { EHealthError } from '../../errors.js'
import { failureRules } from './failureRules.js'
import { failureKindOf } from './failures.js'

const neverArrived = ['transport.connect', 'transport.connect-timeout', 'transport.proxy', 'transport.tls']

/**
 * Whether a call that failed may have been carried out all the same: whoever wanted to change something reads first, and
 * never simply repeats.
 */
export function outcomeIsUnknown(error: unknown): boolean {
  if (!(error instanceof EHealthError)) return false
  const { code, family, platform } = error
  // an answer came, and cannot be read
  if (code === 'contract.unreadable' || family === 'xml') return true
  if (neverArrived.includes(code)) return false
  if (code === 'transport.http' && (platform?.httpStatus ?? 500) < 500)
    return failureRules[failureKindOf(error)].idempotentOnly
  return family === 'transport' || failureRules[failureKindOf(error)].idempotentOnly
}
