/** Identifier and length octets (X.690 §8.1.2, §8.1.3), the same for readers of memory and of streams. */

/** The input is not ASN.1. Callers turn this into the typed error of what they were reading. */
export class Asn1Error extends Error {
  override readonly name = 'Asn1Error'
}

/** What stands before the content of a value. */
export interface Asn1Header {
  /** 0 universal, 1 application, 2 context-specific, 3 private. */
  readonly tagClass: 0 | 1 | 2 | 3
  readonly tag: number
  readonly constructed: boolean
  /** Number of content octets; `undefined` for the indefinite form, which ends with end-of-contents octets. */
  readonly length: number | undefined
  /** Number of octets of the header itself. */
  readonly size: number
}

/** BOOLEAN, INTEGER, NULL, OBJECT IDENTIFIER, REAL and ENUMERATED have no constructed form (X.690 §8). */
const primitiveOnly = new Set([1, 2, 5, 6, 9, 10])

/**
 * Reads the header at `start`.
 *
 * @returns `undefined` when the octets end before the header does
 * @throws {@link Asn1Error}
 */
export function readHeader(bytes: Uint8Array, start: number): Asn1Header | undefined {
  const identifier = bytes[start]
  if (identifier === undefined) return undefined
  let offset = start + 1
  const tagClass = (identifier >> 6) as 0 | 1 | 2 | 3
  const constructed = (identifier & 0x20) !== 0
  let tag = identifier & 0x1f
  if (tag === 0x1f) {
    tag = 0
    for (let more = true; more;) {
      const next = bytes[offset++]
      if (next === undefined) return undefined
      if (tag > 0xffff) throw new Asn1Error('tag number too large')
      tag = tag * 128 + (next & 0x7f)
      more = (next & 0x80) !== 0
    }
  }
  if (constructed && tagClass === 0 && primitiveOnly.has(tag)) throw new Asn1Error('constructed simple value')
  const first = bytes[offset++]
  if (first === undefined) return undefined
  if (first === 0x80) {
    if (!constructed) throw new Asn1Error('indefinite length of a primitive value')
    return { tagClass, tag, constructed, length: undefined, size: offset - start }
  }
  let length = first
  if (first > 0x80) {
    const count = first & 0x7f
    if (count > 6) throw new Asn1Error('length too large')
    length = 0
    for (let i = 0; i < count; i++) {
      const next = bytes[offset++]
      if (next === undefined) return undefined
      length = length * 256 + next
    }
  }
  return { tagClass, tag, constructed, length, size: offset - start }
}
