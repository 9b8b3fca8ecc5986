/** Declaring a consent (spec consent-therlink-hub §2.3, §2.4). */
import { EHealthError } from '../../errors.js'
import { refuseUnknownOptions } from '../../technical/session/options.js'
import type { Session } from '../../technical/session/types.js'
import {
  actsAsPatient,
  answered,
  callOptionsOf,
  dayFrom,
  hasCard,
  hubCallOptions,
  hubRequest,
  isPerson,
  mentions,
  notAfterToday,
  patientIdOf,
  type Answered,
  type Day,
  type HubCallOptions,
  type Patient,
} from '../kmehr/index.js'
import { consentOperations } from './contract.js'
import { retrospective } from './element.js'
import { consentCodes, consentMeanings } from './meanings.js'

/** Options of {@link Consents.declare}. */
export interface DeclareConsentOptions extends HubCallOptions {
  patient: Patient
  /** Day on which the patient consented; today in Belgium. Never in the future. */
  signDate?: Day
}

/** What became of a declaration. */
export type DeclareConsentOutcome =
  | ({ outcome: 'declared'; signDate: string } & Answered)
  /** There was one: what was asked for is so, but not by this call. */
  | ({ outcome: 'already-declared' } & Answered)
  | ({ outcome: 'refused' } & Answered)

/** See {@link Consents.declare}. */
export async function declareConsent(
  session: Session,
  options: DeclareConsentOptions,
): Promise<DeclareConsentOutcome> {
  refuseUnknownOptions(options, ['patient', 'signDate', ...hubCallOptions])
  const now = session.runtime.now()
  const patient = patientIdOf(options.patient, 'patient', now)
  assertCard(session, options.patient)
  const signDate = notAfterToday(dayFrom(options.signDate ?? now, 'signDate'), 'signDate', now)
  const request = await hubRequest(session, options)
  const { value, meta } = await session.call(
    consentOperations.putPatientConsent,
    { request, consent: { patient, cd: [retrospective], signdate: signDate, author: request.author } },
    callOptionsOf(options),
  )
  const { complete, ...rest } = answered(value, meta, consentMeanings)
  if (complete) return { outcome: 'declared', signDate, ...rest }
  return { outcome: mentions(rest.errors, consentCodes.exists) ? 'already-declared' : 'refused', ...rest }
}

/**
 * The card number is the proof that the patient was there: an individual needs it, an organisation does not, nor a
 * citizen, who proved himself (§2.1).
 *
 * @throws EHealthError `consent.card-required`
 */
export function assertCard({ actor }: Session, patient: Patient): void {
  // somebody who acts for a hospital is no individual; for a pharmacy its holder acts himself
  const { kmehr: role = 'pers', ssin } = actor
  const individual = ssin !== undefined && !actsAsPatient(actor) && (isPerson(role) || role === 'orgpharmacy')
  if (individual && !hasCard(patient))
    throw new EHealthError('consent.card-required', 'the card of the patient is missing', {
      path: 'patient.eidCard',
    })
}
