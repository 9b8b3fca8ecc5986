/** Writing DER (X.690 §10). Every function returns the complete tag-length-value. */

/** Length octets in DER. */
export function lengthOctets(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  const octets: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  return Uint8Array.of(0x80 | octets.length, ...octets)
}

/** A tag-length-value with this identifier octet. */
export function tlv(identifier: number, ...content: Uint8Array[]): Uint8Array {
  const length = content.reduce((sum, part) => sum + part.length, 0)
  return Buffer.concat([Uint8Array.of(identifier), lengthOctets(length), ...content])
}

export const sequence = (...parts: Uint8Array[]): Uint8Array => tlv(0x30, ...parts)

/** SET OF: the elements in the order of their encodings. */
export const setOf = (...parts: Uint8Array[]): Uint8Array =>
  tlv(0x31, ...[...parts].sort((a, b) => Buffer.compare(a, b)))

export const nullValue = (): Uint8Array => Uint8Array.of(5, 0)

export const boolean = (value: boolean): Uint8Array => Uint8Array.of(1, 1, value ? 0xff : 0)

/** INTEGER in the least number of octets. */
export function integer(value: bigint | number): Uint8Array {
  let rest = BigInt(value)
  const octets: number[] = []
  do {
    octets.unshift(Number(rest & 0xffn))
    rest >>= 8n
  } while (!((rest === 0n && octets[0]! < 0x80) || (rest === -1n && octets[0]! >= 0x80)))
  return tlv(2, Uint8Array.from(octets))
}

export const octetString = (bytes: Uint8Array): Uint8Array => tlv(4, bytes)

export const bitString = (bytes: Uint8Array, unused = 0): Uint8Array => tlv(3, Uint8Array.of(unused), bytes)

/** OBJECT IDENTIFIER from its dotted form. */
export function objectIdentifier(dotted: string): Uint8Array {
  const [first, second, ...rest] = dotted.split('.').map(BigInt)
  const arcs = [first! * 40n + second!, ...rest]
  const octets = arcs.flatMap((arc) => {
    const groups = [Number(arc & 0x7fn)]
    for (let more = arc >> 7n; more > 0n; more >>= 7n) groups.unshift(Number(more & 0x7fn) | 0x80)
    return groups
  })
  return tlv(6, Uint8Array.from(octets))
}

export const utf8String = (value: string): Uint8Array => tlv(12, Buffer.from(value, 'utf8'))

export const printableString = (value: string): Uint8Array => tlv(19, Buffer.from(value, 'latin1'))

export const ia5String = (value: string): Uint8Array => tlv(22, Buffer.from(value, 'latin1'))

export const bmpString = (value: string): Uint8Array => tlv(30, Buffer.from(value, 'utf16le').swap16())

const compact = (at: Date): string => at.toISOString().replace(/[-:T]|\.\d+/g, '')

export const generalizedTime = (at: Date): Uint8Array => tlv(24, Buffer.from(compact(at), 'latin1'))

/** UTCTime until 2049, GeneralizedTime after (RFC 5280 §4.1.2.5, RFC 5652 §11.3). */
export const time = (at: Date): Uint8Array =>
  at.getUTCFullYear() >= 1950 && at.getUTCFullYear() < 2050
    ? tlv(23, Buffer.from(compact(at).slice(2), 'latin1'))
    : generalizedTime(at)

/** `[n] EXPLICIT`. */
export const explicit = (n: number, ...content: Uint8Array[]): Uint8Array => tlv(0xa0 | n, ...content)

/** `[n] IMPLICIT` of a constructed type: give the content without the replaced tag. */
export const implicitConstructed = explicit

/** `[n] IMPLICIT` of a primitive type: give the content octets. */
export const implicitPrimitive = (n: number, content: Uint8Array): Uint8Array => tlv(0x80 | n, content)
