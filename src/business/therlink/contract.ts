/** Messages and operations of the therapeutic link service (spec consent-therlink-hub §3.2, §3.3). */
import { boolean, date, many, oneOf, optional, string, type Infer } from '../../technical/xml/index.js'
import {
  core,
  HcPartyId,
  hubOperation,
  kmehr117,
  OperationContext,
  PatientId,
  Proof,
  requestOf,
  responseOf,
} from '../kmehr/contract.js'

const CdTherapeuticLink = kmehr117.cd('CD-THERAPEUTICLINK')

/** One party is sent; the schema allows several. */
export const TherapeuticLinkType = core.sequence({
  patient: PatientId,
  hcparty: many(HcPartyId, { min: 1 }),
  cd: CdTherapeuticLink,
  startdate: optional(date),
  enddate: optional(date),
  comment: optional(string()),
})
export type TherapeuticLinkElement = Infer<typeof TherapeuticLinkType>

/** The document that a patient signs for the proof `eidsigning` (spec consent-therlink-hub §3.5). */
export const SignedTherapeuticLink = core.element('therapeuticlink', TherapeuticLinkType)

export const TherapeuticLinkWithContext = core.extend(TherapeuticLinkType, {
  operationcontext: many(OperationContext),
})
export type TherapeuticLinkWithContext = Infer<typeof TherapeuticLinkWithContext>

const linkAndProof = { therapeuticlink: TherapeuticLinkType, proof: many(Proof) }

export const PutTherapeuticLinkRequest = requestOf('PutTherapeuticLink', linkAndProof)
export type PutTherapeuticLinkRequest = Infer<typeof PutTherapeuticLinkRequest>
export const PutTherapeuticLinkResponse = responseOf('PutTherapeuticLink', {})
export type PutTherapeuticLinkResponse = Infer<typeof PutTherapeuticLinkResponse>

export const PutTherapeuticLinkBulkRequest = requestOf('PutTherapeuticLinkBulk', {
  therapeuticlinkrequest: many(core.sequence({ id: kmehr117.IdKmehr, ...linkAndProof }), { min: 1 }),
})
export type PutTherapeuticLinkBulkRequest = Infer<typeof PutTherapeuticLinkBulkRequest>
/** One acknowledge for all: which of the links failed, nobody says. */
export const PutTherapeuticLinkBulkResponse = responseOf('PutTherapeuticLinkBulk', {})
export type PutTherapeuticLinkBulkResponse = Infer<typeof PutTherapeuticLinkBulkResponse>

/** The schema allows the party before the patient; everybody writes the patient first. */
export const LinkSelect = core.sequence({
  patient: optional(PatientId),
  hcparty: many(HcPartyId),
  cd: many(CdTherapeuticLink),
  begindate: optional(date),
  enddate: optional(date),
  therapeuticlinkstatus: optional(oneOf('active', 'inactive', 'all')),
})
export type LinkSelect = Infer<typeof LinkSelect>

export const GetTherapeuticLinkRequest = requestOf('GetTherapeuticLink', {
  select: LinkSelect,
  proof: many(Proof),
})
export type GetTherapeuticLinkRequest = Infer<typeof GetTherapeuticLinkRequest>
export const GetTherapeuticLinkResponse = responseOf('GetTherapeuticLink', {
  therapeuticlinklist: optional(core.sequence({ therapeuticlink: many(TherapeuticLinkWithContext) })),
})
export type GetTherapeuticLinkResponse = Infer<typeof GetTherapeuticLinkResponse>

export const RevokeTherapeuticLinkRequest = requestOf('RevokeTherapeuticLink', linkAndProof)
export type RevokeTherapeuticLinkRequest = Infer<typeof RevokeTherapeuticLinkRequest>
export const RevokeTherapeuticLinkResponse = responseOf('RevokeTherapeuticLink', {})
export type RevokeTherapeuticLinkResponse = Infer<typeof RevokeTherapeuticLinkResponse>

export const HasTherapeuticLinkRequest = requestOf('HasTherapeuticLink', {
  select: core.sequence({ patient: PatientId, hcparty: HcPartyId, cd: many(CdTherapeuticLink) }),
})
export type HasTherapeuticLinkRequest = Infer<typeof HasTherapeuticLinkRequest>
export const HasTherapeuticLinkResponse = responseOf('HasTherapeuticLink', { value: optional(boolean) })
export type HasTherapeuticLinkResponse = Infer<typeof HasTherapeuticLinkResponse>

const operation = hubOperation('therLink', 'urn:be:fgov:ehealth:therlink:protocol:v1:')

/** What changes the register is never repeated by itself. The bulk takes the token as well (§1.5, inferred). */
export const therlinkOperations = {
  putTherapeuticLink: operation(
    'PutTherapeuticLink',
    PutTherapeuticLinkRequest,
    PutTherapeuticLinkResponse,
    false,
  ),
  putTherapeuticLinkBulk: operation(
    'PutTherapeuticLinkBulk',
    PutTherapeuticLinkBulkRequest,
    PutTherapeuticLinkBulkResponse,
    false,
  ),
  getTherapeuticLink: operation(
    'GetTherapeuticLink',
    GetTherapeuticLinkRequest,
    GetTherapeuticLinkResponse,
    true,
  ),
  revokeTherapeuticLink: operation(
    'RevokeTherapeuticLink',
    RevokeTherapeuticLinkRequest,
    RevokeTherapeuticLinkResponse,
    false,
  ),
  hasTherapeuticLink: operation(
    'HasTherapeuticLink',
    HasTherapeuticLinkRequest,
    HasTherapeuticLinkResponse,
    true,
  ),
}
