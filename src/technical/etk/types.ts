/** Encryption tokens as this folder's functions see them. */
export type { EncryptionToken, VerifiedToken } from '../seal/recipient.js'

/** An actor as the ETK depot names it (spec etee §2.5). */
export interface TokenOwner {
  /** For instance `SSIN`, `NIHII-HOSPITAL`, `CBE`. */
  type: string
  /** The number as text; leading zeros matter. */
  value: string
  /** Absent: any application. Empty: the token without application. */
  application?: string
}

/** What can be wrong with a token: the names of the official checker, and three of ours for what it does not look at. */
export type TokenNotification =
  | 'ETK_ENCRYPTION_CERT_SIGNATURE_NOT_VALID'
  | `ETK_${'ENCRYPTION' | 'AUTHENTICATION'}_CERT_EXPIRED`
  | `ETK_${'ENCRYPTION' | 'AUTHENTICATION'}_CERT_NOT_YET_VALID`
  | `ETK_${'ENCRYPTION' | 'AUTHENTICATION'}_CERT_HAS_INVALID_KEYUSAGE`
  | 'ETK_CERTS_DO_NOT_MATCH'
  | 'ETK_AUTHENTICATION_CERT_STATUS_UNKNOWN'
  /** Ours: the registration authority did not sign this token. */
  | 'ETK_RA_SIGNATURE_NOT_VALID'
  /** Ours: the token is by another registration authority than the pinned ones. */
  | 'ETK_RA_NOT_TRUSTED'
  /** Ours: the token names another actor than the one asked for. */
  | 'ETK_SUBJECT_NOT_EXPECTED'

/** What is worth knowing about a good token. */
export type TokenWarning =
  /** The registration authority's own certificate has ended; real tokens of today are like that (spec etee §2.1). */
  | 'ETK_RA_CERT_EXPIRED'
  /** Ours: the token came without the registration authority's certificate and none was pinned: its signature is unproved. */
  | 'ETK_RA_SIGNATURE_NOT_CHECKED'
