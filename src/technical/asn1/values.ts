/** Values of simple ASN.1 types. */
import { Asn1Error } from './header.js'
import { tags, type Asn1Node } from './read.js'

/** The node itself when it has this universal tag. */
export function expect(node: Asn1Node, tag: number): Asn1Node {
  if (!node.is(tag)) throw new Asn1Error(`unexpected tag ${node.tag} of class ${node.tagClass}`)
  return node
}

function expectTag(node: Asn1Node, tag: number, name: string): void {
  if (!node.is(tag)) throw new Asn1Error(`expected ${name}`)
}

/** The octets of an OCTET STRING, primitive or constructed to any depth. Copies only when there are several chunks. */
export function octets(node: Asn1Node): Uint8Array {
  if (!node.constructed) return node.content
  const chunks = [...octetChunks(node)]
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
}

/** The primitive chunks of an OCTET STRING (or of an IMPLICIT tagged one), in order. */
export function* octetChunks(node: Asn1Node): Generator<Uint8Array> {
  if (!node.constructed) {
    yield node.content
    return
  }
  for (const child of node.children) {
    expectTag(child, tags.octetString, 'OCTET STRING')
    yield* octetChunks(child)
  }
}

/** Serial numbers have 20 octets at most (RFC 5280 §4.1.2.2); writing one of a megabyte in decimal takes minutes. */
const maxIntegerOctets = 128

/** Value of an INTEGER of at most 128 octets. */
export function integer(node: Asn1Node): bigint {
  expectTag(node, tags.integer, 'INTEGER')
  return numberIn(node)
}

/** Value of an ENUMERATED of at most 128 octets. */
export function enumerated(node: Asn1Node): bigint {
  expectTag(node, tags.enumerated, 'ENUMERATED')
  return numberIn(node)
}

function numberIn(node: Asn1Node): bigint {
  if (node.content.length > maxIntegerOctets) throw new Asn1Error('INTEGER too long')
  return signedBigInt(node.content)
}

/** Two's complement big-endian octets as a bigint. */
export function signedBigInt(content: Uint8Array): bigint {
  if (content.length === 0) throw new Asn1Error('empty INTEGER')
  const unsigned = BigInt('0x' + Buffer.from(content).toString('hex'))
  return content[0]! >= 0x80 ? unsigned - (1n << BigInt(content.length * 8)) : unsigned
}

const maxOidOctets = 128

/** Dotted form of an OBJECT IDENTIFIER. */
export function objectIdentifier(node: Asn1Node): string {
  expectTag(node, tags.oid, 'OBJECT IDENTIFIER')
  // Arcs are bigints: an identifier without a limit would cost the square of its length.
  if (node.content.length > maxOidOctets) throw new Asn1Error('OBJECT IDENTIFIER too long')
  const { content } = node
  const last = content[content.length - 1]
  if (last === undefined || (last & 0x80) !== 0) throw new Asn1Error('broken OBJECT IDENTIFIER')
  let dotted = ''
  for (let start = 0; start < content.length;) {
    if (content[start] === 0x80) throw new Asn1Error('broken OBJECT IDENTIFIER')
    let end = start
    while ((content[end]! & 0x80) !== 0) end += 1
    const arc = arcOf(content, start, ++end)
    if (start > 0) dotted += `.${arc}`
    else {
      const first = arc < 40 ? 0 : arc < 80 ? 1 : 2
      dotted = `${first}.${typeof arc === 'bigint' ? arc - BigInt(first * 40) : arc - first * 40}`
    }
    start = end
  }
  return dotted
}

/** One arc, seven bits an octet; a big integer only where seven octets may not be enough for a number. */
function arcOf(content: Uint8Array, start: number, end: number): number | bigint {
  if (end - start <= 7) {
    let arc = 0
    for (let i = start; i < end; i++) arc = arc * 128 + (content[i]! & 0x7f)
    return arc
  }
  let arc = 0n
  for (let i = start; i < end; i++) arc = (arc << 7n) | BigInt(content[i]! & 0x7f)
  return arc
}

/** Value of a BOOLEAN. */
export function boolean(node: Asn1Node): boolean {
  expectTag(node, tags.boolean, 'BOOLEAN')
  if (node.content.length !== 1) throw new Asn1Error('broken BOOLEAN')
  return node.content[0] !== 0
}

/** Octets of a BIT STRING without the count of unused bits. */
export function bits(node: Asn1Node): { unused: number; bytes: Uint8Array } {
  expectTag(node, tags.bitString, 'BIT STRING')
  const unused = node.content[0]
  if (unused === undefined || unused > 7 || node.constructed) throw new Asn1Error('broken BIT STRING')
  return { unused, bytes: node.content.subarray(1) }
}

/** Text of any of the string types. */
export function text(node: Asn1Node): string {
  // the content of a constructed one are further values, not characters
  if (node.constructed) throw new Asn1Error('character string in pieces')
  const bytes = Buffer.from(node.content)
  switch (node.tagClass === 0 ? node.tag : -1) {
    case tags.utf8String:
      return bytes.toString('utf8')
    case tags.printableString:
    case tags.ia5String:
    case tags.teletexString:
    case 18: // NumericString
    case 26: // VisibleString
      return bytes.toString('latin1')
    case tags.bmpString:
      if (bytes.length % 2 !== 0) throw new Asn1Error('broken BMPString')
      return Buffer.from(bytes).swap16().toString('utf16le')
    default:
      throw new Asn1Error('expected a character string')
  }
}

const timePattern = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:\.(\d{1,9}))?(Z|[+-]\d{4})$/

/** Instant of a UTCTime or GeneralizedTime. */
export function time(node: Asn1Node): Date {
  const utc = node.is(tags.utcTime)
  if (!utc && !node.is(tags.generalizedTime)) throw new Asn1Error('expected a time')
  const match = timePattern.exec(Buffer.from(node.content).toString('latin1'))
  if (match === null || match[1]!.length !== (utc ? 2 : 4)) throw new Asn1Error('broken time')
  const year = utc ? Number(match[1]) + (Number(match[1]) < 50 ? 2000 : 1900) : Number(match[1])
  const millis = match[7] === undefined ? 0 : Math.trunc(Number(`0.${match[7]}`) * 1000)
  const [month, day, hour, minute, second] = [2, 3, 4, 5, 6].map((part) => Number(match[part] ?? 0))
  const at = new Date(0)
  // Not Date.UTC, which takes the years 0 to 99 for 1900 to 1999.
  at.setUTCFullYear(year, month! - 1, day)
  // Day 31 of a shorter month, month 13 and their like would roll over into another instant.
  if (
    at.getUTCMonth() !== month! - 1 ||
    at.getUTCDate() !== day ||
    hour! > 23 ||
    minute! > 59 ||
    second! > 59
  )
    throw new Asn1Error('broken time')
  at.setUTCHours(hour!, minute, second, millis)
  const zone = match[8]!
  const offset =
    zone === 'Z'
      ? 0
      : (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5)))
  return new Date(at.getTime() - offset * 60_000)
}
