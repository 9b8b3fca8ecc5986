/** SignRequest and SignResponse of OASIS DSS 1.0, as the authority uses them (spec timestamp §4; `oasis-dss-core-schema-v1.0-os.xsd`). */
import {
  allowed,
  anyUri,
  base64Binary,
  choice,
  id,
  inNamespace,
  integer,
  many,
  namespace,
  opaque,
  optional,
  optionalGroup,
  required,
  string,
  type Infer,
} from '../../xml/index.js'

export const dssNamespace = 'urn:oasis:names:tc:dss:1.0:core:schema'
const dsNamespace = 'http://www.w3.org/2000/09/xmldsig#'
const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'

export const dss = namespace(dssNamespace, { prefix: 'dss', qualified: true })
const ds = namespace(dsNamespace, { prefix: 'ds', qualified: true })

const documentAttributes = {
  ID: allowed(id),
  RefURI: allowed(anyUri),
  RefType: allowed(anyUri),
  SchemaRefs: allowed(string()),
}

const DigestMethod = ds.sequence({}, { Algorithm: required(anyUri) })
const Base64Data = dss.simpleContent(base64Binary, { MimeType: allowed(string()) })

/** A whole document; `InlineXML` holds one element. */
const Document = dss.sequence(
  {
    $content: choice({
      InlineXML: opaque,
      Base64XML: base64Binary,
      EscapedXML: string(),
      Base64Data,
      AttachmentReference: dss.sequence(
        {
          $digest: optionalGroup({
            DigestMethod: inNamespace(dsNamespace, DigestMethod),
            DigestValue: inNamespace(dsNamespace, base64Binary),
          }),
        },
        { AttRefURI: allowed(anyUri), MimeType: allowed(string()) },
      ),
    }),
  },
  documentAttributes,
)

const DocumentHash = dss.sequence(
  {
    Transforms: inNamespace(dsNamespace, optional(opaque)),
    DigestMethod: inNamespace(dsNamespace, optional(DigestMethod)),
    DigestValue: inNamespace(dsNamespace, base64Binary),
  },
  { ...documentAttributes, WhichReference: allowed(integer()) },
)
export type DocumentHash = Infer<typeof DocumentHash>

const TransformedData = dss.sequence(
  { Transforms: inNamespace(dsNamespace, optional(opaque)), Base64Data },
  { ...documentAttributes, WhichReference: allowed(integer()) },
)

/** The schema lets the four mix; send exactly one (spec timestamp §4.1). */
const InputDocuments = dss.sequence({
  Document: many(Document),
  TransformedData: many(TransformedData),
  DocumentHash: many(DocumentHash),
  Other: many(opaque),
})

/** Any of these may stand in any order; no client seen sends one. */
const OptionalInputs = dss.sequence({
  ServicePolicy: optional(anyUri),
  ClaimedIdentity: optional(
    dss.sequence({
      Name: dss.simpleContent(string(), { NameQualifier: allowed(string()), Format: allowed(anyUri) }),
    }),
  ),
  Language: optional(string({ pattern: /^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/ })),
  AdditionalProfile: many(anyUri),
  SignatureType: optional(anyUri),
})

export const SignRequest = dss.element(
  'SignRequest',
  dss.sequence(
    { OptionalInputs: optional(OptionalInputs), InputDocuments: optional(InputDocuments) },
    { RequestID: allowed(string()), Profile: allowed(anyUri) },
  ),
)
export type SignRequest = Infer<typeof SignRequest>

const Result = dss.sequence({
  ResultMajor: anyUri,
  ResultMinor: optional(anyUri),
  ResultMessage: optional(dss.simpleContent(string(), { lang: required(string(), xmlNamespace) })),
})
export type Result = Infer<typeof Result>

const SignatureObject = dss.sequence(
  {
    $object: choice({
      Signature: inNamespace(dsNamespace, opaque),
      Timestamp: dss.sequence({
        $stamp: choice({
          Signature: inNamespace(dsNamespace, opaque),
          RFC3161TimeStampToken: base64Binary,
          Other: opaque,
        }),
      }),
      Base64Signature: dss.simpleContent(base64Binary, { Type: allowed(anyUri) }),
      SignaturePtr: opaque,
      Other: opaque,
    }),
  },
  { SchemaRefs: allowed(string()) },
)

/** Type of SignResponse: the archive gives it back beside the document. */
export const SignResponseType = dss.sequence(
  { Result, OptionalOutputs: optional(opaque), SignatureObject: optional(SignatureObject) },
  { RequestID: allowed(string()), Profile: required(anyUri) },
)
export const SignResponse = dss.element('SignResponse', SignResponseType)
export type SignResponse = Infer<typeof SignResponse>

/** Profiles of the authority (spec timestamp §4.2). */
export const timestampProfiles = {
  /** The token carries the certificate of the authority: the default. */
  'v2.1-cert': 'urn:ehealth:profiles:timestamping:2.1-cert',
  /** The token comes without a certificate (inferred). */
  'v2.1': 'urn:ehealth:profiles:timestamping:2.1',
  'v2.0': 'urn:ehealth:profiles:timestamping:2.0',
  'v1.0': 'urn:ehealth:profiles:timestamping:1.0',
  oasis: 'urn:oasis:names:tc:dss:1.0:profiles:timestamping',
} as const

const major = 'urn:oasis:names:tc:dss:1.0:resultmajor:'

/** Values of ResultMajor (spec timestamp §4.4). */
export const resultMajor = {
  success: `${major}Success`,
  requesterError: `${major}RequesterError`,
  responderError: `${major}ResponderError`,
  insufficientInformation: `${major}InsufficientInformation`,
} as const

/** Prefix of ResultMinor in the standard; which of them the platform sends is not known. */
export const resultMinor = 'urn:oasis:names:tc:dss:1.0:resultminor:'
