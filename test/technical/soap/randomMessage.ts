/** Messages of any contract that can be described, for property tests of writing and signing. */
import fc from 'fast-check'

import type { ElementDeclaration, Particle, Type } from '../../../src/technical/xml/index.js'
import { namespace, string } from '../../../src/technical/xml/index.js'

/** A message with its contract. */
export interface RandomMessage {
  declaration: ElementDeclaration<unknown>
  value: unknown
}

interface Node {
  uri: string
  local: string
  attributes: { uri: string; local: string; value: string }[]
  text: string
  children: readonly Node[]
}

/** Namespaces of the messages: one takes a prefix of the envelope over, one has none. */
const plain: Record<string, string> = {
  'urn:random:a': 'a',
  'urn:random:b': 'b-1',
  'urn:random:wsu': 'wsu',
  'urn:random:default': '',
}
/** Those that xml-crypto gets wrong: it sorts prefixes by locale. */
const odd: Record<string, string> = {
  'urn:random:soap': 'S',
  'urn:random:c?x=1;y=2': '_\u00e9',
}
for (const [uri, prefix] of Object.entries({ ...plain, ...odd })) namespace(uri, { prefix, qualified: true })

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'
const names = ['Body', 'a', '_x', 'N\u00e9', '\u03a9mega', 'Timestamp', 'x-1.y']
/** Of another plane: the parser of xml-crypto does not know it as a name. */
const oddName = '\ud840\udc00'

/** Every class of character: markup, white space, controls that are allowed, other planes, near the forbidden ones. */
const character = fc.oneof(
  fc.constantFrom('&', '<', '>', '"', "'", '\r', '\n', '\t', ' ', ']]>', '&amp;', '\r\n'),
  fc.constantFrom('\u007f', '\u0085', '\u00a0', '\u2028', '\ufeff', '\ufffd', '\ud7ff', '\ue000', 'e\u0301'),
  fc.constantFrom('\ud83d\ude00', '\ud800\udc00', '\udbff\udffd'),
  fc.string({ unit: 'grapheme-ascii', maxLength: 5 }),
)
const text = fc.array(character, { maxLength: 6 }).map((parts) => parts.join(''))

function messagesOf(uris: Record<string, string>, locals: string[]): fc.Arbitrary<RandomMessage> {
  const anyUri = fc.constantFrom(...Object.keys(uris))
  const attribute = fc.record({
    uri: fc.oneof(
      fc.constant(''),
      anyUri.filter((uri) => uris[uri] !== ''),
    ),
    local: fc.constantFrom(...locals),
    value: text,
  })
  const { node } = fc.letrec<{ node: Node }>((tie) => ({
    node: fc.record({
      uri: fc.oneof({ weight: 3, arbitrary: anyUri }, { weight: 1, arbitrary: fc.constant('') }),
      local: fc.constantFrom(...locals),
      attributes: fc.array(attribute, { maxLength: 3 }),
      text,
      children: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constant([]),
        fc.array(tie('node'), { maxLength: 3 }),
      ),
    }),
  }))
  return fc.tuple(node, anyUri, fc.option(text, { nil: undefined })).map(([root, uri, language]) => {
    const { type, value } = described(root, language)
    return { declaration: { namespace: uri, local: root.local, type }, value }
  })
}

/** Any message; its root stands in a namespace, as every message of the platform does. */
export const randomMessages = messagesOf({ ...plain, ...odd }, [...names, oddName])

/** Messages that xml-crypto canonicalises by the letter of the recommendation. */
export const plainMessages = messagesOf(plain, names)

function described(
  { attributes, children, text: content }: Node,
  language?: string,
): { type: Type<unknown>; value: unknown } {
  // keys of a value are local names, so each stands once
  const value: Record<string, unknown> = {}
  const described = attributes.map(({ uri, local, value: own }, index) => {
    const key = `${local}${index}`
    value[key] = own
    return { local: key, namespace: uri, type: string(), required: true }
  })
  if (language !== undefined) {
    value['lang'] = language
    described.push({ local: 'lang', namespace: xmlNamespace, type: string(), required: true })
  }
  if (children.length === 0) {
    if (described.length === 0) return { type: string(), value: content }
    value['value'] = content
    return { type: { kind: 'simpleContent', attributes: described, content: string() }, value }
  }
  const particles = children.map((child, index): Particle => {
    const inner = childOf(child)
    const local = `${child.local}-${index}`
    value[local] = inner.value
    return {
      particle: 'element',
      local,
      namespace: child.uri,
      type: inner.type,
      min: 1,
      max: 1,
      array: false,
    }
  })
  return { type: { kind: 'sequence', attributes: described, particles }, value }
}

const childOf = (child: Node) => described(child)

/** Elements that somebody else wrote: any prefixes, declarations in odd places, comments, CDATA. */
export const foreignElements = fc.constantFrom(
  '<Foreign xmlns="urn:f" b="2" a="1"><!-- gone --><x/></Foreign>',
  "<f:Foreign xmlns:f='urn:f' xmlns:unused='urn:u'>\r\n<![CDATA[<&]]>&#13;</f:Foreign>",
  '<p:a xmlns:p="urn:1"><p:a xmlns:p="urn:2" p:b="&#9;&#10;&#xD;"/><a xmlns=""/></p:a>',
  '<a xmlns="urn:d"><b xmlns=""><c xmlns="urn:d"/></b></a>',
  '<z:a xmlns:z="urn:z" xmlns:y="urn:y" xml:space="preserve" y:b="1" z:a="2" a="3"> <!----> </z:a>',
  '<q xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="t:x" xmlns:t="urn:t">\ud83d\ude00</q>',
)
