import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'

import { describe, expect, it } from 'vitest'

import {
  blobOf,
  careReceiverOf,
  commonsV2,
  commonsV3,
  commonsV4,
  contentOf,
  hashOf,
  inflate,
  isSealed,
  mailboxCommons,
  mycarenetDay,
  routingOf,
} from '../../../src/business/mycarenet/index.js'
import { isEHealthError, type ErrorCode } from '../../../src/errors.js'
import { namespace, parseXml, qname, read, required, write } from '../../../src/technical/xml/index.js'

const text = Buffer.from('<query xmlns="urn:example:é">'.padEnd(4000, 'x'))
const now = new Date('2026-03-02T22:30:00Z')

const codeOf = (action: () => unknown): ErrorCode | undefined => {
  try {
    action()
  } catch (error) {
    if (isEHealthError(error)) return error.code
    throw error
  }
  return undefined
}

/** A zip archive with one file (APPNOTE 4.3.7), as a library that does not know its size beforehand writes it. */
function zipOf(content: Uint8Array, method: 0 | 8): Buffer {
  const body = method === 8 ? deflateRawSync(content) : Buffer.from(content)
  const head = Buffer.alloc(30 + 5)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(method, 8)
  head.writeUInt32LE(body.length, 18)
  head.writeUInt16LE(5, 26)
  head.write('a.xml', 30)
  return Buffer.concat([head, body])
}

describe('content in a blob', () => {
  it('says how it is packed, always, and opens again', () => {
    for (const encoding of ['none', 'deflate'] as const) {
      const blob = blobOf(text, { encoding, hash: true, id: '_1' })
      expect(blob).toMatchObject({ ContentType: 'text/xml', ContentEncoding: encoding, Id: '_1' })
      expect(Buffer.from(contentOf(blob))).toEqual(text)
    }
    expect(blobOf(text).ContentEncoding).toBe('none')
  })

  it('is deflated where nothing is said, and never inflated where it is said to be clear', () => {
    const { ContentEncoding: _, ...silent } = blobOf(text, { encoding: 'deflate' })
    expect(Buffer.from(contentOf(silent))).toEqual(text)
    const twice = deflateRawSync(text)
    expect(Buffer.from(contentOf(blobOf(twice)))).toEqual(twice)
  })

  it.each([
    ['raw deflate', deflateRawSync(text)],
    ['zlib', deflateSync(text)],
    ['gzip', gzipSync(text)],
    ['zip', zipOf(text, 8)],
    ['zip that stores', zipOf(text, 0)],
  ])('reads %s as deflate', (_, packed) => {
    expect(Buffer.from(inflate(packed))).toEqual(text)
    expect(codeOf(() => inflate(packed, 100))).toBe('mycarenet.too-large')
  })

  it('refuses what it cannot open, each by its own code', () => {
    expect(codeOf(() => contentOf(blobOf(new Uint8Array())))).toBe('mycarenet.blob')
    expect(codeOf(() => contentOf({ ...blobOf(text), ContentEncoding: 'deflate' }))).toBe('mycarenet.blob')
    expect(codeOf(() => contentOf({ ...blobOf(text), ContentEncoding: 'brotli' }))).toBe('mycarenet.blob')
    expect(codeOf(() => contentOf({ ...blobOf(text), HashValue: hashOf(Buffer.from('other')) }))).toBe(
      'mycarenet.hash',
    )
    expect(codeOf(() => inflate(zipOf(text, 0).subarray(0, 50)))).toBe('mycarenet.blob')
    expect(
      codeOf(() =>
        contentOf(blobOf(Buffer.alloc(200_000_000 / 1000, 97), { encoding: 'deflate' }), { maxBytes: 1000 }),
      ),
    ).toBe('mycarenet.too-large')
  })

  it('knows sealed content by an attribute that says something', () => {
    expect(isSealed({ ContentEncryption: 'encryptedForKnownBED' })).toBe(true)
    expect(isSealed({ ContentEncryption: ' ' })).toBe(false)
    expect(isSealed({})).toBe(false)
  })
})

