import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { der } from '../../../src/technical/asn1/index.js'
import { Certificate, issuersOf, verifyPath } from '../../../src/technical/pki/index.js'
import { actor, algorithms, authority, extension, issue } from './issue.js'

const at = new Date('2024-05-06T12:00:00Z')
const code = (expected: string): Error => expect.objectContaining({ code: expected }) as Error

const root = actor('Root')
const issuing = actor('Issuing')
const person = actor('Person')
const rootCertificate = authority(root, root)
const issuingCertificate = authority(issuing, root)
const leaf = issue({ subject: person, issuer: issuing, ca: false, usage: 0xf0 })

const verify = (
  certificate: Certificate,
  intermediates: readonly Certificate[] = [issuingCertificate],
  anchors: readonly Certificate[] = [rootCertificate],
): Certificate[] => verifyPath(certificate, { intermediates, anchors, at })

const fixture = (file: string): Certificate =>
  Certificate.from(readFileSync(new URL(`../../../fixtures/keystores/${file}`, import.meta.url)))

describe('a certification path', () => {
  it('leads from the leaf over the issuing authority to the root', () => {
    expect(verify(leaf)).toEqual([leaf, issuingCertificate, rootCertificate])
  })

  it('does not care about order and surplus of the intermediates', () => {
    const other = authority(actor('Other'), root)
    expect(verify(leaf, [other, rootCertificate, leaf, issuingCertificate, other])).toHaveLength(3)
  })

  it('may end at an authority below the root, or at the leaf itself', () => {
    expect(verify(leaf, [], [issuingCertificate])).toHaveLength(2)
    expect(verify(leaf, [], [leaf])).toEqual([leaf])
  })

  it('is found for the authorities of the keystore fixtures', () => {
    const path = verify(fixture('issuing-ca.cer'), [], [fixture('root-ca.cer')])
    expect(path).toHaveLength(2)
    expect(() => verify(fixture('rogue-ca.cer'), [], [fixture('root-ca.cer')])).toThrow(
      code('certificate.untrusted'),
    )
  })

  it('takes the other way round an expired authority of the same name and key', () => {
    const expired = authority(issuing, root, { notAfter: '2021-01-01T00:00:00Z' })
    expect(verify(leaf, [expired, issuingCertificate])[1]).toBe(issuingCertificate)
  })
})

describe('no certification path', () => {
  it('without the intermediate or the anchor', () => {
    expect(() => verify(leaf, [])).toThrow(code('certificate.untrusted'))
    expect(() => verify(leaf, [issuingCertificate, rootCertificate], [])).toThrow(
      code('certificate.untrusted'),
    )
  })

  it('through an authority of the same name with another key', () => {
    const impostor = actor('Issuing')
    expect(() => verify(issue({ subject: person, issuer: impostor }))).toThrow(code('certificate.untrusted'))
    expect(() =>
      verify(issue({ subject: person, issuer: impostor }), [authority(impostor, impostor)]),
    ).toThrow(code('certificate.untrusted'))
  })

  it('through an end certificate, even a genuine one', () => {
    const victim = issue({ subject: actor('Victim'), issuer: person })
    expect(() => verify(victim, [leaf, issuingCertificate])).toThrow(code('certificate.untrusted'))
  })

  it('through an authority that may not sign certificates', () => {
    const signing = authority(issuing, root, { usage: 0x80 })
    expect(() => verify(leaf, [signing])).toThrow(code('certificate.untrusted'))
  })

  it('longer than an authority allows', () => {
    const limited = authority(root, root, { pathLength: 0 })
    expect(() => verify(leaf, [issuingCertificate], [limited])).toThrow(code('certificate.untrusted'))
    expect(verify(issuingCertificate, [], [limited])).toHaveLength(2)
    const allowed = authority(root, root, { pathLength: 1 })
    expect(verify(leaf, [issuingCertificate], [allowed])).toHaveLength(3)
  })

  it('over a critical extension that nobody here understands', () => {
    const nameConstraints = extension('2.5.29.30', true, der.sequence())
    const constrained = authority(issuing, root, { extensions: [nameConstraints] })
    expect(() => verify(leaf, [constrained])).toThrow(code('certificate.untrusted'))
    const strange = issue({
      subject: person,
      issuer: issuing,
      extensions: [extension('1.2.3.4', true, der.nullValue())],
    })
    expect(() => verify(strange)).toThrow(code('certificate.untrusted'))
  })

  it('by a signature with MD5', () => {
    const rsa = actor('RSA root', generateKeyPairSync('rsa', { modulusLength: 2048 }))
    const weak = issue({ subject: person, issuer: rsa }, algorithms.md5WithRsa, 'md5')
    const strong = issue({ subject: person, issuer: rsa })
    const anchors = [authority(rsa, rsa)]
    expect(verify(strong, [], anchors)).toHaveLength(2)
    expect(() => verify(weak, [], anchors)).toThrow(code('certificate.untrusted'))
  })

  it('from an encryption certificate, whose issuer is its subject but not its signer', () => {
    const encryption = issue({
      subject: { ...actor('Person'), name: person.name },
      issuer: person,
      usage: 0x30,
    })
    expect(encryption.issuer.equals(encryption.subject)).toBe(true)
    expect(() => verify(encryption, [leaf, encryption, issuingCertificate])).toThrow(
      code('certificate.untrusted'),
    )
  })

  it('in authorities that vouch for each other, and the search ends', () => {
    const [a, b] = [actor('A'), actor('B')]
    const circle = [authority(a, b), authority(b, a)]
    const lost = issue({ subject: person, issuer: a })
    expect(() => verify(lost, circle)).toThrow(code('certificate.untrusted'))
  })

  it('in a heap of look-alikes, and the search ends soon', () => {
    const heap = Array.from({ length: 12 }, () => actor('Same'))
    const same = heap.flatMap((subject) => heap.map((issuer) => authority(subject, issuer)))
    const lost = issue({ subject: person, issuer: heap[0]! })
    expect(() => verify(lost, same)).toThrow(code('certificate.untrusted'))
  })
})

