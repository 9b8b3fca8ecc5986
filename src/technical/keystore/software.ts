/** Credentials and decryption keys whose private key is in memory. The key lives in a closure: nothing shows it. */
import { createPublicKey, sign as signWithKey, constants, type KeyObject } from 'node:crypto'

import { EHealthError } from '../../errors.js'
import type { Certificate } from '../pki/certificate.js'
import { signingAlgorithms } from './algorithms.js'
import type { Credential, DecryptionKey, SigningAlgorithm } from './credential.js'
import { concealed } from './concealed.js'
import { rejectionSecret, unwrapRsa } from './unwrapRsa.js'

/** Options of {@link softwareCredential}. */
export interface SoftwareCredentialOptions {
  certificate: Certificate
  /** Issuing authorities up to the root. Default none. */
  chain?: readonly Certificate[]
  privateKey: KeyObject
}

/** Options of {@link softwareDecryptionKey}. */
export interface SoftwareDecryptionKeyOptions {
  certificate: Certificate
  privateKey: KeyObject
}

/**
 * A credential from a private key of `node:crypto`.
 *
 * @throws EHealthError `keystore.mismatch` when the key is not the certificate's, `keystore.unsupported` when it is
 * neither RSA nor EC. `sign` throws `keystore.unsupported` for an algorithm of the other kind of key.
 *
 * @example
 * ```ts
 * import { createPrivateKey } from 'node:crypto'
 * import { softwareCredential } from 'ehealth-connectors/keystore'
 *
 * const credential = softwareCredential({ certificate, chain: [], privateKey: createPrivateKey(pem) })
 * const signature = await credential.sign('rsa-sha256', bytes)
 * ```
 */
export function softwareCredential(options: SoftwareCredentialOptions): Credential {
  const { certificate, chain = [], privateKey } = options
  const keyType = keyTypeOf(certificate, privateKey)
  return concealed('Credential', {
    certificate,
    chain: Object.freeze([...chain]),
    keyType,
    sign: async (algorithm: SigningAlgorithm, data: Uint8Array) => {
      const scheme = Object.hasOwn(signingAlgorithms, algorithm) ? signingAlgorithms[algorithm] : undefined
      if (scheme?.keyType !== keyType)
        throw new EHealthError('keystore.unsupported', `a key of type ${keyType} does not sign ${algorithm}`)
      return signData(scheme.digest, data, { key: privateKey, ...optionsOf(algorithm) })
    },
  })
}

/**
 * A decryption key from a private key of `node:crypto`.
 *
 * @throws EHealthError `keystore.mismatch`, `keystore.unsupported`. `unwrapKey` throws `keystore.unsupported` for EC
 * keys, for which the platform has no message format.
 */
export function softwareDecryptionKey(options: SoftwareDecryptionKeyOptions): DecryptionKey {
  const { certificate, privateKey } = options
  const keyType = keyTypeOf(certificate, privateKey)
  let secret: Uint8Array | undefined
  return concealed('DecryptionKey', {
    certificate,
    keyType,
    unwrapKey: async (encryptedKey: Uint8Array, length: number) => {
      if (keyType !== 'rsa')
        throw new EHealthError('keystore.unsupported', 'no message format is known for EC encryption keys')
      secret ??= rejectionSecret(privateKey)
      return unwrapRsa(privateKey, secret, encryptedKey, length)
    },
  })
}

type SchemeOptions = { padding?: number; saltLength?: number; dsaEncoding?: 'der' | 'ieee-p1363' }

function optionsOf(algorithm: SigningAlgorithm): SchemeOptions {
  if (algorithm === 'rsa-pss-sha256') return { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
  if (signingAlgorithms[algorithm].keyType === 'rsa') return { padding: constants.RSA_PKCS1_PADDING }
  return { dsaEncoding: algorithm === 'ecdsa-sha256-der' ? 'der' : 'ieee-p1363' }
}

/** Signs in the thread pool: an RSA signature takes about a millisecond. */
function signData(
  digest: string,
  data: Uint8Array,
  key: Parameters<typeof signWithKey>[2],
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    signWithKey(digest, data, key, (error, signature) => {
      if (error === null) resolve(signature)
      else reject(error)
    })
  })
}

function keyTypeOf(certificate: Certificate, privateKey: KeyObject): 'rsa' | 'ec' {
  const type = privateKey.asymmetricKeyType
  if (type !== 'rsa' && type !== 'ec')
    throw new EHealthError('keystore.unsupported', 'the private key is neither RSA nor EC')
  if (!belongsTo(privateKey, certificate))
    throw new EHealthError('keystore.mismatch', 'the private key is not the one of the certificate')
  return type
}

/** True when the public halves are the same; false also for a certificate whose key cannot be read. */
export function belongsTo(privateKey: KeyObject, certificate: Certificate): boolean {
  try {
    // Not KeyObject.equals: for keys of different kinds it leaves an error in OpenSSL's queue (Node.js 20), on which the
    // next key that is read then fails.
    return Buffer.compare(spkiOf(createPublicKey(privateKey)), spkiOf(certificate.publicKey)) === 0
  } catch (error) {
    if (error instanceof EHealthError) return false
    throw error
  }
}

const spkiOf = (key: KeyObject): Uint8Array => key.export({ type: 'spki', format: 'der' })
