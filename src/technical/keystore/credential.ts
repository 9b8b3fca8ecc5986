/** Private keys behind a narrow door, so that a smart card or an HSM can stand in for a file (design §6). */
import type { Certificate } from '../pki/certificate.js'

/** Signature algorithms that the platform's protocols use. */
export type SigningAlgorithm =
  /** RSASSA-PKCS1-v1_5 with SHA-256: WS-Security, XML signatures, CMS of eID. */
  | 'rsa-sha256'
  /** RSASSA-PKCS1-v1_5 with SHA-1: legacy STS contract only. */
  | 'rsa-sha1'
  /** RSASSA-PSS with SHA-256, MGF1 SHA-256, salt of 32 octets: sealed messages. */
  | 'rsa-pss-sha256'
  /** ECDSA with SHA-256, signature as r‖s (IEEE P1363): XML signatures. */
  | 'ecdsa-sha256'
  /** ECDSA with SHA-256, signature in DER: CMS. */
  | 'ecdsa-sha256-der'
  /** RSASSA-PKCS1-v1_5 with SHA-384 or SHA-512: XML signatures whose receiver asks for it. */
  | 'rsa-sha384'
  | 'rsa-sha512'
  /** ECDSA with SHA-384 or SHA-512, signature as r‖s: XML signatures, as P-384 and P-521 have it. */
  | 'ecdsa-sha384'
  | 'ecdsa-sha512'

/** A certificate with the ability to sign for it. The key itself is not reachable. */
export interface Credential {
  readonly certificate: Certificate
  /** Issuing authorities up to the root, without `certificate`; may be empty. */
  readonly chain: readonly Certificate[]
  readonly keyType: 'rsa' | 'ec'
  /** Signs `data` (not its digest). */
  sign(algorithm: SigningAlgorithm, data: Uint8Array): Promise<Uint8Array>
}

/** A private key that opens what was encrypted for its certificate. */
export interface DecryptionKey {
  readonly certificate: Certificate
  readonly keyType: 'rsa' | 'ec'
  /**
   * Unwraps a content key encrypted with RSAES-PKCS1-v1_5 (RFC 8017 §7.2.2).
   *
   * A broken padding never shows: it gives `length` pseudo-random octets that depend on the ciphertext (implicit
   * rejection), so that nobody learns from an error what was inside.
   */
  unwrapKey(encryptedKey: Uint8Array, length: number): Promise<Uint8Array>
}
