/** Issuing certificates (RFC 5280 §4) with the profiles of the platform's own authorities (spec etee §1.3). */
import { createHash, sign, type KeyObject } from 'node:crypto'

import { bits, der, readAsn1 } from '../../technical/asn1/index.js'
import { Certificate, keyUsages, type KeyUsage } from '../../technical/pki/certificate.js'
import { attributeTypes } from '../../technical/pki/name.js'
import type { Publication } from './publication.js'

/** Parts of a name in encoding order. */
export type NameParts = readonly (readonly [keyof typeof attributeTypes, string])[]

/** Encodes a name; the country is a PrintableString, everything else UTF-8. */
export function encodeName(parts: NameParts): Uint8Array {
  return der.sequence(
    ...parts.map(([type, value]) =>
      der.setOf(
        der.sequence(
          der.objectIdentifier(attributeTypes[type]),
          type === 'country' ? der.printableString(value) : der.utf8String(value),
        ),
      ),
    ),
  )
}

/** Who signs: the encoded name and the private key. */
export interface Signer {
  readonly name: Uint8Array
  readonly key: KeyObject
  /** Where it publishes, to stand in what it issues. */
  readonly publication?: Publication | undefined
}

/** What stands in a certificate. */
export interface CertificateTemplate {
  readonly subject: Uint8Array
  readonly publicKey: KeyObject
  readonly serialNumber: bigint
  readonly notBefore: Date
  readonly notAfter: Date
  readonly usages: readonly KeyUsage[]
  /** Only the key usage, as in encryption certificates. */
  readonly bare?: boolean
  readonly authority?: boolean
  /** Object identifiers of extended usages. */
  readonly extendedUsages?: readonly string[]
  /** Nothing else may be done with the key, as for time stamps (RFC 3161 §2.3). */
  readonly onlyExtendedUsages?: boolean
  /** DNS names and IPv4 addresses of a server. */
  readonly hosts?: readonly string[]
  /** A responder whose own status nobody asks for (RFC 6960 §4.2.2.2.1). */
  readonly noRevocationCheck?: boolean
}

/** Extended key usages. */
export const extendedUsage = {
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
} as const

/** AlgorithmIdentifier of what the simulator signs. */
export const sha256WithRsa = () =>
  der.sequence(der.objectIdentifier('1.2.840.113549.1.1.11'), der.nullValue())

/** Issues a certificate, signed with RSA and SHA-256. */
export function issueCertificate(
  template: CertificateTemplate,
  issuer: Signer,
  issuerKeyId?: Uint8Array,
): Certificate {
  const spki = template.publicKey.export({ type: 'spki', format: 'der' })
  const tbs = der.sequence(
    der.explicit(0, der.integer(2)),
    der.integer(template.serialNumber),
    sha256WithRsa(),
    issuer.name,
    der.sequence(der.time(template.notBefore), der.time(template.notAfter)),
    template.subject,
    spki,
    der.explicit(3, der.sequence(...extensions(template, spki, issuer.publication, issuerKeyId))),
  )
  const signature = sign('sha256', tbs, issuer.key)
  return Certificate.fromDer(der.sequence(tbs, sha256WithRsa(), der.bitString(signature)))
}

function extensions(
  template: CertificateTemplate,
  spki: Uint8Array,
  publication: Publication | undefined,
  issuerKeyId: Uint8Array | undefined,
): Uint8Array[] {
  const extension = (oid: string, critical: boolean, value: Uint8Array): Uint8Array =>
    der.sequence(der.objectIdentifier(oid), ...(critical ? [der.boolean(true)] : []), der.octetString(value))
  const usage = extension('2.5.29.15', true, usageBits(template.usages))
  if (template.bare === true) return [usage]
  const basic = template.authority === true ? der.sequence(der.boolean(true)) : der.sequence()
  const result = [
    extension('2.5.29.19', true, basic),
    usage,
    extension('2.5.29.14', false, der.octetString(keyId(spki))),
  ]
  if (issuerKeyId !== undefined)
    result.push(extension('2.5.29.35', false, der.sequence(der.implicitPrimitive(0, issuerKeyId))))
  if (template.extendedUsages !== undefined)
    result.push(
      extension(
        '2.5.29.37',
        template.onlyExtendedUsages === true,
        der.sequence(...template.extendedUsages.map(der.objectIdentifier)),
      ),
    )
  if (template.hosts !== undefined)
    result.push(extension('2.5.29.17', false, der.sequence(...template.hosts.map(alternativeName))))
  if (template.noRevocationCheck === true)
    result.push(extension('1.3.6.1.5.5.7.48.1.5', false, der.nullValue()))
  if (publication !== undefined)
    result.push(
      extension('2.5.29.31', false, distributionPoint(publication)),
      extension('1.3.6.1.5.5.7.1.1', false, informationAccess(publication)),
    )
  return result
}

/** CRLDistributionPoints with one address (RFC 5280 §4.2.1.13). */
const distributionPoint = ({ crl }: Publication): Uint8Array =>
  der.sequence(der.sequence(der.explicit(0, der.explicit(0, address(crl)))))

/** AuthorityInfoAccess: the responder, and where the issuer's certificate is (RFC 5280 §4.2.2.1). */
const informationAccess = ({ ocsp, certificate }: Publication): Uint8Array =>
  der.sequence(
    der.sequence(der.objectIdentifier('1.3.6.1.5.5.7.48.1'), address(ocsp)),
    der.sequence(der.objectIdentifier('1.3.6.1.5.5.7.48.2'), address(certificate)),
  )

const address = (url: string): Uint8Array => der.implicitPrimitive(6, Buffer.from(url, 'latin1'))

/** SHA-1 of the public key bits (RFC 5280 §4.2.1.2, method 1). */
function keyId(spki: Uint8Array): Uint8Array {
  return createHash('sha1')
    .update(bits(readAsn1(spki).at(1)).bytes)
    .digest()
}

function usageBits(usages: readonly KeyUsage[]): Uint8Array {
  let octet = 0
  for (const usage of usages) octet |= 0x80 >> keyUsages.indexOf(usage)
  let unused = 0
  while (unused < 7 && ((octet >> unused) & 1) === 0) unused += 1
  return der.bitString(Uint8Array.of(octet), unused)
}

function alternativeName(host: string): Uint8Array {
  return /^\d+(\.\d+){3}$/.test(host)
    ? der.implicitPrimitive(7, Uint8Array.from(host.split('.').map(Number)))
    : der.implicitPrimitive(2, Buffer.from(host, 'latin1'))
}
