/** What whoever starts a simulator may decide about its time stamps. */

/** Options of the simulated time stamp services. */
export interface TimestampServiceOptions {
  /**
   * Identifiers of hospitals and the certificates that they belong to: `{ tsa_0999000129_01: { type: 'NIHII-HOSPITAL', value:
   * '71997358' } }`. Whoever has none is `tsa_<CBE or number of the certificate>_01` (inferred).
   */
  hospitals?: Readonly<Record<string, { readonly type: string; readonly value: string }>>
  /** The signed attribute that names the certificate: `v1`, as real tokens have it (SHA-1, leaf and CA), or `v2`. */
  signingCertificate?: 'v1' | 'v2'
}

const names: Record<keyof TimestampServiceOptions, true> = { hospitals: true, signingCertificate: true }

export const timestampOptionNames = Object.keys(names) as readonly (keyof TimestampServiceOptions)[]
