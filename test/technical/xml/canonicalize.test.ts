import { DOMParser } from '@xmldom/xmldom'
import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { C14nCanonicalization, ExclusiveCanonicalization } from 'xml-crypto'
import { describe, expect, it } from 'vitest'

import { canonicalize } from '../../../src/technical/xml/canonicalize.js'
import { canonicalizeInclusive } from '../../../src/technical/xml/canonicalizeInclusive.js'
import { parseXml } from '../../../src/technical/xml/parse.js'
import { childElements, descendants, type XmlElement } from '../../../src/technical/xml/tree.js'

const folder = new URL('../../../fixtures/wss/canonical/', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, folder))

function named(root: XmlElement, local: string): XmlElement {
  const found = [...descendants(root)].filter((e) => e.local.toLowerCase() === local)
  expect(found, local).toHaveLength(1)
  return found[0]!
}

describe('exclusive canonical form: recorded octets', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.c14n'))

  it('has a set to compare with', () => expect(files).toHaveLength(15))

  it.each(files)('%s', (file) => {
    const [name, part] = file.split('.') as [string, string]
    // an assertion has a SignedInfo of its own: the wanted one stands directly in the header
    const { root } = parseXml(read(`${name}.xml`))
    const elements = [...descendants(root)].filter((e) => e.local.toLowerCase() === part)
    const element = elements.find((e) => part !== 'signedinfo' || e.parent?.parent?.local === 'Security')!
    expect(Buffer.from(canonicalize(element)).equals(read(file))).toBe(true)
  })

  it('gives every digest of the accepted envelopes that are kept here', () => {
    const parts = JSON.parse(read('signed-parts.json').toString()) as Record<
      string,
      { references: { element: string; octetsSha256: string }[] }
    >
    for (const name of new Set(files.map((file) => file.split('.')[0]!))) {
      const { root } = parseXml(read(`${name}.xml`))
      for (const { element, octetsSha256 } of parts[name]!.references) {
        const octets = canonicalize(named(root, element.toLowerCase()))
        expect(createHash('sha256').update(octets).digest('hex')).toBe(octetsSha256)
      }
    }
  })
})

describe('exclusive canonical form: rules', () => {
  const inner = (source: string) => childElements(parseXml(source).root)[0]!

  it('declares only what is used, where it is first used, and once', () => {
    const source =
      '<a xmlns="urn:d" xmlns:u="urn:unused"><p:b xmlns:p="urn:p"><p:c/><d xmlns:p="urn:p2" p:x=""/></p:b></a>'
    expect(canonicalize(inner(source))).toBe(
      '<p:b xmlns:p="urn:p"><p:c></p:c><d xmlns="urn:d" xmlns:p="urn:p2" p:x=""></d></p:b>',
    )
  })

  it('keeps the prefixes of the list wherever they are in scope', () => {
    const source =
      '<a xmlns:xs="urn:xs" xmlns="urn:d" xmlns:o="urn:o"><p:b xmlns:p="urn:p"><c xmlns=""/></p:b></a>'
    expect(canonicalize(inner(source), { inclusivePrefixes: ['xs', 'nowhere'] })).toBe(
      '<p:b xmlns:p="urn:p" xmlns:xs="urn:xs"><c></c></p:b>',
    )
    expect(canonicalize(inner(source), { inclusivePrefixes: ['#default'] })).toBe(
      '<p:b xmlns="urn:d" xmlns:p="urn:p"><c xmlns=""></c></p:b>',
    )
  })

  it('takes the default namespace back where it was rendered, and nowhere else', () => {
    expect(canonicalize(parseXml('<a xmlns="urn:d"><b xmlns=""><c/></b></a>').root)).toBe(
      '<a xmlns="urn:d"><b xmlns=""><c></c></b></a>',
    )
    expect(canonicalize(inner('<p:a xmlns:p="urn:p" xmlns="urn:d"><b xmlns=""/></p:a>'))).toBe('<b></b>')
  })

  it('orders attributes by namespace and name, declarations by prefix', () => {
    const { root } = parseXml(
      '<a xmlns:z="urn:1" xmlns:b="urn:2" b:a="" z:b="" z:a="" y="" x="" xml:lang="nl"/>',
    )
    expect(canonicalize(root)).toBe(
      '<a xmlns:b="urn:2" xmlns:z="urn:1" x="" y="" xml:lang="nl" z:a="" z:b="" b:a=""></a>',
    )
  })

  it('orders by code points, not by UTF-16 units', () => {
    expect(canonicalize(parseXml('<a 𝒳="2" \ufa11="1"/>').root)).toBe('<a \ufa11="1" 𝒳="2"></a>')
  })

  it('escapes exactly what must be', () => {
    const { root } = parseXml(
      '<a b="&lt;>&amp;&quot;\'&#9;&#10;&#13;é">&lt;&gt;&amp;"\'\t\n&#13;é<![CDATA[<>]]></a>',
    )
    expect(canonicalize(root)).toBe(
      '<a b="&lt;>&amp;&quot;\'&#x9;&#xA;&#xD;é">&lt;&gt;&amp;"\'\t\n&#xD;é&lt;&gt;</a>',
    )
  })

  it('leaves comments out and instructions in', () => {
    expect(canonicalize(parseXml('<a><!-- x --><?p  body ?><?q?></a>').root)).toBe('<a><?p body ?><?q?></a>')
  })

  it('leaves out what is excluded, by object and not by name', () => {
    const { root } = parseXml('<a><s>1</s><s>2</s></a>')
    const first = childElements(root)[0]
    expect(canonicalize(root, { exclude: (e) => e === first })).toBe('<a><s>2</s></a>')
  })

  it('is a fixed point of its own', () => {
    for (const name of ['p01-x509-rsa-sha256.xml', 'p14-x509-crlf-in-base64.xml']) {
      const once = canonicalize(parseXml(read(name)).root)
      expect(canonicalize(parseXml(once).root)).toBe(once)
    }
  })
})

