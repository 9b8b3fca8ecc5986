/** Verifying the signature of a SignerInfo (RFC 5652 §5.4 and §5.6, RFC 4056, RFC 5753, RFC 6211). */
import type { KeyObject } from 'node:crypto'

import { Asn1Error, objectIdentifier, octets, tags, time } from '../../asn1/index.js'
import { digestName, schemeOf, verifyBytes, type DigestName } from '../../pki/verifyBytes.js'
import { attributes, contentTypes } from './identifiers.js'
import type { SignedContent } from './signedContent.js'
import type { SignerInfo } from './signedData.js'
import { verifyPkcs1Digest, verifyPssDigest } from './verifyDigest.js'
import { readAlgorithm, singleValue, type AlgorithmIdentifier } from './structure.js'

export { digestName, publicKeyOf, verifyBytes } from '../../pki/verifyBytes.js'

/** `broken`: the content or the attributes are not what was signed; `mismatch`: another key, or another signature. */
export type SignatureVerdict = 'valid' | 'broken' | 'mismatch'

/** Judges one signer against one public key. Names and dates of certificates are not looked at. */
export function verifySigner(
  signer: SignerInfo,
  signed: SignedContent,
  key: KeyObject | undefined,
): SignatureVerdict {
  try {
    const digest = digestName(signer.digestAlgorithm.oid)
    const computed = digest && signed.digest(digest)
    if (digest === undefined || computed === undefined) return 'broken'
    const attributesSigned = signer.signedAttributes
    if (attributesSigned === undefined) {
      // Without attributes nothing signs the content type: only id-data may stand there (RFC 5652 §5.3).
      if (signed.contentType !== contentTypes.data || signed.resemblesAttributes) return 'broken'
      return verifyDigest(signer.signatureAlgorithm, digest, key, computed, signer.signature)
    }
    const contentType = singleValue(attributesSigned.values, attributes.contentType)
    const messageDigest = singleValue(attributesSigned.values, attributes.messageDigest)
    if (contentType === undefined || objectIdentifier(contentType) !== signed.contentType) return 'broken'
    if (messageDigest === undefined || !messageDigest.is(tags.octetString)) return 'broken'
    if (Buffer.compare(octets(messageDigest), computed) !== 0) return 'broken'
    if (!algorithmsAreProtected(signer)) return 'broken'
    return verifyBytes(signer.signatureAlgorithm, digest, key, attributesSigned.signed, signer.signature)
  } catch (error) {
    if (error instanceof Asn1Error) return 'broken'
    throw error
  }
}

/** The signing time that the signer claims; `undefined` when the attribute is absent or unreadable. */
export function claimedSigningTime(signer: SignerInfo): Date | undefined {
  try {
    const value =
      signer.signedAttributes && singleValue(signer.signedAttributes.values, attributes.signingTime)
    const at = value && time(value)
    return at === undefined || Number.isNaN(at.getTime()) ? undefined : at
  } catch (error) {
    if (error instanceof Asn1Error) return undefined
    throw error
  }
}

/** The same where only the digest of what was signed is left; RSA only, as no EC key ever signed without attributes. */
function verifyDigest(
  algorithm: AlgorithmIdentifier,
  digest: DigestName,
  key: KeyObject | undefined,
  computed: Uint8Array,
  signature: Uint8Array,
): 'valid' | 'mismatch' {
  const scheme = schemeOf(algorithm, digest, key)
  if (scheme?.key.asymmetricKeyType !== 'rsa') return 'mismatch'
  const valid =
    scheme.saltLength === undefined
      ? verifyPkcs1Digest(digest, computed, scheme.key, signature)
      : verifyPssDigest(digest, computed, scheme.saltLength, scheme.key, signature)
  return valid ? 'valid' : 'mismatch'
}

/** cmsAlgorithmProtection, where present, must repeat the algorithms outside (RFC 6211 §3). */
function algorithmsAreProtected(signer: SignerInfo): boolean {
  const value =
    signer.signedAttributes && singleValue(signer.signedAttributes.values, attributes.algorithmProtection)
  if (value === undefined) return true
  const [digest, signature] = value.children
  if (digest === undefined || signature === undefined) return false
  return (
    sameAlgorithm(readAlgorithm(digest), signer.digestAlgorithm) &&
    sameAlgorithm(readAlgorithm(signature, 1), signer.signatureAlgorithm)
  )
}

function sameAlgorithm(a: AlgorithmIdentifier, b: AlgorithmIdentifier): boolean {
  const parameters = (algorithm: AlgorithmIdentifier): Uint8Array =>
    // Absent parameters and NULL mean the same (RFC 5754 §2).
    algorithm.parameters === undefined || algorithm.parameters.is(tags.null)
      ? new Uint8Array()
      : algorithm.parameters.raw
  return a.oid === b.oid && Buffer.compare(parameters(a), parameters(b)) === 0
}
