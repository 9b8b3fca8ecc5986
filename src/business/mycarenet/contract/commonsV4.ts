/** Commons of version 4: eAttest 3, eAgreement 2 (spec memberdata-mycarenet §3.1). */
import { requestAttributes } from '../../../technical/soap/commonsV2.js'
import {
  allowed,
  choice,
  group,
  many,
  namespace,
  optional,
  optionalChoice,
  required,
  string,
  type Infer,
} from '../../../technical/xml/index.js'
import { blobTypes, signatureType } from './blob.js'
import { responseAttributes } from './commons.js'
import { coreTypes } from './core.js'

const core = namespace('urn:be:fgov:ehealth:mycarenet:commons:core:v4', { prefix: 'mc4', qualified: true })
const protocol = namespace('urn:be:fgov:ehealth:mycarenet:commons:protocol:v4', {
  prefix: 'mp4',
  qualified: true,
})

const types = coreTypes(core)
const Reference = core.simpleContent(string(), { Type: required(string()) })
const Attribute = core.sequence({ Value: string() }, { Key: required(string()) })
const further = { Reference: many(Reference), Attribute: many(Attribute) }

const subjectFields = {
  Identifier: many(core.simpleContent(string(), { Type: required(string()) }), { min: 1 }),
  Attribute: many(Attribute),
}
const subjectAttributes = { Type: allowed(string()), SubType: allowed(string()) }
const Subject = core.sequence(subjectFields, subjectAttributes)
const Actor = core.sequence(subjectFields, { ...subjectAttributes, Role: allowed(string()) })

const Origin = core.sequence({
  $origin: optionalChoice({
    $package: group({
      Package: types.Package,
      SiteID: optional(string()),
      CareProvider: types.CareProviderWithoutNumber,
      Sender: optional(types.Sender),
    }),
    Actor: many(Actor, { min: 1 }),
  }),
})

const CommonInput = core.sequence({ Request: types.Request, Origin, ...types.references, ...further })
const CommonOutput = core.sequence({ ...types.outputReferences, ...further })
const Routing = core.sequence({
  $whom: choice({ CareReceiver: types.CareReceiver, Subject }),
  ...types.when,
})
const Blob = blobTypes(core).v4

/** Commons 4. */
export const commonsV4 = {
  ...types,
  Origin,
  CommonInput,
  CommonOutput,
  Routing,
  Blob,
  SendRequest: protocol.sequence(
    { CommonInput, Routing: optional(Routing), Detail: Blob, Xades: optional(signatureType) },
    requestAttributes,
  ),
  SendResponse: protocol.sequence(
    { Return: protocol.sequence({ CommonOutput, Detail: Blob, XadesT: optional(signatureType) }) },
    responseAttributes,
  ),
}

/** Common input of version 4. */
export type CommonInputV4 = Infer<typeof CommonInput>
/** Common output of version 4. */
export type CommonOutputV4 = Infer<typeof CommonOutput>
/** Routing of version 4. */
export type RoutingV4 = Infer<typeof Routing>
/** A request of version 4. */
export type SendRequestV4 = Infer<typeof commonsV4.SendRequest>
/** An answer of version 4. */
export type SendResponseV4 = Infer<typeof commonsV4.SendResponse>
