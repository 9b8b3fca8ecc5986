/** Encryption tokens as the registration authority of the platform makes them (spec etee §2.1). */
import { createHash, sign, type KeyObject } from 'node:crypto'

import { der } from '../../technical/asn1/index.js'
import type { Certificate } from '../../technical/pki/certificate.js'

const oid = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  sha256: '2.16.840.1.101.3.4.2.1',
  rsaEncryption: '1.2.840.113549.1.1.1',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
}

/** What a token is made of. */
export interface TokenParts {
  readonly encryptionCertificate: Certificate
  readonly authenticationCertificate: Certificate
  /** Issuing authorities of the authentication certificate up to the root. */
  readonly chain: readonly Certificate[]
  readonly registrationAuthority: { readonly certificate: Certificate; readonly key: KeyObject }
  readonly at: Date
}

/** A CMS SignedData around the encryption certificate, signed by the registration authority; DER. */
export function makeEncryptionToken(parts: TokenParts): Uint8Array {
  const { certificate, key } = parts.registrationAuthority
  const content = parts.encryptionCertificate.der
  const algorithm = (id: string) => der.sequence(der.objectIdentifier(id), der.nullValue())
  const attribute = (id: string, value: Uint8Array) =>
    der.sequence(der.objectIdentifier(id), der.setOf(value))
  const attributes = der.setOf(
    attribute(oid.contentType, der.objectIdentifier(oid.data)),
    attribute(oid.signingTime, der.time(parts.at)),
    attribute(oid.messageDigest, der.octetString(createHash('sha256').update(content).digest())),
  )
  // What is signed is the SET OF; what is sent is the same octets under [0] IMPLICIT (RFC 5652 §5.4).
  const sent = Buffer.concat([Uint8Array.of(0xa0), attributes.subarray(1)])
  const signerInfo = der.sequence(
    der.integer(1),
    der.sequence(certificate.issuer.der, der.integer(certificate.serialNumber)),
    algorithm(oid.sha256),
    sent,
    algorithm(oid.rsaEncryption),
    der.octetString(sign('sha256', attributes, key)),
  )
  const certificates = [certificate, parts.authenticationCertificate, ...parts.chain].map((c) => c.der)
  const signedData = der.sequence(
    der.integer(1),
    der.setOf(algorithm(oid.sha256)),
    der.sequence(der.objectIdentifier(oid.data), der.explicit(0, der.octetString(content))),
    der.implicitConstructed(0, ...certificates),
    der.setOf(signerInfo),
  )
  return der.sequence(der.objectIdentifier(oid.signedData), der.explicit(0, signedData))
}
