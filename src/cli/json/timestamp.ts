/** What `ehealth timestamp` prints of stamps. */
import type {
  Completeness,
  StampIdentification,
  TimestampCheck,
  TimestampFinding,
  TimestampToken,
} from '../../technical/timestamp/index.js'
import type { CodedFinding, Signer } from './common.js'
import type { ShownRevocation } from './revocation.js'

/** What is known after verifying a time stamp; where it cannot be read, only what is wrong with it. */
export interface TimestampReport {
  /** No errors; warnings do not count. */
  valid: boolean
  errors: TimestampFinding[]
  warnings: TimestampFinding[]
  /** All fifteen, in order. */
  checks: readonly TimestampCheck[]
  /** Serial number, decimal digits. */
  serial?: string
  /** Time of the stamp in milliseconds since 1970. */
  genTimeMs?: number
  /** The same, ISO 8601. */
  at?: string
  /** How exact the time is, in milliseconds. */
  accuracyMs?: number
  /** Object identifier of the policy. */
  policy?: string
  /** What was stamped. */
  imprint?: {
    algorithm: string
    /** Hexadecimal digits. */
    digest: string
  }
  /** How the token was wrapped. */
  wrapping?: TimestampToken['wrapping']
  /** Name of the authority as the token gives it. */
  tsa?: string
  signer?: Signer & { notAfter: string }
  /** Distinguished names from the signer to the anchor, as far as they are known. */
  path?: string[]
  revocation?: ShownRevocation | null
}

/** A report that says of what it is. */
export type TimestampJudgement = TimestampReport & { kind: 'timestamp' }

/** Every check of a time stamp. */
export type TimestampVerify = TimestampJudgement

/** A stamp that was made. */
export interface TimestampStamp extends TimestampReport {
  requestId: string
  /** URI of the profile that was asked for. */
  profile: string
  /** What was digested. */
  stamped: 'document' | 'base64'
  /** The token in base64; without `--out` only. */
  token?: string
  serial: string
  genTimeMs: number
}

/** Stamps of the archive of the platform, or with a period whether the archive of the hospital is complete. */
export type TimestampConsult = FoundStamps | ShownCompleteness

/** Stamps of the archive, each verified against its document. */
export interface FoundStamps {
  stamps: FoundStamp[]
  /** Stamps that the platform does not have. */
  missing: readonly StampIdentification[]
  /** Stamps that nobody asked for. */
  unexpected: FoundStamp[]
  /** Answers that cannot be read. */
  unreadable: Pick<CodedFinding, 'code'>[]
}

/** A stamp of the archive. */
export interface FoundStamp extends TimestampReport {
  /** Octets of the document. */
  octets: number
  /** What was digested. */
  stamped: 'document' | 'base64'
}

/** Whether the archive of the hospital has every stamp of the period. */
export type ShownCompleteness = Pick<Completeness, 'outcome' | 'missing' | 'status' | 'error'>
