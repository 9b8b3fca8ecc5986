/** Verifying the signature of a SignerInfo (RFC 5652 §5.4 and §5.6, RFC 4056, RFC 5753, RFC 6211). */
import { constants, verify, type KeyObject } from 'node:crypto'

import { Asn1Error, integer, objectIdentifier, octets, tags, time } from '../../asn1/index.js'
import type { Certificate } from '../../pki/certificate.js'
import { algorithms, attributes, contentTypes } from './identifiers.js'
import type { SignedContent } from './signedContent.js'
import type { SignerInfo } from './signedData.js'
import { verifyPkcs1Digest, verifyPssDigest } from './verifyDigest.js'
import { readAlgorithm, readDigestAlgorithm, singleValue, type AlgorithmIdentifier } from './structure.js'

type DigestName = 'sha1' | 'sha256' | 'sha384' | 'sha512'

/** Digests that can be computed; which ones are accepted is a matter of policy. */
const digests = new Map<string, DigestName>([
  [algorithms.sha1, 'sha1'],
  [algorithms.sha256, 'sha256'],
  [algorithms.sha384, 'sha384'],
  [algorithms.sha512, 'sha512'],
])

/** Signature algorithms that name their digest. */
const signatures = new Map<string, { key: 'rsa' | 'ec'; digest: DigestName }>([
  [algorithms.sha1WithRsa, { key: 'rsa', digest: 'sha1' }],
  [algorithms.sha256WithRsa, { key: 'rsa', digest: 'sha256' }],
  [algorithms.sha384WithRsa, { key: 'rsa', digest: 'sha384' }],
  [algorithms.sha512WithRsa, { key: 'rsa', digest: 'sha512' }],
  [algorithms.ecdsaWithSha1, { key: 'ec', digest: 'sha1' }],
  [algorithms.ecdsaWithSha256, { key: 'ec', digest: 'sha256' }],
  [algorithms.ecdsaWithSha384, { key: 'ec', digest: 'sha384' }],
  [algorithms.ecdsaWithSha512, { key: 'ec', digest: 'sha512' }],
])

const saltLengths = new Map([
  ['sha1', 20],
  ['sha256', 32],
  ['sha384', 48],
  ['sha512', 64],
])

/** Name of a digest for `node:crypto`, or `undefined` for an unknown one. */
export const digestName = (oid: string): DigestName | undefined => digests.get(oid)

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

/** Verifies a signature over bytes, with the digest that the structure names; the algorithm must agree with it. */
export function verifyBytes(
  algorithm: AlgorithmIdentifier,
  digest: string,
  key: KeyObject | undefined,
  data: Uint8Array,
  signature: Uint8Array,
): 'valid' | 'mismatch' {
  const scheme = schemeOf(algorithm, digest, key)
  if (scheme === undefined) return 'mismatch'
  try {
    const padding =
      scheme.saltLength === undefined
        ? {}
        : { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: scheme.saltLength }
    return verify(digest, data, { key: scheme.key, ...padding }, signature) ? 'valid' : 'mismatch'
  } catch {
    // OpenSSL throws where a signature or a key is not even of the right shape.
    return 'mismatch'
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

/** How to verify; `saltLength` for RSASSA-PSS only. `undefined` where algorithm, digest and key do not belong together. */
function schemeOf(
  algorithm: AlgorithmIdentifier,
  digest: string,
  key: KeyObject | undefined,
): { key: KeyObject; saltLength?: number } | undefined {
  if (key === undefined) return undefined
  if (algorithm.oid === algorithms.rsassaPss) {
    const saltLength = saltLengths.get(digest)
    if (key.asymmetricKeyType !== 'rsa' || saltLength === undefined) return undefined
    return pssParametersMatch(algorithm, digest, saltLength) ? { key, saltLength } : undefined
  }
  const known =
    algorithm.oid === algorithms.rsaEncryption
      ? ({ key: 'rsa', digest } as const)
      : signatures.get(algorithm.oid)
  if (known === undefined || known.digest !== digest || key.asymmetricKeyType !== known.key) return undefined
  return { key }
}

/** The key of a certificate; `undefined` when OpenSSL does not know its kind or cannot read it. */
export function publicKeyOf(certificate: Certificate): KeyObject | undefined {
  try {
    return certificate.publicKey
  } catch {
    return undefined
  }
}

function pssParametersMatch(algorithm: AlgorithmIdentifier, digest: string, saltLength: number): boolean {
  try {
    return pssParametersAre(algorithm, digest, saltLength)
  } catch (error) {
    if (error instanceof Asn1Error) return false
    throw error
  }
}

/** RSASSA-PSS-params (RFC 4055 §3.1): one digest throughout and a salt of the digest's length (etee §8 trap 11). */
function pssParametersAre(algorithm: AlgorithmIdentifier, digest: string, saltLength: number): boolean {
  const found = { hash: 'sha1', mask: 'sha1', salt: 20n, trailer: 1n }
  for (const field of algorithm.parameters?.children ?? []) {
    if (field.isContext(0)) found.hash = digestName(readDigestAlgorithm(field.at(0)).oid) ?? 'unknown'
    else if (field.isContext(1)) {
      const mask = readAlgorithm(field.at(0))
      const inner =
        mask.oid === algorithms.mgf1 && mask.parameters ? readDigestAlgorithm(mask.parameters).oid : ''
      found.mask = digestName(inner) ?? 'unknown'
    } else if (field.isContext(2)) found.salt = integer(field.at(0))
    else if (field.isContext(3)) found.trailer = integer(field.at(0))
    else return false
  }
  return (
    found.hash === digest &&
    found.mask === digest &&
    found.salt === BigInt(saltLength) &&
    found.trailer === 1n
  )
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
