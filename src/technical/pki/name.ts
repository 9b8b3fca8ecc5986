/** X.501 distinguished names, kept as encoded and readable by attribute. */
import { Asn1Error, objectIdentifier, readAsn1, text, type Asn1Node } from '../asn1/index.js'
import { hexadecimal, rfc1779, rfc2253, type NameAttribute } from './nameText.js'

export type { NameAttribute } from './nameText.js'

/** Object identifiers of the attribute types that the platform's names use. */
export const attributeTypes = {
  commonName: '2.5.4.3',
  surname: '2.5.4.4',
  serialNumber: '2.5.4.5',
  country: '2.5.4.6',
  locality: '2.5.4.7',
  stateOrProvince: '2.5.4.8',
  street: '2.5.4.9',
  organization: '2.5.4.10',
  organizationalUnit: '2.5.4.11',
  givenName: '2.5.4.42',
} as const

/** A distinguished name. `der` is what two names are compared by; `rdns` is in encoding order (country first here). */
export class DistinguishedName {
  private constructor(
    readonly der: Uint8Array,
    readonly rdns: readonly (readonly NameAttribute[])[],
  ) {}

  /** @throws Asn1Error when the bytes are not a name. */
  static fromDer(der: Uint8Array): DistinguishedName {
    return DistinguishedName.fromNode(readAsn1(der))
  }

  /** @internal */
  static fromNode(node: Asn1Node): DistinguishedName {
    const rdns = node.children.map((rdn) =>
      rdn.children.map((attribute) => ({
        type: objectIdentifier(attribute.at(0)),
        value: textOf(attribute.at(1)),
        der: attribute.at(1).raw,
      })),
    )
    return new DistinguishedName(node.raw, rdns)
  }

  /** All values of an attribute type, in encoding order. */
  values(type: string): string[] {
    return this.rdns.flat().flatMap((attribute) => (attribute.type === type ? [attribute.value] : []))
  }

  /** True when both names have the same encoding. */
  equals(other: DistinguishedName): boolean {
    return Buffer.compare(this.der, other.der) === 0
  }

  /**
   * The name as SAML subjects of the platform carry it (RFC 1779 as Java writes it, spec sts-iam §1.3): last encoded
   * part first, parts separated by comma and blank, values with special characters in double quotes, types other than
   * CN, C, L, ST, O, OU and STREET as `OID.<number>`.
   *
   * @example
   * ```ts
   * certificate.subject.toRfc1779() // CN="SSIN=90010199794", OU=eHealth-platform Belgium, …, C=BE
   * ```
   */
  toRfc1779(): string {
    return rfc1779(this.rdns)
  }

  /**
   * The name as `ds:X509IssuerName` and keystore aliases carry it (RFC 2253, RFC 4514): last encoded part first, no
   * blanks, special characters escaped, types without a keyword of the RFC as number and hexadecimal encoding.
   */
  toRfc2253(): string {
    return rfc2253(this.rdns)
  }
}

function textOf(node: Asn1Node): string {
  try {
    return text(node)
  } catch (error) {
    if (error instanceof Asn1Error) return hexadecimal(node.raw)
    throw error
  }
}
