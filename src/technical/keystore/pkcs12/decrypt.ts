/** Password-based encryption of PKCS#12 stores, old and new (spec etee §1.2). */
import { createDecipheriv } from 'node:crypto'

import { EHealthError } from '../../../errors.js'
import { objectIdentifier, octets, type Asn1Node } from '../../asn1/index.js'
import {
  derivePbkdf2,
  derivePkcs12,
  iterationCount,
  mostIterations,
  purpose,
  unsupported,
  type Password,
} from './password.js'
import { decryptRc2 } from './rc2.js'

/** Algorithms of RFC 7292 appendix C, all with SHA-1 and an IV of 8 octets. */
const pkcs12Ciphers: Readonly<Record<string, { cipher: 'des-ede3' | 'rc2'; keyLength: number }>> = {
  '1.2.840.113549.1.12.1.3': { cipher: 'des-ede3', keyLength: 24 },
  '1.2.840.113549.1.12.1.4': { cipher: 'des-ede3', keyLength: 16 },
  '1.2.840.113549.1.12.1.5': { cipher: 'rc2', keyLength: 16 },
  '1.2.840.113549.1.12.1.6': { cipher: 'rc2', keyLength: 5 },
}

const pbes2Oid = '1.2.840.113549.1.5.13'

const pbes2Ciphers: Readonly<Record<string, { cipher: string; keyLength: number; ivLength: number }>> = {
  '1.2.840.113549.3.7': { cipher: 'des-ede3-cbc', keyLength: 24, ivLength: 8 },
  '2.16.840.1.101.3.4.1.2': { cipher: 'aes-128-cbc', keyLength: 16, ivLength: 16 },
  '2.16.840.1.101.3.4.1.22': { cipher: 'aes-192-cbc', keyLength: 24, ivLength: 16 },
  '2.16.840.1.101.3.4.1.42': { cipher: 'aes-256-cbc', keyLength: 32, ivLength: 16 },
}

/**
 * Decrypts with the first form of the password that fits.
 *
 * @param algorithm AlgorithmIdentifier
 * @throws EHealthError `keystore.password` when none fits, `keystore.unsupported`
 */
export async function decrypt(
  algorithm: Asn1Node,
  data: Uint8Array,
  forms: readonly Password[],
): Promise<Uint8Array> {
  for (const password of forms) {
    const plain = await decryptWith(algorithm, data, password)
    if (plain !== undefined) return plain
  }
  throw new EHealthError('keystore.password', 'the password opens the store but not every entry of it')
}

async function decryptWith(
  algorithm: Asn1Node,
  data: Uint8Array,
  password: Password,
): Promise<Uint8Array | undefined> {
  const name = objectIdentifier(algorithm.at(0))
  if (name === pbes2Oid) return decryptPbes2(algorithm.at(1), data, password)
  const scheme = pkcs12Ciphers[name]
  if (scheme === undefined) throw unsupported(name)
  const salt = octets(algorithm.at(1).at(0))
  const iterations = iterationCount(algorithm.at(1).at(1), mostIterations.pkcs12)
  const key = derivePkcs12('sha1', purpose.key, password, salt, iterations, scheme.keyLength)
  const iv = derivePkcs12('sha1', purpose.iv, password, salt, iterations, 8)
  if (scheme.cipher === 'rc2') return decryptRc2(key, scheme.keyLength * 8, iv, data)
  // Two-key triple DES is the three-key form with the first key used again.
  const tripleKey = Buffer.concat([key, key]).subarray(0, 24)
  return decipher('des-ede3-cbc', tripleKey, iv, data)
}

async function decryptPbes2(
  parameters: Asn1Node,
  data: Uint8Array,
  password: Password,
): Promise<Uint8Array | undefined> {
  const encryption = parameters.at(1)
  const name = objectIdentifier(encryption.at(0))
  const scheme = pbes2Ciphers[name]
  if (scheme === undefined) throw unsupported(name)
  const iv = octets(encryption.at(1))
  if (iv.length !== scheme.ivLength) throw unsupported(name)
  const key = await derivePbkdf2(parameters.at(0), password, scheme.keyLength)
  return decipher(scheme.cipher, key, iv, data)
}

function decipher(cipher: string, key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array | undefined {
  const open = createDecipheriv(cipher, key, iv)
  try {
    return Buffer.concat([open.update(data), open.final()])
  } catch {
    return undefined
  }
}
