/** Verifying signatures over octets with the algorithms that structures name (RFC 4055, RFC 5754, RFC 5758). */
import { constants, verify, type KeyObject } from 'node:crypto'

import { Asn1Error, bits, integer, type Asn1Node } from '../asn1/index.js'
import {
  readAlgorithm,
  readDigestAlgorithm,
  signatureOids as algorithms,
  type AlgorithmIdentifier,
} from './algorithms.js'

/** Digests by their `node:crypto` names. */
export type DigestName = 'sha1' | 'sha256' | 'sha384' | 'sha512'

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

/** How to verify; `saltLength` for RSASSA-PSS only. `undefined` where algorithm, digest and key do not belong together. */
export function schemeOf(
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
export function publicKeyOf(certificate: { readonly publicKey: KeyObject }): KeyObject | undefined {
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

/** The octets of a signature in a BIT STRING, all of whose bits count. @throws Asn1Error */
export function wholeOctets(node: Asn1Node): Uint8Array {
  const { unused, bytes } = bits(node)
  if (unused !== 0) throw new Asn1Error('a signature with unused bits')
  return bytes
}

/** The digest that a signature algorithm names by itself (or, for PSS, in its parameters); `undefined` for an unknown one. */
export const digestOf = (algorithm: AlgorithmIdentifier): string | undefined =>
  algorithm.oid === algorithms.rsassaPss ? pssDigest(algorithm) : signatures.get(algorithm.oid)?.digest

/** The same, but not for SHA-1, with which nobody signs certificates, lists and answers of today. */
export function strongDigestOf(algorithm: AlgorithmIdentifier): string | undefined {
  const digest = digestOf(algorithm)
  return digest === 'sha1' ? undefined : digest
}

function pssDigest(algorithm: AlgorithmIdentifier): string | undefined {
  const hash = algorithm.parameters?.children.find((field) => field.isContext(0))
  return hash === undefined ? undefined : digestName(readDigestAlgorithm(hash.at(0)).oid)
}
