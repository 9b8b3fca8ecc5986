/** Questions about many patients through a mailbox, and what comes back (spec memberdata-mycarenet §2). */
import type { EHealthError } from '../../../errors.js'
import type { AsyncProgress } from '../../genericAsync/index.js'
import type { MemberDataOutcome } from '../outcome.js'
import type { MemberDataQuestion } from '../question.js'

/** A question with a name of the caller's for it, which its answer comes back with. */
export interface KeyedQuestion extends MemberDataQuestion {
  /** For instance the number of a file. Not unique by force: the answer says no more than that. */
  key: string
}

/** The answer to one question. */
export interface BatchAnswer {
  /** As the question had it. */
  key: string
  answer: MemberDataOutcome
  /** The SAML answer, XML; of a patient: for audit, never for logs. */
  xml: string
  /**
   * It may have been handed over before: the process ended between two check-points of what was handed over. Whoever writes
   * under the key writes once.
   */
  again: boolean
  /** The same question was answered before, by another message. */
  repeated: boolean
}

/** Something in the mailbox that is no answer to a question, or cannot be read. */
export interface BatchProblem {
  key?: string
  /** `async.*`, `member-data.*`, `mycarenet.*`, `unseal.*`, `xml.*`. */
  problem: EHealthError
  /** Stable name of the message; it is kept in the store under `unreadable`. */
  message: string
}

export type BatchResult = BatchAnswer | BatchProblem

/** How far everything is. */
export interface BatchState {
  /** Questions that were kept. */
  asked: number
  /** Questions with an answer. */
  answered: number
  /** Posts of which nothing is heard yet, that were refused, and so on. */
  posts: Readonly<Record<'waiting' | 'posting' | 'posted' | 'refused', number>>
  /** Posts that were not taken: none of their questions will be answered. Ask them under another name when it is mended. */
  refused: { name: string; questions: number; resultMinor?: string; resultMessage?: string }[]
}

/** What happens; counts and names only. */
export type BatchProgress =
  | AsyncProgress
  /** A chunk of questions is in the store. `known` where it was there before. */
  | { type: 'kept'; name: string; questions: number; known: boolean }
  /** A check-point of the answers. */
  | { type: 'answered'; answered: number; asked: number }
