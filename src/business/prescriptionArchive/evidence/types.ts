/** What is shown to whoever asks whether a prescription was there, and when. JSON as it stands; octets are base64. */
import type { StampCheck } from '../stamping/judge.js'
import type { BagState } from '../types.js'
import type { ArchiveCheck } from './inspect.js'

/** What a prescription is found by: the document itself, its digest, or its number in the journal. */
export type ProofQuestion =
  | { content: Uint8Array | AsyncIterable<Uint8Array>; sha256?: never; ref?: never }
  | { sha256: Uint8Array | string; content?: never; ref?: never }
  | { ref: number; content?: never; sha256?: never }

/**
 * What is proven of a prescription.
 *
 * - `proven`: each entry of it is in a bag with a good stamp, and nothing in between was changed
 * - `pending`: it is taken in, and not yet stamped
 * - `broken`: a check failed
 * - `unknown`: it is not in this archive
 */
export type ProofOutcome = 'proven' | 'pending' | 'broken' | 'unknown'

/** The answer to {@link ProofQuestion}. */
export interface Proof {
  outcome: ProofOutcome
  /** SHA-256 that was looked for, base64; absent where a number was asked for that nobody has. */
  sha256?: string
  /** One for each time that it was taken in: several systems may have sent the same. */
  evidence: Evidence[]
  /** ISO 8601. */
  generatedAt: string
  /** Library and version that judged. */
  software: string
}

/** Evidence of one entry of the journal. */
export interface Evidence {
  outcome: Exclude<ProofOutcome, 'unknown'>
  entry: { ref: number; sha256: string; sourceSystem: string; sourceId: string; receivedAt: string }
  /** Absent as long as the entry is in no bag. */
  bag?: BagEvidence
  stamps: StampEvidence[]
  /** Everything that was looked at here, besides the stamps. */
  checks: ArchiveCheck[]
}

/** The bag that was stamped. */
export interface BagEvidence {
  sequence: number
  /** Which of its entries it is, from 1. */
  position: number
  entries: number
  sealedAt: string
  state: BagState
  sha256: string
  /** Its octets: what the stamp is about. */
  bytes: string
}

/** A stamp of the bag, judged again now. */
export interface StampEvidence {
  serial: string
  genTimeMs: number
  /** The same, ISO 8601. */
  at: string
  accuracyMs?: number
  policy?: string
  valid: boolean
  errors: string[]
  warnings: string[]
  /** The fifteen checks of spec timestamp §9.2. */
  checks: StampCheck[]
  /** Where it came from: the `answer` to our request, or the `consult`ation of the platform's archive. */
  source: 'answer' | 'consult'
  /** The token, as the authority made it. */
  token: string
  /** SignResponse, as it was received. */
  response: string
  /** From the authority's certificate to the anchor, PEM. */
  certificates: string[]
}
