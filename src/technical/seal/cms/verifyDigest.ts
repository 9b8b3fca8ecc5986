/**
 * RSA signatures over a digest that is known already (RFC 8017 §8.1.2, §8.2.2).
 *
 * Messages of the first generation sign the content itself, without attributes; when the signature comes, the content
 * has passed by and only its digest is left. `node:crypto` verifies data, not digests, hence the padding is read here.
 */
import { constants, createHash, publicDecrypt, type KeyObject } from 'node:crypto'

import { der } from '../../asn1/index.js'
import { algorithms } from './identifiers.js'

/** RSASSA-PSS with MGF1 of the same digest. A signature or key of another shape gives false. */
export function verifyPssDigest(
  digestName: string,
  digest: Uint8Array,
  saltLength: number,
  key: KeyObject,
  signature: Uint8Array,
): boolean {
  const encoded = rawEncrypt(key, signature)
  const modulusBits = key.asymmetricKeyDetails?.modulusLength ?? 0
  const length = Math.ceil((modulusBits - 1) / 8)
  if (encoded === undefined || encoded.length < length) return false
  // A modulus of one bit above a whole number of octets leaves an octet in front that must be zero.
  const surplus = encoded.subarray(0, encoded.length - length)
  const message = encoded.subarray(encoded.length - length)
  if (surplus.some((octet) => octet !== 0)) return false
  if (length < digest.length + saltLength + 2 || message[length - 1] !== 0xbc) return false
  const maskedLength = length - digest.length - 1
  const expected = message.subarray(maskedLength, length - 1)
  const unusedBits = 8 * length - (modulusBits - 1)
  const block = unmask(message.subarray(0, maskedLength), expected, digestName)
  if (message[0]! >> (8 - unusedBits) !== 0) return false
  block[0]! &= 0xff >> unusedBits
  const saltStart = maskedLength - saltLength
  if (block[saltStart - 1] !== 1 || block.subarray(0, saltStart - 1).some((octet) => octet !== 0))
    return false
  const computed = createHash(digestName)
    .update(new Uint8Array(8))
    .update(digest)
    .update(block.subarray(saltStart))
    .digest()
  return Buffer.compare(computed, expected) === 0
}

/** RSASSA-PKCS1-v1_5: the padding must hold exactly the DigestInfo of this digest, with NULL parameters. */
export function verifyPkcs1Digest(
  digestName: 'sha1' | 'sha256' | 'sha384' | 'sha512',
  digest: Uint8Array,
  key: KeyObject,
  signature: Uint8Array,
): boolean {
  const encoded = rawEncrypt(key, signature)
  if (encoded === undefined) return false
  const algorithm = der.sequence(der.objectIdentifier(algorithms[digestName]), der.nullValue())
  const info = der.sequence(algorithm, der.octetString(digest))
  const padding = encoded.length - info.length - 3
  if (padding < 8) return false
  const expected = Buffer.concat([Uint8Array.of(0, 1), Buffer.alloc(padding, 0xff), Uint8Array.of(0), info])
  return Buffer.compare(encoded, expected) === 0
}

/** The RSA operation alone; `undefined` for what is no signature of this key's size. */
function rawEncrypt(key: KeyObject, signature: Uint8Array): Uint8Array | undefined {
  try {
    return publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature)
  } catch {
    return undefined
  }
}

/** MGF1 (RFC 8017 §B.2.1). */
function unmask(masked: Uint8Array, seed: Uint8Array, digestName: string): Uint8Array {
  const block = Uint8Array.from(masked)
  const counter = Buffer.alloc(4)
  for (let at = 0, i = 0; at < block.length; i++) {
    counter.writeUInt32BE(i)
    const mask = createHash(digestName).update(seed).update(counter).digest()
    for (let j = 0; j < mask.length && at < block.length; j++, at++) block[at]! ^= mask[j]!
  }
  return block
}