describe('dates and usages along the path', () => {
  const dated = (notBefore: string, notAfter: string): Certificate =>
    issue({ subject: person, issuer: issuing, notBefore, notAfter })

  it('an ended leaf is told apart from one that has not begun', () => {
    expect(() => verify(dated('2020-01-01T00:00:00Z', '2021-01-01T00:00:00Z'))).toThrow(
      code('certificate.expired'),
    )
    expect(() => verify(dated('2025-01-01T00:00:00Z', '2026-01-01T00:00:00Z'))).toThrow(
      code('certificate.not-yet-valid'),
    )
  })

  it('both ends of the validity belong to it', () => {
    expect(verify(dated('2020-01-01T00:00:00Z', at.toISOString()))).toHaveLength(3)
    expect(verify(dated(at.toISOString(), '2030-01-01T00:00:00Z'))).toHaveLength(3)
  })

  it('an ended authority ends the path, and is the one reported', () => {
    const ended = authority(issuing, root, { notAfter: '2021-01-01T00:00:00Z' })
    expect(() => verify(leaf, [ended])).toThrow(
      expect.objectContaining({
        code: 'certificate.expired',
        details: expect.objectContaining({ depth: 1, notAfter: '2021-01-01T00:00:00.000Z' }) as unknown,
      }),
    )
  })

  it('an ended leaf of an unknown authority is untrusted, not merely ended', () => {
    const stranger = actor('Stranger')
    const ended = issue({ subject: person, issuer: stranger, notAfter: '2021-01-01T00:00:00Z' })
    expect(() => verify(ended)).toThrow(code('certificate.untrusted'))
  })

  it('the leaf needs one of the usages asked for', () => {
    const options = { intermediates: [issuingCertificate], anchors: [rootCertificate], at }
    expect(verifyPath(leaf, { ...options, keyUsage: ['keyCertSign', 'digitalSignature'] })).toHaveLength(3)
    expect(() => verifyPath(leaf, { ...options, keyUsage: ['keyCertSign'] })).toThrow(
      code('certificate.key-usage'),
    )
    const unrestricted = issue({ subject: person, issuer: issuing })
    expect(verifyPath(unrestricted, { ...options, keyUsage: ['keyCertSign'] })).toHaveLength(3)
  })
})

describe('the chain to send along', () => {
  it('holds the issuers as far as they are there, without the leaf', () => {
    expect(issuersOf(leaf, [rootCertificate, leaf, issuingCertificate])).toEqual([
      issuingCertificate,
      rootCertificate,
    ])
    expect(issuersOf(leaf, [rootCertificate])).toEqual([])
  })
})
