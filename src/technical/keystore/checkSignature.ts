/** Looking at signatures that something else made, before the platform does. */
import { constants, verify } from 'node:crypto'

import { EHealthError } from '../../errors.js'
import { publicKeyOf } from '../pki/verifyBytes.js'
import type { Certificate } from '../pki/certificate.js'
import { signingAlgorithms } from './algorithms.js'
import type { SigningAlgorithm } from './credential.js'

/**
 * How much is looked at. `first`: every signature for its length, the first one of an algorithm in full. `always` guards
 * against faults of a device as well; it costs some ten microseconds with RSA, and as much as a signature with EC.
 */
export type SignatureChecks = 'first' | 'always'

/**
 * A check for the signatures of one key.
 *
 * @throws EHealthError (the check) `keystore.signature` for what is no signature of the algorithm, `keystore.mismatch` for one
 * that does not verify with the certificate
 */
export function signatureCheck(
  certificate: Certificate,
  checks: SignatureChecks = 'first',
): (algorithm: SigningAlgorithm, data: Uint8Array, signature: Uint8Array) => void {
  const seen = new Set<SigningAlgorithm>()
  return (algorithm, data, signature) => {
    if (!mayBe(certificate, algorithm, signature))
      throw new EHealthError('keystore.signature', `what came back is no signature ${algorithm}`)
    if (checks === 'first' && seen.has(algorithm)) return
    if (!verifies(certificate, algorithm, data, signature))
      throw new EHealthError('keystore.mismatch', 'the signature does not verify with the certificate')
    seen.add(algorithm)
  }
}

function mayBe(certificate: Certificate, algorithm: SigningAlgorithm, signature: Uint8Array): boolean {
  const { length } = signature
  if (algorithm.startsWith('rsa')) return length === Math.ceil(certificate.rsaBits / 8)
  const whole = 2 * Math.ceil(certificate.ecBits / 8)
  // in DER: two numbers with at most a leading zero each, and up to nine octets of structure
  return algorithm === 'ecdsa-sha256-der' ? length >= 8 && length <= whole + 11 : length === whole
}

function verifies(
  certificate: Certificate,
  algorithm: SigningAlgorithm,
  data: Uint8Array,
  signature: Uint8Array,
): boolean {
  const key = publicKeyOf(certificate)
  if (key === undefined) return false
  const options =
    algorithm === 'rsa-pss-sha256'
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
      : { dsaEncoding: algorithm === 'ecdsa-sha256-der' ? ('der' as const) : ('ieee-p1363' as const) }
  try {
    return verify(signingAlgorithms[algorithm].digest, data, { key, ...options }, signature)
  } catch {
    return false
  }
}
