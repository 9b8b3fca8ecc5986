/**
 * SAML 1.1 assertions, described once: what the STS issues, and what a caller states of himself when he asks for one
 * (spec sts-iam §1.3, §1.5).
 */
import {
  allowed,
  anyUri,
  dateTime,
  id,
  inNamespace,
  many,
  namespace,
  optional,
  required,
  string,
  type Infer,
} from '../xml/index.js'
import { namespaces } from './contract.js'

export const saml = namespace(namespaces.assertion, { prefix: 'saml', qualified: true })
const ds = namespace(namespaces.signature, { prefix: 'ds', qualified: true })

/** Texts of SAML 1.1 and of the platform's use of it. */
export const samlValues = {
  holderOfKey: 'urn:oasis:names:tc:SAML:1.0:cm:holder-of-key',
  senderVouches: 'urn:oasis:names:tc:SAML:1.0:cm:sender-vouches',
  /** The NameIdentifier is the distinguished name of a certificate; NameQualifier that of its issuer. */
  x509SubjectName: 'urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName',
  /** The NameIdentifier means something to its NameQualifier only. */
  unspecified: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
} as const

export const NameIdentifier = saml.simpleContent(string(), {
  Format: allowed(anyUri),
  NameQualifier: allowed(string()),
})

/** The base64 is text here: the STS breaks it into lines, which its signature covers. */
const KeyInfo = ds.sequence({ X509Data: ds.sequence({ X509Certificate: string() }) })

const Subject = saml.sequence({
  NameIdentifier,
  SubjectConfirmation: optional(
    saml.sequence({
      ConfirmationMethod: string(),
      KeyInfo: inNamespace(ds.uri, optional(KeyInfo)),
    }),
  ),
})

/** `AttributeStatement` needs at least one attribute (spec sts-iam §1.3). */
const Attribute = saml.sequence(
  { AttributeValue: many(string(), { min: 1 }) },
  { AttributeName: required(string()), AttributeNamespace: required(anyUri) },
)

/** An assertion without its signature, which is the last child of one that the STS issued. */
export const AssertionType = saml.sequence(
  {
    Conditions: saml.sequence({}, { NotBefore: required(dateTime), NotOnOrAfter: required(dateTime) }),
    AuthenticationStatement: optional(
      saml.sequence(
        { Subject },
        { AuthenticationInstant: required(dateTime), AuthenticationMethod: required(anyUri) },
      ),
    ),
    AttributeStatement: saml.sequence({ Subject, Attribute: many(Attribute, { min: 1 }) }),
  },
  {
    AssertionID: required(id),
    IssueInstant: required(dateTime),
    Issuer: required(string()),
    MajorVersion: required(string()),
    MinorVersion: required(string()),
  },
)

/** Stands alone where WS-Trust carries it. */
export const Assertion = saml.element('Assertion', AssertionType)
export type Assertion = Infer<typeof Assertion>
