/** What sealed messages may be made of (spec etee §6): data, in one place. */
import { algorithms } from './cms/identifiers.js'

/** Names of the official signing policies. */
export type SigningPolicyName = 'EHEALTH_CERT' | 'EID' | 'WEB_AUTHN'

/** A way to sign. Algorithms are exact, lengths are minima. */
export interface SigningPolicy {
  name: SigningPolicyName
  digest: string
  /** Signature algorithms accepted; the first one is written. */
  signatures: readonly string[]
  /** Least size of the RSA modulus in bits. */
  minimumKeyBits: number
}

export const signingPolicies: { readonly [N in SigningPolicyName]: SigningPolicy } = {
  /** eHealth certificates: RSASSA-PSS. */
  EHEALTH_CERT: {
    name: 'EHEALTH_CERT',
    digest: algorithms.sha256,
    signatures: [algorithms.rsassaPss],
    minimumKeyBits: 2048,
  },
  /** eID cards: RSASSA-PKCS1-v1_5; the oldest cards have keys of 1024 bits. */
  EID: {
    name: 'EID',
    digest: algorithms.sha256,
    signatures: [algorithms.sha256WithRsa, algorithms.rsaEncryption],
    minimumKeyBits: 1024,
  },
  /** A key without certificate, named by its identifier. */
  WEB_AUTHN: {
    name: 'WEB_AUTHN',
    digest: algorithms.sha256,
    signatures: [algorithms.rsassaPss],
    minimumKeyBits: 2048,
  },
}

/** What the platform's software reads and writes; others only where a caller names them. */
export const platformSigningPolicies: readonly SigningPolicyName[] = ['EHEALTH_CERT', 'EID']

/** How content is encrypted and how its key is wrapped. */
export const encryptionPolicy = {
  /** AES-128-CBC, for every kind of recipient. */
  content: algorithms.aes128Cbc,
  contentKeyLength: 16,
  /** KNOWN_RECIPIENT: RSAES-PKCS1-v1_5 for the key of an encryption token. */
  knownRecipient: { algorithm: algorithms.rsaEncryption, minimumKeyBits: 2048 },
  /** UNKNOWN_RECIPIENT: AES-128 key wrap with a secret key, usually from KGSS. */
  unknownRecipient: { algorithm: algorithms.aes128Wrap, keyLength: 16 },
} as const

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
    .map((name) => signingPolicies[name])
    .find(({ signatures }) => signatures.includes(signatureAlgorithm))
}
