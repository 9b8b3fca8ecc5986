/** What is known of the revocation of a certificate, as data. */
import type { ErrorCode } from '../../../errors.js'
import type { Certificate } from '../certificate.js'

/**
 * What an unknown status means: `require` refuses, `prefer` accepts with a warning, `off` asks nobody. Revoked is refused by both
 * `require` and `prefer`.
 */
export type RevocationPolicy = 'require' | 'prefer' | 'off'

/** Where a status comes from. */
export type RevocationSource = 'ocsp' | 'crl'

/** Reasons of RFC 5280 §5.3.1, as numbered there: 7 is not used, 8 takes a certificate off a list and belongs in delta lists. */
export const revocationReasons = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  undefined,
  undefined,
  'privilegeWithdrawn',
  'aACompromise',
] as const

export type RevocationReason = NonNullable<(typeof revocationReasons)[number]>

/** When and why a certificate was revoked. */
export interface Revocation {
  readonly at: Date
  readonly reason: RevocationReason
}

/** The answer or list that a status rests on. */
export interface RevocationEvidence {
  readonly source: RevocationSource
  /** Where it was fetched; absent for one that came along with a message or was given by the caller. */
  readonly url?: string
  /** Subject (RFC 2253) and fingerprint of the certificate that signed it. */
  readonly signer: { readonly subject: string; readonly fingerprint: string }
  /** When the responder made the answer; OCSP only. */
  readonly producedAt?: Date
  readonly thisUpdate: Date
  readonly nextUpdate?: Date
  /** Number of the list. */
  readonly crlNumber?: bigint
  /** It was fetched before, and judged again now. */
  readonly fromCache: boolean
}

/** One source that gave no status. */
export interface RevocationAttempt {
  readonly source: RevocationSource
  readonly url?: string
  /** For instance `revocation.unavailable`, `revocation.signature`, `revocation.expired`. */
  readonly code: ErrorCode
  readonly message: string
}

/** Status of one certificate at the judged instant. */
export type RevocationStatus =
  | {
      readonly status: 'good'
      readonly evidence: RevocationEvidence
      /** Revoked after the judged instant: what was signed before stays good (spec etee §6.3). */
      readonly revokedLater?: Revocation
    }
  | ({ readonly status: 'revoked'; readonly evidence: RevocationEvidence } & Revocation)
  | {
      readonly status: 'unknown'
      /** Why, of the source that came nearest to an answer. */
      readonly code: ErrorCode
      readonly attempts: readonly RevocationAttempt[]
    }

/** Status of a certification path without its anchor: revoked if one is, good if all are. */
export interface PathRevocation {
  readonly status: RevocationStatus['status']
  /** Leaf first. */
  readonly certificates: readonly CertificateRevocation[]
}

/** Status of one certificate of a path. */
export type CertificateRevocation = { readonly certificate: Certificate } & RevocationStatus
