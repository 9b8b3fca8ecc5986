import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

import { EHealthError } from '../../../src/errors.js'
import { canonicalize } from '../../../src/technical/xml/canonicalize.js'
import { parseXml, rawElement, type ParseOptions } from '../../../src/technical/xml/parse.js'
import { attribute, childElements, childNamed, descendants, textOf } from '../../../src/technical/xml/tree.js'

const fixture = (path: string) => readFileSync(new URL(`../../../fixtures/${path}`, import.meta.url))

function failure(input: Uint8Array | string, options?: ParseOptions): EHealthError {
  try {
    parseXml(input, options)
  } catch (error) {
    if (error instanceof EHealthError) return error
    throw error
  }
  throw new Error('accepted')
}

const codeOf = (input: Uint8Array | string, options?: ParseOptions) => failure(input, options).code

describe('parseXml: the tree', () => {
  it('resolves namespaces of elements and attributes', () => {
    const { root } = parseXml('<p:a xmlns:p="urn:p" xmlns="urn:d" p:x="1" x="2"><b xmlns=""/><c/></p:a>')
    expect([root.prefix, root.local, root.namespace]).toEqual(['p', 'a', 'urn:p'])
    expect(attribute(root, 'x', 'urn:p')).toBe('1')
    expect(attribute(root, 'x')).toBe('2')
    expect([...root.declarations]).toEqual([
      ['p', 'urn:p'],
      ['', 'urn:d'],
    ])
    expect(childElements(root).map((e) => e.namespace)).toEqual(['', 'urn:d'])
    expect(childElements(root)[0]!.parent).toBe(root)
  })

  it('reads text whole across comments, CDATA and references', () => {
    const { root } = parseXml('<a>9001<!--x-->01<![CDATA[<&]]>&#x41;&amp;<!-- --><b/>z</a>')
    expect(root.children[0]).toEqual({ kind: 'text', value: '900101<&A&' })
    expect(root.children).toHaveLength(3)
    expect(textOf(root)).toBe('900101<&A&z')
  })

  it('normalises line ends of text but keeps those written as references', () => {
    const { root } = parseXml('<a b="1\r\n2&#10;3">x\r\ny\rz&#13;\n</a>')
    expect(textOf(root)).toBe('x\ny\nz\r\n')
    expect(attribute(root, 'b')).toBe('1 2\n3')
  })

  it('keeps processing instructions inside the root only', () => {
    const { root } = parseXml('<?before x?><a><?in  side ?></a><?after?>')
    expect(root.children).toEqual([{ kind: 'instruction', target: 'in', body: 'side ' }])
  })

  it('tells where each element stands in the source, to the character', () => {
    const source =
      '\ufeff<?xml version="1.0"?>\r\n<!-- <b/> --><a\r\n x=">"\r><b/>\r\n𝒳<c 𝒳="1" >\r\n<![CDATA[<b/>]]></c\r\n>\r<d\r\n/></a>\r\n'
    const { root, source: kept } = parseXml(source)
    const texts = [...descendants(root)].map((e) => kept.slice(e.start, e.end))
    expect(texts).toEqual([
      source.slice(source.indexOf('<a'), source.lastIndexOf('</a>') + 4),
      '<b/>',
      '<c 𝒳="1" >\r\n<![CDATA[<b/>]]></c\r\n>',
      '<d\r\n/>',
    ])
  })

  it('gives elements whose own text parses to the same canonical form', () => {
    const { root, source } = parseXml(fixture('wss/canonical/p09-x509-other-prefixes-indented.xml'))
    let seen = 0
    for (const element of descendants(root)) {
      const alone = parseXml(rawElement({ root, source }, element)).root
      expect(canonicalize(alone)).toBe(canonicalize(element))
      seen++
    }
    expect(seen).toBeGreaterThan(20)
  })
})

