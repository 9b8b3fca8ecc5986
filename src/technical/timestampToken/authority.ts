/** Whoever makes time stamps, as those who need one see it. */

/** Digests that may be stamped, by their `node:crypto` names. */
export type TimestampDigest = 'sha256' | 'sha384' | 'sha512'

/** What is stamped: a digest, never the data (RFC 3161 §2.4.1, messageImprint). */
export interface TimestampImprint {
  readonly algorithm: TimestampDigest
  /** 32, 48 or 64 octets. */
  readonly digest: Uint8Array
}

/** Makes time stamps: the platform's authority, or any other one. What it gives is still to be verified. */
export interface TimestampAuthority {
  /**
   * Stamps a digest.
   *
   * @returns the token of RFC 3161 in DER, or BER where the authority writes it
   */
  stamp(imprint: TimestampImprint, options?: { signal?: AbortSignal }): Promise<Uint8Array>
}
