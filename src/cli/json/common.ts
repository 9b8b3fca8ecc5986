/**
 * What the documents that `--json` prints have in common.
 *
 * The types of this folder say what is printed: the values as commands have them, before `JSON.stringify` writes a `Date` as a
 * text of ISO 8601 and leaves out what is undefined. Their schemas, in docs/schemas, are made from them, their
 * descriptions from the comments.
 */
import type { PlatformDetail } from '../../errors.js'
import type { CallMeta } from '../../technical/soap/types.js'

/** Without what belongs to a program. */
export type Without<T, Name extends PropertyKey> = T extends unknown ? Omit<T, Name> : never

/** How a call went. The envelopes are never printed. */
export type CallReport = Omit<CallMeta, 'raw'>

/** An outcome whose call is told without the envelopes. */
export type Reported<T> = T extends unknown ? Omit<T, 'meta'> & { meta: CallReport } : never

/** A failure: of the command in `error`, of one of its questions elsewhere. */
export interface Failure {
  /** Stable code, see docs/errors.md; `usage` for wrong use of the command line, `unexpected` for what has no code. */
  code: string
  /** What happened, in English; never a patient's data or a secret. */
  message: string
  /** Whose fault it is. */
  origin?: string
  /** Whether the very same call may succeed when it is repeated. */
  retryable?: boolean
  /** What to do. */
  hint?: string
  /** The option, setting or field at fault. */
  path?: string
  /** What the platform itself said. */
  platform?: PlatformDetail
  /** More about it, by name; see the code in docs/errors.md. */
  details?: Readonly<Record<string, unknown>>
}

/** What any command prints when it fails: exit code 1, or 2 for wrong use of the command line. */
export interface ErrorDocument {
  error: Failure
}

/** A certificate that a judgement names. */
export interface NamedCertificate {
  /** Distinguished name, RFC 2253. */
  subject: string
  /** Decimal digits. */
  serialNumber: string
}

/** The certificate of a signer. */
export interface Signer extends NamedCertificate {
  /** SHA-256, hexadecimal digits. */
  fingerprint: string
}

/** A code and what it says. */
export interface CodedFinding {
  code: string
  message: string
}
