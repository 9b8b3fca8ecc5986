/** Judging one signed layer: policy, signature, certificate (spec etee §4.1 steps 2, 3, 6, 7, 11). */
import type { KeyObject } from 'node:crypto'

import { Certificate } from '../pki/certificate.js'
import { issuersOf, verifyPath } from '../pki/path.js'
import { claimedSigningTime, publicKeyOf, verifySigner } from './cms/signature.js'
import type { SignedLayer } from './layers.js'
import type { SignerInfo } from './cms/signedData.js'
import type { Findings, Layer } from './notifications.js'
import { detectPolicy, type SigningPolicy, type SigningPolicyName } from './policies.js'

/** Which policy the layer falls under; notes what is not allowed. */
export function judgePolicy(
  layer: Layer,
  signer: SignerInfo,
  accepted: readonly SigningPolicyName[],
  findings: Findings,
): SigningPolicy | undefined {
  const policy = detectPolicy(signer.signatureAlgorithm.oid, signer.sid.keyIdentifier !== undefined, accepted)
  if (policy === undefined || !policy.signatures.includes(signer.signatureAlgorithm.oid))
    findings.errors.add(`${layer}_SIGNATURE_ALGORITHM_UNAUTHORIZED`)
  if (policy === undefined || signer.digestAlgorithm.oid !== policy.digest)
    findings.errors.add(`${layer}_SIGNATURE_DIGEST_ALGORITHM_UNAUTHORIZED`)
  if (policy === undefined && layer === 'OUTER')
    findings.errors.add('OUTER_SIGNATURE_KEY_LENGTH_UNAUTHORIZED')
  return policy
}

/** Verifies the signature; with a certificate, that it was valid when this layer claims to have been signed. */
export function judgeSignature(
  layer: Layer,
  { signed, signer }: SignedLayer,
  by: Certificate | KeyObject,
  findings: Findings,
): void {
  const certificate = by instanceof Certificate ? by : undefined
  const key = by instanceof Certificate ? publicKeyOf(by) : by
  const claimed = claimedSigningTime(signer)
  if (certificate !== undefined && claimed !== undefined && !certificate.isValidAt(claimed)) {
    findings.errors.add(`${layer}_SIGNATURE_COULD_NOT_BE_VERIFIED`)
    return
  }
  const verdict = verifySigner(signer, signed, key)
  if (verdict === 'broken') findings.errors.add(`${layer}_SIGNATURE_COULD_NOT_BE_VERIFIED`)
  if (verdict === 'mismatch')
    findings.errors.add(
      layer === 'OUTER'
        ? 'OUTER_SIGNATURE_DOES_NOT_MATCH_AUTHENTICATION_CERTIFICATE'
        : 'INNER_SIGNATURE_DOES_NOT_MATCH_SIGNATURE_CERTIFICATE',
    )
}

/** Size of the key where it is of the policy's kind, else 0. */
function keyBits(certificate: Certificate, { keyType }: SigningPolicy): number {
  if (publicKeyOf(certificate)?.asymmetricKeyType !== keyType) return 0
  return keyType === 'rsa' ? certificate.rsaBits : certificate.ecBits
}

/** Checks that the key may sign: digitalSignature or nonRepudiation, and nothing but the latter where that is asked. */
export function judgeKeyUsage(
  layer: Layer,
  certificate: Certificate,
  nonRepudiation: boolean,
  findings: Findings,
): void {
  const usage = certificate.keyUsage
  const allowed =
    usage?.has('nonRepudiation') === true || (!nonRepudiation && usage?.has('digitalSignature') === true)
  if (!allowed) findings.errors.add(`${layer}_CERTIFICATE_HAS_INVALID_KEYUSAGE`)
}

/**
 * Checks the certificate of a layer at the signing time: length of the key, dates, path to an anchor.
 *
 * @returns the path from the certificate upwards, as far as it is known
 */
export function judgeCertificate(
  layer: Layer,
  certificate: Certificate,
  policy: SigningPolicy | undefined,
  context: {
    at: Date
    intermediates: readonly Certificate[]
    trust: readonly Certificate[]
    /** Whether a pinned certificate's issuers are of interest: revocation is asked about it from its issuer. */
    withIssuers: boolean
  },
  findings: Findings,
): readonly Certificate[] {
  const { at, intermediates, trust, withIssuers } = context
  if (policy !== undefined && keyBits(certificate, policy) < policy.minimumKeyBits)
    findings.errors.add(`${layer}_SIGNATURE_KEY_LENGTH_UNAUTHORIZED`)
  if (at > certificate.notAfter) findings.errors.add(`${layer}_CERTIFICATE_EXPIRED`)
  if (at < certificate.notBefore) findings.errors.add(`${layer}_CERTIFICATE_NOT_YET_VALID`)
  try {
    const path = verifyPath(certificate, { intermediates, anchors: trust, at })
    if (path.length > 1 || !withIssuers) return path
    return [certificate, ...issuersOf(certificate, [...trust, ...intermediates])]
  } catch {
    // Whatever is wrong with a chain that a stranger sent: it is not trusted.
    findings.errors.add(`${layer}_CERTIFICATE_CHAIN_NOT_TRUSTED`)
    return [certificate]
  }
}
