/**
 * RSAES-PKCS1-v1_5 decryption of keys with implicit rejection (RFC 8017 §7.2.2, draft-irtf-cfrg-rsa-guidance).
 *
 * Node refuses PKCS#1 v1.5 decryption in its own right on some releases and answers a broken padding with an error on
 * others; both make a Bleichenbacher oracle of whoever reports it. Here a broken padding gives octets that only the
 * owner of the key can tell from a real content key, and they are the same for the same ciphertext.
 */
import { constants, createHash, createHmac, privateDecrypt, type KeyObject } from 'node:crypto'

/** Least number of padding octets (RFC 8017 §7.2.1). */
const leastPadding = 8

/** The secret that replacement octets are derived from; belongs to one key, never leaves this process. */
export function rejectionSecret(privateKey: KeyObject): Uint8Array {
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' })
  const secret = createHash('sha256').update('implicit rejection').update(pkcs8).digest()
  pkcs8.fill(0)
  return secret
}

/** Unwraps a content key of `length` octets; never throws for what is inside the ciphertext. */
export function unwrapRsa(
  privateKey: KeyObject,
  secret: Uint8Array,
  encryptedKey: Uint8Array,
  length: number,
): Uint8Array {
  const replacement = replacementKey(secret, encryptedKey, length)
  return unpadKey(rawDecrypt(privateKey, encryptedKey), replacement, length)
}

/**
 * The key in what the RSA operation gave, or the replacement. The octets are overwritten.
 *
 * @param encoded As long as the modulus; `undefined` for a ciphertext that is no number below it, which everybody can see.
 */
export function unpadKey(
  encoded: Uint8Array | undefined,
  replacement: Uint8Array,
  length: number,
): Uint8Array {
  if (encoded === undefined) return replacement
  const start = encoded.length - length
  if (start < leastPadding + 3) return replacement
  // From here on no branch and no index depends on the decrypted octets.
  let fault = encoded[0]! | (encoded[1]! ^ 2) | encoded[start - 1]!
  for (let i = 2; i < start - 1; i++) fault |= isZero(encoded[i]!)
  const mask = isZero(fault) * 0xff
  const key = new Uint8Array(length)
  for (let i = 0; i < length; i++) key[i] = (encoded[start + i]! & mask) | (replacement[i]! & ~mask)
  encoded.fill(0)
  return key
}

/** What somebody else unpadded, when it is a key of the right length; else the replacement. */
export function selectKey(opened: Uint8Array | undefined, replacement: Uint8Array): Uint8Array {
  return opened?.length === replacement.length ? new Uint8Array(opened) : replacement
}

/** 1 for 0 and 0 for 1 to 255, without a branch. */
const isZero = (octet: number): number => ((octet - 1) >>> 31) & 1

/** The RSA operation alone; `undefined` for what is no number below the modulus, which everybody can see. */
function rawDecrypt(privateKey: KeyObject, encryptedKey: Uint8Array): Uint8Array | undefined {
  try {
    return privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, encryptedKey)
  } catch {
    return undefined
  }
}

/** Octets that stand in for a key whose padding is broken: the same for the same ciphertext. */
export function replacementKey(secret: Uint8Array, encryptedKey: Uint8Array, length: number): Uint8Array {
  const seed = createHmac('sha256', secret).update(encryptedKey).digest()
  const blocks: Uint8Array[] = []
  for (let i = 0; i * 32 < length; i++)
    blocks.push(createHmac('sha256', seed).update(`message ${i} of ${length}`).digest())
  return Buffer.concat(blocks).subarray(0, length)
}
