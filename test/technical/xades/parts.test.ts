import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { DistinguishedName } from '../../../src/technical/pki/index.js'
import { inflateOptional } from '../../../src/technical/xades/index.js'
import { namesIssuer } from '../../../src/technical/xades/issuerName.js'
import { selectElements } from '../../../src/technical/xades/selectElements.js'
import { parseXml } from '../../../src/technical/xml/index.js'
import { name } from '../pki/issue.js'
import { code } from '../keystore/fixtures.js'

describe('names of issuers', () => {
  const types = ['2.5.4.3', '2.5.4.6', '2.5.4.10', '2.5.4.11', '2.5.4.5', '1.2.840.113549.1.9.1']
  const attribute = fc.tuple(
    fc.constantFrom(...types),
    fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }),
  )
  const names = fc.array(attribute, { minLength: 1, maxLength: 5 })

  it('are found again in what RFC 2253 and RFC 1779 make of them', () => {
    fc.assert(
      fc.property(names, (attributes) => {
        const issuer = DistinguishedName.fromDer(name(...attributes))
        expect(namesIssuer(issuer.toRfc2253(), issuer)).toBe(true)
        expect(namesIssuer(issuer.toRfc1779(), issuer)).toBe(true)
        expect(namesIssuer(`${issuer.toRfc2253()},C=XX`, issuer)).toBe(false)
      }),
      { examples: [[[['2.5.4.11', ' ']]]] },
    )
  })

  it('are never found in something else, whatever it is', () => {
    const issuer = DistinguishedName.fromDer(name(['2.5.4.3', 'A'], ['2.5.4.6', 'BE']))
    fc.assert(fc.property(fc.string(), (text) => !namesIssuer(text, issuer)))
    for (const text of [
      '',
      ',',
      'CN',
      'CN=A',
      'CN=A,,C=BE',
      'CN=A,C=BE,',
      'CN="A,C=BE',
      'C=BE+CN=A',
      'CN=#zz,C=BE',
    ])
      expect(namesIssuer(text, issuer)).toBe(false)
    expect(namesIssuer('C=BE,CN=a', issuer)).toBe(true)
  })

  it('take no time to speak of, however odd', () => {
    const issuer = DistinguishedName.fromDer(name(['2.5.4.3', 'A']))
    const start = performance.now()
    for (const text of [
      `CN=${' '.repeat(4090)}"`,
      `CN=${'\\ '.repeat(2040)}"`,
      `${' '.repeat(4000)}CN`,
      'CN='.repeat(100_000),
    ])
      expect(namesIssuer(text, issuer)).toBe(false)
    // not a speed: what backtracks takes hours
    expect(performance.now() - start).toBeLessThan(10_000)
  })
})

describe('the transform optional-deflate', () => {
  it('undoes gzip, zlib and raw deflate', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (content) => {
        for (const compress of [gzipSync, deflateSync, deflateRawSync])
          expect(Buffer.from(inflateOptional(compress(content)))).toEqual(Buffer.from(content))
      }),
    )
  })

  it('hands on what is not compressed, and what is cut short', () => {
    for (const content of ['', '<record/>', '{"a":1}', 'text'])
      expect(Buffer.from(inflateOptional(Buffer.from(content))).toString()).toBe(content)
    const cut = deflateRawSync(Buffer.alloc(1000, 'abc')).subarray(0, 9)
    expect(inflateOptional(cut)).toEqual(cut)
  })

  it('has bounds', () => {
    const zeros = Buffer.alloc(2 * 1024 * 1024)
    for (const compress of [gzipSync, deflateSync, deflateRawSync]) {
      expect(() => inflateOptional(compress(zeros))).toThrow(code('xml-signature.transform'))
      expect(inflateOptional(compress(zeros), { maxRatio: 3000 })).toHaveLength(zeros.length)
      expect(() => inflateOptional(compress(zeros), { maxRatio: 3000, maxBytes: 1000 })).toThrow(
        code('xml-signature.transform'),
      )
    }
    expect(() => inflateOptional(Buffer.from('<not compressed/>'), { maxBytes: 5 })).toThrow(
      code('xml-signature.transform'),
    )
  })
})

describe('paths', () => {
  const { root } = parseXml('<r><a>1</a><x:a xmlns:x="urn:x"><b/></x:a><a><b/></a></r>')
  const found = (path: string): string[] =>
    selectElements(root, path).map(({ start }) =>
      root.children.findIndex((node) => 'start' in node && node.start === start).toString(),
    )

  it.each([
    ['/r/a', ['0', '2']],
    ['/r/*', ['0', '1', '2']],
    ['/r/a[2]', ['2']],
    ['/r/a[last()]', ['2']],
    ["/*/*[local-name()='a']", ['0', '1', '2']],
    ["/*/*[local-name()='a'][2]", ['1']],
    ['//a[1]', ['0']],
    ['/r', ['-1']],
    ['/a', []],
    ['/r/a[7]', []],
  ])('%s', (path, expected) => {
    expect(found(path)).toEqual(expected)
  })

  it('are refused when they are something else', () => {
    for (const path of ['', 'r', '/r/', '/x:r', '/r/a[b]', '/r/@a', '/r/a[position()=1]', '/r|/a', '../r'])
      expect(() => selectElements(root, path)).toThrow(code('xml-signature.options'))
  })
})
