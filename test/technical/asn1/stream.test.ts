import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { Asn1Error, Asn1Stream, der, octets, readAsn1 } from '../../../src/technical/asn1/index.js'

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const streamOf = (bytes: Uint8Array, size = bytes.length || 1): Asn1Stream =>
  new Asn1Stream(inPieces(bytes, size))
const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex')

async function content(stream: Asn1Stream): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of stream.octets()) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** An OCTET STRING in any of its forms: primitive, or constructed of others with a definite or indefinite length. */
const octetString: fc.Arbitrary<Buffer> = fc.letrec<{ value: Buffer }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(der.octetString(bytes))),
    fc.array(tie('value'), { maxLength: 4 }).map((parts) => Buffer.from(der.tlv(0x24, ...parts))),
    fc
      .array(tie('value'), { maxLength: 4 })
      .map((parts) => Buffer.concat([hex('2480'), ...parts, hex('0000')])),
  ),
})).value

describe('a stream reads what the reader of whole structures reads', () => {
  it('octet strings of every form, in pieces of any size, with what stands around them', async () => {
    await fc.assert(
      fc.asyncProperty(
        octetString,
        fc.integer({ min: 1, max: 50 }),
        fc.boolean(),
        async (string, size, definite) => {
          const before = der.integer(5)
          const behind = der.sequence(der.nullValue())
          const all = definite
            ? der.sequence(before, string, behind)
            : Buffer.concat([hex('3080'), before, string, behind, hex('0000')])
          const stream = streamOf(all, size)
          await stream.enter(0, 16)
          expect(Buffer.from(await stream.value()).equals(before)).toBe(true)
          expect((await content(stream)).equals(octets(readAsn1(string)))).toBe(true)
          expect(await stream.atEnd()).toBe(false)
          const rest = await stream.rest()
          expect(Buffer.concat(rest).equals(behind)).toBe(true)
          await stream.leave()
          await stream.finish()
        },
      ),
    )
  })

  it('and refuses every truncation with its own error', async () => {
    const all = Buffer.concat([
      hex('3080'),
      der.integer(5),
      hex('2480 0403 010203 2405 0403 040506 0000'),
      hex('0000'),
    ])
    const read = async (bytes: Uint8Array, size: number): Promise<void> => {
      const stream = streamOf(bytes, size)
      await stream.enter(0, 16)
      await stream.value()
      await content(stream)
      await stream.leave()
      await stream.finish()
    }
    for (const size of [1, 3, 100]) {
      await read(all, size)
      for (let length = 0; length < all.length; length++)
        await expect(read(all.subarray(0, length), size)).rejects.toBeInstanceOf(Asn1Error)
      await expect(read(Buffer.concat([all, hex('00')]), size)).rejects.toThrow('octets after the value')
    }
  })
})

describe('a large value that is kept', () => {
  it('comes in small pieces without being copied for each, and values read before stay as they were', async () => {
    const value = Buffer.concat([
      hex('3080'),
      Buffer.alloc(4_000_000, der.octetString(Buffer.alloc(8, 7))),
      hex('0000'),
    ])
    const stream = streamOf(Buffer.concat([hex('3080'), der.integer(5), value, value, hex('0000')]), 40)
    await stream.enter(0, 16)
    const first = await stream.value()
    const [one, two] = await stream.rest()
    expect(Buffer.from(first).equals(der.integer(5))).toBe(true)
    expect(value.equals(one!)).toBe(true)
    expect(value.equals(two!)).toBe(true)
  })
})

describe('a stream refuses', () => {
  const failing = async (bytes: string, read: (stream: Asn1Stream) => Promise<unknown>): Promise<string> => {
    try {
      await read(streamOf(hex(bytes), 2))
      return 'nothing'
    } catch (error) {
      expect(error).toBeInstanceOf(Asn1Error)
      return (error as Error).message
    }
  }
  const inside = (read: (stream: Asn1Stream) => Promise<unknown>) => async (stream: Asn1Stream) => {
    await stream.enter(0, 16)
    await read(stream)
  }

  it.each([
    ['another tag', '310100', 'unexpected tag 17 of class 0'],
    ['a primitive value where a constructed one is due', '0401 00', 'unexpected tag 4 of class 0'],
  ])('%s', async (_, bytes, message) => {
    expect(await failing(bytes, (stream) => stream.enter(0, 16))).toBe(message)
  })

  it.each([
    ['a value longer than the one around it', '3003 0405 010203 04 05', 'ends early'],
    ['a chunk longer than its string', '3009 2404 0405 01020304 05', 'ends early'],
    ['a chunk of another type', '3080 2480 0201 01 0000 0000', 'expected OCTET STRING'],
    ['a chunk with a context tag', '3080 2480 8001 01 0000 0000', 'expected OCTET STRING'],
  ])('%s', async (_, bytes, message) => {
    expect(await failing(bytes, inside(content))).toBe(message)
  })

  it('more than it may keep, without reading it', async () => {
    let asked = 0
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield hex('3080 0484 10000000')
      for (;;) {
        asked += 1
        yield Buffer.alloc(65_536)
      }
    }
    const stream = new Asn1Stream(endless(), { kept: 100_000 })
    await stream.enter(0, 16)
    await expect(stream.value()).rejects.toThrow('too much beside the content')
    expect(asked).toBe(0)
    async function* crumbs(): AsyncGenerator<Uint8Array> {
      yield hex('3080')
      for (;;) yield hex('0400')
    }
    const small = new Asn1Stream(crumbs(), { kept: 1000 })
    await small.enter(0, 16)
    await expect(small.rest()).rejects.toThrow('too much beside the content')
  })

  it('values nested deeper than allowed', async () => {
    const nested = new Asn1Stream(inPieces(Buffer.alloc(10_000, hex('2480')), 1000), { depth: 20 })
    await expect(content(nested)).rejects.toThrow('nested too deep')
    const kept = new Asn1Stream(inPieces(Buffer.alloc(10_000, hex('3080')), 1000), { depth: 20 })
    await expect(kept.value()).rejects.toThrow('nested too deep')
  })

  it('nothing of what its source says: errors pass through', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield hex('30')
      throw new RangeError('of the source')
    }
    await expect(new Asn1Stream(broken()).enter(0, 16)).rejects.toThrow(RangeError)
  })
})
