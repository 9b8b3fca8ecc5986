/** Commons of versions 2 and 3, and those of the mailboxes (spec memberdata-mycarenet §3.1, §2.4). */
import { requestAttributes } from '../../../technical/soap/commonsV2.js'
import {
  allowed,
  dateTime,
  id,
  namespace,
  optional,
  required,
  string,
  type Infer,
  type Namespace,
} from '../../../technical/xml/index.js'
import { blobTypes, signatureType } from './blob.js'
import { coreTypes } from './core.js'

/** Attributes of an answer. */
export const responseAttributes = {
  Id: required(id),
  InResponseTo: allowed(string()),
  IssueInstant: required(dateTime),
}

/** The shape that versions 2 and 3 and the mailboxes have in common. */
function inputTypes(core: Namespace) {
  const types = coreTypes(core)
  const origin = (CareProvider: typeof types.CareProvider) =>
    core.sequence({
      Package: types.Package,
      SiteID: optional(string()),
      CareProvider: optional(CareProvider),
      Sender: optional(types.Sender),
    })
  const Origin = origin(types.CareProvider)
  return {
    ...types,
    Origin,
    CommonInput: core.sequence({ Request: types.Request, Origin, ...types.references }),
    CommonOutput: core.sequence(types.outputReferences),
    Routing: core.sequence({ CareReceiver: types.CareReceiver, ...types.when }),
  }
}

const core = (version: 'v2' | 'v3', prefix: string): Namespace =>
  namespace(`urn:be:fgov:ehealth:mycarenet:commons:core:${version}`, { prefix, qualified: true })
const protocol = (version: 'v2' | 'v3', prefix: string): Namespace =>
  namespace(`urn:be:fgov:ehealth:mycarenet:commons:protocol:${version}`, { prefix, qualified: true })

const coreV2 = core('v2', 'mc2')
const protocolV2 = protocol('v2', 'mp2')
const coreV3 = core('v3', 'mc3')
const protocolV3 = protocol('v3', 'mp3')

/** Namespace of what stands directly in messages of version 3. */
export const commonsV3Protocol = protocolV3.uri

const typesV2 = { ...inputTypes(coreV2), Blob: blobTypes(coreV2).v2 }
const typesV3 = { ...inputTypes(coreV3), Blob: blobTypes(coreV3).v3 }

/** Commons 2: Registration, Tarification. */
export const commonsV2 = {
  ...typesV2,
  SendRequest: protocolV2.sequence(
    {
      CommonInput: typesV2.CommonInput,
      Routing: optional(typesV2.Routing),
      Detail: typesV2.Blob,
      Xades: optional(signatureType),
    },
    requestAttributes,
  ),
  SendResponse: protocolV2.sequence(
    {
      Return: protocolV2.sequence({
        CommonOutput: typesV2.CommonOutput,
        Detail: typesV2.Blob,
        XadesT: optional(signatureType),
      }),
    },
    responseAttributes,
  ),
}

/** Commons 3: MemberData, eAttest 1 and 2, MHM, eAgreement 1. */
export const commonsV3 = {
  ...typesV3,
  SendRequest: protocolV3.sequence(
    {
      CommonInput: typesV3.CommonInput,
      Routing: optional(typesV3.Routing),
      Detail: typesV3.Blob,
      Xades: optional(signatureType),
    },
    requestAttributes,
  ),
  SendResponse: protocolV3.sequence(
    {
      Return: protocolV3.sequence({
        CommonOutput: typesV3.CommonOutput,
        Detail: typesV3.Blob,
        XadesT: optional(signatureType),
      }),
    },
    responseAttributes,
  ),
}

/** Namespace of the commons of the mailboxes; also of the care provider in the payload of Registration. */
export const mailboxCore = namespace('urn:be:cin:mycarenet:esb:common:v2', { prefix: 'mcn', qualified: true })

const mailboxInput = inputTypes(mailboxCore)
const mailboxOrigin = mailboxCore.sequence({
  Package: mailboxInput.Package,
  SiteID: optional(string()),
  CareProvider: optional(mailboxInput.CareProviderWithoutNumber),
  Sender: optional(mailboxInput.Sender),
})

/** Commons of the mailboxes (GenericAsync), version 2.4: as 2.3, but a care provider may be without number. */
export const mailboxCommons = {
  ...mailboxInput,
  Origin: mailboxOrigin,
  CommonInput: mailboxCore.sequence({
    Request: mailboxInput.Request,
    Origin: mailboxOrigin,
    ...mailboxInput.references,
  }),
}

/** Origin of versions 2 and 3: also what the mailboxes take. */
export type OriginElement = Infer<typeof commonsV3.Origin>
/** Common input of versions 2 and 3: also what the mailboxes take. */
export type CommonInputElement = Infer<typeof commonsV3.CommonInput>
/** Common output of all versions, but for what version 4 adds. */
export type CommonOutputElement = Infer<typeof commonsV3.CommonOutput>
/** Routing of versions 2 and 3. */
export type RoutingElement = Infer<typeof commonsV3.Routing>
/** A request of version 3. */
export type SendRequestV3 = Infer<typeof commonsV3.SendRequest>
/** An answer of version 3. */
export type SendResponseV3 = Infer<typeof commonsV3.SendResponse>
/** A request of version 2. */
export type SendRequestV2 = Infer<typeof commonsV2.SendRequest>
/** An answer of version 2. */
export type SendResponseV2 = Infer<typeof commonsV2.SendResponse>
