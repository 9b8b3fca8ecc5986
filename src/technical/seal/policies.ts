/** What sealed messages may be made of (spec etee §6): data, in one place. */
import type { SigningAlgorithm } from '../keystore/credential.js'
import { algorithms } from './cms/identifiers.js'

/**
 * Names of signing policies. `ECDSA` is none of the official library, which refuses such messages with five errors; the
 * newer .NET client writes and reads them (spec etee §3.3).
 */
export type SigningPolicyName = 'EHEALTH_CERT' | 'EID' | 'WEB_AUTHN' | 'ECDSA'

/** A way to sign. Algorithms are exact, lengths are minima. */
export interface SigningPolicy {
  name: SigningPolicyName
  keyType: 'rsa' | 'ec'
  /** Object identifier. */
  digest: string
  /** Object identifiers of the signature algorithms accepted. */
  signatures: readonly string[]
  /** Written by `seal`. */
  algorithm: SigningAlgorithm & ('rsa-pss-sha256' | 'rsa-sha256' | 'ecdsa-sha256-der')
  /** Least size of the RSA modulus, or of the field of the curve, in bits. */
  minimumKeyBits: number
}

export const signingPolicies: { readonly [N in SigningPolicyName]: SigningPolicy & { name: N } } = {
  /** eHealth certificates: RSASSA-PSS. */
  EHEALTH_CERT: {
    name: 'EHEALTH_CERT',
    keyType: 'rsa',
    digest: algorithms.sha256,
    signatures: [algorithms.rsassaPss],
    algorithm: 'rsa-pss-sha256',
    minimumKeyBits: 2048,
  },
  /** eID cards: RSASSA-PKCS1-v1_5; the oldest cards have keys of 1024 bits. */
  EID: {
    name: 'EID',
    keyType: 'rsa',
    digest: algorithms.sha256,
    signatures: [algorithms.sha256WithRsa, algorithms.rsaEncryption],
    algorithm: 'rsa-sha256',
    minimumKeyBits: 1024,
  },
  /** A key without certificate, named by its identifier. */
  WEB_AUTHN: {
    name: 'WEB_AUTHN',
    keyType: 'rsa',
    digest: algorithms.sha256,
    signatures: [algorithms.rsassaPss],
    algorithm: 'rsa-pss-sha256',
    minimumKeyBits: 2048,
  },
  /** EC certificates of the newest issuing authority: ECDSA with SHA-256 on P-256 and larger curves. */
  ECDSA: {
    name: 'ECDSA',
    keyType: 'ec',
    digest: algorithms.sha256,
    signatures: [algorithms.ecdsaWithSha256],
    algorithm: 'ecdsa-sha256-der',
    minimumKeyBits: 256,
  },
}

/** What the platform's software reads and writes; others only where a caller names them. */
export const platformSigningPolicies: readonly SigningPolicyName[] = ['EHEALTH_CERT', 'EID']

/** Names of the official encryption policies. */
export type EncryptionPolicyName = 'KNOWN_RECIPIENT' | 'UNKNOWN_RECIPIENT'

/** How content is encrypted and its key wrapped. Algorithms are exact object identifiers, lengths are minima. */
export interface EncryptionPolicy {
  name: EncryptionPolicyName
  /** Wraps the content key. */
  keyAlgorithm: string
  /** Least size of the wrapping key in bits. */
  minimumKeyBits: number
  /** Encrypts the content. */
  contentAlgorithm: string
  /** Octets of the content key. */
  contentKeyLength: number
}

export const encryptionPolicies: { readonly [N in EncryptionPolicyName]: EncryptionPolicy & { name: N } } = {
  /** For the key of an encryption token: RSAES-PKCS1-v1_5, AES-128-CBC. */
  KNOWN_RECIPIENT: {
    name: 'KNOWN_RECIPIENT',
    keyAlgorithm: algorithms.rsaEncryption,
    minimumKeyBits: 2048,
    contentAlgorithm: algorithms.aes128Cbc,
    contentKeyLength: 16,
  },
  /** For a secret key, usually from KGSS: AES-128 key wrap, AES-128-CBC. */
  UNKNOWN_RECIPIENT: {
    name: 'UNKNOWN_RECIPIENT',
    keyAlgorithm: algorithms.aes128Wrap,
    minimumKeyBits: 128,
    contentAlgorithm: algorithms.aes128Cbc,
    contentKeyLength: 16,
  },
}

/** Windows around the signing time in milliseconds (spec etee §4.2, §6.4). */
export const signingTimeLimits = { expiration: 5 * 60_000, clockSkew: 5 * 60_000 } as const

/** The policy that a signature is judged by: by its algorithm alone, as the official reader does (§4.1 step 2). */
export function detectPolicy(
  signatureAlgorithm: string,
  byKeyIdentifier: boolean,
  accepted: readonly SigningPolicyName[],
): SigningPolicy | undefined {
  if (byKeyIdentifier) return signingPolicies.WEB_AUTHN
  return accepted
    .filter((name) => name !== 'WEB_AUTHN')
    .map((name): SigningPolicy => signingPolicies[name])
    .find(({ signatures }) => signatures.includes(signatureAlgorithm))
}
