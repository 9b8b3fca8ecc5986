/** RC2 in CBC mode, which the platform's older stores protect certificates with; OpenSSL 3 no longer offers it. */

/** The part of node-forge's RC2 that is used; the package has no types for the file alone. */
interface Rc2 {
  createDecryptionCipher(
    key: string,
    bits: number,
  ): {
    start(iv: string): void
    update(input: { getBytes(): string }): void
    finish(): boolean
    output: { getBytes(): string }
  }
}

/**
 * Decrypts, and takes the padding away. Loaded when first needed: most processes never see an old store.
 *
 * @param bits effective key bits
 * @returns `undefined` when the padding is broken
 */
export async function decryptRc2(
  key: Uint8Array,
  bits: number,
  iv: Uint8Array,
  data: Uint8Array,
): Promise<Uint8Array | undefined> {
  const forge = (await import('node-forge')).default
  const rc2: Rc2 = forge.rc2
  const cipher = rc2.createDecryptionCipher(binary(key), bits)
  cipher.start(binary(iv))
  cipher.update(forge.util.createBuffer(binary(data)))
  return cipher.finish() ? Buffer.from(cipher.output.getBytes(), 'latin1') : undefined
}

const binary = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
