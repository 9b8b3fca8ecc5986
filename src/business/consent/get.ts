/** Asking for a consent (spec consent-therlink-hub §2.3): the active one, or the last state known. */
import { refuseUnknownOptions } from '../../technical/session/options.js'
import type { Session } from '../../technical/session/types.js'
import {
  answered,
  callOptionsOf,
  hubCallOptions,
  hubRequest,
  mentions,
  patientIdOf,
  unreadable,
  withoutCard,
  type Answered,
  type HubCallOptions,
  type Patient,
} from '../kmehr/index.js'
import { consentOperations } from './contract.js'
import { readConsent, selectOf, type Consent } from './element.js'
import { consentCodes, consentMeanings } from './meanings.js'

/** Options of questions about a consent. */
export interface ConsentQuestion extends HubCallOptions {
  /** The SSIN is enough; a card is not sent. */
  patient: Patient
}

/** What there is. */
export type ActiveConsent =
  | ({ outcome: 'active'; consent: Consent } & Answered)
  /** None, or one that was revoked: this operation tells no difference. */
  | ({ outcome: 'none' } & Answered)
  | ({ outcome: 'refused' } & Answered)

/** See {@link Consents.get}. */
export async function getConsent(session: Session, options: ConsentQuestion): Promise<ActiveConsent> {
  const { patient, request } = await question(session, options)
  const { value, meta } = await session.call(
    consentOperations.getPatientConsent,
    { request, select: selectOf(patient) },
    callOptionsOf(options),
  )
  const { complete, ...rest } = answered(value, meta, consentMeanings)
  if (complete && value.consent !== undefined)
    return { outcome: 'active', consent: readConsent(value.consent), ...rest }
  const none = complete || mentions(rest.errors, consentCodes.noneActive)
  return { outcome: none ? 'none' : 'refused', ...rest }
}

/** Last state known of a consent. `NONE`: never given. */
export type ConsentStatus = 'GIVEN' | 'REVOKED' | 'DECEASED' | 'NONE'

export type ConsentStatusOutcome =
  | ({ outcome: 'known'; status: ConsentStatus; consent?: Consent } & Answered)
  | ({ outcome: 'refused' } & Answered)

/** See {@link Consents.status}. */
export async function consentStatus(
  session: Session,
  options: ConsentQuestion,
): Promise<ConsentStatusOutcome> {
  const { patient, request } = await question(session, options)
  const { value, meta } = await session.call(
    consentOperations.getPatientConsentStatus,
    { request, select: selectOf(patient) },
    callOptionsOf(options),
  )
  const { complete, ...rest } = answered(value, meta, consentMeanings)
  if (!complete && !mentions(rest.errors, consentCodes.noneActive)) return { outcome: 'refused', ...rest }
  const { consent } = value
  if (!complete || consent === undefined) return { outcome: 'known', status: 'NONE', ...rest }
  return { outcome: 'known', status: statusOf(consent.status), consent: readConsent(consent), ...rest }
}

const statuses: readonly ConsentStatus[] = ['GIVEN', 'REVOKED', 'DECEASED']

/**
 * A state that nobody knows yet is none that allows anything.
 *
 * @throws EHealthError `contract.unreadable`
 */
function statusOf(status: string): ConsentStatus {
  const known = statuses.find((candidate) => candidate === status)
  if (known === undefined) throw unreadable('GetPatientConsentStatusResponse.consent.status')
  return known
}

async function question(session: Session, options: ConsentQuestion) {
  refuseUnknownOptions(options, ['patient', ...hubCallOptions])
  const patient = withoutCard(patientIdOf(options.patient, 'patient', session.runtime.now()))
  return { patient, request: await hubRequest(session, options) }
}
