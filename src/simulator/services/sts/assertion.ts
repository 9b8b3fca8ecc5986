/** The SAML 1.1 assertion of the platform's STS, described once (spec sts-iam §1.5). */
import {
  dateTime,
  inNamespace,
  many,
  namespace,
  optional,
  read,
  required,
  string,
  write,
  type Infer,
  type XmlElement,
} from '../../../technical/xml/index.js'
import type { Certificate } from '../../../technical/pki/certificate.js'

// The STS writes its assertions in the default namespace.
const saml = namespace('urn:oasis:names:tc:SAML:1.0:assertion', { prefix: '', qualified: true })
const ds = namespace('http://www.w3.org/2000/09/xmldsig#', { prefix: 'ds', qualified: true })

const KeyInfo = ds.sequence({ X509Data: ds.sequence({ X509Certificate: string() }) })

const Subject = saml.sequence({
  NameIdentifier: saml.simpleContent(string(), {
    Format: required(string()),
    NameQualifier: required(string()),
  }),
  SubjectConfirmation: optional(
    saml.sequence({
      ConfirmationMethod: string(),
      KeyInfo: inNamespace(ds.uri, optional(KeyInfo)),
    }),
  ),
})

const Assertion = saml.element(
  'Assertion',
  saml.sequence(
    {
      Conditions: saml.sequence({}, { NotBefore: required(dateTime), NotOnOrAfter: required(dateTime) }),
      AuthenticationStatement: saml.sequence(
        { Subject },
        { AuthenticationInstant: required(dateTime), AuthenticationMethod: required(string()) },
      ),
      AttributeStatement: saml.sequence({
        Subject,
        Attribute: many(
          saml.sequence(
            { AttributeValue: many(string(), { min: 1 }) },
            { AttributeName: required(string()), AttributeNamespace: required(string()) },
          ),
          { min: 1 },
        ),
      }),
    },
    {
      AssertionID: required(string()),
      IssueInstant: required(dateTime),
      Issuer: required(string()),
      MajorVersion: required(string()),
      MinorVersion: required(string()),
    },
  ),
)
export type Assertion = Infer<typeof Assertion>

/** An attribute of an assertion. */
export interface IssuedAttribute {
  readonly name: string
  readonly namespace: string
  /** At least one; an empty text where the register knows nothing. */
  readonly values: readonly string[]
}

/** What an assertion says. */
export interface AssertionContent {
  /** `_` and 32 hexadecimal digits. */
  readonly id: string
  readonly issuedAt: Date
  readonly notBefore: Date
  readonly notOnOrAfter: Date
  /** Identification certificate: gives the subject its name. */
  readonly identification: Certificate
  /** Certificate of the key that the token is bound to; without it the token is for sender-vouches. */
  readonly holderOfKey?: Certificate
  readonly attributes: readonly IssuedAttribute[]
}

const confirmationMethod = 'urn:oasis:names:tc:SAML:1.0:cm:'

/** Writes the assertion, not yet signed. */
export function writeAssertion(content: AssertionContent): string {
  const { identification, holderOfKey } = content
  const NameIdentifier = {
    Format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName',
    NameQualifier: identification.issuer.toRfc1779(),
    value: identification.subject.toRfc1779(),
  }
  const confirmation =
    holderOfKey === undefined
      ? { ConfirmationMethod: `${confirmationMethod}sender-vouches` }
      : {
          ConfirmationMethod: `${confirmationMethod}holder-of-key`,
          KeyInfo: { X509Data: { X509Certificate: withLineBreaks(holderOfKey.der) } },
        }
  return write(Assertion, {
    AssertionID: content.id,
    IssueInstant: content.issuedAt,
    Issuer: 'urn:be:fgov:ehealth:sts:1_0',
    MajorVersion: '1',
    MinorVersion: '1',
    Conditions: { NotBefore: content.notBefore, NotOnOrAfter: content.notOnOrAfter },
    AuthenticationStatement: {
      AuthenticationInstant: content.issuedAt,
      AuthenticationMethod: 'urn:oasis:names:tc:SAML:1.0:am:X509-PKI',
      Subject: { NameIdentifier, SubjectConfirmation: confirmation },
    },
    AttributeStatement: {
      Subject: { NameIdentifier },
      Attribute: content.attributes.map(({ name, namespace: uri, values }) => ({
        AttributeName: name,
        AttributeNamespace: uri,
        AttributeValue: [...values],
      })),
    },
  }).xml
}

/** The certificate as the real STS writes it: base64 in lines. */
const withLineBreaks = (der: Uint8Array): string =>
  (
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join('\n')

/** Reads an assertion that somebody sends along; nothing of it is verified here. */
export const readAssertion = (element: XmlElement): Assertion => read(Assertion, element)
