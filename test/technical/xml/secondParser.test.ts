/** Our parser beside saxes, which shares no code with it: the same documents are well-formed, and say the same. */
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'

import { EHealthError } from '../../../src/errors.js'
import { parseXml } from '../../../src/technical/xml/parse.js'
import type { XmlElement } from '../../../src/technical/xml/tree.js'

type Shape = [
  name: string,
  attributes: string[],
  declarations: string[],
  children: (Shape | string | { target: string; body: string })[],
]

/** What saxes makes of a document; undefined when it refuses it. */
function bySaxes(source: string): Shape | undefined {
  const parser = new SaxesParser({ xmlns: true, defaultXMLVersion: '1.0', forceXMLVersion: true })
  const top: Shape = ['', [], [], []]
  const open = [top]
  const text = (value: string): void => {
    const { [3]: children } = open.at(-1)!
    if (open.length === 1 || value === '') return
    if (typeof children.at(-1) === 'string')
      children[children.length - 1] = (children.at(-1) as string) + value
    else children.push(value)
  }
  let sound = true
  parser.on('error', () => (sound = false))
  parser.on('doctype', () => (sound = false))
  parser.on('text', text)
  parser.on('cdata', text)
  parser.on('processinginstruction', ({ target, body }) => {
    if (open.length > 1) open.at(-1)![3].push({ target, body })
  })
  parser.on('opentag', ({ uri, prefix, local, attributes }) => {
    const all = Object.values(attributes)
    const shape: Shape = [
      `${prefix}|${local}|${uri}`,
      all
        .filter((a) => a.uri !== 'http://www.w3.org/2000/xmlns/')
        .map((a) => `${a.prefix}|${a.local}|${a.uri}|${a.value}`),
      all.filter((a) => a.uri === 'http://www.w3.org/2000/xmlns/').map((a) => `${a.name}|${a.value}`),
      [],
    ]
    open.at(-1)![3].push(shape)
    open.push(shape)
  })
  parser.on('closetag', () => void open.pop())
  try {
    parser.write(source).close()
  } catch {
    return undefined
  }
  // XML 1.1 is refused here whatever saxes is told
  if (!sound || source.includes('version="1.1"')) return undefined
  return top[3].find((child) => Array.isArray(child))
}

function ours(source: string): Shape | undefined {
  try {
    return shapeOf(parseXml(source).root)
  } catch (error) {
    if (error instanceof EHealthError) return undefined
    throw error
  }
}

const shapeOf = ({ prefix, local, namespace, attributes, declarations, children }: XmlElement): Shape => [
  `${prefix}|${local}|${namespace}`,
  attributes.map((a) => `${a.prefix}|${a.local}|${a.namespace}|${a.value}`),
  [...declarations].map(([p, uri]) => `xmlns${p === '' ? '' : `:${p}`}|${uri}`),
  children.map((node) =>
    node.kind === 'element'
      ? shapeOf(node)
      : node.kind === 'text'
        ? node.value
        : { target: node.target, body: node.body },
  ),
]

/** Where the two differ on purpose or by a mistake of the other one. */
function known(source: string): boolean {
  return (
    // saxes takes half a surrogate pair for a character
    !source.isWellFormed() ||
    // saxes does not look at the first character of a local name behind a colon
    /:[-.0-9\u00b7]/.test(source) ||
    // blanks around the name of a namespace, which saxes cuts off before it resolves and keeps in the value
    /xmlns[^=]*=\s*(["'])(?:\s|&#x?[9aAdD]|[^"']*\s\1)/.test(source)
  )
}

const pieces = fc.constantFrom(
  ...[
    '<a>',
    '</a>',
    '<a/>',
    '<b x="1">',
    '</b>',
    '<p:a xmlns:p="urn:p">',
    '</p:a>',
    '<p:a p:x="1" x=\'2\'/>',
  ],
  ...[
    '<a xmlns="urn:d">',
    '<a xmlns="">',
    '<p:b/>',
    ' x="1"',
    " y='>'",
    '<a x="1" x="2"/>',
    '<a\n x = "1"\t/>',
  ],
  ...[
    'text',
    ' ',
    '\r\n',
    '\r',
    '\n',
    '\t',
    '&amp;',
    '&#65;',
    '&#x41;',
    '&#13;',
    '&lt',
    '&x;',
    '&',
    ']]>',
    '>',
  ],
  ...[
    '<!--c-->',
    '<!-- -- -->',
    '<!--->',
    '<![CDATA[<&]]>',
    '<![CDATA[]]>',
    '<?p?>',
    '<?p b ?>',
    '<?p:q?>',
    '<?xml?>',
  ],
  ...[
    '<',
    '</',
    '/>',
    '"',
    "'",
    '=',
    '\u00e9',
    '\u{1f600}',
    '\u0085',
    '\u2028',
    '\ufffe',
    '\u0001',
    '<\u00e9/>',
    '<-a/>',
  ],
  ...['<a:b:c/>', '<:a/>', '<a:/>', '<xml:a/>', '<a xml:lang="x"/>', '<a xmlns:xml="urn:x"/>', '<xmlns:a/>'],
  ...['<a b="&#10;\n\t"/>', '<a b="&quot;&apos;"/>', '<a b="<"/>', '<a b=1/>', '<a b/>', '<a b="1"c="2"/>'],
)
const declaration = fc.constantFrom(
  ...[
    '',
    '<?xml version="1.0"?>',
    "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>",
    '<?xml version="1.1"?>',
  ],
  ...[
    '<?xml encoding="UTF-8"?>',
    '<?xml version="1.0" standalone="maybe"?>',
    '\ufeff',
    ' <?xml version="1.0"?>',
  ],
  ...[
    '<?xml version="1.0"encoding="UTF-8"?>',
    '<?xmlx?>',
    '<?xml version="1.0" encoding="1"?>',
    '<!-- c -->\n',
  ],
)

describe('any text', () => {
  it('is the same document for both parsers, or for none (property)', () => {
    fc.assert(
      fc.property(declaration, fc.array(pieces, { maxLength: 12 }), fc.boolean(), (start, parts, wrapped) => {
        const content = parts.join('')
        const source = start + (wrapped ? `<r xmlns:q="urn:q">${content}</r>` : content)
        if (known(source)) return
        expect(ours(source), source).toEqual(bySaxes(source))
      }),
      { numRuns: 6000 },
    )
  })

  it('is a document often enough to tell', () => {
    const samples = fc.sample(fc.array(pieces, { maxLength: 4 }), { numRuns: 2000, seed: 1 })
    const sound = samples.filter((parts) => ours(`<r>${parts.join('')}</r>`) !== undefined)
    expect(sound.length).toBeGreaterThan(200)
  })
})
