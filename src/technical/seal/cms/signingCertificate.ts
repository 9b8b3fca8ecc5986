/** Which certificate a signer says he signed with (RFC 2634 §5.4, RFC 5035, RFC 5816). */
import { createHash } from 'node:crypto'

import { Asn1Error, integer, octets, tags, type Asn1Node } from '../../asn1/index.js'
import type { Certificate } from '../../pki/certificate.js'
import { sameName } from '../names.js'
import { attributes } from './identifiers.js'
import { digestName } from './signature.js'
import type { SignerInfo } from './signedData.js'
import { expect, readAlgorithm, singleValue } from './structure.js'

/**
 * True when the signed attributes hold exactly one of signingCertificate and signingCertificateV2, and its first entry is
 * about this certificate: hash, and issuer and serial number where they are given. The SHA-1 of the first version only
 * tells one certificate from another; nothing is proved by it (spec timestamp, trap 25).
 */
export function namesCertificate(signer: SignerInfo, certificate: Certificate): boolean {
  const found = signer.signedAttributes?.values
  if (found === undefined) return false
  try {
    const v1 = singleValue(found, attributes.signingCertificate)
    const v2 = singleValue(found, attributes.signingCertificateV2)
    const value = v1 ?? v2
    if (value === undefined || (v1 !== undefined && v2 !== undefined)) return false
    const [first, ...rest] = value.at(0).at(0).children
    if (first === undefined) return false
    const named = v2 !== undefined && first.is(tags.sequence)
    const digest = v1 !== undefined ? 'sha1' : named ? digestName(readAlgorithm(first).oid) : 'sha256'
    const hash = named ? rest.shift() : first
    if (digest === undefined || hash === undefined) return false
    const expected = createHash(digest).update(certificate.der).digest()
    if (Buffer.compare(octets(expect(hash, tags.octetString)), expected) !== 0) return false
    return rest[0] === undefined || isIssuerSerial(rest[0], certificate)
  } catch (error) {
    if (error instanceof Asn1Error) return false
    throw error
  }
}

/** IssuerSerial: the issuer as one directoryName, and the serial number. */
function isIssuerSerial(node: Asn1Node, certificate: Certificate): boolean {
  const names = expect(node, tags.sequence).at(0).children
  return (
    names.length === 1 &&
    names[0]!.isContext(4) &&
    sameName(names[0]!.at(0).raw, certificate.issuer.der) &&
    integer(node.at(1)) === certificate.serialNumber
  )
}
