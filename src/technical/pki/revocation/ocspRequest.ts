/** The question to an OCSP responder (RFC 6960 §4.1). */
import { createHash } from 'node:crypto'

import { bits, der, integer, octets, readAsn1, type Asn1Node } from '../../asn1/index.js'
import { readAlgorithm, signatureOids } from '../algorithms.js'
import type { Certificate } from '../certificate.js'
import { digestName } from '../verifyBytes.js'

/** Extension that ties an answer to its question (RFC 8954). */
export const nonceExtension = '1.3.6.1.5.5.7.48.1.2'

/**
 * OCSPRequest for one certificate, CertID with SHA-1 as responders expect.
 *
 * @param nonce 1 to 32 random octets that the answer may repeat
 */
export function ocspRequest(certificate: Certificate, issuer: Certificate, nonce?: Uint8Array): Uint8Array {
  const certId = der.sequence(
    der.sequence(der.objectIdentifier(signatureOids.sha1), der.nullValue()),
    der.octetString(createHash('sha1').update(certificate.issuer.der).digest()),
    der.octetString(keyHash('sha1', issuer)),
    der.integer(certificate.serialNumber),
  )
  const list = der.sequence(der.sequence(certId))
  if (nonce === undefined) return der.sequence(der.sequence(list))
  const extension = der.sequence(
    der.objectIdentifier(nonceExtension),
    der.octetString(der.octetString(nonce)),
  )
  return der.sequence(der.sequence(list, der.explicit(2, der.sequence(extension))))
}

/** True when a CertID (hashes of the issuer's name and key, serial number) names this certificate. @throws Asn1Error */
export function isAbout(certId: Asn1Node, certificate: Certificate, issuer: Certificate): boolean {
  const digest = digestName(readAlgorithm(certId.at(0)).oid)
  if (digest === undefined || integer(certId.at(3)) !== certificate.serialNumber) return false
  const nameHash = createHash(digest).update(certificate.issuer.der).digest()
  return (
    Buffer.compare(octets(certId.at(1)), nameHash) === 0 &&
    Buffer.compare(octets(certId.at(2)), keyHash(digest, issuer)) === 0
  )
}

/** Digest of a certificate's public key bits, as CertID and ResponderID have it. */
export const keyHash = (digest: string, certificate: Certificate): Buffer =>
  createHash(digest)
    .update(bits(readAsn1(certificate.spki).at(1)).bytes)
    .digest()
