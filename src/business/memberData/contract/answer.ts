/** What is answered: a SAML 2.0 `Response` of assertions (spec memberdata-mycarenet §1.7). */
import { FaultType, schemaInstance } from '../../mycarenet/contract.js'
import type { SequenceType } from '../../../technical/xml/contract.js'
import {
  allowed,
  anyUri,
  inNamespace,
  lazy,
  many,
  opaque,
  optional,
  qname,
  required,
  string,
  type ElementDeclaration,
  type Infer,
} from '../../../technical/xml/index.js'
import { Facet, Issuer, mostQueries, Subject } from './query.js'
import { extension, saml, samlp } from './words.js'

const instants = { NotBefore: allowed(string()), NotOnOrAfter: allowed(string()) }

const AttributeValue = saml.simpleContent(string(), { type: allowed(qname, schemaInstance.uri) })

const Assertion = saml.sequence(
  {
    Issuer: optional(Issuer),
    Subject: optional(Subject),
    /** The part of the period that this assertion is about. */
    Conditions: optional(saml.sequence({}, instants)),
    Advice: optional(
      saml.sequence(
        {
          AssertionType: inNamespace(extension.uri, optional(string())),
          Facet: inNamespace(extension.uri, many(Facet)),
        },
        { type: allowed(qname, schemaInstance.uri) },
      ),
    ),
    AttributeStatement: many(
      saml.sequence({
        Attribute: many(
          saml.sequence({ AttributeValue: many(AttributeValue) }, { Name: required(string()) }),
        ),
      }),
    ),
  },
  { ID: required(string()), Version: allowed(string()), IssueInstant: allowed(string()) },
)
export type AssertionElement = Infer<typeof Assertion>

/** A status with the one inside of it. */
export interface SamlStatusCode {
  Value: string
  StatusCode?: SamlStatusCode | undefined
}

const StatusCode: SequenceType<SamlStatusCode> = samlp.sequence(
  { StatusCode: optional(lazy<SamlStatusCode>(() => StatusCode)) },
  { Value: required(anyUri) },
)

const response = samlp.sequence(
  {
    Issuer: inNamespace(saml.uri, optional(Issuer)),
    Status: samlp.sequence({
      StatusCode,
      StatusMessage: optional(string()),
      /** A `Fault`, in no namespace or in that of its type: both occur. */
      StatusDetail: optional(opaque),
    }),
    Assertion: inNamespace(saml.uri, many(Assertion)),
  },
  {
    ID: required(string()),
    InResponseTo: allowed(string()),
    Version: allowed(string()),
    IssueInstant: allowed(string()),
  },
)

/** The answer about one patient. */
export const Response = samlp.element('Response', response)
export type Response = Infer<typeof Response>

/** The answers about many, from the mailboxes. */
export const ResponseList = extension.element(
  'ResponseList',
  extension.sequence({
    Response: inNamespace(samlp.uri, many(response, { min: 1, max: mostQueries })),
  }),
)
export type ResponseList = Infer<typeof ResponseList>

/** The detail of a status, with the fault in no namespace. */
export const StatusDetail: ElementDeclaration<{ Fault: Infer<typeof FaultType> }> = samlp.element(
  'StatusDetail',
  samlp.sequence({ Fault: inNamespace('', FaultType) }),
)

/** The same with the fault in the namespace of its type. */
export const QualifiedStatusDetail: ElementDeclaration<{ Fault: Infer<typeof FaultType> }> = samlp.element(
  'StatusDetail',
  samlp.sequence({ Fault: inNamespace('urn:be:cin:types:v1', FaultType) }),
)
