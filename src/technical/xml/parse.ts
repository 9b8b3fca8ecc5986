/** Octets to a tree: strict, without document types, and bounded (XML 1.0 fifth edition, Namespaces in XML 1.0). */
import { SaxesParser, type SaxesTagNS } from 'saxes'

import { EHealthError } from '../../errors.js'
import { exceedsAttributes } from './attributeLimit.js'
import { decodeXml } from './decode.js'
import { escapeAttribute } from './escape.js'
import { descendants, type XmlElement } from './tree.js'

/** A parsed document. */
export interface XmlDocument {
  root: XmlElement
  /** The decoded text, as received; the offsets of the elements point into it. */
  source: string
}

/** What a document may cost at most. */
export interface XmlLimits {
  /** Elements inside each other; 200. More than 1000 is not possible. */
  maxDepth?: number
  /** Octets (of a string: UTF-16 units); 64 MiB. */
  maxBytes?: number
  /** Attributes and namespace declarations of one element; 256. */
  maxAttributes?: number
  /** Elements, text and instructions together; 1 000 000. */
  maxNodes?: number
}

/** Options of {@link parseXml}. */
export interface ParseOptions extends XmlLimits {
  /** Charset of the transport, for instance `iso-8859-1`; it wins over the XML declaration. Of no use with a string. */
  encoding?: string
}

const depthCeiling = 1000

/**
 * Parses a document.
 *
 * Comments vanish and the text on both sides of one becomes one text, CDATA is text; so a comment can never cut a
 * value in two. Document type declarations are refused whatever is in them, entities other than the five predefined
 * ones do not exist, XML 1.1 is refused. Error messages never quote the document.
 *
 * @param input Octets (UTF-8 unless said otherwise) or text.
 * @throws EHealthError `xml.malformed`, `xml.doctype`, `xml.limit`
 *
 * @example
 * ```ts
 * import { childElements, parseXml } from 'ehealth-connectors/xml'
 *
 * const { root } = parseXml('<a xmlns="urn:x"><b>1</b></a>')
 * console.log(root.namespace, childElements(root).length) // urn:x 1
 * ```
 */
export function parseXml(input: Uint8Array | string, options: ParseOptions = {}): XmlDocument {
  const limits = {
    depth: Math.min(options.maxDepth ?? 200, depthCeiling),
    attributes: options.maxAttributes ?? 256,
    nodes: options.maxNodes ?? 1_000_000,
  }
  if (input.length > (options.maxBytes ?? 64 * 1024 * 1024)) throw tooMuch('octets')
  const source = typeof input === 'string' ? input : decodeXml(input, options.encoding)
  if (exceedsAttributes(source, limits.attributes)) throw tooMuch('attributes')
  // saxes reads a half surrogate pair as a character
  if (/\p{Surrogate}/u.test(source)) throw malformed('half a surrogate pair')

  // forced, so that no declaration switches the character rules of XML 1.1 on
  const parser = new SaxesParser({ xmlns: true, defaultXMLVersion: '1.0', forceXMLVersion: true })
  let root: XmlElement | undefined
  let current: XmlElement | undefined
  let depth = 0
  let nodes = 0

  const count = (): void => {
    if (++nodes > limits.nodes) throw tooMuch('nodes')
  }
  const text = (value: string): void => {
    // between the elements outside the root there is only white space
    if (current === undefined || value === '') return
    const last = current.children.at(-1)
    if (last?.kind === 'text') {
      last.value += value
      return
    }
    count()
    current.children.push({ kind: 'text', value })
  }

  // six listeners and no more: with a seventh the engine keeps the parser in a slow form, five times slower
  parser.on('doctype', () => {
    throw new EHealthError('xml.doctype', 'the document has a document type declaration')
  })
  parser.on('text', text)
  parser.on('cdata', text)
  parser.on('processinginstruction', ({ target, body }) => {
    if (current === undefined) return
    count()
    current.children.push({ kind: 'instruction', target, body })
  })
  parser.on('opentag', (tag) => {
    if (root === undefined && (parser.xmlDecl.version ?? '1.0') !== '1.0')
      throw malformed('not XML 1.0', parser)
    if (++depth > limits.depth) throw tooMuch('levels')
    count()
    // a start tag holds no other `<`
    const element = elementOf(tag, current, source.lastIndexOf('<', parser.position - 1), parser)
    if (element.attributes.length + element.declarations.size > limits.attributes) throw tooMuch('attributes')
    if (current === undefined) root = element
    else current.children.push(element)
    current = element
  })
  parser.on('closetag', () => {
    if (current === undefined) return
    current.end = parser.position
    current = current.parent
    depth--
  })

  try {
    parser.write(source).close()
  } catch (error) {
    if (error instanceof EHealthError) throw error
    throw malformed(reasonOf(error), parser)
  }
  if (root === undefined) throw malformed('no root element')
  return { root, source }
}

