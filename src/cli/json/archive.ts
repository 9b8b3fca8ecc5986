/** What `ehealth timestamp serve`, `prove`, `audit` and `export` print. */
import type {
  AuditReport,
  ExportSummary,
  PrescriptionArchive,
  Proof,
  PruneSummary,
} from '../../business/prescriptionArchive/index.js'

/** The line that tells that the daemon is ready. */
export interface TimestampServe {
  ready: true
  /** Where prescriptions are taken in over HTTP. */
  url?: string
  /** The directory that they are taken from. */
  watch?: string
  /** File of the archive. */
  archive: string
  /** What reads and writes that file. */
  driver: PrescriptionArchive['driver']
  /** Number of the process. */
  pid: number
}

/** When a prescription was stamped, and everything that proves it. */
export type TimestampProve = Proof

/** What an audit found. */
export type TimestampAudit = AuditReport

/** What was written, and what was removed. */
export interface TimestampExport {
  written: ExportSummary
  /** With `--prune-before` only. */
  removed?: PruneSummary
}
