/** The SAML 1.1 assertion as the platform's STS writes it (spec sts-iam §1.5). */
import type { Certificate } from '../../../technical/pki/certificate.js'
import { stsIssuer } from '../../../technical/sts/accept.js'
import { namespaces } from '../../../technical/sts/contract.js'
import { AssertionType, saml, samlValues, type Assertion } from '../../../technical/sts/samlAssertion.js'
import { nameOfCertificate } from '../../../technical/sts/statement.js'
import { read, write, type XmlElement } from '../../../technical/xml/index.js'

export type { Assertion } from '../../../technical/sts/samlAssertion.js'

/** The STS writes its assertions in the default namespace. */
const IssuedAssertion = saml.element('Assertion', AssertionType, {
  prefixes: { [namespaces.assertion]: '' },
})

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

/** Writes the assertion, not yet signed. */
export function writeAssertion(content: AssertionContent): string {
  const { identification, holderOfKey } = content
  const NameIdentifier = nameOfCertificate(identification)
  const confirmation =
    holderOfKey === undefined
      ? { ConfirmationMethod: samlValues.senderVouches }
      : {
          ConfirmationMethod: samlValues.holderOfKey,
          KeyInfo: { X509Data: { X509Certificate: withLineBreaks(holderOfKey.der) } },
        }
  return write(IssuedAssertion, {
    AssertionID: content.id,
    IssueInstant: content.issuedAt,
    Issuer: stsIssuer,
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
export const readAssertion = (element: XmlElement): Assertion => read(IssuedAssertion, element)
