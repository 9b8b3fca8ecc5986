/**
 * Types of the hubservices, second family (core 2_3): consent, therapeutic links, exclusions
 * (spec consent-therlink-hub §1.3, §1.6).
 *
 * Roots stand in the protocol namespace, what is declared here in the core namespace, what KMEHR declares in its own.
 *
 * @module
 */
import type { ServiceName } from '../../../technical/environment/services.js'
import type { Operation } from '../../../technical/soap/types.js'
import {
  boolean,
  date,
  dateTime,
  decimal,
  many,
  namespace,
  oneOf,
  optional,
  time,
  type ElementDeclaration,
  type FieldsValue,
  type Fields,
  type Infer,
} from '../../../technical/xml/index.js'
import { kmehr117 } from './kmehr.js'

export const coreNamespace = 'http://www.ehealth.fgov.be/hubservices/core/v2'
export const protocolNamespace = 'http://www.ehealth.fgov.be/hubservices/protocol/v2'

/** Where the types are declared. */
export const core = namespace(coreNamespace, { prefix: 'core', qualified: true })
const protocol = namespace(protocolNamespace, { prefix: 'hub', qualified: true })

/** A patient by number; names are optional for the schema. */
export const PatientId = core.sequence({ id: many(kmehr117.IdPatient, { min: 1 }), ...kmehr117.names })
export type PatientId = Infer<typeof PatientId>

/** A provider or organisation of a link: core namespace, unlike the author's. */
export const HcPartyId = core.sequence({
  id: many(kmehr117.IdHcParty, { min: 1 }),
  cd: optional(kmehr117.CdHcParty),
  ...kmehr117.names,
})
export type HcPartyId = Infer<typeof HcPartyId>

/** Who asks: parties, the patient who acts for himself, the person who acts for a patient. */
export const HubAuthor = core.extend(kmehr117.Author, {
  patient: optional(PatientId),
  person: optional(kmehr117.PersonLight),
})
export type HubAuthor = Infer<typeof HubAuthor>

export const HubRequest = core.sequence({
  id: kmehr117.IdKmehr,
  author: HubAuthor,
  date,
  time,
  maxrows: optional(decimal),
})
export type HubRequest = Infer<typeof HubRequest>

/** `request` is that of the question, repeated. */
export const HubResponse = core.sequence({
  id: kmehr117.IdKmehr,
  author: kmehr117.Author,
  date,
  time,
  request: HubRequest,
})
export type HubResponse = Infer<typeof HubResponse>

/** Complete or not, with errors either way: a complete answer may carry warnings. */
export const Acknowledge = core.sequence({ iscomplete: boolean, error: many(kmehr117.ErrorEntry) })
export type Acknowledge = Infer<typeof Acknowledge>

export const Proof = core.sequence({
  cd: kmehr117.cd('CD-PROOF'),
  binaryproof: optional(kmehr117.Base64EncryptedData),
})
export type Proof = Infer<typeof Proof>

/** What was done to a link or an exclusion, when and by whom; nobody's where it came from an authentic source. */
export const OperationContext = core.sequence({
  operation: oneOf('declaration', 'revocation'),
  recorddatetime: dateTime,
  author: optional(HubRequest),
  proof: many(Proof),
})
export type OperationContext = Infer<typeof OperationContext>

/** A message to the platform: `request` first. */
export const requestOf = <const F extends Fields>(
  name: string,
  fields: F,
): ElementDeclaration<{ request: HubRequest } & FieldsValue<F>> =>
  protocol.element(`${name}Request`, core.extend(core.sequence({ request: HubRequest }), fields))

/** What every answer of the platform starts with. */
export interface HubAnswer {
  response: HubResponse
  acknowledge: Acknowledge
}

/** A message of the platform: `response` and `acknowledge` first. */
export const responseOf = <const F extends Fields>(
  name: string,
  fields: F,
): ElementDeclaration<HubAnswer & FieldsValue<F>> =>
  protocol.element(
    `${name}Response`,
    core.extend(core.sequence({ response: HubResponse, acknowledge: Acknowledge }), fields),
  )

/**
 * Operations of one service: a token and its key, as all of the family demand.
 *
 * @param actionStem what stands before the name in the SOAPAction; without it the action is empty
 */
export const hubOperation =
  (service: ServiceName, actionStem?: string) =>
  <Request, Response>(
    name: string,
    request: ElementDeclaration<Request>,
    response: ElementDeclaration<Response>,
    idempotent: boolean,
  ): Operation<Request, Response> => ({
    service,
    name,
    soapAction: actionStem === undefined ? '' : actionStem + name,
    request,
    response,
    security: 'saml-hok',
    idempotent,
  })
