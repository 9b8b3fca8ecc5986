/**
 * Messages of the security token service, SAML 1.1 protocol profile (spec sts-iam §1.3).
 *
 * Two contracts carry them: the old one calls its operation `RequestSecureToken`, the newer one `RequestSecurityToken`. The
 * inner signature stands before the query, the designators behind the subject.
 */
import type { Operation } from '../soap/types.js'
import {
  allowed,
  anyUri,
  base64Binary,
  dateTime,
  id,
  inNamespace,
  integer,
  lazy,
  many,
  namespace,
  opaque,
  optional,
  required,
  string,
  type Infer,
  type SequenceType,
} from '../xml/index.js'
import { namespaces, stsProtocol } from './contract.js'
import { AssertionType, NameIdentifier, saml } from './samlAssertion.js'

export const samlProtocol = 'urn:oasis:names:tc:SAML:1.0:protocol'

const samlp = namespace(samlProtocol, { prefix: 'samlp', qualified: true })
const ds = namespace(namespaces.signature, { prefix: 'ds', qualified: true })

const version = { MajorVersion: required(integer()), MinorVersion: required(integer()) }

const SubjectConfirmation = saml.sequence({
  ConfirmationMethod: many(anyUri, { min: 1 }),
  // xs:anyType in the schema; the platform's convention is one assertion of what the caller states
  SubjectConfirmationData: optional(saml.sequence({ Assertion: AssertionType })),
  KeyInfo: inNamespace(
    ds.uri,
    optional(ds.sequence({ X509Data: ds.sequence({ X509Certificate: base64Binary }) })),
  ),
})

const Designator = saml.sequence(
  {},
  { AttributeName: required(string()), AttributeNamespace: required(anyUri) },
)

/** Asks for an assertion. */
export const SamlRequest = samlp.element(
  'Request',
  samlp.sequence(
    {
      RespondWith: many(string()),
      Signature: inNamespace(ds.uri, optional(opaque)),
      AttributeQuery: samlp.sequence(
        {
          Subject: inNamespace(
            saml.uri,
            saml.sequence({ NameIdentifier, SubjectConfirmation: optional(SubjectConfirmation) }),
          ),
          AttributeDesignator: inNamespace(saml.uri, many(Designator)),
        },
        { Resource: allowed(anyUri) },
      ),
    },
    { RequestID: required(id), ...version, IssueInstant: required(dateTime) },
  ),
)
export type SamlRequest = Infer<typeof SamlRequest>

/** A status code: a qualified name as text, with a more precise one inside. */
export interface SamlStatusCode {
  Value: string
  StatusCode?: SamlStatusCode
}

const StatusCode: SequenceType<SamlStatusCode> = samlp.sequence(
  { StatusCode: optional(lazy((): SequenceType<SamlStatusCode> => StatusCode)) },
  { Value: required(string()) },
)

/** The assertion, or why there is none. */
export const SamlResponse = samlp.element(
  'Response',
  samlp.sequence(
    {
      Signature: inNamespace(ds.uri, optional(opaque)),
      Status: samlp.sequence({
        StatusCode,
        StatusMessage: optional(string()),
        StatusDetail: optional(opaque),
      }),
      Assertion: inNamespace(saml.uri, many(opaque)),
    },
    {
      ResponseID: required(id),
      InResponseTo: allowed(string()),
      Recipient: allowed(anyUri),
      ...version,
      IssueInstant: required(dateTime),
    },
  ),
)
export type SamlResponse = Infer<typeof SamlResponse>

/** Operations of the profile by their names in the two contracts. The request is signed by the identification key. */
export const samlOperations = {
  RequestSecurityToken: {
    service: 'stsSaml11',
    name: 'RequestSecurityToken',
    soapAction: `${stsProtocol}:RequestSecurityToken`,
    request: SamlRequest,
    response: SamlResponse,
    security: 'x509',
    idempotent: true,
  },
  RequestSecureToken: {
    service: 'stsSaml11Legacy',
    name: 'RequestSecureToken',
    soapAction: `${stsProtocol}:RequestSecureToken`,
    request: SamlRequest,
    response: SamlResponse,
    security: 'x509',
    idempotent: true,
  },
} as const satisfies Record<string, Operation<SamlRequest, SamlResponse>>

/** Name of the operation in the contract that is spoken. */
export type SamlOperationName = keyof typeof samlOperations
