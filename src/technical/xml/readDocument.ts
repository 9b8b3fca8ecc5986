/** From characters to a tree, in one pass from one markup to the next. */
import { EHealthError } from '../../errors.js'
import { dereferenced, isBlank, nameAt, normalizedLineEnds, skipBlanks } from './characters.js'
import { namespaceOf, readStartTag, resolveAttributes, DocumentProblem, type TagLimits } from './startTag.js'
import type { XmlElement } from './tree.js'

/** What a document may cost. */
export interface DocumentLimits extends TagLimits {
  depth: number
  nodes: number
}

const blanks = '[ \\t\\r\\n]+'
const equals = '[ \\t\\r\\n]*=[ \\t\\r\\n]*'
const declaration = new RegExp(
  `<\\?xml${blanks}version${equals}(["'])(1\\.[0-9]+)\\1` +
    `(?:${blanks}encoding${equals}(["'])[A-Za-z][A-Za-z0-9._-]*\\3)?` +
    `(?:${blanks}standalone${equals}(["'])(?:yes|no)\\4)?[ \\t\\r\\n]*\\?>`,
  'y',
)

const malformed = (reason: string, at: number): DocumentProblem =>
  new DocumentProblem('malformed', reason, at)

/**
 * Reads a document whose characters were checked.
 *
 * @throws EHealthError `xml.doctype`
 * @throws DocumentProblem for everything else
 */
export function readDocument(source: string, limits: DocumentLimits): XmlElement {
  const builder = treeBuilder(source, limits)
  let at = behindDeclaration(source)
  while (at < source.length) {
    const next = source.indexOf('<', at)
    const end = next === -1 ? source.length : next
    if (end > at) builder.text(at, end)
    if (next === -1) break
    at = readMarkup(source, next, builder)
  }
  return builder.end()
}

function behindDeclaration(source: string): number {
  const start = source.startsWith('\ufeff') ? 1 : 0
  if (!source.startsWith('<?xml', start) || nameAt(source, start + 2)?.local !== 'xml') return start
  declaration.lastIndex = start
  const match = declaration.exec(source)
  if (match === null) throw malformed('malformed XML declaration', start)
  if (match[2] !== '1.0') throw malformed('not XML 1.0', start)
  return declaration.lastIndex
}

/** @returns the offset behind the markup */
function readMarkup(source: string, at: number, builder: TreeBuilder): number {
  switch (source[at + 1]) {
    case '/':
      return builder.closeTag(at)
    case '?':
      return readInstruction(source, at, builder)
    case '!':
      return readComment(source, at) ?? readCharacterData(source, at, builder)
    default:
      return builder.openTag(at)
  }
}

function readComment(source: string, at: number): number | undefined {
  if (!source.startsWith('<!--', at)) return undefined
  const end = source.indexOf('--', at + 4)
  if (end === -1 || source[end + 2] !== '>') throw malformed('malformed comment', at)
  return end + 3
}

function readCharacterData(source: string, at: number, builder: TreeBuilder): number {
  if (source.startsWith('<!DOCTYPE', at))
    throw new EHealthError('xml.doctype', 'the document has a document type declaration')
  if (!source.startsWith('<![CDATA[', at)) throw malformed('unknown markup', at)
  const end = source.indexOf(']]>', at)
  if (end === -1) throw malformed('CDATA without end', at)
  builder.characterData(at + 9, end)
  return end + 3
}

function readInstruction(source: string, at: number, builder: TreeBuilder): number {
  const target = nameAt(source, at + 2)
  const end = source.indexOf('?>', at + 2)
  if (target === undefined || target.prefix !== '' || end === -1)
    throw malformed('malformed processing instruction', at)
  const body = skipBlanks(source, target.end)
  if (target.local.toLowerCase() === 'xml' || (body === target.end && body !== end))
    throw malformed('malformed processing instruction', at)
  builder.instruction(target.local, source.slice(body, end))
  return end + 2
}

