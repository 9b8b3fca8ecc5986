/**
 * The consent of patients to the electronic exchange of their data, one per patient for the whole country
 * (spec consent-therlink-hub §2).
 *
 * @module
 */
import type { Session } from '../../technical/session/types.js'
import { declareConsent, type DeclareConsentOptions, type DeclareConsentOutcome } from './declare.js'
import { ensureDeclared, type EnsureConsentOutcome } from './ensure.js'
import {
  consentStatus,
  getConsent,
  type ActiveConsent,
  type ConsentQuestion,
  type ConsentStatusOutcome,
} from './get.js'
import { revokeConsent, type RevokeConsentOptions, type RevokeConsentOutcome } from './revoke.js'

export type {
  Answered,
  Author,
  Day,
  Party,
  Patient,
  PlatformError,
  Provider,
  Software,
} from '../kmehr/index.js'
export type { DeclareConsentOptions, DeclareConsentOutcome } from './declare.js'
export type { Consent } from './element.js'
export type { EnsureConsentOutcome } from './ensure.js'
export type { ActiveConsent, ConsentQuestion, ConsentStatus, ConsentStatusOutcome } from './get.js'
export { consentMeanings } from './meanings.js'
export type { RevokeConsentOptions, RevokeConsentOutcome } from './revoke.js'

/**
 * The consent service for a session's user.
 *
 * What the platform refuses is an outcome with every error of its answer, never an exception. Every operation may throw
 * what a call throws (`transport.*`, `fault.*`, `token.*`, `contract.unreadable`) and, before anything is sent,
 * `identifier.*`, `kmehr.patient`, `kmehr.date`, `kmehr.author`, `kmehr.party`, `configuration.invalid` with the path.
 */
export interface Consents {
  /**
   * Declares the consent of a patient who is there: his card number is the proof, and a professional must give it.
   *
   * @throws EHealthError `consent.card-required`
   *
   * @example
   * ```ts
   * const outcome = await me.consent.declare({
   *   patient: { ssin: patientSsin, eidCard, firstName: 'Lea', familyName: 'Sample' },
   * })
   * if (outcome.outcome === 'refused')
   *   for (const { codes, text, advice } of outcome.errors) console.error(codes, text, advice)
   * ```
   */
  declare(options: DeclareConsentOptions): Promise<DeclareConsentOutcome>
  /** The active consent, with who registered it. For a yes or no, ask {@link Consents.status}. */
  get(options: ConsentQuestion): Promise<ActiveConsent>
  /** The last state known: given, revoked, never given, or that the patient has died. */
  status(options: ConsentQuestion): Promise<ConsentStatusOutcome>
  /**
   * Takes the consent back, as the patient may at any time.
   *
   * @throws EHealthError `consent.card-required`
   */
  revoke(options: RevokeConsentOptions): Promise<RevokeConsentOutcome>
  /**
   * Declares the consent unless it is there. May be repeated: a consent that exists, and a declaration that was carried
   * out although its answer got lost, are the same as done.
   *
   * @throws EHealthError `consent.card-required`, where there is something to declare
   *
   * @example
   * ```ts
   * const { outcome } = await me.consent.ensureDeclared({ patient: { ssin: patientSsin, eidCard } })
   * console.log(outcome === 'given')
   * ```
   */
  ensureDeclared(options: DeclareConsentOptions): Promise<EnsureConsentOutcome>
}

/**
 * Opens the consent service for a session. Nothing is called until an operation is.
 *
 * @example
 * ```ts
 * import { createConsents } from 'ehealth-connectors/consent'
 *
 * const consent = createConsents(session)
 * const found = await consent.status({ patient: { ssin: patientSsin } })
 * if (found.outcome === 'known') console.log(found.status)
 * ```
 */
export function createConsents(session: Session): Consents {
  return {
    declare: (options) => declareConsent(session, options),
    get: (options) => getConsent(session, options),
    status: (options) => consentStatus(session, options),
    revoke: (options) => revokeConsent(session, options),
    ensureDeclared: (options) => ensureDeclared(session, options),
  }
}