describe('inclusive canonical form', () => {
  it('carries all namespaces in scope and the xml: attributes of the ancestors', () => {
    const { root } = parseXml(
      '<a xmlns:u="urn:u" xmlns="urn:d" xml:lang="nl" xml:space="preserve"><b xml:lang="fr" xmlns:v="urn:v"><c xmlns="" xmlns:u="urn:u"/></b></a>',
    )
    expect(canonicalizeInclusive(childElements(root)[0]!)).toBe(
      '<b xmlns="urn:d" xmlns:u="urn:u" xmlns:v="urn:v" xml:lang="fr" xml:space="preserve"><c xmlns=""></c></b>',
    )
  })
})

describe('canonical forms: the same as an independent implementation', () => {
  const prefixes = ['', 'p', 'q', 'r']
  // all of one length, since the peer compares namespace and name run together
  const uris = ['urn:a', 'urn:b', 'urn:c']
  const text = fc.string({
    unit: fc.constantFrom('a', 'é', '𝒳', ' ', '\t', '\n', '&', '<', '>', '"', "'", ']'),
  })
  const escape = (value: string) =>
    value.replace(/[&<>"\t\n]/g, (c) =>
      c === '\t' || c === '\n' ? `&#${c.charCodeAt(0)};` : `&#x${c.charCodeAt(0).toString(16)};`,
    )

  interface Shape {
    prefix: string
    local: string
    declare: { prefix: string; uri: string }[]
    attributes: { prefix: string; local: string; value: string }[]
    content: (string | Shape)[]
  }
  const { node } = fc.letrec<{ node: Shape }>((tie) => ({
    node: fc.record({
      prefix: fc.constantFrom(...prefixes),
      local: fc.constantFrom('a', 'b', 'c'),
      declare: fc.uniqueArray(
        fc.record({ prefix: fc.constantFrom(...prefixes), uri: fc.constantFrom(...uris) }),
        { maxLength: 3, selector: (d) => d.prefix },
      ),
      attributes: fc.uniqueArray(
        fc.record({
          prefix: fc.constantFrom(...prefixes),
          local: fc.constantFrom('x', 'y', 'z'),
          value: text,
        }),
        { maxLength: 4, selector: (a) => `${a.prefix}:${a.local}` },
      ),
      content: fc.array(fc.oneof({ depthSize: 'small' }, text, tie('node')), {
        maxLength: 4,
      }),
    }),
  }))

  /** Writes a shape; prefixes that are not in scope are declared, attributes that clash by namespace left out. */
  function write(shape: Shape, scope: ReadonlyMap<string, string>): string {
    const here = new Map(scope)
    const own = new Map(shape.declare.map((d) => [d.prefix, d.uri]))
    for (const used of [shape.prefix, ...shape.attributes.map((a) => a.prefix)])
      if (used !== '' && !here.has(used) && !own.has(used)) own.set(used, uris[0]!)
    for (const [prefix, uri] of own) here.set(prefix, uri)
    const taken = new Set<string>()
    let result = `<${shape.prefix === '' ? '' : `${shape.prefix}:`}${shape.local}`
    for (const { prefix, local, value } of shape.attributes) {
      const key = `${prefix === '' ? '' : here.get(prefix)}|${local}`
      if (taken.has(key)) continue
      taken.add(key)
      result += ` ${prefix === '' ? '' : `${prefix}:`}${local}="${escape(value)}"`
    }
    for (const [prefix, uri] of own) result += ` xmlns${prefix === '' ? '' : `:${prefix}`}="${uri}"`
    const content = shape.content.map((item) => (typeof item === 'string' ? escape(item) : write(item, here)))
    return `${result}>${content.join('')}</${shape.prefix === '' ? '' : `${shape.prefix}:`}${shape.local}>`
  }

  const judge = (source: string, algorithm: ExclusiveCanonicalization | C14nCanonicalization) => {
    const document = new DOMParser().parseFromString(source, 'text/xml')
    const options = { ancestorNamespaces: [], inclusiveNamespacesPrefixList: [] }
    return algorithm.process(document.documentElement, options).toString()
  }

  it('exclusive', () => {
    fc.assert(
      fc.property(node, (shape) => {
        const source = write(shape, new Map())
        expect(canonicalize(parseXml(source).root)).toBe(judge(source, new ExclusiveCanonicalization()))
      }),
      { numRuns: 500 },
    )
  })

  it('inclusive', () => {
    fc.assert(
      fc.property(node, (shape) => {
        const source = write(shape, new Map())
        expect(canonicalizeInclusive(parseXml(source).root)).toBe(judge(source, new C14nCanonicalization()))
      }),
      { numRuns: 500 },
    )
  })
})
