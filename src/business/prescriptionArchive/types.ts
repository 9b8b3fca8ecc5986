/** What is handed in, and what the archive says of it. */

/** A prescription on its way in: its octets, or their digest where they stay in the clinical system. */
export type Prescription = PrescriptionSource &
  (
    | {
        /** The prescription as it is final: these very octets are what is proven later. Only their digest is kept. */
        content: Uint8Array | AsyncIterable<Uint8Array>
        sha256?: never
      }
    | {
        /** SHA-256 of the prescription: 32 octets, or their base64 or hexadecimal text. */
        sha256: Uint8Array | string
        content?: never
      }
  )

/** Where a prescription comes from. */
export interface PrescriptionSource {
  /** Name of the clinical system, 1 to 100 characters; `default`. */
  sourceSystem?: string
  /**
   * Number of the prescription in that system, up to 200 characters: a number of the act, nothing about the patient. The
   * same prescription of the same system under the same number is the same entry. Empty by default.
   */
  sourceId?: string
}

/** What the archive answers when a prescription is on the disk. */
export interface Receipt {
  /** Number of the entry in the journal of the hospital, from 1. */
  ref: number
  /** SHA-256 of the prescription, base64. */
  sha256: string
  /** When it was first taken in. */
  receivedAt: Date
  /** True where it was there already: `ref` is the one it got then. */
  resubmitted: boolean
}

/** States of a bag (spec timestamp §10.3). */
export type BagState =
  /** Made; its octets never change again. */
  | 'SEALED'
  /** On its way to the platform. */
  | 'SENDING'
  /** Whether the platform has it is not known; the same octets are sent again. */
  | 'UNKNOWN'
  /** The answer is stored and not yet judged. */
  | 'STAMPED'
  /** The token does not verify; see `EHealthError` code in `lastError`. */
  | 'QUARANTINED'
  /** The token is verified. */
  | 'ARCHIVED'
  /** Archived, and the platform says so too. */
  | 'CONFIRMED'
  /** The platform refuses these octets: somebody must look. */
  | 'REFUSED'

/** A bag without its octets. */
export interface BagInfo {
  sequence: number
  state: BagState
  entries: number
  /** SHA-256 of its octets, base64. */
  sha256: string
  sealedAt: Date
  /** How often it was sent. */
  attempts: number
  /** Code of the last failure (docs/errors.md). */
  lastError?: string
}

/** How the archive is doing. */
export interface ArchiveStatus {
  /** Prescriptions that are in the archive. */
  entries: number
  /** Those of them that are in no bag yet. */
  staged: number
  bags: Readonly<Record<BagState, number>>
  /** When the oldest prescription without a verified stamp was taken in; absent where there is none. */
  oldestUnstamped?: Date
  /** When the sealer last looked, and found something or not. */
  heartbeat?: Date
  /** Code of the failure that stopped sending: somebody must look, then call `resume()`. */
  halted?: string
  /** Prescriptions that wait to be written. */
  queued: number
}
