/** From octets to characters, before any markup is looked at (XML 1.0 appendix F, RFC 7303 §3). */
import { EHealthError } from '../../errors.js'

/** Encodings that are read; everything else is refused. The platform itself writes UTF-8. */
const decoders: Readonly<Record<string, (bytes: Uint8Array) => string>> = {
  'utf-8': strictly('utf-8'),
  utf8: strictly('utf-8'),
  'utf-16': (bytes) => strictly(bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-16le')(bytes),
  'utf-16le': strictly('utf-16le'),
  'utf-16be': strictly('utf-16be'),
  'us-ascii': ascii,
  ascii,
  // not TextDecoder, whose iso-8859-1 is windows-1252
  'iso-8859-1': (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'),
  'iso-8859-15': strictly('iso-8859-15'),
}

function strictly(label: string): (bytes: Uint8Array) => string {
  return (bytes) => new TextDecoder(label, { fatal: true }).decode(bytes)
}

function ascii(bytes: Uint8Array): string {
  if (bytes.some((byte) => byte > 0x7f)) throw new TypeError('octet above 7F in US-ASCII')
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

/**
 * Decodes a document. `encoding` (the charset parameter of the HTTP answer) decides; without it a byte order mark,
 * then the XML declaration, then UTF-8. A byte order mark is dropped. Invalid octets are never replaced.
 *
 * @throws EHealthError `xml.malformed`
 */
export function decodeXml(bytes: Uint8Array, encoding?: string): string {
  const name = (encoding ?? markedEncoding(bytes) ?? declaredEncoding(bytes) ?? 'utf-8').toLowerCase()
  const decoder = Object.hasOwn(decoders, name) ? decoders[name] : undefined
  if (decoder === undefined) throw new EHealthError('xml.malformed', 'the document has an unknown encoding')
  try {
    return decoder(bytes)
  } catch (cause) {
    throw new EHealthError('xml.malformed', `the octets are not ${name}`, { cause })
  }
}

function markedEncoding(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if ((bytes[0] === 0xfe && bytes[1] === 0xff) || (bytes[0] === 0xff && bytes[1] === 0xfe)) return 'utf-16'
  return undefined
}

/** What the XML declaration says; it can only be read like this where ASCII is a part of the encoding. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1')
  return /^<\?xml\s[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(head)?.[1]
}
