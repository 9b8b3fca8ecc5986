/**
 * What is asked: one SAML 2.0 `AttributeQuery`, or a list of them in the mailboxes (spec memberdata-mycarenet §1.5, §2.5).
 *
 * Much that a question must have is optional here: what is missing the platform answers with codes of its own
 * (`MISSING_ISSUER_TAG` …), not with a fault of the schema.
 */
import { schemaInstance } from '../../mycarenet/contract.js'
import {
  allowed,
  anyUri,
  id,
  inNamespace,
  many,
  opaque,
  optional,
  qname,
  required,
  string,
  type Infer,
} from '../../../technical/xml/index.js'
import { localDateTime } from '../../mycarenet/contract.js'
import { extension, saml, samlp } from './words.js'

const Dimension = extension.simpleContent(string(), { id: required(anyUri) })

/** A facet with its dimensions, in questions and, as an echo, in answers. */
export const Facet = extension.sequence(
  { Dimension: inNamespace('', many(Dimension)) },
  { id: required(anyUri) },
)
export type FacetElement = Infer<typeof Facet>

/** Who asks, or answers. */
export const Issuer = saml.simpleContent(string(), { Format: allowed(anyUri) })

const NameID = saml.simpleContent(string(), { Format: allowed(anyUri) })

/** A patient and a period: inclusive start, exclusive end. */
export const Subject = saml.sequence({
  NameID: optional(NameID),
  SubjectConfirmation: optional(
    saml.sequence(
      {
        NameID: optional(NameID),
        SubjectConfirmationData: optional(
          saml.sequence({}, { NotBefore: allowed(string()), NotOnOrAfter: allowed(string()) }),
        ),
      },
      { Method: allowed(anyUri) },
    ),
  ),
})
export type SubjectElement = Infer<typeof Subject>

const query = samlp.sequence(
  {
    Issuer: inNamespace(saml.uri, optional(Issuer)),
    Extensions: optional(
      samlp.sequence(
        { Facet: inNamespace(extension.uri, many(Facet)) },
        { type: allowed(qname, schemaInstance.uri) },
      ),
    ),
    Subject: inNamespace(saml.uri, optional(Subject)),
    /** Forbidden, though SAML has them. */
    Attribute: inNamespace(saml.uri, many(opaque)),
  },
  { ID: required(id), Version: required(string()), IssueInstant: required(localDateTime) },
)

/** A question about one patient. */
export const AttributeQuery = samlp.element('AttributeQuery', query)
export type AttributeQuery = Infer<typeof AttributeQuery>

/** How many questions one message of the mailboxes holds at most. */
export const mostQueries = 10_000

/** Questions about many patients, for the mailboxes only. */
export const AttributeQueryList = extension.element(
  'AttributeQueryList',
  extension.sequence({
    AttributeQuery: inNamespace(samlp.uri, many(query, { min: 1, max: mostQueries })),
  }),
)
export type AttributeQueryList = Infer<typeof AttributeQueryList>
