/** What `ehealth member-data` prints. */
import type { BatchAnswer, BatchProblem } from '../../business/memberData/batch/index.js'
import type { MemberDataAnswer } from '../../business/memberData/index.js'
import type { Identity } from '../../technical/keystore/index.js'
import type { Failure, Without } from './common.js'

/** Who insures a patient, or why nobody can tell. */
export type MemberDataGet = Without<MemberDataAnswer, 'meta' | 'raw' | 'seal' | 'signature'> & {
  /** Who sealed the answer; with `--encrypt` only. */
  sealedBy?: Identity
  /** The signature of the answer, where it has one. */
  signature?: {
    valid: boolean
    /** Distinguished name of the signer, RFC 2253. */
    signer?: string
    /** Codes. */
    errors: string[]
  }
}

/** One line for each answer, or for a message of the mailbox that cannot be read. The lines hold data of patients. */
export type MemberDataBatch =
  | BatchAnswer
  | (Omit<BatchProblem, 'problem'> & {
      /** What is wrong with it. */
      problem: Failure
    })
