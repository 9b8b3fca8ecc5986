/** What commands say of the revocation of certificates. */
import type { Revocation, RevocationAttempt, RevocationEvidence } from '../../technical/pki/index.js'
import type { NamedCertificate } from './common.js'

/** What is known of the revocation of a certification path; null where nobody was asked. */
export interface ShownRevocation {
  /** Revoked if one certificate is, good if all are. */
  status: 'good' | 'revoked' | 'unknown'
  /** Those of the path without its anchor, leaf first. */
  certificates: ShownCertificateRevocation[]
}

/** The answer or list that a status rests on. */
export interface ShownEvidence extends Omit<RevocationEvidence, 'crlNumber'> {
  /** Number of the list, decimal digits. */
  crlNumber?: string
}

/** What is known of one certificate. */
export type ShownCertificateRevocation =
  | (NamedCertificate & {
      status: 'good'
      /** Revoked after the judged instant: what was signed before stays good. */
      revokedLater?: Revocation
      evidence: ShownEvidence
    })
  | (NamedCertificate & Revocation & { status: 'revoked'; evidence: ShownEvidence })
  | (NamedCertificate & {
      status: 'unknown'
      /** Why, of the source that came nearest to an answer. */
      code: string
      attempts: readonly RevocationAttempt[]
    })
