/** The fixed table of algorithms (spec soap-security §2.5): nothing outside it is ever computed. */
import { createHash, verify, type KeyObject } from 'node:crypto'

import { EHealthError } from '../../../errors.js'
import type { SigningAlgorithm } from '../../keystore/credential.js'

/** Namespace of XML Signature. */
export const dsNamespace = 'http://www.w3.org/2000/09/xmldsig#'

/** The enveloped-signature transform. */
export const envelopedTransform = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'

export const digestAlgorithms = {
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
  sha1: 'http://www.w3.org/2000/09/xmldsig#sha1',
} as const

export const signatureAlgorithms = {
  'rsa-sha256': 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'ecdsa-sha256': 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256',
  'rsa-sha1': 'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
  'ecdsa-sha1': 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1',
} as const satisfies Partial<Record<SigningAlgorithm | 'ecdsa-sha1', string>>

/** Name of a hash as `node:crypto` and this table know it. */
export type HashName = keyof typeof digestAlgorithms

const digests = new Map<string, HashName>([
  [digestAlgorithms.sha256, 'sha256'],
  [digestAlgorithms.sha1, 'sha1'],
])

const signatures = new Map<string, { keyType: 'rsa' | 'ec'; hash: HashName }>([
  [signatureAlgorithms['rsa-sha256'], { keyType: 'rsa', hash: 'sha256' }],
  [signatureAlgorithms['ecdsa-sha256'], { keyType: 'ec', hash: 'sha256' }],
  [signatureAlgorithms['rsa-sha1'], { keyType: 'rsa', hash: 'sha1' }],
  [signatureAlgorithms['ecdsa-sha1'], { keyType: 'ec', hash: 'sha1' }],
])

/** What is digested: octets, text for its UTF-8 octets, or several of them one behind the other. */
export type Octets = string | Uint8Array | Iterable<string | Uint8Array>

/** @throws EHealthError `signature.algorithm` */
export function digestNamed(uri: string, allowSha1: boolean): (data: Octets) => Uint8Array {
  const hash = digests.get(uri)
  if (hash === undefined || (hash === 'sha1' && !allowSha1)) throw refused('digest')
  return (data) => {
    const state = createHash(hash)
    if (typeof data === 'string' || data instanceof Uint8Array) return state.update(data).digest()
    for (const piece of data) state.update(piece)
    return state.digest()
  }
}

/**
 * The check of a signature value under a key. The algorithm must be one of the table and fit the kind of the key, so
 * that no message can turn a public key into a shared secret. ECDSA values are r‖s.
 *
 * @throws EHealthError `signature.algorithm`
 */
export function verifierNamed(
  uri: string,
  key: KeyObject,
  allowSha1: boolean,
): (data: string, value: Uint8Array) => boolean {
  const algorithm = signatures.get(uri)
  if (algorithm === undefined || (algorithm.hash === 'sha1' && !allowSha1)) throw refused('signature')
  if (key.type !== 'public' || key.asymmetricKeyType !== algorithm.keyType)
    throw new EHealthError('signature.algorithm', 'the signature algorithm does not fit the key')
  return (data, value) => {
    try {
      return verify(algorithm.hash, Buffer.from(data), { key, dsaEncoding: 'ieee-p1363' }, value)
    } catch {
      // a value of an impossible length or form
      return false
    }
  }
}

function refused(kind: string): EHealthError {
  return new EHealthError('signature.algorithm', `the ${kind} algorithm is not accepted`)
}
