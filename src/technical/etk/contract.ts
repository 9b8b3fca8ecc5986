/** Messages of the ETK depot, version 1 (spec etee §2.4; `ehealth-etkdepot-schema-protocol-1_0.xsd`). */
import type { Operation } from '../soap/types.js'
import {
  allowed,
  base64Binary,
  inNamespace,
  many,
  namespace,
  oneOf,
  optional,
  optionalChoice,
  optionalGroup,
  string,
  type Infer,
} from '../xml/index.js'

const depot = namespace('urn:be:fgov:ehealth:etkdepot:1_0:protocol', { prefix: 'p', qualified: true })
const core = namespace('urn:be:fgov:ehealth:commons:1_0:core', { prefix: 'c', qualified: false })

/** The children of `Status` stand in no namespace, the element itself in the one of the commons. */
const Status = core.sequence({
  Code: string(),
  Message: many(core.simpleContent(string(), { Lang: allowed(oneOf('FR', 'NL', 'EN', 'DE', 'NA')) }), {
    min: 1,
  }),
})

/** Whose token: an absent `ApplicationID` means any application, an empty one means none. */
const Identifier = depot.sequence({
  Type: string(),
  Value: string(),
  ApplicationID: optional(string()),
})
export type EtkIdentifier = Infer<typeof Identifier>

const SearchCriteria = depot.sequence({ Identifier: many(Identifier, { min: 1 }) })

export const GetEtkRequest = depot.element('GetEtkRequest', depot.sequence({ SearchCriteria }))
export type GetEtkRequest = Infer<typeof GetEtkRequest>

export const GetEtkResponse = depot.element(
  'GetEtkResponse',
  depot.sequence(
    {
      Status: inNamespace(core.uri, Status),
      $found: optionalGroup({
        GivenSearchCriteria: SearchCriteria,
        $outcome: optionalChoice({
          MatchingEtk: many(depot.sequence({ Identifier: many(Identifier, { min: 1 }) }), { min: 1 }),
          ETK: base64Binary,
          Error: many(depot.sequence({ Code: string(), Message: string() }), { min: 1 }),
        }),
      }),
    },
    { Id: allowed(string()) },
  ),
)
export type GetEtkResponse = Infer<typeof GetEtkResponse>

/** Operations of the service. Nothing is signed; the WSDL names no action. */
export const etkDepotOperations = {
  getEtk: {
    service: 'etkDepot',
    name: 'GetEtk',
    soapAction: '',
    request: GetEtkRequest,
    response: GetEtkResponse,
    security: 'none',
    idempotent: true,
  } satisfies Operation<GetEtkRequest, GetEtkResponse>,
} as const
