import { readFileSync } from 'node:fs'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  Asn1Error,
  bits,
  boolean,
  der,
  integer,
  objectIdentifier,
  octets,
  readAsn1,
  text,
  time,
  type Asn1Node,
} from '../../../src/technical/asn1/index.js'

const ber = readFileSync(new URL('../../../fixtures/keystores/recipient-b-ber.p12', import.meta.url))

/** Reads everything that can be read. */
function walk(node: Asn1Node): number {
  return node.constructed ? node.children.reduce((sum, child) => sum + walk(child), 1) : 1
}

/** True when reading works, false when it fails as it should. */
function reads(bytes: Uint8Array, read: (node: Asn1Node) => unknown = walk): boolean {
  try {
    read(readAsn1(bytes))
    return true
  } catch (error) {
    if (error instanceof Asn1Error) return false
    throw error
  }
}

const octetsOf = (): fc.Arbitrary<Uint8Array> => fc.uint8Array({ maxLength: 300 })

describe('what the writer writes, the reader reads', () => {
  it('integers', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(1n << 200n), max: 1n << 200n }), (value) => {
        expect(integer(readAsn1(der.integer(value)))).toBe(value)
      }),
    )
  })

  it('octet strings and bit strings', () => {
    fc.assert(
      fc.property(octetsOf(), fc.integer({ min: 0, max: 7 }), (bytes, unused) => {
        expect(Buffer.from(octets(readAsn1(der.octetString(bytes))))).toEqual(Buffer.from(bytes))
        const read = bits(readAsn1(der.bitString(bytes, unused)))
        expect(read.unused).toBe(unused)
        expect(Buffer.from(read.bytes)).toEqual(Buffer.from(bytes))
      }),
    )
  })

  it('object identifiers', () => {
    const arc = fc.bigInt({ min: 0n, max: 1n << 64n })
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 }),
        fc.integer({ min: 0, max: 39 }),
        fc.array(arc),
        (a, b, rest) => {
          const dotted = [a, b, ...rest].join('.')
          const bytes = der.objectIdentifier(dotted)
          fc.pre(bytes.length < 120)
          expect(objectIdentifier(readAsn1(bytes))).toBe(dotted)
        },
      ),
    )
  })

  it('texts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        expect(text(readAsn1(der.utf8String(value)))).toBe(value)
      }),
    )
    for (const value of ['', 'authentication', 'Éléonore ☂'])
      expect(text(readAsn1(der.bmpString(value)))).toBe(value)
  })

  it('instants of any century, to the second', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2_000_000_000, max: 10_000_000_000 }), (seconds) => {
        const at = new Date(seconds * 1000)
        expect(time(readAsn1(der.time(at)))).toEqual(at)
        expect(time(readAsn1(der.generalizedTime(at)))).toEqual(at)
      }),
    )
  })

  it('nested values, with the very bytes of every part', () => {
    fc.assert(
      fc.property(fc.array(octetsOf(), { maxLength: 5 }), (parts) => {
        const encoded = parts.map((part) => der.explicit(3, der.sequence(der.octetString(part))))
        const node = readAsn1(der.sequence(...encoded))
        expect(node.children.map((child) => Buffer.from(child.raw))).toEqual(
          encoded.map((e) => Buffer.from(e)),
        )
        expect(node.children.every((child) => child.isContext(3))).toBe(true)
      }),
    )
  })

  it('sets in the order of their encodings', () => {
    const set = der.setOf(der.integer(300), der.integer(2), der.integer(1))
    expect(readAsn1(set).children.map(integer)).toEqual([1n, 2n, 300n])
  })
})

describe('BER beyond DER', () => {
  it('indefinite lengths and strings in pieces', () => {
    const pieces = Buffer.from('2480' + '0402aabb' + '2403' + '0401cc' + '0000', 'hex')
    expect(Buffer.from(octets(readAsn1(pieces))).toString('hex')).toBe('aabbcc')
  })

  it('lengths in more octets than needed, up to six', () => {
    expect(reads(Buffer.from('04860000000000010a', 'hex'))).toBe(true)
    expect(reads(Buffer.from('0487000000000000010a', 'hex'))).toBe(false)
  })

  it('a constructed string holds nothing but strings', () => {
    expect(reads(Buffer.from('2403020101', 'hex'), octets)).toBe(false)
  })

  it('an indefinite length needs a constructed value and an end', () => {
    expect(reads(Buffer.from('048000000000', 'hex'))).toBe(false)
    expect(reads(Buffer.from('3080020101', 'hex'))).toBe(false)
    expect(reads(Buffer.from('308002010100', 'hex'))).toBe(false)
    expect(reads(Buffer.from('30800201010000', 'hex'))).toBe(true)
  })
})

