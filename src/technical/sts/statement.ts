/** The assertion in which a caller states who somebody is: himself, or one for whom he vouches (spec sts-iam §1.3). */
import type { Certificate } from '../pki/certificate.js'
import { attributeNamespaces, type SamlAttribute } from './claims.js'
import { samlValues, type Assertion } from './samlAssertion.js'

/** Somebody for whom the sender vouches, known to the sender only. */
export interface VouchedSubject {
  /** Who vouches: issuer of the statement, for instance the address of an institution. */
  qualifier: string
  /** Name of the user with the one who vouches. */
  name: string
  /** How the user proved who he is, for instance `urn:oasis:names:tc:SAML:1.0:am:password`. */
  authenticationMethod?: string
}

/** NameIdentifier of a subject. */
export type SubjectName = Assertion['AttributeStatement']['Subject']['NameIdentifier']

/** Distinguished names as RFC 1779 writes them: the STS compares or copies the text. */
export const nameOfCertificate = ({ subject, issuer }: Certificate): SubjectName => ({
  Format: samlValues.x509SubjectName,
  NameQualifier: issuer.toRfc1779(),
  value: subject.toRfc1779(),
})

export const nameOfVouched = ({ qualifier, name }: VouchedSubject): SubjectName => ({
  Format: samlValues.unspecified,
  NameQualifier: qualifier,
  value: name,
})

/** Options of {@link statementOf}. */
export interface StatementOptions {
  /** Part of `AssertionID`. */
  uuid: string
  issuer: string
  name: SubjectName
  authenticationMethod?: string
  asserted: readonly SamlAttribute[]
  from: Date
  until: Date
}

/** The statement: period, who, and what is asserted of him. */
export function statementOf(options: StatementOptions): Assertion {
  const { name: NameIdentifier, from, authenticationMethod: AuthenticationMethod } = options
  const Subject = { NameIdentifier }
  return {
    AssertionID: `assertion-${options.uuid}`,
    IssueInstant: from,
    Issuer: options.issuer,
    MajorVersion: '1',
    MinorVersion: '1',
    Conditions: { NotBefore: from, NotOnOrAfter: options.until },
    ...(AuthenticationMethod === undefined
      ? {}
      : { AuthenticationStatement: { AuthenticationInstant: from, AuthenticationMethod, Subject } }),
    AttributeStatement: {
      Subject,
      Attribute: options.asserted.map(({ name, namespace, values = [] }) => ({
        AttributeName: name,
        AttributeNamespace: namespace,
        AttributeValue: [...values],
      })),
    },
  }
}

/** Attributes that ask for the same again: what is not certified is asserted with its values (spec sts-iam §1.3). */
export const attributesAgain = (
  attributes: readonly { name: string; namespace: string; values: readonly string[] }[],
): SamlAttribute[] =>
  attributes.map(({ name, namespace, values }) => {
    const given = values.filter((value) => value !== '')
    return namespace === attributeNamespaces.certified || given.length === 0
      ? { name, namespace }
      : { name, namespace, values: given }
  })