describe('days and routing', () => {
  it('are days of Belgium without zone', () => {
    expect(mycarenetDay(new Date('2026-06-30T22:00:00Z'), 'day')).toBe('2026-07-01')
    expect(mycarenetDay('2026-07-01+02:00', 'day')).toBe('2026-07-01')
    expect(codeOf(() => mycarenetDay('2026-02-29', 'day'))).toBe('mycarenet.day')
    expect(routingOf({ ssin: '68052199235' }, { period: { start: '2026-01-01', end: now } }, now)).toEqual({
      CareReceiver: { Ssin: '68052199235' },
      ReferenceDate: '2026-03-02',
      Period: { Start: '2026-01-01', End: '2026-03-02' },
    })
  })

  it('name the patient by SSIN, by number and mutuality, or the insurer alone', () => {
    const of = (who: Parameters<typeof careReceiverOf>[0]) => careReceiverOf(who, 'patient', now)
    expect(of({ registrationNumber: 'AB 12 34', mutuality: '319' })).toEqual({
      RegNrWithMut: 'AB 12 34',
      Mutuality: '319',
    })
    expect(of({ mutuality: '300' })).toEqual({ Mutuality: '300' })
    expect(codeOf(() => of({ ssin: '68052199234' }))).toBe('identifier.check-digit')
    for (const [registrationNumber, mutuality] of [
      ['', '319'],
      ['12345678901234', '319'],
      ['12@34', '319'],
      ['1', '719'],
      ['1', '31'],
    ] as const)
      expect(codeOf(() => of({ registrationNumber, mutuality }))).toBe('mycarenet.care-receiver')
  })

  it('are refused with a zone by the contract of every version', () => {
    const input = { CareReceiver: { Ssin: '68052199235' }, ReferenceDate: '2026-03-02+01:00' }
    const ns = namespace('urn:example:routing', { prefix: 'ex', qualified: true })
    for (const Routing of [commonsV2.Routing, commonsV3.Routing, mailboxCommons.Routing])
      expect(codeOf(() => write(ns.element('Routing', Routing), input))).toBe('contract.invalid')
    expect(codeOf(() => write(ns.element('Routing', commonsV4.Routing), input))).toBe('contract.invalid')
  })
})

describe('a qualified name in an attribute', () => {
  const instance = namespace('urn:example:instance', { prefix: 'i', qualified: true })
  const types = namespace('urn:example:types', { prefix: 't', qualified: true })
  const box = namespace('urn:example:box', { prefix: 'b', qualified: true })
  const Box = box.element('Box', box.sequence({}, { type: required(qname, instance.uri) }))
  const type = `{${types.uri}}Small`

  it('is written with a prefix that is declared, which canonicalisation would drop', () => {
    const written = write(Box, { type })
    expect(written.xml).toBe(
      '<b:Box xmlns:b="urn:example:box" xmlns:i="urn:example:instance" xmlns:t="urn:example:types" i:type="t:Small"></b:Box>',
    )
    expect(written.canonical).toBe(false)
    expect(read(Box, parseXml(written.xml).root, { strict: true })).toEqual({ type })
  })

  it('is read by what its prefix means', () => {
    const of = (xml: string) => read(Box, parseXml(xml).root)
    expect(
      of(
        '<Box xmlns="urn:example:box" xmlns:x="urn:example:instance" xmlns:y="urn:example:types" x:type=" y:Small "/>',
      ),
    ).toEqual({ type })
    expect(
      codeOf(() => of('<Box xmlns="urn:example:box" xmlns:x="urn:example:instance" x:type="y:Small"/>')),
    ).toBe('contract.unreadable')
    expect(codeOf(() => write(Box, { type: 't:Small' }))).toBe('contract.invalid')
  })
})
