/**
 * The archive of a hospital's prescriptions (spec timestamp §10): digested on arrival, gathered into a bag every five
 * minutes, stamped and kept by the platform, kept here with everything that proves them later. See docs/prescription-archive.md.
 *
 * @module
 */
export { openPrescriptionArchive, type PrescriptionArchive } from './archive.js'
export { auditText } from './audit/auditText.js'
export type { AuditOptions, AuditReport, BagFinding, PeriodReport, StampFinding } from './audit/types.js'
export type { ArchiveCheck } from './evidence/inspect.js'
export { proofText } from './evidence/proofText.js'
export type {
  BagEvidence,
  Evidence,
  Proof,
  ProofOutcome,
  ProofQuestion,
  StampEvidence,
} from './evidence/types.js'
export {
  listenForPrescriptions,
  type PrescriptionIntake,
  type PrescriptionIntakeOptions,
} from './intake/server.js'
export {
  watchPrescriptions,
  type WatchedPrescription,
  type WatchPrescriptionsOptions,
} from './intake/directory.js'
export type { PrescriptionArchiveOptions } from './options.js'
export type { ExportOptions, ExportSummary } from './retention/export.js'
export type { PruneSummary } from './retention/prune.js'
export type { StampCheck } from './stamping/judge.js'
export type { StampId } from './stamping/platform.js'
export type { SendRound } from './stamping/worker.js'
export type { ArchiveStatus, BagInfo, BagState, Prescription, PrescriptionSource, Receipt } from './types.js'
