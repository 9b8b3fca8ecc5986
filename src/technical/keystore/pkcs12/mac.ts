/** The integrity check of a PKCS#12 store (RFC 7292 §4, RFC 9579). */
import { createHmac, timingSafeEqual } from 'node:crypto'

import { EHealthError } from '../../../errors.js'
import { objectIdentifier, octets, type Asn1Node } from '../../asn1/index.js'
import {
  derivePbkdf2,
  derivePkcs12,
  hmacDigests,
  iterationCount,
  mostIterations,
  purpose,
  unsupported,
  type Digest,
  type Password,
} from './password.js'

const digests: Readonly<Record<string, Digest>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

const digestLengths: Readonly<Record<Digest, number>> = {
  sha1: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64,
}

const pbmac1Oid = '1.2.840.113549.1.5.14'

/**
 * Checks the MAC before anything of the store is believed or decrypted.
 *
 * @returns the forms of the password, the one that fits first
 * @throws EHealthError `keystore.password` when none fits, `keystore.unsupported`
 */
export async function verifyMac(
  macData: Asn1Node,
  authSafe: Uint8Array,
  forms: readonly Password[],
): Promise<Password[]> {
  const stated = octets(macData.at(0).at(1))
  for (const form of forms) {
    const computed = await computeMac(macData, authSafe, form)
    if (computed.length === stated.length && timingSafeEqual(computed, stated))
      return [form, ...forms.filter((other) => other !== form)]
  }
  throw new EHealthError('keystore.password', 'the password does not open the keystore')
}

async function computeMac(macData: Asn1Node, authSafe: Uint8Array, password: Password): Promise<Uint8Array> {
  const algorithm = macData.at(0).at(0)
  const name = objectIdentifier(algorithm.at(0))
  if (name === pbmac1Oid) {
    const digest = hmacDigests[objectIdentifier(algorithm.at(1).at(1).at(0))]
    if (digest === undefined) throw unsupported('MAC')
    const key = await derivePbkdf2(algorithm.at(1).at(0), password, digestLengths[digest])
    return createHmac(digest, key).update(authSafe).digest()
  }
  const digest = digests[name]
  if (digest === undefined) throw unsupported(name)
  const iterations = iterationCount(macData.children[2], mostIterations.pkcs12)
  return pkcs12Mac(digest, octets(macData.at(1)), iterations, authSafe, password)
}

/** HMAC with the key that the PKCS#12 derivation makes. */
export function pkcs12Mac(
  digest: Digest,
  salt: Uint8Array,
  iterations: number,
  authSafe: Uint8Array,
  password: Password,
): Uint8Array {
  const key = derivePkcs12(digest, purpose.mac, password, salt, iterations, digestLengths[digest])
  return createHmac(digest, key).update(authSafe).digest()
}
