/** Encryption tokens as this folder's functions see them. */
import type { EHealthError } from '../../errors.js'
import type { VerifiedToken } from '../seal/recipient.js'

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
  | 'ETK_AUTHENTICATION_CERT_REVOKED'
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
  /** Nobody could tell whether the owner's certificate has been revoked, and the policy is to go on (`prefer`). */
  | 'ETK_AUTHENTICATION_CERT_STATUS_UNKNOWN'

/** One of several tokens that fit: by whatever identifiers the depot knows its owner. */
export interface TokenMatch {
  readonly identifiers: readonly TokenOwner[]
}

/** What the depot has for an owner. */
export type TokenSearch =
  | { readonly outcome: 'found'; readonly token: VerifiedToken }
  /** Several tokens fit; ask again with one of these identifiers. */
  | { readonly outcome: 'several'; readonly matches: readonly TokenMatch[] }
  | { readonly outcome: 'none' }

/** What became of one owner of a batch. */
export type TokenResult = {
  /** Place in the list of owners that was given. */
  readonly index: number
  readonly owner: TokenOwner
} & (
  | { readonly tokens: readonly VerifiedToken[]; readonly error?: undefined }
  | { readonly tokens?: undefined; readonly error: EHealthError }
)

/** What became of a batch; nothing is lost because something else failed. */
export interface TokenBatch {
  /** One for each owner, in the order given. */
  readonly results: readonly TokenResult[]
  /** Every token found, each once, in the order of the owners: ready for `seal`. */
  readonly tokens: readonly VerifiedToken[]
  /** The results with an error, for instance `etk.not-found`. */
  readonly missing: readonly Extract<TokenResult, { readonly error: EHealthError }>[]
}

/** Options of a batch. */
export interface TokenBatchOptions {
  /** Look-ups under way at once; 8. */
  concurrency?: number
  /** `one`, the default: an owner with several usable tokens is `etk.ambiguous`. `all`: he has all of them. */
  applications?: 'one' | 'all'
}
