/** AES key wrap (RFC 3394): wraps the content key with a secret key. */
import { createCipheriv, createDecipheriv } from 'node:crypto'

const initialValue = Buffer.alloc(8, 0xa6)

/** Wraps `key` with a secret key of 16 octets; the result is 8 octets longer. */
export function wrapKey(secretKey: Uint8Array, key: Uint8Array): Uint8Array {
  const cipher = createCipheriv('id-aes128-wrap', secretKey, initialValue)
  return Buffer.concat([cipher.update(key), cipher.final()])
}

/** Unwraps with a secret key of 16 octets; `undefined` when this is not the key (the wrap carries its own check). */
export function unwrapKey(secretKey: Uint8Array, wrapped: Uint8Array): Uint8Array | undefined {
  try {
    const decipher = createDecipheriv('id-aes128-wrap', secretKey, initialValue)
    return Buffer.concat([decipher.update(wrapped), decipher.final()])
  } catch {
    return undefined
  }
}
