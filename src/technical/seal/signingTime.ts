/** Which time a message is judged at (spec etee §4.2). */
import type { Certificate } from '../pki/certificate.js'
import { claimedSigningTime } from './cms/signature.js'
import type { SignerInfo } from './cms/signedData.js'
import type { ErrorNotification, Findings } from './notifications.js'
import { signingTimeLimits } from './policies.js'
import { judgeTimestamp, readTimestamp, signatureTimestamps, type TimestampToken } from './timestampToken.js'

/** What the decision needs to know. */
export interface SigningTimeOptions {
  now: Date
  /** Takes the claimed time as it stands, even one in the future. */
  trustImplicit: boolean
  /** In milliseconds. */
  clockSkew: number
  /** Anchors of time stamp authorities. */
  authorities: readonly Certificate[]
}

/** A time stamp over the outer signature. */
export interface TimestampEvidence {
  /** The time that it gives. */
  readonly at: Date
  /** Why it cannot be trusted; `undefined` for one by a trusted authority. */
  readonly refusal: ErrorNotification | undefined
}

/** What is known of the time of signing. */
export interface JudgedTime {
  /** As the sender claims, or a trusted time stamp says where he does not. */
  claimed: Date | undefined
  /** The time to judge certificates at. */
  judgedAt: Date
  stamps: readonly TimestampEvidence[]
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
): JudgedTime {
  const read = signatureTimestamps(signer).map((token) => readTimestamp(token, signer.signature))
  const readable = read.flatMap((stamp) => stamp ?? [])
  if (readable.length !== read.length) {
    // A stamp of something else discredits all attributes, the signing time included.
    findings.errors.add('TIMESTAMPTOKEN_INVALID')
    findings.warnings.add('SIGNING_TIME_MISSING')
    return { claimed: undefined, judgedAt: options.now, stamps: [] }
  }
  const claimed = claimedSigningTime(signer)
  const stamps = readable.map((stamp) => evidenceOf(stamp, options.authorities))
  const [stamp] = stamps
  if (claimed !== undefined && (options.trustImplicit || isNear(claimed, options.now, options.clockSkew)))
    return { claimed, judgedAt: claimed, stamps }
  if (stamp === undefined) {
    findings.warnings.add(claimed === undefined ? 'SIGNING_TIME_MISSING' : 'SIGNING_TIME_EXPIRED')
    return { claimed, judgedAt: claimed ?? options.now, stamps }
  }
  if (stamp.refusal !== undefined) {
    findings.errors.add(stamp.refusal)
    return { claimed, judgedAt: claimed ?? options.now, stamps }
  }
  if (claimed === undefined) return { claimed: stamp.at, judgedAt: stamp.at, stamps }
  if (!isNear(claimed, stamp.at, options.clockSkew)) findings.warnings.add('SIGNING_TIME_EXPIRED')
  return { claimed, judgedAt: claimed, stamps }
}

const evidenceOf = (stamp: TimestampToken, authorities: readonly Certificate[]): TimestampEvidence => ({
  at: stamp.at,
  refusal: judgeTimestamp(stamp, authorities),
})

function isNear(claimed: Date, reference: Date, clockSkew: number): boolean {
  const difference = reference.getTime() - claimed.getTime()
  return difference <= signingTimeLimits.expiration + clockSkew && difference >= -clockSkew
}