describe('hostile bytes', () => {
  it('a file cut anywhere is refused with the error of the reader', () => {
    expect(reads(ber)).toBe(true)
    for (let length = 0; length < ber.length; length += length < 200 ? 1 : 37)
      expect(reads(ber.subarray(0, length))).toBe(false)
  })

  it('a file with any octet changed throws nothing else', () => {
    const seen = { read: 0, refused: 0 }
    for (let i = 0; i < ber.length; i += 11) {
      const changed = Buffer.from(ber)
      changed[i] = changed[i]! ^ 0xff
      seen[reads(changed) ? 'read' : 'refused'] += 1
    }
    expect(seen.refused).toBeGreaterThan(0)
  })

  it('random bytes throw nothing else, whatever is read from them', () => {
    const readers = [walk, octets, integer, objectIdentifier, boolean, bits, text, time]
    fc.assert(
      fc.property(octetsOf(), fc.constantFrom(...readers), (bytes, reader) => {
        reads(bytes, reader)
      }),
      { numRuns: 2000 },
    )
  })

  it('nesting has a limit, in definite and indefinite form', () => {
    const nested = (levels: number): Uint8Array => {
      let value = der.nullValue()
      for (let i = 1; i < levels; i++) value = der.sequence(value)
      return value
    }
    expect(reads(nested(32))).toBe(true)
    expect(reads(nested(33))).toBe(false)
    expect(() => walk(readAsn1(nested(5), { depth: 4 }))).toThrow(Asn1Error)
    expect(reads(Buffer.from('3080'.repeat(100_000), 'hex'))).toBe(false)
  })

  it('a length beyond the end is refused before anything is allocated', () => {
    expect(reads(Buffer.from('0486ffffffffffff', 'hex'))).toBe(false)
    expect(reads(Buffer.from('3084ffffffff0500', 'hex'))).toBe(false)
  })

  it('octets after the value are refused, unless they are expected', () => {
    expect(reads(Buffer.from('050000', 'hex'))).toBe(false)
    expect(readAsn1(Buffer.from('050000', 'hex'), { allowTrailing: true }).raw).toHaveLength(2)
  })

  it('an endless object identifier is refused at once', () => {
    // the square of its length would take minutes, and the test its time-out
    const long = Buffer.concat([Buffer.alloc(4_000_000, 0xff), Buffer.of(1)])
    expect(reads(der.tlv(6, long), objectIdentifier)).toBe(false)
  })

  it('an arc with leading zeros is refused: one identifier, one encoding', () => {
    expect(reads(Buffer.from('06032a8001', 'hex'), objectIdentifier)).toBe(false)
    expect(reads(Buffer.from('06032a8101', 'hex'), objectIdentifier)).toBe(true)
  })

  it.each(['20240230120000Z', '20241301120000Z', '20240101250000Z', '20240101126000Z', '2024010112Z'])(
    'the instant %s does not exist and does not roll over',
    (value) => {
      expect(reads(der.tlv(24, Buffer.from(value)), time)).toBe(false)
    },
  )

  it('instants with a zone or a fraction are read', () => {
    const read = (value: string): string => time(readAsn1(der.tlv(24, Buffer.from(value)))).toISOString()
    expect(read('20240506120000.25Z')).toBe('2024-05-06T12:00:00.250Z')
    expect(read('20240506120000+0200')).toBe('2024-05-06T10:00:00.000Z')
  })

  it('a boolean of no or several octets is refused', () => {
    expect(reads(Buffer.from('0100', 'hex'), boolean)).toBe(false)
    expect(reads(Buffer.from('01020000', 'hex'), boolean)).toBe(false)
  })
})
