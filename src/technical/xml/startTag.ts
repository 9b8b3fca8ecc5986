/** Start tags: attributes, declarations, namespaces (XML 1.0 §3.1, Namespaces in XML 1.0). */
import { dereferenced, nameAt, skipBlanks, type QualifiedName } from './characters.js'
import type { XmlAttribute } from './tree.js'

/** What a start tag may cost. */
export interface TagLimits {
  attributes: number
  /** Characters of one attribute value. */
  attributeLength: number
}

/** A start tag as it stands there; prefixes are not resolved yet. */
export interface StartTag {
  name: QualifiedName
  attributes: { prefix: string; local: string; value: string }[]
  /** Undefined when there are none. */
  declarations: Map<string, string> | undefined
  /** The element has no content and no end tag. */
  closed: boolean
  /** Offset behind it. */
  end: number
}

/** Why a document is none, and where. Never leaves the parser: what is thrown to callers has no offset in it. */
export class DocumentProblem extends Error {
  constructor(
    readonly kind: 'malformed' | 'limit',
    readonly reason: string,
    readonly at: number,
  ) {
    super(reason)
  }
}

const malformed = (reason: string, at: number): DocumentProblem =>
  new DocumentProblem('malformed', reason, at)

/** @throws DocumentProblem */
export function readStartTag(source: string, start: number, limits: TagLimits): StartTag {
  const name = nameAt(source, start + 1)
  if (name === undefined) throw malformed('malformed name', start + 1)
  const tag: StartTag = { name, attributes: [], declarations: undefined, closed: false, end: 0 }
  for (let at = name.end; ;) {
    const next = skipBlanks(source, at)
    const character = source[next]
    if (character === '>' || (character === '/' && source[next + 1] === '>')) {
      tag.closed = character === '/'
      tag.end = next + (tag.closed ? 2 : 1)
      return tag
    }
    if (next === at) throw malformed('malformed tag', next)
    if (tag.attributes.length + (tag.declarations?.size ?? 0) >= limits.attributes)
      throw new DocumentProblem('limit', 'attributes', next)
    at = readAttribute(source, next, tag, limits)
  }
}

/** @returns the offset behind the attribute */
function readAttribute(source: string, start: number, tag: StartTag, limits: TagLimits): number {
  const name = nameAt(source, start)
  if (name === undefined) throw malformed('malformed name', start)
  const equals = skipBlanks(source, name.end)
  if (source[equals] !== '=') throw malformed('attribute without value', equals)
  const open = skipBlanks(source, equals + 1)
  const quote = source[open]
  if (quote !== '"' && quote !== "'") throw malformed('attribute value without quotes', open)
  const close = source.indexOf(quote, open + 1)
  if (close === -1) throw malformed('attribute value without end', open)
  if (close - open > limits.attributeLength)
    throw new DocumentProblem('limit', 'characters in an attribute', open)
  const value = valueOf(source.slice(open + 1, close))
  if (value === undefined) throw malformed('malformed attribute value', open)
  if (name.prefix === 'xmlns') declare(tag, name.local, value, start)
  else if (name.prefix === '' && name.local === 'xmlns') declare(tag, '', value, start)
  else tag.attributes.push({ prefix: name.prefix, local: name.local, value })
  return close + 1
}

/** White space becomes blanks, unless it is written as a reference (XML 1.0 §3.3.3). */
function valueOf(raw: string): string | undefined {
  if (raw.includes('<')) return undefined
  return dereferenced(/[\t\r\n]/.test(raw) ? raw.replace(/\r\n?|[\t\n]/g, ' ') : raw)
}

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'
const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/'

function declare(tag: StartTag, prefix: string, uri: string, at: number): void {
  if (tag.declarations?.has(prefix) === true) throw malformed('duplicate attribute', at)
  // blanks are part of the name for one reader and not for another
  if (uri !== uri.trim()) throw malformed('blank around a namespace name', at)
  const reserved =
    prefix === 'xmlns' || uri === xmlnsNamespace || (prefix === 'xml') !== (uri === xmlNamespace)
  if (reserved || (prefix !== '' && uri === '')) throw malformed('declaration that is not allowed', at)
  tag.declarations ??= new Map()
  tag.declarations.set(prefix, uri)
}

/**
 * Gives every attribute its namespace; attributes without prefix are in none.
 *
 * @throws DocumentProblem for an unbound prefix, or one name twice
 */
export function resolveAttributes(
  { attributes, end }: StartTag,
  scope: ReadonlyMap<string, string>,
): XmlAttribute[] {
  if (attributes.length === 0) return []
  const resolved = attributes.map(({ prefix, local, value }) => ({
    prefix,
    local,
    namespace: prefix === '' ? '' : namespaceOf(prefix, scope, end),
    value,
  }))
  if (resolved.length > 1) {
    const names = new Set(resolved.map(({ namespace, local }) => `${local} ${namespace}`))
    if (names.size < resolved.length) throw malformed('duplicate attribute', end)
  }
  return resolved
}

/** @throws DocumentProblem for a prefix that is not bound */
export function namespaceOf(prefix: string, scope: ReadonlyMap<string, string>, at: number): string {
  const uri = scope.get(prefix)
  if (uri === undefined && prefix !== '') throw malformed('unbound namespace prefix', at)
  return uri ?? ''
}
