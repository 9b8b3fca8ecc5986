/** One operation behind three front doors (spec memberdata-mycarenet §1.1, §1.3). */
import type { ServiceName } from '../../../technical/environment/environment.js'
import type { Operation } from '../../../technical/soap/types.js'
import { namespace, type Infer } from '../../../technical/xml/index.js'
import { commonsV3, type MyCareNetRegion } from '../../mycarenet/contract.js'

const mda = namespace('urn:be:fgov:ehealth:mycarenet:memberdata:protocol:v1', {
  prefix: 'mda',
  qualified: true,
})

export const MemberDataConsultationRequest = mda.element(
  'MemberDataConsultationRequest',
  commonsV3.SendRequest,
)
export type MemberDataConsultationRequest = Infer<typeof MemberDataConsultationRequest>

export const MemberDataConsultationResponse = mda.element(
  'MemberDataConsultationResponse',
  commonsV3.SendResponse,
)
export type MemberDataConsultationResponse = Infer<typeof MemberDataConsultationResponse>

const consultation = (
  service: ServiceName,
): Operation<MemberDataConsultationRequest, MemberDataConsultationResponse> => ({
  service,
  name: 'memberDataConsultation',
  soapAction: 'urn:be:fgov:ehealth:mycarenet:memberdata:protocol:v1:MemberDataConsultation',
  request: MemberDataConsultationRequest,
  response: MemberDataConsultationResponse,
  security: 'saml-hok',
  idempotent: true,
})

/** The operation at each front door. It only reads. */
export const memberDataOperations: Readonly<
  Record<MyCareNetRegion, Operation<MemberDataConsultationRequest, MemberDataConsultationResponse>>
> = {
  mycarenet: consultation('memberData'),
  walcarenet: consultation('walCareNetMemberData'),
  iriscarenet: consultation('irisCareNetMemberData'),
}
