import { generateKeyPairSync } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import { der } from '../../../../src/technical/asn1/index.js'
import { readCrl, verifyCrl } from '../../../../src/technical/pki/index.js'
import { actor, algorithms, authority, extension, issue } from '../issue.js'
import { at, entry, house, makeCrl, now, reason } from './make.js'

const { issuing, issuingCertificate, rootCertificate, root, leaf } = house()
const codeOf = (action: () => unknown): string => {
  try {
    action()
    return 'none'
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}
const verify = (bytes: Uint8Array, changes: Partial<Parameters<typeof verifyCrl>[1]> = {}): void =>
  verifyCrl(readCrl(bytes), { issuer: issuingCertificate, now, ...changes })

const full = makeCrl({
  issuer: issuing,
  entries: [
    entry(1n, at(-50)),
    entry(leaf.serialNumber, at(-10), reason(1)),
    entry(-5n, at(-9)),
    entry(2n ** 127n, at(-8), extension('2.5.29.24', false, der.generalizedTime(at(-20))), reason(4)),
  ],
})

describe('a revocation list', () => {
  it('tells who was revoked, when and why', () => {
    const list = readCrl(full)
    expect(list.size).toBe(4)
    expect(list.crlNumber).toBe(7n)
    expect([list.thisUpdate, list.nextUpdate]).toEqual([at(-1), at(23)])
    expect(list.find(leaf.serialNumber)).toEqual({ at: at(-10), reason: 'keyCompromise' })
    expect(list.find(1n)).toEqual({ at: at(-50), reason: 'unspecified' })
    expect(list.find(-5n)).toEqual({ at: at(-9), reason: 'unspecified' })
    expect(list.find(2n ** 127n)).toEqual({ at: at(-8), reason: 'superseded' })
    for (const absent of [0n, 2n, 5n, leaf.serialNumber + 1n, leaf.serialNumber >> 8n])
      expect(list.find(absent)).toBeUndefined()
    verifyCrl(list, { issuer: issuingCertificate, now })
  })

  it('may be empty, of version 1, in PEM, and without number', () => {
    for (const parts of [{}, { version: null, extensions: [] }, { extensions: [] }]) {
      const bytes = makeCrl({ issuer: issuing, ...parts })
      verify(bytes)
      expect(readCrl(bytes).size).toBe(0)
    }
    const pem = `-----BEGIN X509 CRL-----\n${Buffer.from(full).toString('base64')}\n-----END X509 CRL-----\n`
    expect(readCrl(Buffer.from(pem)).find(1n)).toBeDefined()
  })

  it('is read in BER with indefinite lengths', () => {
    const list = Buffer.from(full)
    // CertificateList { tbs, algorithm, signature } with an indefinite length outside
    const inner = list.subarray(list[1] === 0x82 ? 4 : 3)
    const indefinite = Buffer.concat([Buffer.from([0x30, 0x80]), inner, Buffer.from([0, 0])])
    verify(indefinite)
    expect(readCrl(indefinite).find(leaf.serialNumber)?.reason).toBe('keyCompromise')
    // entries of indefinite length are read one by one
    const one = entry(9n, at(-3), reason(5))
    const loose = Buffer.concat([Buffer.from([0x30, 0x80]), one.subarray(2), Buffer.from([0, 0])])
    const mixed = makeCrl({ issuer: issuing, entries: [entry(8n, at(-4)), loose, entry(10n, at(-2))] })
    expect(readCrl(mixed).find(9n)).toEqual({ at: at(-3), reason: 'cessationOfOperation' })
    expect(readCrl(mixed).find(10n)?.at).toEqual(at(-2))
    verify(mixed)
  })

  it('finds a serial number with zeros in front, and takes the earlier of two entries', () => {
    const padded = der.sequence(der.tlv(2, Uint8Array.of(0, 0, 0x22)), der.time(at(-3)))
    const list = readCrl(
      makeCrl({ issuer: issuing, entries: [padded, entry(3n, at(-2)), entry(3n, at(-5))] }),
    )
    expect(list.find(0x22n)?.at).toEqual(at(-3))
    expect(list.find(3n)?.at).toEqual(at(-5))
  })

  it('may have 100 000 entries', () => {
    const count = 100_000
    const entries = Array.from({ length: count }, (_, i) =>
      entry((0x4000n << 100n) + BigInt(i) * 7n, at(-i / 60), reason((i % 2) + 1)),
    )
    const list = readCrl(makeCrl({ issuer: issuing, entries }))
    expect(list.size).toBe(count)
    verifyCrl(list, { issuer: issuingCertificate, now })
    for (const i of [0, 1, 49_999, count - 1])
      expect(list.find((0x4000n << 100n) + BigInt(i) * 7n)?.reason).toBe(
        i % 2 === 0 ? 'keyCompromise' : 'cACompromise',
      )
    for (let i = 1; i < 7; i++) expect(list.find((0x4000n << 100n) + BigInt(i))).toBeUndefined()
  })
})

describe('a revocation list is refused', () => {
  it('when it is by another authority, or by one that may not sign lists', () => {
    expect(codeOf(() => verify(makeCrl({ issuer: root }), {}))).toBe('revocation.issuer')
    expect(codeOf(() => verify(full, { issuer: rootCertificate }))).toBe('revocation.issuer')
    const noLists = authority(issuing, root, { usage: 0x04 })
    expect(codeOf(() => verify(full, { issuer: noLists }))).toBe('revocation.issuer')
    const noAuthority = issue({ subject: issuing, issuer: root, usage: 0x06 })
    expect(codeOf(() => verify(full, { issuer: noAuthority }))).toBe('revocation.issuer')
  })

  it('when its signature does not verify', () => {
    const namesake = authority(actor('Issuing'), root)
    expect(codeOf(() => verify(full, { issuer: namesake }))).toBe('revocation.signature')
    expect(codeOf(() => verify(makeCrl({ issuer: issuing, key: root.privateKey })))).toBe(
      'revocation.signature',
    )
    const changed = Buffer.from(full)
    changed[changed.indexOf(der.time(at(-50)).subarray(2)) + 3]! ^= 1
    expect(codeOf(() => verify(changed))).toBe('revocation.signature')
  })

  it('when it is signed with SHA-1', () => {
    const rsa = actor('Rsa', generateKeyPairSync('rsa', { modulusLength: 2048 }))
    const sha1 = der.sequence(der.objectIdentifier('1.2.840.113549.1.1.5'), der.nullValue())
    const options = { issuer: authority(rsa, root) }
    verify(makeCrl({ issuer: rsa }), options)
    const weak = makeCrl({ issuer: rsa, algorithm: sha1, digest: 'sha1' })
    expect(codeOf(() => verify(weak, options))).toBe('revocation.signature')
  })

  it.each<[string, Parameters<typeof makeCrl>[0], string]>([
    ['is of the future', { issuer: issuing, thisUpdate: at(1) }, 'revocation.not-yet-valid'],
    [
      'was to be replaced',
      { issuer: issuing, thisUpdate: at(-30), nextUpdate: at(-1) },
      'revocation.expired',
    ],
    ['announces no next one', { issuer: issuing, nextUpdate: null }, 'revocation.expired'],
  ])('when it %s', (_, parts, code) => {
    expect(codeOf(() => verify(makeCrl(parts)))).toBe(code)
  })

  it('only beyond the clock skew', () => {
    const minutes = (count: number): Date => new Date(now.getTime() + count * 60_000)
    const early = makeCrl({ issuer: issuing, thisUpdate: minutes(4) })
    const late = makeCrl({ issuer: issuing, nextUpdate: minutes(-4) })
    for (const list of [early, late]) {
      expect(codeOf(() => verify(list))).toBe('none')
      expect(codeOf(() => verify(list, { clockSkew: 3 * 60_000 }))).not.toBe('none')
    }
  })

  it.each<[string, Uint8Array[]]>([
    ['a delta list', [extension('2.5.29.27', true, der.integer(3))]],
    ['a delta list that does not insist on it', [extension('2.5.29.27', false, der.integer(3))]],
    [
      'an indirect list',
      [extension('2.5.29.28', true, der.sequence(der.implicitPrimitive(4, Uint8Array.of(255))))],
    ],
    [
      'a list of part of the reasons',
      [extension('2.5.29.28', true, der.sequence(der.implicitPrimitive(3, Uint8Array.of(0, 0x40))))],
    ],
    [
      'a list of attribute certificates',
      [extension('2.5.29.28', true, der.sequence(der.implicitPrimitive(5, Uint8Array.of(255))))],
    ],
    ['a list with an unknown critical extension', [extension('1.2.3.4', true, der.nullValue())]],
  ])('when it is %s', (_, extensions) => {
    expect(codeOf(() => readCrl(makeCrl({ issuer: issuing, extensions })))).toBe('revocation.unsupported')
  })

  it('whole, when one entry cannot be processed', () => {
    const critical = entry(5n, at(-1), extension('1.2.3.4', true, der.nullValue()))
    const foreign = entry(5n, at(-1), extension('2.5.29.29', true, der.sequence()))
    const foreignNotCritical = entry(5n, at(-1), extension('2.5.29.29', false, der.sequence()))
    for (const one of [critical, foreign, foreignNotCritical])
      expect(codeOf(() => readCrl(makeCrl({ issuer: issuing, entries: [entry(1n, at(-1)), one] })))).toBe(
        'revocation.unsupported',
      )
    expect(
      codeOf(() => readCrl(makeCrl({ issuer: issuing, entries: [entry(5n, at(-1), reason(1, true))] }))),
    ).toBe('none')
  })

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['text', Buffer.from('<html>not found</html>')],
    ['a certificate', leaf.der],
    ['a number', der.integer(5)],
    ['version 3', makeCrl({ issuer: issuing, version: 2 })],
    ['extensions in version 1', makeCrl({ issuer: issuing, version: null })],
    ['two algorithms', makeCrl({ issuer: issuing, innerAlgorithm: algorithms.ecdsaWithSha384 })],
    [
      'an extension twice',
      makeCrl({
        issuer: issuing,
        extensions: [
          extension('2.5.29.20', false, der.integer(1)),
          extension('2.5.29.20', false, der.integer(2)),
        ],
      }),
    ],
    ['an entry without date', makeCrl({ issuer: issuing, entries: [der.sequence(der.integer(1))] })],
    ['an entry without number', makeCrl({ issuer: issuing, entries: [der.sequence(der.time(now))] })],
    [
      'an entry of four parts',
      makeCrl({
        issuer: issuing,
        entries: [der.sequence(der.integer(1), der.time(now), der.sequence(), der.nullValue())],
      }),
    ],
    ['entries that are none', makeCrl({ issuer: issuing, entries: [der.integer(4)] })],
    ['octets behind', Buffer.concat([full, Buffer.alloc(3)])],
  ])('when it is %s', (_, bytes) => {
    expect(codeOf(() => readCrl(bytes))).toBe('revocation.malformed')
  })

  it('when it is cut off anywhere', () => {
    for (let length = 0; length < full.length; length++)
      expect(codeOf(() => readCrl(full.subarray(0, length)))).toBe('revocation.malformed')
  })

  it('when it is too large to be read', () => {
    expect(codeOf(() => readCrl(Buffer.alloc(32 * 1024 * 1024 + 1, 0x30)))).toBe('revocation.too-large')
  })

  it('or says the same, whichever octet is changed', () => {
    const wrong: number[] = []
    for (let offset = 0; offset < full.length; offset++) {
      const changed = Buffer.from(full)
      changed[offset]! ^= 0x01
      const code = codeOf(() => verify(changed))
      if (!code.startsWith('revocation.')) wrong.push(offset)
    }
    expect(wrong).toEqual([])
  })
})
