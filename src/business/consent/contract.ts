/** Messages and operations of the consent service (spec consent-therlink-hub §2.2, §2.3). */
import { date, many, oneOf, optional, type Infer } from '../../technical/xml/index.js'
import {
  core,
  HubAuthor,
  hubOperation,
  kmehr117,
  PatientId,
  requestOf,
  responseOf,
} from '../kmehr/contract.js'

/** `local` is a consent that a hub keeps for itself; `prospective` was never opened. */
const CdConsent = kmehr117.cd('CD-CONSENT', oneOf('local', 'prospective', 'retrospective'))

const consentFields = {
  patient: PatientId,
  cd: many(CdConsent, { min: 1, max: 2 }),
  signdate: optional(date),
  revokedate: optional(date),
}

export const ConsentElement = core.sequence({ ...consentFields, author: optional(HubAuthor) })
export type ConsentElement = Infer<typeof ConsentElement>

export const ConsentWithStatus = core.sequence({
  ...consentFields,
  status: oneOf('GIVEN', 'REVOKED', 'DECEASED'),
  author: optional(HubAuthor),
})
export type ConsentWithStatus = Infer<typeof ConsentWithStatus>

const select = {
  select: core.sequence({
    patient: PatientId,
    consent: optional(core.sequence({ cd: many(CdConsent) })),
  }),
}

export const PutPatientConsentRequest = requestOf('PutPatientConsent', { consent: ConsentElement })
export type PutPatientConsentRequest = Infer<typeof PutPatientConsentRequest>
export const PutPatientConsentResponse = responseOf('PutPatientConsent', {})
export type PutPatientConsentResponse = Infer<typeof PutPatientConsentResponse>

export const GetPatientConsentRequest = requestOf('GetPatientConsent', select)
export type GetPatientConsentRequest = Infer<typeof GetPatientConsentRequest>
export const GetPatientConsentResponse = responseOf('GetPatientConsent', {
  consent: optional(ConsentElement),
})
export type GetPatientConsentResponse = Infer<typeof GetPatientConsentResponse>

export const GetPatientConsentStatusRequest = requestOf('GetPatientConsentStatus', select)
export type GetPatientConsentStatusRequest = Infer<typeof GetPatientConsentStatusRequest>
export const GetPatientConsentStatusResponse = responseOf('GetPatientConsentStatus', {
  consent: optional(ConsentWithStatus),
})
export type GetPatientConsentStatusResponse = Infer<typeof GetPatientConsentStatusResponse>

export const RevokePatientConsentRequest = requestOf('RevokePatientConsent', { consent: ConsentElement })
export type RevokePatientConsentRequest = Infer<typeof RevokePatientConsentRequest>
export const RevokePatientConsentResponse = responseOf('RevokePatientConsent', {})
export type RevokePatientConsentResponse = Infer<typeof RevokePatientConsentResponse>

const operation = hubOperation('consent', 'urn:be:fgov:ehealth:consent:protocol:v1:')

/** What changes the register is never repeated by itself: who does not know its outcome reads first (spec §8.3). */
export const consentOperations = {
  putPatientConsent: operation(
    'PutPatientConsent',
    PutPatientConsentRequest,
    PutPatientConsentResponse,
    false,
  ),
  getPatientConsent: operation(
    'GetPatientConsent',
    GetPatientConsentRequest,
    GetPatientConsentResponse,
    true,
  ),
  getPatientConsentStatus: operation(
    'GetPatientConsentStatus',
    GetPatientConsentStatusRequest,
    GetPatientConsentStatusResponse,
    true,
  ),
  revokePatientConsent: operation(
    'RevokePatientConsent',
    RevokePatientConsentRequest,
    RevokePatientConsentResponse,
    false,
  ),
}
