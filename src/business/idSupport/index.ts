/**
 * Identity cards: whether a card is that of a person, asked from the authentic source (spec rn-consult §11). Belgian and
 * foreigners' identity cards, Kids-ID, residence permits and ISI+.
 *
 * @module
 */
import type { Session } from '../../technical/session/types.js'
import { valueFor, type NationalRegisterOptions } from '../registers/index.js'
import type { CardToVerify } from './card.js'
import { verifyCard, type CardVerification, type VerifyCardOptions } from './verify.js'

export type { NationalRegisterOptions, PerEnvironment, RegisterEnvironment } from '../registers/index.js'
export type { PersonGroup } from '../rnConsult/contract.js'
export type { CardToVerify } from './card.js'
export type {
  CardAnswer,
  CardDetails,
  CardRemark,
  CardVerification,
  ProviderStatus,
  VerifyCardOptions,
} from './verify.js'

/** The verification of cards for a session's user. Nothing of an answer is kept. */
export interface IdSupport {
  /**
   * Asks whether a card is that of a person, and valid: by SSIN and card number, or by what was read from the barcode.
   * What the platform says, a refusal included, is an outcome.
   *
   * @throws EHealthError before anything is sent: `id-support.combination`, `identifier.*`, `configuration.invalid` with
   *   the path; and what a call throws (`transport.*`, `fault.*`, `token.*`, `contract.unreadable`)
   *
   * @example
   * ```ts
   * const answer = await me.idSupport.verify({ ssin: patientSsin, cardNumber: eidCard })
   * if (answer.outcome === 'valid') {
   *   const consent = await me.consent.declare({ patient: { ssin: patientSsin, eidCard } })
   *   console.log(answer.card, consent.outcome)
   * }
   * ```
   */
  verify(card: CardToVerify, options?: VerifyCardOptions): Promise<CardVerification>
}

/**
 * Opens the verification of cards for a session. Nothing is called until a card is to be verified.
 *
 * @example
 * ```ts
 * import { createIdSupport } from 'ehealth-connectors/id-support'
 *
 * const answer = await createIdSupport(session).verify({ ssin: patientSsin, cardNumber: eidCard })
 * if (answer.outcome === 'unclear') console.warn('neither yes nor no:', answer.verdict)
 * ```
 */
export function createIdSupport(session: Session, { legalContext }: NationalRegisterOptions = {}): IdSupport {
  return {
    verify: (card, options) =>
      verifyCard(session, card, { legalContext: valueFor(session, legalContext), ...options }),
  }
}
