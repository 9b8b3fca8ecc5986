/** Revoking a consent (spec consent-therlink-hub §2.3, §2.4). */
import { EHealthError } from '../../errors.js'
import { refuseUnknownOptions } from '../../technical/session/options.js'
import type { Session } from '../../technical/session/types.js'
import {
  answered,
  callOptionsOf,
  dayFrom,
  hubCallOptions,
  hubRequest,
  mentions,
  notAfterToday,
  patientIdOf,
  type Answered,
  type Day,
  type HubCallOptions,
  type Patient,
} from '../kmehr/index.js'
import { consentOperations } from './contract.js'
import { assertCard } from './declare.js'
import { retrospective } from './element.js'
import { consentCodes, consentMeanings } from './meanings.js'

/** Options of {@link Consents.revoke}. */
export interface RevokeConsentOptions extends HubCallOptions {
  patient: Patient
  /** Day on which the patient took it back; today in Belgium. Never in the future. */
  revokeDate?: Day
  /** Day on which it was given, where it is known. */
  signDate?: Day
}

/** What became of a revocation. */
export type RevokeConsentOutcome =
  | ({ outcome: 'revoked'; revokeDate: string } & Answered)
  /** There was nothing to take back: none was ever given, or it is revoked already. */
  | ({ outcome: 'none-active' } & Answered)
  | ({ outcome: 'refused' } & Answered)

/** See {@link Consents.revoke}. */
export async function revokeConsent(
  session: Session,
  options: RevokeConsentOptions,
): Promise<RevokeConsentOutcome> {
  refuseUnknownOptions(options, ['patient', 'revokeDate', 'signDate', ...hubCallOptions])
  const now = session.runtime.now()
  const patient = patientIdOf(options.patient, 'patient', now)
  assertCard(session, options.patient)
  const revokeDate = notAfterToday(dayFrom(options.revokeDate ?? now, 'revokeDate'), 'revokeDate', now)
  const signDate = options.signDate === undefined ? undefined : dayFrom(options.signDate, 'signDate')
  if (signDate !== undefined && revokeDate < signDate)
    throw new EHealthError('kmehr.date', 'the revocation lies before the consent', { path: 'revokeDate' })
  const request = await hubRequest(session, options)
  const { value, meta } = await session.call(
    consentOperations.revokePatientConsent,
    {
      request,
      consent: {
        patient,
        cd: [retrospective],
        ...(signDate === undefined ? {} : { signdate: signDate }),
        revokedate: revokeDate,
        author: request.author,
      },
    },
    callOptionsOf(options),
  )
  const { complete, ...rest } = answered(value, meta, consentMeanings)
  if (complete) return { outcome: 'revoked', revokeDate, ...rest }
  return { outcome: mentions(rest.errors, consentCodes.noneActive) ? 'none-active' : 'refused', ...rest }
}