describe('parseXml: encodings', () => {
  const latin = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>\u00e9\u0085</a>', 'latin1')

  it('reads UTF-8 with and without byte order mark', () => {
    expect(textOf(parseXml(Buffer.from('<a>é𝒳</a>')).root)).toBe('é𝒳')
    const { root, source } = parseXml(Buffer.from('\ufeff<a>é</a>'))
    expect(source.slice(root.start, root.end)).toBe('<a>é</a>')
  })

  it('follows the declaration, and the transport before the declaration', () => {
    expect(textOf(parseXml(latin).root)).toBe('\u00e9\u0085')
    expect(
      textOf(
        parseXml(Buffer.from([...Buffer.from('<a>'), 0xa4, ...Buffer.from('</a>')]), {
          encoding: 'iso-8859-15',
        }).root,
      ),
    ).toBe('€')
    expect(textOf(parseXml(Buffer.from('<a>\u00e9</a>', 'latin1'), { encoding: 'ISO-8859-1' }).root)).toBe(
      'é',
    )
    expect(textOf(parseXml(Buffer.from('\ufeff<a>é</a>', 'utf16le')).root)).toBe('é')
  })

  it('never repairs octets', () => {
    expect(codeOf(Buffer.from('<a>\u00e9</a>', 'latin1'))).toBe('xml.malformed')
    expect(codeOf(Buffer.from([0x3c, 0x61, 0x3e, 0xed, 0xa0, 0x80, 0x3c, 0x2f, 0x61, 0x3e]))).toBe(
      'xml.malformed',
    )
    expect(codeOf(latin, { encoding: 'utf-8' })).toBe('xml.malformed')
    expect(codeOf(latin, { encoding: 'us-ascii' })).toBe('xml.malformed')
    expect(codeOf(Buffer.from('<a/>'), { encoding: 'utf-7' })).toBe('xml.malformed')
    expect(codeOf(Buffer.from('<a/>'), { encoding: 'constructor' })).toBe('xml.malformed')
  })
})

describe('parseXml: what is refused', () => {
  it.each([
    ['nothing', ''],
    ['text only', 'patient'],
    ['an undeclared prefix', '<p:a/>'],
    ['an undeclared prefix of an attribute', '<a p:b=""/>'],
    ['the same attribute twice', '<a b="" b=""/>'],
    ['the same attribute by namespace', '<a xmlns:p="urn:x" xmlns:q="urn:x" p:b="" q:b=""/>'],
    ['the same declaration twice', '<a xmlns:p="urn:x" xmlns:p="urn:y"/>'],
    ['an undeclared namespace undeclared', '<a xmlns:p="urn:x"><b xmlns:p=""/></a>'],
    ['blanks around a namespace', '<a xmlns=" urn:x"/>'],
    ['a misused xml prefix', '<a xmlns:xml="urn:x"/>'],
    ['an unknown entity', '<a>&nbsp;</a>'],
    ['an inherited property as entity', '<a>&constructor;</a>'],
    ['a forbidden character', '<a>\u0001</a>'],
    ['a forbidden character by reference', '<a>&#1;</a>'],
    ['half a surrogate pair', '<a>\ud83d</a>'],
    ['half a surrogate pair before another character', '<a>\ud800x</a>'],
    ['half a surrogate pair by reference', '<a>&#xD800;</a>'],
    ['two roots', '<a/><b/>'],
    ['text behind the root', '<a/>x'],
    ['CDATA behind the root', '<a/><![CDATA[x]]>'],
    ['crossed tags', '<a><b></a></b>'],
    ['an open end', '<a><b></b>'],
    ['a bare ampersand', '<a>a & b</a>'],
    ['a bare bracket in an attribute', '<a b="<"/>'],
    ['an end of CDATA in text', '<a>]]></a>'],
    ['a comment with two hyphens', '<a><!-- -- --></a>'],
    ['a name beginning with a digit', '<a xmlns:p="urn:x"><p:1/></a>'],
    ['a late declaration', ' <?xml version="1.0"?><a/>'],
    ['a colon in the name of an instruction', '<a><?p:q?></a>'],
    ['XML 1.1', '<?xml version="1.1"?><a/>'],
  ])('%s', (_, input) => {
    expect(codeOf(input)).toBe('xml.malformed')
  })

  it.each([
    '<!DOCTYPE a><a/>',
    '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
    '<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;&x;">]><a>&z;</a>',
    '<?xml version="1.0"?><!-- --><!DOCTYPE a PUBLIC "-//x" "http://localhost/x"><a/>',
  ])('a document type declaration: %s', (input) => {
    expect(codeOf(input)).toBe('xml.doctype')
  })

  it('too deep, too large, too many attributes, too many nodes', () => {
    const nested = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth)
    expect(parseXml(nested(200)).root.local).toBe('a')
    expect(codeOf(nested(201))).toBe('xml.limit')
    expect(parseXml(nested(900), { maxDepth: 5000 }).root.local).toBe('a')
    expect(codeOf(nested(100_000), { maxDepth: 1e9 })).toBe('xml.limit')
    expect(codeOf('<abc/>', { maxBytes: 5 })).toBe('xml.limit')
    expect(codeOf('<a b="" c=""/>', { maxAttributes: 1 })).toBe('xml.limit')
    expect(codeOf('<a><b/><b/>x</a>', { maxNodes: 3 })).toBe('xml.limit')
    expect(parseXml('<a><b/><b/>x</a>', { maxNodes: 4 }).root.local).toBe('a')
  })

  it('without a word of the document in the message', () => {
    for (const input of [
      '<secret><secret2>',
      '<a>&secret;</a>',
      '<a secret="" secret=""/>',
      '<secret:a/>',
      '<a></secret>',
    ]) {
      const error = failure(input)
      expect(JSON.stringify(error)).not.toContain('secret')
      expect(error.cause).toBeUndefined()
    }
    expect(failure('<a>\n<b></c></a>').details).toMatchObject({ line: 2 })
  })
})

