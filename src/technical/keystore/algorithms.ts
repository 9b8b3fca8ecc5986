/** What the signature algorithms are made of, as data: kind of the key and digest. */
import type { SigningAlgorithm } from './credential.js'

/** A digest by its `node:crypto` name. */
export type SigningDigest = 'sha1' | 'sha256' | 'sha384' | 'sha512'

/** Every algorithm that a credential may be asked for. */
export const signingAlgorithms: Readonly<
  Record<SigningAlgorithm, { readonly keyType: 'rsa' | 'ec'; readonly digest: SigningDigest }>
> = {
  'rsa-sha1': { keyType: 'rsa', digest: 'sha1' },
  'rsa-sha256': { keyType: 'rsa', digest: 'sha256' },
  'rsa-sha384': { keyType: 'rsa', digest: 'sha384' },
  'rsa-sha512': { keyType: 'rsa', digest: 'sha512' },
  'rsa-pss-sha256': { keyType: 'rsa', digest: 'sha256' },
  'ecdsa-sha256': { keyType: 'ec', digest: 'sha256' },
  'ecdsa-sha256-der': { keyType: 'ec', digest: 'sha256' },
  'ecdsa-sha384': { keyType: 'ec', digest: 'sha384' },
  'ecdsa-sha512': { keyType: 'ec', digest: 'sha512' },
}
