/** Which kind of failure an error is, and what may be done after it (spec soap-security §5.6). */
import type { EHealthError } from '../../errors.js'
import { failureRules, type FailureKind, type FailureRule } from './failureRules.js'
import { isSoaCode, platformCodes } from './platformCodes.js'

/** The kind of an error of a call. */
export function failureKindOf(error: EHealthError): FailureKind {
  const { code, platform } = error
  if (platform?.code !== undefined && isSoaCode(platform.code)) return platformCodes[platform.code].failure
  switch (code) {
    // the KGSS says it without a code of the platform (spec etee §5.2)
    case 'fault.not-authenticated':
      return 'not-authenticated'
    case 'transport.connect':
    case 'transport.connect-timeout':
    case 'transport.proxy':
      return 'not-connected'
    case 'transport.tls':
      return 'not-trusted'
    case 'transport.timeout':
    case 'transport.idle-timeout':
    case 'transport.reset':
      return 'unknown-outcome'
    case 'transport.content':
      return isPage(error) ? 'gateway' : 'unknown-outcome'
    case 'transport.http':
      if (platform?.httpStatus === 404) return 'not-found'
      // an html page with another server error is maintenance too; with 401 or 403 it is a refusal
      if (passing.has(platform?.httpStatus ?? 0)) return 'gateway'
      return (platform?.httpStatus ?? 0) >= 500 && isPage(error) ? 'gateway' : 'refused'
    default:
      return 'refused'
  }
}

const passing = new Set([502, 503, 504])

const isPage = ({ details }: EHealthError): boolean => details?.['contentType'] === 'text/html'

/** What may be done after this very failure of this operation. */
export interface FailureVerdict {
  readonly kind: FailureKind
  readonly switchEndpoint: boolean
  readonly repeat: FailureRule['repeat']
  /** Whether the very same call may be repeated by the caller. */
  readonly retryable: boolean
}

/**
 * Judges a failure. `Retry` of a fault, where the platform gives it, overrides the table; but never so far that
 * a message which may have arrived is sent a second time on its own account.
 */
export function judgeFailure(error: EHealthError, operation: { idempotent: boolean }): FailureVerdict {
  const kind = failureKindOf(error)
  const rule: FailureRule = failureRules[kind]
  const said = error.platform?.retry
  const harmless = operation.idempotent || !(rule.idempotentOnly || said === true)
  const repeat =
    said === undefined
      ? rule.repeat
      : !said
        ? 'no'
        : rule.repeat === 'once-with-new-token'
          ? rule.repeat
          : 'after-pause'
  return {
    kind,
    switchEndpoint: rule.switchEndpoint && harmless,
    repeat: harmless ? repeat : 'no',
    retryable: said ?? (harmless && repeat === 'after-pause'),
  }
}
