/** Message and operation of IdSupport v2 (spec rn-consult §11; `ehealth-idsupport-protocol-2_0.xsd`), qualified. */
import { requestAttributes, StatusResponse } from '../../technical/soap/commonsV2.js'
import type { Operation } from '../../technical/soap/types.js'
import {
  allowed,
  anyUri,
  date,
  inNamespace,
  many,
  namespace,
  optional,
  optionalGroup,
  required,
  string,
  type Infer,
} from '../../technical/xml/index.js'

const i = namespace('urn:be:fgov:ehealth:idsupport:protocol:v2', { prefix: 'i', qualified: true })
const ic = namespace('urn:be:fgov:ehealth:idsupport:core:v2', { prefix: 'ic', qualified: true })

/** The identifiers that the service takes. */
export const idTypes = {
  ssin: 'urn:be:fgov:person:ssin',
  cardNumber: 'urn:be:fgov:person:cardsupport:cardnumber',
  barcoded: 'urn:be:fgov:person:cardsupport:barcoded',
} as const

/** What goes together: a number of a person with that of a card, or what the barcode says and nothing else. */
export const idCombinations: readonly (readonly string[])[] = [
  [idTypes.ssin, idTypes.cardNumber],
  [idTypes.barcoded],
]

/** Of the type of the commons, but an element of this namespace. */
const Id = ic.simpleContent(string(), { Type: required(anyUri) })
export type Id = Infer<typeof Id>

export const VerifyIdRequest = i.element(
  'VerifyIdRequest',
  i.sequence(
    {
      LegalContext: inNamespace(ic.uri, optional(string())),
      IdentificationData: inNamespace(ic.uri, ic.sequence({ Id: many(Id, { min: 1, max: 2 }) })),
    },
    requestAttributes,
  ),
)
export type VerifyIdRequest = Infer<typeof VerifyIdRequest>

/** `IsValidCombination` is a text in the schema, and is read as one. */
const ValidationResult = ic.sequence({
  $content: optionalGroup({
    Id: many(Id),
    Card: optional(string()),
    IsValidCombination: string(),
    Info: many(ic.simpleContent(string(), { Date: allowed(date), Detail: allowed(string()) })),
  }),
})
export type ValidationResult = Infer<typeof ValidationResult>

export const VerifyIdResponse = i.element(
  'VerifyIdResponse',
  i.extend(StatusResponse, { ValidationResult: inNamespace(ic.uri, optional(ValidationResult)) }),
)
export type VerifyIdResponse = Infer<typeof VerifyIdResponse>

/** In the detail of a status: what the authentic source said. */
export const ProviderInfo = ic.element(
  'ProviderInfo',
  ic.sequence({
    Value: string(),
    Code: string(),
    Description: optional(string()),
    Information: many(ic.sequence({ FieldName: optional(string()), FieldValue: optional(string()) })),
  }),
)
export type ProviderInfo = Infer<typeof ProviderInfo>

export const idSupportOperations = {
  verifyId: {
    service: 'idSupport',
    name: 'verifyId',
    soapAction: 'urn:be:fgov:ehealth:idsupport:protocol:v2:verifyId',
    request: VerifyIdRequest,
    response: VerifyIdResponse,
    security: 'saml-hok',
    idempotent: true,
  } satisfies Operation<VerifyIdRequest, VerifyIdResponse>,
} as const
