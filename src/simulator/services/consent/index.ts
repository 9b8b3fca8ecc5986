/** The register of consents (spec consent-therlink-hub §2.6, §2.8). */
import {
  consentOperations,
  type ConsentElement,
  type GetPatientConsentRequest,
  type GetPatientConsentResponse,
  type GetPatientConsentStatusRequest,
  type GetPatientConsentStatusResponse,
  type PutPatientConsentRequest,
  type PutPatientConsentResponse,
  type RevokePatientConsentRequest,
  type RevokePatientConsentResponse,
} from '../../../business/consent/contract.js'
import { belgianDay, dayOf } from '../../../technical/environment/belgianCalendar.js'
import { simulate, type SimulatedCall, type SimulatedService } from '../../service.js'
import { actingOf, type Acting, type AuthorCodes } from '../hub/author.js'
import { answering, coded, hubAnswer } from '../hub/answer.js'
import { patientOf, shownPatient, type FoundPatient, type PatientCodes } from '../hub/patient.js'
import { HubRefusal } from '../hub/refusal.js'
import type { RegisteredPatient, World } from '../../world.js'
import { consentsOf, saveConsents, type StoredConsent } from './state.js'

/** Everything about the author is one code in this family; the pharmacy's are (inferred). */
const authorCodes: AuthorCodes = {
  mismatch: 'MH2.INPUT.2',
  missing: 'MH2.INPUT.2',
  pharmacy: 'MH2.INPUT.20',
  holder: 'MH2.INPUT.2',
  mandate: 'MH2.INPUT.2',
}

const patientCodes: PatientCodes = {
  missing: 'MH2.INPUT.19',
  severalSsins: 'MH2.INPUT.19',
  malformed: 'MH2.INPUT.19',
  unknown: 'MH2.INPUT.19',
  severalCards: 'IDS2.INPUT.52',
  sisCard: 'IDS2.INPUT.52',
  malformedCard: 'IDS2.INPUT.54',
  foreignCard: 'MH2.INPUT.31',
}

export const consentRegister: SimulatedService = {
  service: 'consent',
  operations: [
    simulate(consentOperations.putPatientConsent, {
      answer: answering<PutPatientConsentRequest, PutPatientConsentResponse>(put),
    }),
    simulate(consentOperations.getPatientConsent, {
      answer: answering<GetPatientConsentRequest, GetPatientConsentResponse>(get),
    }),
    simulate(consentOperations.getPatientConsentStatus, {
      answer: answering<GetPatientConsentStatusRequest, GetPatientConsentStatusResponse>(status),
    }),
    simulate(consentOperations.revokePatientConsent, {
      answer: answering<RevokePatientConsentRequest, RevokePatientConsentResponse>(revoke),
    }),
  ],
}

async function put(call: SimulatedCall<PutPatientConsentRequest>): Promise<PutPatientConsentResponse> {
  const { request, world, now } = call
  const { consent } = request
  const { ssin } = changedPatient(call, consent)
  if (consent.signdate === undefined) throw new HubRefusal('CO.INPUT.25')
  const signDate = dayOf(consent.signdate)!
  if (signDate > belgianDay(now)) throw new HubRefusal('MH2.INPUT.16')
  if (activeConsent(world, ssin) !== undefined) throw new HubRefusal('MH2.ACCESS.8')
  consentsOf(world).set(ssin, { ssin, signDate, author: consent.author ?? request.request.author })
  await saveConsents(world)
  return hubAnswer(call)
}

async function revoke(
  call: SimulatedCall<RevokePatientConsentRequest>,
): Promise<RevokePatientConsentResponse> {
  const { request, world, now } = call
  const { consent } = request
  const { ssin } = changedPatient(call, consent)
  if (consent.revokedate === undefined) throw new HubRefusal('CO.INPUT.26')
  const revokeDate = dayOf(consent.revokedate)!
  if (revokeDate > belgianDay(now)) throw new HubRefusal('MH2.INPUT.18')
  const active = activeConsent(world, ssin)
  if (active === undefined) throw new HubRefusal('MH2.ACCESS.9')
  if (revokeDate < active.signDate) throw new HubRefusal('MH2.INPUT.17')
  consentsOf(world).set(ssin, { ...active, revokeDate })
  await saveConsents(world)
  return hubAnswer(call)
}

/** Author, patient with card, type: what put and revoke have in common. */
function changedPatient(
  { request, caller, world, now }: SimulatedCall<PutPatientConsentRequest>,
  { patient, cd }: ConsentElement,
): RegisteredPatient {
  const acting = actingOf(request.request.author, caller, world, authorCodes)
  const found = patientOf(patient, world, patientCodes, { now, living: true })
  assertConcerned(acting, found)
  if (cd.some(({ S, value }) => S !== 'CD-CONSENTTYPE' || value !== 'retrospective'))
    throw new HubRefusal('MH2.INPUT.24')
  return found.registered
}

/** A professional shows that the patient was there; a citizen acts for himself or for whom he represents. */
function assertConcerned(acting: Acting, { registered, card }: FoundPatient): void {
  const individual = acting.kind === 'provider' || acting.kind === 'pharmacy'
  if (individual && card === undefined) throw new HubRefusal('CO.INPUT.30')
  const concerned =
    acting.kind === 'patient' ? acting.ssin : acting.kind === 'representative' ? acting.patient : undefined
  if (concerned !== undefined && concerned !== registered.ssin) throw new HubRefusal('MH2.INPUT.2')
}

function asked({ request, caller, world, now }: SimulatedCall<GetPatientConsentRequest>): RegisteredPatient {
  const acting = actingOf(request.request.author, caller, world, authorCodes)
  const found = patientOf(request.select.patient, world, patientCodes, { now, living: false })
  if (acting.kind === 'patient' && acting.ssin !== found.registered.ssin) throw new HubRefusal('MH2.INPUT.2')
  return found.registered
}

const activeConsent = (world: World, ssin: string): StoredConsent | undefined => {
  const consent = consentsOf(world).get(ssin)
  return consent?.revokeDate === undefined ? consent : undefined
}

const shown = (patient: RegisteredPatient, consent: StoredConsent | undefined) => ({
  patient: shownPatient(patient),
  cd: [coded('CD-CONSENTTYPE', 'retrospective')],
  ...(consent === undefined ? {} : { signdate: consent.signDate }),
  ...(consent?.revokeDate === undefined ? {} : { revokedate: consent.revokeDate }),
})

/** The active consent alone, with who registered it; without the number of a card (sample choice). */
function get(call: SimulatedCall<GetPatientConsentRequest>): GetPatientConsentResponse {
  const patient = asked(call)
  const consent = activeConsent(call.world, patient.ssin)
  if (consent === undefined) throw new HubRefusal('MH2.ACCESS.9')
  return { ...hubAnswer(call), consent: { ...shown(patient, consent), author: consent.author } }
}

/** The last state known; no consent at all is a complete answer without one (inferred). */
function status(call: SimulatedCall<GetPatientConsentStatusRequest>): GetPatientConsentStatusResponse {
  const patient = asked(call)
  const consent = consentsOf(call.world).get(patient.ssin)
  if (patient.deceased === true)
    return { ...hubAnswer(call), consent: { ...shown(patient, consent), status: 'DECEASED' } }
  if (consent === undefined) return hubAnswer(call)
  const state = consent.revokeDate === undefined ? 'GIVEN' : 'REVOKED'
  return { ...hubAnswer(call), consent: { ...shown(patient, consent), status: state } }
}