describe('rawElement: a fragment that stands alone', () => {
  it('adds what was inherited and leaves the rest as received', () => {
    const document = parseXml(
      '<s:e xmlns:s="urn:s" xmlns="urn:d" xmlns:q="urn:&quot;&amp;"><a  x=\'1\' xmlns:s="urn:own">\r\n<b/></a ></s:e>',
    )
    const raw = rawElement(document, childElements(document.root)[0]!)
    expect(raw).toBe('<a xmlns="urn:d" xmlns:q="urn:&quot;&amp;"  x=\'1\' xmlns:s="urn:own">\r\n<b/></a >')
  })

  it('takes the nearest declaration', () => {
    const document = parseXml('<a xmlns:p="urn:1" xmlns="urn:d"><b xmlns:p="urn:2" xmlns=""><p:c/></b></a>')
    const c = childElements(childElements(document.root)[0]!)[0]!
    expect(rawElement(document, c)).toBe('<p:c xmlns:p="urn:2"/>')
  })

  it('keeps elements in no namespace out of the default namespace of the new place', () => {
    const document = parseXml('<p:a xmlns:p="urn:p"><p:b><c/></p:b></p:a>')
    const raw = rawElement(document, childNamed(document.root, 'urn:p', 'b')!)
    expect(raw).toBe('<p:b xmlns:p="urn:p" xmlns=""><c/></p:b>')
    const moved = parseXml(`<x xmlns="urn:other">${raw}</x>`).root
    expect(childElements(childElements(moved)[0]!)[0]!.namespace).toBe('')
  })
})

describe('parseXml: hostile input', () => {
  const envelope = fixture('wss/canonical/p04-saml-hok-rsa-sha256.xml')

  const onlyTyped = (input: Uint8Array) => {
    try {
      const { root } = parseXml(input)
      canonicalize(root)
    } catch (error) {
      if (!(error instanceof EHealthError)) throw error
    }
  }

  it('refuses every truncation', () => {
    for (let length = 0; length < envelope.length - 1; length += 7)
      expect(codeOf(envelope.subarray(0, length)), `${length}`).toBe('xml.malformed')
  })

  it('throws nothing but typed errors on changed octets', () => {
    const change = fc.tuple(fc.nat(envelope.length - 1), fc.nat(255))
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (changes) => {
        const copy = Uint8Array.from(envelope)
        for (const [at, octet] of changes) copy[at] = octet
        onlyTyped(copy)
      }),
      { numRuns: 500 },
    )
  })

  it('throws nothing but typed errors on scrambled markup', () => {
    const piece = fc.constantFrom(
      ...[
        '<',
        '>',
        '</',
        '/>',
        '<a',
        '<a>',
        '</a>',
        '<p:a',
        ' x="',
        '"',
        '<!--',
        '-->',
        '<![CDATA[',
        ']]>',
        '<?x',
      ],
      ...[
        '?>',
        '<!DOCTYPE',
        '[',
        ']',
        '&',
        '&#x',
        ';',
        '&amp;',
        '\r',
        '\n',
        '\ud83d',
        '𝒳',
        '\u0000',
        ' xmlns="',
      ],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        try {
          parseXml(pieces.join(''))
        } catch (error) {
          if (!(error instanceof EHealthError)) throw error
        }
      }),
      { numRuns: 2000 },
    )
  })
})
