/** Which time a message is judged at (spec etee §4.2). */
import type { Certificate } from '../pki/certificate.js'
import { claimedSigningTime } from './cms/signature.js'
import type { SignerInfo } from './cms/signedData.js'
import type { Findings } from './notifications.js'
import { signingTimeLimits } from './policies.js'
import { judgeTimestamp, readTimestamp, signatureTimestamps } from './timestampToken.js'

/** What the decision needs to know. */
export interface SigningTimeOptions {
  now: Date
  /** Takes the claimed time as it stands, even one in the future. */
  trustImplicit: boolean
  /** Anchors of time stamp authorities. */
  authorities: readonly Certificate[]
}

/**
 * The outer signing time, and the time to judge certificates at.
 *
 * An old message is normal (a mailbox is read days later), hence a warning and not an error; a time stamp by a trusted
 * authority takes the warning away.
 */
export function judgeSigningTime(
  signer: SignerInfo,
  options: SigningTimeOptions,
  findings: Findings,
): { claimed: Date | undefined; judgedAt: Date } {
  const stamps = signatureTimestamps(signer).map((token) => readTimestamp(token, signer.signature))
  const readable = stamps.flatMap((stamp) => stamp ?? [])
  if (readable.length !== stamps.length) {
    // A stamp of something else discredits all attributes, the signing time included.
    findings.errors.add('TIMESTAMPTOKEN_INVALID')
    findings.warnings.add('SIGNING_TIME_MISSING')
    return { claimed: undefined, judgedAt: options.now }
  }
  const claimed = claimedSigningTime(signer)
  const [stamp] = readable
  if (claimed !== undefined && (options.trustImplicit || isNear(claimed, options.now)))
    return { claimed, judgedAt: claimed }
  if (stamp === undefined) {
    findings.warnings.add(claimed === undefined ? 'SIGNING_TIME_MISSING' : 'SIGNING_TIME_EXPIRED')
    return { claimed, judgedAt: claimed ?? options.now }
  }
  const refusal = judgeTimestamp(stamp, options.authorities)
  if (refusal !== undefined) {
    findings.errors.add(refusal)
    return { claimed, judgedAt: claimed ?? options.now }
  }
  if (claimed === undefined) return { claimed: stamp.at, judgedAt: stamp.at }
  if (!isNear(claimed, stamp.at)) findings.warnings.add('SIGNING_TIME_EXPIRED')
  return { claimed, judgedAt: claimed }
}

function isNear(claimed: Date, reference: Date): boolean {
  const { expiration, clockSkew } = signingTimeLimits
  const difference = reference.getTime() - claimed.getTime()
  return difference <= expiration + clockSkew && difference >= -clockSkew
}