/** Most elements declare nothing; a map of its own for each would be most of their memory. */
const none: ReadonlyMap<string, string> = new Map()

type TreeBuilder = ReturnType<typeof treeBuilder>

interface OpenElement {
  element: XmlElement
  /** As it stands in the tag. */
  name: string
  /** What the declarations of the element hide, to be put back behind it. */
  hidden: [prefix: string, uri: string | undefined][]
}

function treeBuilder(source: string, limits: DocumentLimits) {
  const scope = new Map([['xml', 'http://www.w3.org/XML/1998/namespace']])
  const open: OpenElement[] = []
  let root: XmlElement | undefined
  let nodes = 0

  const count = (more = 1): void => {
    nodes += more
    if (nodes > limits.nodes) throw new DocumentProblem('limit', 'nodes', 0)
  }
  const add = (value: string): void => {
    if (value === '') return
    // every piece counts: a text of millions of them takes many times its length
    count()
    const { children } = open.at(-1)!.element
    const last = children.at(-1)
    // on both sides of a comment or a CDATA section it is one text
    if (last?.kind === 'text') last.value += value
    else children.push({ kind: 'text', value })
  }
  const close = (end: number): void => {
    const { element, hidden } = open.pop()!
    element.end = end
    for (const [prefix, uri] of hidden)
      if (uri === undefined) scope.delete(prefix)
      else scope.set(prefix, uri)
  }

  return {
    text(start: number, end: number): void {
      const raw = source.slice(start, end)
      if (open.length === 0) {
        if (!isBlank(raw)) throw malformed('text outside of the root element', start)
        return
      }
      if (raw.includes(']]>')) throw malformed('end of CDATA in text', start)
      const value = dereferenced(normalizedLineEnds(raw))
      if (value === undefined) throw malformed('malformed or unknown reference', start)
      add(value)
    },
    characterData(start: number, end: number): void {
      if (open.length === 0) throw malformed('text outside of the root element', start)
      add(normalizedLineEnds(source.slice(start, end)))
    },
    instruction(target: string, body: string): void {
      if (open.length === 0) return
      count()
      open.at(-1)!.element.children.push({ kind: 'instruction', target, body: normalizedLineEnds(body) })
    },
    openTag(start: number): number {
      const tag = readStartTag(source, start, limits)
      if (open.length >= limits.depth) throw new DocumentProblem('limit', 'levels', start)
      if (root !== undefined && open.length === 0) throw malformed('a second root element', start)
      const { declarations = none } = tag
      count(1 + tag.attributes.length + declarations.size)
      const hidden = [...declarations.keys()].map((prefix): [string, string | undefined] => [
        prefix,
        scope.get(prefix),
      ])
      for (const [prefix, uri] of declarations) scope.set(prefix, uri)
      const { prefix, local } = tag.name
      const parent = open.at(-1)?.element
      const element: XmlElement = {
        kind: 'element',
        prefix,
        local,
        namespace: namespaceOf(prefix, scope, start),
        attributes: resolveAttributes(tag, scope),
        declarations,
        children: [],
        parent,
        start,
        end: start,
      }
      if (parent === undefined) root = element
      else parent.children.push(element)
      open.push({ element, name: source.slice(start + 1, tag.name.end), hidden })
      if (tag.closed) close(tag.end)
      return tag.end
    },
    closeTag(start: number): number {
      const name = open.at(-1)?.name
      if (name === undefined || !source.startsWith(name, start + 2))
        throw malformed('unexpected end tag', start)
      const end = skipBlanks(source, start + 2 + name.length)
      if (source[end] !== '>') throw malformed('unexpected end tag', start)
      close(end + 1)
      return end + 1
    },
    end(): XmlElement {
      if (open.length > 0) throw malformed('an element without end', source.length)
      if (root === undefined) throw malformed('no root element', source.length)
      return root
    },
  }
}
