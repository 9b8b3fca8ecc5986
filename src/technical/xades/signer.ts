/** Who signed: found by the key that verifies, never by position (spec xml-signature §7.3). */
import { createHash } from 'node:crypto'

import { EHealthError } from '../../errors.js'
import { Certificate } from '../pki/certificate.js'
import { publicKeyOf } from '../pki/verifyBytes.js'
import { base64Of, type ParsedSignature } from '../xml/signature/index.js'
import { childrenNamed } from '../xml/tree.js'
import { acceptedDigest, verifiesWith } from './algorithms.js'
import { namesIssuer } from './issuerName.js'
import { dsNamespace } from './names.js'
import type { NamedCertificate } from './properties.js'

/** Most certificates that are looked at. */
const mostCertificates = 20

/** The certificates in KeyInfo that can be read, in the order in which they stand. */
export function certificatesIn({ keyInfo }: ParsedSignature): Certificate[] {
  if (keyInfo === undefined) return []
  const elements = childrenNamed(keyInfo, dsNamespace, 'X509Data').flatMap((data) =>
    childrenNamed(data, dsNamespace, 'X509Certificate'),
  )
  if (elements.length > mostCertificates)
    throw new EHealthError('xml-signature.structure', 'too many certificates')
  return elements.flatMap((element) => {
    try {
      return Certificate.fromDer(base64Of(element))
    } catch (error) {
      if (error instanceof EHealthError) return []
      throw error
    }
  })
}

/** What finding the signer gave. */
export interface FoundSigner {
  certificate: Certificate | undefined
  /** Whether the value verifies with its key. */
  verified: boolean
}

/**
 * The certificate whose key made the value. Where several have the key, the one that the signed properties name; where
 * none has it, the one that seems to be meant.
 *
 * @throws EHealthError `xml-signature.algorithm`
 */
export function findSigner(
  signature: ParsedSignature,
  signedInfo: Uint8Array,
  candidates: readonly Certificate[],
  named: NamedCertificate | undefined,
  allowSha1: boolean,
): FoundSigner {
  const isNamed = (certificate: Certificate): boolean =>
    named !== undefined && isDigestOf(named, certificate, allowSha1)
  const isLeaf = (certificate: Certificate): boolean => !certificate.isCa
  const rank = (certificate: Certificate): number =>
    (isNamed(certificate) ? 0 : 2) + (isLeaf(certificate) ? 0 : 1)
  const ordered = candidates.toSorted((a, b) => rank(a) - rank(b))
  // asked even without any certificate: an algorithm that is not accepted is told
  if (ordered.length === 0)
    verifiesWith(signature.signatureMethod, undefined, signedInfo, signature.value, allowSha1)
  const certificate = ordered.find((one) =>
    verifiesWith(signature.signatureMethod, publicKeyOf(one), signedInfo, signature.value, allowSha1),
  )
  return { certificate: certificate ?? ordered[0], verified: certificate !== undefined }
}

function isDigestOf(named: NamedCertificate, { der }: Certificate, allowSha1: boolean): boolean {
  try {
    const digest = acceptedDigest(named.digestMethod, allowSha1)
    return Buffer.compare(createHash(digest).update(der).digest(), named.digest) === 0
  } catch (error) {
    if (error instanceof EHealthError) return false
    throw error
  }
}

/** Whether signed properties name this very certificate: its digest, and issuer and serial number where they say so. */
export function namesCertificate(
  named: NamedCertificate,
  certificate: Certificate,
  allowSha1: boolean,
): boolean {
  if (!isDigestOf(named, certificate, allowSha1)) return false
  if (named.issuer === undefined) return true
  return (
    namesIssuer(named.issuer, certificate.issuer) &&
    // more digits than 20 octets have are no serial number of a certificate
    /^-?\d{1,60}$/.test(named.serialNumber ?? '') &&
    BigInt(named.serialNumber!) === certificate.serialNumber
  )
}
