/** From characters to octets (UTF-8). */

/**
 * UTF-8 octets of a text. Unlike `Buffer.from`, which reserves three octets for every character of a long text, this
 * takes no more memory than the octets need.
 */
export function encodeUtf8(text: string): Buffer {
  const octets = Buffer.allocUnsafe(Buffer.byteLength(text))
  // text without other characters than ASCII is the usual case, and a plain copy
  if (octets.length === text.length) octets.write(text, 'latin1')
  else octets.write(text, 'utf8')
  return octets
}
