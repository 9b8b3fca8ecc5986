import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { indented } from '../../src/cli/console/indent.js'
import { mostCharacters, textOfContent } from '../../src/cli/console/text.js'
import { openWire } from '../../src/cli/console/wire.js'
import { isSealed } from '../../src/cli/console/sealed.js'
import { parseXml, textOf, descendants } from '../../src/technical/xml/index.js'

describe('indenting', () => {
  it('puts elements under each other, and leaves texts and attributes as they are', () => {
    expect(
      indented(
        `<?xml version="1.0"?><S:E xmlns:S='urn:s'><!-- > --><a x="1>2" y='"'> 1 &amp; 2 </a>\n  <b/><c><d>x</d></c><e></e></S:E>`,
      ),
    ).toBe(
      `<?xml version="1.0"?>\n<S:E xmlns:S='urn:s'>\n  <!-- > -->\n  <a x="1>2" y='"'> 1 &amp; 2 </a>\n  <b/>\n  <c>\n    <d>x</d>\n  </c>\n  <e></e>\n</S:E>`,
    )
  })

  it('does not touch an element with a text of its own, nor what is in it', () => {
    const mixed = '<p>Take <b>two <i>of</i></b> <u>these</u></p>'
    expect(indented(`<a>${mixed}<b><![CDATA[<x>]]></b></a>`)).toBe(
      `<a>\n  ${mixed}\n  <b><![CDATA[<x>]]></b>\n</a>`,
    )
  })

  it('changes no text of any document', () => {
    const element = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom('x', ' y ', '&lt;', '<![CDATA[z]]>').map((text) => `<t>${text}</t>`),
        fc.array(tie('node'), { maxLength: 3 }).map((nodes) => `<n>${nodes.join('')}</n>`),
        fc.tuple(fc.constantFrom('m', 'm '), tie('node')).map(([text, node]) => `<m>${text}${node} </m>`),
      ),
    })).node
    const texts = (xml: string) =>
      [...descendants(parseXml(xml).root)].filter(({ local }) => local !== 'n').map(textOf)
    fc.assert(
      fc.property(element, (xml) => {
        expect(texts(indented(xml))).toEqual(texts(xml))
      }),
    )
  })

  it('takes whatever comes, in a time that grows with its length', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '/', '!', '-', '[', 'a', ' ') }),
        (text) => {
          expect(indented(text).replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
        },
      ),
    )
    for (const unit of ['<"', '<!--', '<![CDATA[', '<a>', '</a>', '<a', '&'])
      expect(indented(unit.repeat(mostCharacters / unit.length)).length).toBeGreaterThan(0)
  }, 10_000)
})

describe('octets for the page', () => {
  it('are text where they are text', () => {
    expect(textOfContent(Buffer.from('é <b>'))).toBe('é <b>')
    expect(textOfContent(Buffer.from('caf\u00e9', 'latin1'))).toBe('café')
    expect(textOfContent(Buffer.from('%PDF-1.7\n%\u00e2\u00e3\u0000', 'latin1'))).toBeUndefined()
    expect(textOfContent(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))).toBeUndefined()
    // a character of two octets where the look ahead ends
    const long = Buffer.from('a' + 'é'.repeat(20_000))
    expect(textOfContent(long)).toHaveLength(20_001)
  })

  it('are cut where there are too many', () => {
    const { view } = openWire({
      contentType: 'text/xml',
      body: Buffer.from(`<a>${'b'.repeat(mostCharacters)}</a>`),
    })
    expect(view.cut).toBe(true)
    expect(view.envelope).toHaveLength(mostCharacters)
  })

  it('show as they are where nothing can be read', () => {
    const body = Buffer.from('--x\r\nno parts at all')
    const { view, root } = openWire({ contentType: 'multipart/related; boundary=x', body })
    expect(view).toMatchObject({ envelope: body.toString(), parts: [], octets: body.length, cut: false })
    expect(root).toBeUndefined()
    expect(openWire({ body: new Uint8Array() }).view.envelope).toBeUndefined()
  })

  it('tell their encoding', () => {
    const body = Buffer.from('\ufeff<a>\u00e9</a>', 'utf16le')
    expect(openWire({ contentType: 'text/xml; charset=utf-16', body }).view.envelope).toBe('<a>é</a>')
  })

  it('are no sealed message where they only begin like one', () => {
    expect(isSealed(new Uint8Array())).toBe(false)
    expect(isSealed(Buffer.from('MIIB'))).toBe(false)
    expect(isSealed(Buffer.from('3080', 'hex'))).toBe(false)
  })
})
