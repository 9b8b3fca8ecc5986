/** Messages and operations of therapeutic exclusions (spec consent-therlink-hub §4.2). */
import { date, many, optional, type Infer } from '../../technical/xml/index.js'
import {
  core,
  hubOperation,
  kmehr117,
  OperationContext,
  PatientId,
  requestOf,
  responseOf,
} from '../kmehr/contract.js'

/** The element `hcparty` is of the core namespace, its children are of KMEHR. */
const Exclusion = core.sequence({ patient: PatientId, hcparty: kmehr117.HcParty })
export type ExclusionElement = Infer<typeof Exclusion>

export const ExclusionWithContext = core.extend(Exclusion, { operationcontext: many(OperationContext) })
export type ExclusionWithContext = Infer<typeof ExclusionWithContext>

const select = { patient: PatientId, hcparty: optional(kmehr117.HcParty) }
const list = {
  therapeuticexclusionlist: optional(core.sequence({ therapeuticexclusion: many(ExclusionWithContext) })),
}

export const PutTherapeuticExclusionRequest = requestOf('PutTherapeuticExclusion', {
  therapeuticexclusion: Exclusion,
})
export type PutTherapeuticExclusionRequest = Infer<typeof PutTherapeuticExclusionRequest>
export const PutTherapeuticExclusionResponse = responseOf('PutTherapeuticExclusion', {})
export type PutTherapeuticExclusionResponse = Infer<typeof PutTherapeuticExclusionResponse>

export const GetTherapeuticExclusionRequest = requestOf('GetTherapeuticExclusion', {
  select: core.sequence(select),
})
export type GetTherapeuticExclusionRequest = Infer<typeof GetTherapeuticExclusionRequest>
export const GetTherapeuticExclusionResponse = responseOf('GetTherapeuticExclusion', list)
export type GetTherapeuticExclusionResponse = Infer<typeof GetTherapeuticExclusionResponse>

export const GetTherapeuticExclusionHistoryRequest = requestOf('GetTherapeuticExclusionHistory', {
  select: core.sequence({ ...select, begindate: optional(date), enddate: optional(date) }),
})
export type GetTherapeuticExclusionHistoryRequest = Infer<typeof GetTherapeuticExclusionHistoryRequest>
export const GetTherapeuticExclusionHistoryResponse = responseOf('GetTherapeuticExclusionHistory', list)
export type GetTherapeuticExclusionHistoryResponse = Infer<typeof GetTherapeuticExclusionHistoryResponse>

export const RevokeTherapeuticExclusionRequest = requestOf('RevokeTherapeuticExclusion', {
  therapeuticexclusion: Exclusion,
})
export type RevokeTherapeuticExclusionRequest = Infer<typeof RevokeTherapeuticExclusionRequest>
export const RevokeTherapeuticExclusionResponse = responseOf('RevokeTherapeuticExclusion', {})
export type RevokeTherapeuticExclusionResponse = Infer<typeof RevokeTherapeuticExclusionResponse>

/** No WSDL is known: the action is empty rather than guessed. */
const operation = hubOperation('therapeuticExclusion')

export const exclusionOperations = {
  putTherapeuticExclusion: operation(
    'PutTherapeuticExclusion',
    PutTherapeuticExclusionRequest,
    PutTherapeuticExclusionResponse,
    false,
  ),
  getTherapeuticExclusion: operation(
    'GetTherapeuticExclusion',
    GetTherapeuticExclusionRequest,
    GetTherapeuticExclusionResponse,
    true,
  ),
  getTherapeuticExclusionHistory: operation(
    'GetTherapeuticExclusionHistory',
    GetTherapeuticExclusionHistoryRequest,
    GetTherapeuticExclusionHistoryResponse,
    true,
  ),
  revokeTherapeuticExclusion: operation(
    'RevokeTherapeuticExclusion',
    RevokeTherapeuticExclusionRequest,
    RevokeTherapeuticExclusionResponse,
    false,
  ),
}
