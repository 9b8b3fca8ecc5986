/** Documents made to fill the memory: each is read in a process of its own, which tells how much it took at most. */
import { execFileSync } from 'node:child_process'

import { describe, expect, it } from 'vitest'

interface Measured {
  code: string
  /** MiB of the document, and MiB by which reading it raised the most memory that the process ever had. */
  size: number
  memory: number
  milliseconds: number
}

const envelope = new URL('../../dist/technical/soap/envelope.js', import.meta.url).href

/** Makes a document by an expression over `wrap` and `repeat`, reads it, and tells the outcome. */
function readAlone(expression: string): Measured {
  const program = `
    const { parseEnvelope } = await import(${JSON.stringify(envelope)})
    const soap = 'http://schemas.xmlsoap.org/soap/envelope/'
    const repeat = (text, count = 1) => ({ text, count, octets: Buffer.byteLength(text) * count })
    const wrap = (...parts) => ['<S:Envelope xmlns:S="' + soap + '"><S:Body>', ...parts, '</S:Body></S:Envelope>']
    // written into its place, so that making the document takes no more memory than the document
    const join = (...parts) => {
      const pieces = parts.flat().map((part) => (typeof part === 'string' ? repeat(part) : part))
      const document = Buffer.alloc(pieces.reduce((sum, { octets }) => sum + octets, 0))
      let at = 0
      for (const { text, octets } of pieces) document.fill(text, at, (at += octets))
      return document
    }
    const numbered = (count, text) => Array.from({ length: count }, (_, n) => text.replaceAll('#', n)).join('')
    const document = join(...${expression})
    globalThis.gc?.()
    const before = process.resourceUsage().maxRSS
    const start = performance.now()
    let code = 'read'
    try { parseEnvelope(document) } catch (error) { code = error.code ?? String(error) }
    console.log(JSON.stringify({
      code,
      size: document.length / 1048576,
      memory: (process.resourceUsage().maxRSS - before) / 1024,
      milliseconds: Math.round(performance.now() - start),
    }))`
  // a heap that would not hold a tree of everything
  const flags = ['--max-old-space-size=512', '--expose-gc', '--input-type=module', '-e', program]
  return JSON.parse(execFileSync(process.execPath, flags, { encoding: 'utf8' })) as Measured
}

/** The text as octets, as a string of one or two octets a character, and what was cut out of it. */
const copies = 2

describe('a bomb is refused with bounded memory', () => {
  it.each<[string, string, string]>([
    [
      'a million entities',
      `['<!DOCTYPE a [', numbered(1e6, '<!ENTITY e# "ha">'), ']>', wrap('<a>&e1;</a>').flat()].flat()`,
      'xml.doctype',
    ],
    [
      'entities that grow',
      `['<!DOCTYPE a [<!ENTITY e0 "ha">', numbered(60, '<!ENTITY f# "&e0;&e0;">'), ']>', ...wrap('<a>&f59;</a>')]`,
      'xml.doctype',
    ],
    ['a million references to nothing', `wrap('<a>', repeat('&e;', 1e6), '</a>')`, 'xml.malformed'],
    ['an attribute of 50 megabytes', `wrap('<a b="', repeat('x', 50e6), '"/>')`, 'xml.limit'],
    [
      'an attribute of 50 megabytes of references',
      `wrap('<a b="', repeat('&#9;', 12.5e6), '"/>')`,
      'xml.limit',
    ],
    ['a namespace of 50 megabytes', `wrap('<a xmlns:b="', repeat('x', 50e6), '"/>')`, 'xml.limit'],
    ['an attribute without end', `wrap('<a b="', repeat('x', 50e6))`, 'xml.malformed'],
    [
      'a hundred thousand elements inside each other',
      `wrap(repeat('<a>', 1e5), repeat('</a>', 1e5))`,
      'xml.limit',
    ],
    ['ten million elements that never end', `wrap(repeat('<a>', 1e7))`, 'xml.limit'],
    ['a million attributes', `wrap('<a ', numbered(1e6, 'b#="" '), '/>')`, 'xml.limit'],
    ['a hundred thousand namespaces', `wrap('<a ', numbered(1e5, 'xmlns:b#="urn:#" '), '/>')`, 'xml.limit'],
    [
      'many attributes on many elements',
      `wrap(repeat('<a ' + numbered(200, 'b#="" ') + '/>', 20000))`,
      'xml.limit',
    ],
    ['text in ten million pieces', `wrap('<a>', repeat('x<!---->', 7e6), '</a>')`, 'xml.limit'],
    ['text of 70 megabytes', `wrap('<a>', repeat('x', 70e6), '</a>')`, 'xml.limit'],
    ['sixteen million small elements', `wrap(repeat('<a/>', 15e6))`, 'xml.limit'],
    ['a name of 50 megabytes', `wrap('<', repeat('a', 50e6), '/>')`, 'xml.malformed'],
    ['a prefix of 50 megabytes', `wrap('<', repeat('a', 50e6), ':a/>')`, 'xml.malformed'],
    ['blanks of 50 megabytes in a tag', `wrap('<a', repeat(' ', 50e6), '<')`, 'xml.malformed'],
    ['60 million lines before a mistake', `wrap(repeat('\\n', 60e6), '<a></b>')`, 'xml.malformed'],
    ['a comment without end', `wrap('<!--', repeat('x -', 16e6))`, 'xml.malformed'],
    ['CDATA without end', `wrap('<![CDATA[', repeat(']]', 25e6))`, 'xml.malformed'],
    ['an instruction without end', `wrap('<?a ', repeat('?', 50e6))`, 'xml.malformed'],
  ])(
    '%s',
    (_, expression, code) => {
      const measured = readAlone(expression)
      expect(measured.code).toBe(code)
      expect(measured.memory).toBeLessThan(copies * measured.size + 220)
    },
    60_000,
  )

  it('what is large and sound is read, with memory in proportion', () => {
    for (const expression of [
      `wrap('<a>', repeat('x', 60e6), '</a>')`,
      `wrap('<a>', repeat('\u00e9&amp;', 7e6), '</a>')`,
      `wrap('<a><![CDATA[', repeat('x', 60e6), ']]></a>')`,
    ]) {
      const measured = readAlone(expression)
      expect(measured.code, expression).toBe('read')
      expect(measured.memory, expression).toBeLessThan(copies * measured.size + 200)
    }
  }, 120_000)
})
