import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { EHealthError } from '../../../src/errors.js'
import { der } from '../../../src/technical/asn1/index.js'
import { Certificate, DistinguishedName } from '../../../src/technical/pki/index.js'
import { actor, algorithms, extension, issue, issueDer, name } from './issue.js'

const code = (expected: string): Error => expect.objectContaining({ code: expected }) as Error
const file = readFileSync(new URL('../../../fixtures/keystores/issuing-ca.cer', import.meta.url))

describe('a certificate', () => {
  it('is read with its names, dates, key and usages', () => {
    const certificate = Certificate.from(file)
    expect(certificate.subject.toRfc2253()).toBe('CN=alpha Test eHealth Issuing CA,O=ETEE TEST,C=BE')
    expect(certificate.issuer.toRfc2253()).toBe('CN=alpha Test Root CA,O=ETEE TEST,C=BE')
    expect(certificate.isCa).toBe(true)
    expect(certificate.keyType).toBe('rsa')
    expect(certificate.keyUsage?.has('keyCertSign')).toBe(true)
  })

  it('survives PEM, alone and among others', () => {
    const certificate = Certificate.from(file)
    const pem = `surroundings\n${certificate.toPem()}${certificate.toPem()}`
    expect(Certificate.allFrom(pem)).toHaveLength(2)
    expect(Certificate.from(pem).equals(certificate)).toBe(true)
  })

  it('is malformed wherever it is cut, and nothing else is thrown', () => {
    for (let length = 0; length < file.length; length++)
      expect(() => Certificate.fromDer(file.subarray(0, length))).toThrow(code('certificate.malformed'))
  })

  it('throws typed errors only, whichever octet is changed', () => {
    for (let i = 0; i < file.length; i++) {
      const changed = Buffer.from(file)
      changed[i] = changed[i]! ^ 0x41
      try {
        const certificate = Certificate.fromDer(changed)
        expect(certificate.subjectKeyIdentifier).toBeDefined()
        expect(certificate.isSignedBy(certificate)).toBe(false)
        expect(certificate.publicKey.type).toBe('public')
      } catch (error) {
        if (!(error instanceof EHealthError)) throw error
        expect(error.code).toBe('certificate.malformed')
      }
    }
  })

  it('may not have an extension twice', () => {
    const ca = extension('2.5.29.19', true, der.sequence(der.boolean(true)))
    const end = extension('2.5.29.19', true, der.sequence())
    const self = actor('Twice')
    expect(() => issue({ subject: self, issuer: self, extensions: [ca, end] })).toThrow(
      code('certificate.malformed'),
    )
  })

  it('may not name one signature algorithm inside and another outside', () => {
    const self = actor('Two algorithms')
    const bytes = issueDer({ subject: self, issuer: self, outerAlgorithm: algorithms.ecdsaWithSha384 })
    expect(() => Certificate.fromDer(bytes)).toThrow(code('certificate.malformed'))
  })

  it('keeps serial numbers of 16 octets exact', () => {
    const self = actor('Serial')
    const serial = 263442694932100144828480030213862531091n
    expect(issue({ subject: self, issuer: self, serial }).serialNumber).toBe(serial)
  })
})

describe('texts of names', () => {
  const o = { cn: '2.5.4.3', c: '2.5.4.6', o: '2.5.4.10', ou: '2.5.4.11', l: '2.5.4.7' }
  const read = (...attributes: [string, string][]): DistinguishedName =>
    DistinguishedName.fromDer(name(...attributes))

  it('RFC 1779 quotes what has special characters and names other types by number', () => {
    expect(read([o.c, 'BE'], [o.o, 'Federal Government'], [o.cn, 'CBE=0999990123, APP-1']).toRfc1779()).toBe(
      'CN="CBE=0999990123, APP-1", O=Federal Government, C=BE',
    )
    expect(read([o.c, 'BE'], ['2.5.4.5', '90010199794'], ['2.5.4.42', 'Sample']).toRfc1779()).toBe(
      'OID.2.5.4.42=Sample, OID.2.5.4.5=90010199794, C=BE',
    )
    expect(read([o.ou, 'A"B\\C'], [o.o, 'a  b'], [o.l, '#hash']).toRfc1779()).toBe(
      'L="#hash", O="a  b", OU="A\\"B\\\\C"',
    )
  })

  it('RFC 2253 escapes, and writes other types in hexadecimal', () => {
    expect(read([o.c, 'BE'], [o.cn, 'CBE=0999990123, APP-1']).toRfc2253()).toBe(
      'CN=CBE\\=0999990123\\, APP-1,C=BE',
    )
    expect(read([o.ou, ' a+b;<c> '], [o.cn, '#x']).toRfc2253()).toBe('CN=\\#x,OU=\\ a\\+b\\;\\<c\\>\\ ')
    expect(read([o.c, 'BE'], ['2.5.4.5', '9']).toRfc2253()).toBe('2.5.4.5=#0c0139,C=BE')
    // a blank alone is first and last at once
    expect(read([o.cn, ' ']).toRfc2253()).toBe('CN=\\ ')
    expect(read([o.cn, '  ']).toRfc2253()).toBe('CN=\\ \\ ')
    expect(read([o.cn, '#'], [o.ou, '\\ ']).toRfc2253()).toBe('OU=\\\\\\ ,CN=\\#')
  })

  it('a value that is no text is shown by its encoding, in both', () => {
    const strange = der.sequence(
      der.setOf(der.sequence(der.objectIdentifier(o.cn), der.octetString(Uint8Array.of(1, 2)))),
    )
    const distinguished = DistinguishedName.fromDer(strange)
    expect(distinguished.toRfc1779()).toBe('CN=#04020102')
    expect(distinguished.toRfc2253()).toBe('CN=#04020102')
    expect(read([o.cn, '#04020102']).toRfc1779()).toBe('CN="#04020102"')
  })
})
