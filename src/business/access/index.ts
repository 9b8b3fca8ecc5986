/**
 * One answer to "may I read this patient's data?": consent, therapeutic link and exclusions, with the reasons
 * (spec consent-therlink-hub §8).
 *
 * @module
 */
import type { Session } from '../../technical/session/types.js'
import { mayRead, type AccessDecision, type MayReadOptions } from './mayRead.js'

export type { AccessMatrix } from './matrix.js'
export type { AccessDecision, BrokenGlass, Check, Checks, Emergency, MayReadOptions } from './mayRead.js'
export {
  decide,
  type CautionCode,
  type ConsentFinding,
  type DenialCode,
  type ExclusionFinding,
  type Findings,
  type LinkFinding,
  type UnknownCode,
  type Verdict,
} from './rules.js'
export type { Explained } from './words.js'

/** The rules of access for a session's user. */
export interface Access {
  /**
   * Asks the registers at once and applies the rules: `allow`, `deny` with reasons, or `unknown` when a service did not
   * answer. Advice: the hub checks again, and its refusal wins.
   *
   * A failure of a service is no exception but `unknown`; thrown is what is wrong with the question itself.
   *
   * @throws EHealthError `access.reason`, `access.provider`, `identifier.*`, `kmehr.*`, `configuration.*`; what `record`
   * throws
   *
   * @example
   * ```ts
   * const answer = await me.access.mayRead({ patient: { ssin: patientSsin } })
   * if (answer.decision === 'allow') console.log(answer.via)
   * else for (const { code, advice } of answer.reasons) console.log(code, advice)
   * ```
   */
  mayRead(options: MayReadOptions): Promise<AccessDecision>
}

/** Opens the rules of access for a session. Nothing is called until a question is asked. */
export function createAccess(session: Session): Access {
  return { mayRead: (options) => mayRead(session, options) }
}
