/**
 * What became of a number: which one somebody has now, and which others he had (spec rn-consult §7). Asked with the
 * certificate of the caller, without a token.
 *
 * @module
 */
import type { Session } from '../../technical/session/types.js'
import {
  currentSsin,
  relatedSsins,
  type CurrentSsinOutcome,
  type RelatedSsinsOutcome,
  type SsinQuestion,
} from './consult.js'

export type {
  RefusalDetail,
  RefusalReason,
  Refused,
  RegisterCallOptions,
  RegisterRefusal,
} from '../registers/index.js'
export type { CurrentSsinOutcome, RelatedSsinsOutcome, SsinQuestion, SsinState } from './consult.js'

/**
 * The history of numbers. What the register says is an outcome; every operation may throw what a call throws
 * (`transport.*`, `fault.*`, `contract.unreadable`) and, before anything is sent, `identifier.*` and
 * `configuration.invalid` with the path.
 */
export interface SsinHistory {
  /**
   * The number that holds now: to be asked when a stored number is no longer known elsewhere.
   *
   * @throws EHealthError `identifier.*`, `configuration.invalid`
   *
   * @example
   * ```ts
   * const { outcome, ...found } = await me.ssinHistory.current({ ssin: patientSsin })
   * if (outcome === 'replaced' && 'ssin' in found) console.log('now', found.ssin)
   * ```
   */
  current(question: SsinQuestion): Promise<CurrentSsinOutcome>
  /**
   * The number that holds now and every other one of the same person, BIS numbers included: to be asked before a BIS number
   * is made.
   *
   * @throws EHealthError `identifier.*`, `configuration.invalid`
   */
  related(question: SsinQuestion): Promise<RelatedSsinsOutcome>
}

/**
 * Opens the history of numbers for a session. Nothing is called until an operation is.
 *
 * @example
 * ```ts
 * import { createSsinHistory } from 'ehealth-connectors/ssinhistory'
 *
 * const history = createSsinHistory(session)
 * const found = await history.related({ ssin: patientSsin })
 * if (found.outcome === 'current' || found.outcome === 'replaced') console.log(found.related.length)
 * ```
 */
export function createSsinHistory(session: Session): SsinHistory {
  return {
    current: (question) => currentSsin(session, question),
    related: (question) => relatedSsins(session, question),
  }
}