/**
 * The element as it was received, made to stand alone: declarations that it inherited are added to its start tag.
 * The rest is the received text to the letter, so an enveloped signature inside still verifies wherever the text is
 * put.
 *
 * @param declarations `mentioned` leaves out inherited prefixes that the element nowhere names. Exclusive
 *   canonicalisation never sees those, so they would be places to change a signed element unnoticed; inclusive
 *   canonicalisation sees all.
 */
export function rawElement(
  document: XmlDocument,
  element: XmlElement,
  declarations: 'all' | 'mentioned' = 'all',
): string {
  const missing = new Map<string, string>()
  for (let at = element.parent; at !== undefined; at = at.parent)
    for (const [prefix, uri] of at.declarations)
      if (prefix !== 'xml' && !element.declarations.has(prefix) && !missing.has(prefix))
        missing.set(prefix, uri)
  // a default namespace of the new surroundings must not reach elements that are in none
  if (missing.get('') === '') missing.delete('')
  if (!missing.has('') && !element.declarations.has('') && hasUnqualifiedElement(element)) missing.set('', '')

  if (declarations === 'mentioned') {
    const words = new Set(document.source.slice(element.start, element.end).match(/[^\s<>="'/:]+/g))
    for (const prefix of missing.keys()) if (prefix !== '' && !words.has(prefix)) missing.delete(prefix)
  }

  const afterName =
    element.start + 1 + (element.prefix === '' ? 0 : element.prefix.length + 1) + element.local.length
  let added = ''
  for (const [prefix, uri] of missing)
    added += ` ${prefix === '' ? 'xmlns' : `xmlns:${prefix}`}="${escapeAttribute(uri)}"`
  const { source } = document
  return source.slice(element.start, afterName) + added + source.slice(afterName, element.end)
}

function hasUnqualifiedElement(element: XmlElement): boolean {
  for (const below of descendants(element)) if (below.namespace === '') return true
  return false
}

type Parser = SaxesParser<{ xmlns: true; defaultXMLVersion: '1.0'; forceXMLVersion: true }>

function elementOf(
  tag: SaxesTagNS,
  parent: XmlElement | undefined,
  start: number,
  parser: Parser,
): XmlElement {
  if (!isLocalName(tag.local)) throw malformed('malformed name', parser)
  const element: XmlElement = {
    kind: 'element',
    prefix: tag.prefix,
    local: tag.local,
    namespace: tag.uri,
    attributes: [],
    declarations: new Map(),
    children: [],
    parent,
    start,
    end: start,
  }
  for (const name in tag.attributes) {
    const { prefix, local, uri, value } = tag.attributes[name]!
    if (!isLocalName(local)) throw malformed('malformed name', parser)
    if (prefix === 'xmlns' || name === 'xmlns') {
      // saxes resolves with the blanks cut off: two readers would see two namespaces
      if (value !== value.trim()) throw malformed('blank around a namespace name', parser)
      element.declarations.set(prefix === 'xmlns' ? local : '', value)
    } else element.attributes.push({ prefix, local, namespace: uri, value })
  }
  return element
}

/** saxes does not look at the first character behind a colon (Namespaces in XML, NCName). */
function isLocalName(local: string): boolean {
  return !/^[-.0-9\u00b7\u0300-\u036f\u203f\u2040]/.test(local)
}

/** The part of a message of saxes that names no piece of the document. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : ''
  const reason = /^(?:\d+:\d+: )?([a-zA-Z -]+?)[.:]/.exec(`${message}.`)?.[1]
  return reason === undefined || reason.length > 80 ? 'not well-formed' : reason
}

function malformed(reason: string, parser?: Parser): EHealthError {
  const at = parser === undefined ? undefined : { line: parser.line, column: parser.columnIndex + 1 }
  const place = at === undefined ? '' : ` at line ${at.line}, column ${at.column}`
  return new EHealthError('xml.malformed', `${reason}${place}`, at === undefined ? {} : { details: at })
}

function tooMuch(what: string): EHealthError {
  return new EHealthError('xml.limit', `the document has too many ${what}`)
}
