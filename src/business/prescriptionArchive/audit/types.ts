/** The report of an audit (spec timestamp §10.6): JSON as it stands, instants in ISO 8601. */
import type { StampId } from '../stamping/platform.js'
import type { ArchiveCheck } from '../evidence/inspect.js'
import type { BagInfo } from '../types.js'

/** Options of an audit. */
export interface AuditOptions {
  /** Start of the period; an hour before the end of the last confirmed check, or the first entry, by default. */
  from?: Date | string
  /** End of the period; 15 minutes ago by default, since later stamps may be on their way. */
  to?: Date | string
  /** Whether the platform is asked; true where the archive has a session. */
  platform?: boolean
  /** Which of our stamps are asked back from the platform: all of them, a sample of so many in each period, or none; `all`. */
  reverse?: 'all' | 'none' | number
  /** Prescriptions of the clinical system, to be digested again: each must be in the journal. */
  documents?: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
  /** Told before each bag: how many were examined, and how many there are. */
  onProgress?: (bags: number, total: number) => void
}

/** Something that is wrong with a bag. */
export interface BagFinding {
  sequence: number
  checks: ArchiveCheck[]
}

/** A stamp that does not verify, or does with warnings. */
export interface StampFinding extends StampId {
  sequence: number
  errors: string[]
  warnings: string[]
}

/** One question to the platform. */
export interface PeriodReport {
  from: string
  to: string
  status: 'OK' | 'INCOMPLETE' | 'ERROR'
  /** Error of the platform, or code of the failure of the call. */
  error?: string
  /** How many of our stamps were named. */
  asked: number
  /** Stamps of our bags that were missing here, and are not any more. */
  repaired: StampId[]
  /** Stamps of bags that are not ours: a restored copy, or a second client with the same certificate. */
  foreign: StampId[]
  /** Stamps that the platform named and did not give, or whose token does not verify. */
  unresolved: StampId[]
  /** How many of our stamps were asked back, and which of them the platform has not. */
  reversed: number
  missing: StampId[]
  /** Stamps of which the platform keeps other octets than we do. */
  different: StampId[]
}

/** What an audit found. */
export interface AuditReport {
  verdict: 'OK' | 'INCOMPLETE' | 'ERROR'
  scope: {
    hospital?: string
    from: string
    to: string
    generatedAt: string
    software: string
    /** SHA-256 over the certificates that are trusted, hexadecimal. */
    trustStore: string
    /** Text form of the digests in the bags. */
    hashEncoding: string
  }
  entries: {
    count: number
    firstRef?: number
    lastRef?: number
    /** Numbers that are missing in the journal. */
    gaps: { from: number; to: number }[]
  }
  bags: { count: number; findings: BagFinding[] }
  stamps: {
    count: number
    invalid: StampFinding[]
    warned: StampFinding[]
    /** Bags that were stamped before one with a lower number: they were late. */
    outOfOrder: number[]
    /** Milliseconds from taking in to the first good stamp. */
    delay?: { maximum: number; percentile95: number; above5Minutes: number }
  }
  /** One for each question; empty where the platform was not asked. */
  platform: PeriodReport[]
  /** Documents that were digested again; absent where none was given. */
  documents?: { count: number; unknown: number }
  /** What of the period is not finished. */
  open: { staged: number; bags: BagInfo[]; unknownAttempts: number }
}
