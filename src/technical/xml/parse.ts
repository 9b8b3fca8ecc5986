/** Octets to a tree: strict, without document types, and bounded (XML 1.0 fifth edition, Namespaces in XML 1.0). */
import { EHealthError } from '../../errors.js'
import { hasForbiddenCharacter } from './characters.js'
import { decodeXml } from './decode.js'
import { escapeAttribute } from './escape.js'
import { readDocument } from './readDocument.js'
import { DocumentProblem } from './startTag.js'
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
  /** Characters of one attribute value as it stands in the document; 1 048 576. */
  maxAttributeLength?: number
  /** Elements, attributes, texts and instructions together; 1 000 000. */
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
  if (input.length > (options.maxBytes ?? 64 * 1024 * 1024)) throw tooMuch('octets')
  const source = typeof input === 'string' ? input : decodeXml(input, options.encoding)
  if (hasForbiddenCharacter(source)) throw malformed('a character that XML does not know')
  try {
    const root = readDocument(source, {
      depth: Math.min(options.maxDepth ?? 200, depthCeiling),
      attributes: options.maxAttributes ?? 256,
      attributeLength: options.maxAttributeLength ?? 1024 * 1024,
      nodes: options.maxNodes ?? 1_000_000,
    })
    return { root, source }
  } catch (error) {
    if (!(error instanceof DocumentProblem)) throw error
    throw error.kind === 'limit' ? tooMuch(error.reason) : malformed(error.reason, placeOf(source, error.at))
  }
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

interface Place {
  line: number
  column: number
}

function placeOf(source: string, at: number): Place {
  let line = 1
  let start = 0
  for (let index = 0; index < at; index++) {
    const code = source.charCodeAt(index)
    // CR LF is one line end
    if (code !== 0x0a && (code !== 0x0d || source.charCodeAt(index + 1) === 0x0a)) continue
    line++
    start = index + 1
  }
  return { line, column: at - start + 1 }
}

function malformed(reason: string, at?: Place): EHealthError {
  const place = at === undefined ? '' : ` at line ${at.line}, column ${at.column}`
  return new EHealthError(
    'xml.malformed',
    `${reason}${place}`,
    at === undefined ? {} : { details: { ...at } },
  )
}

function tooMuch(what: string): EHealthError {
  return new EHealthError('xml.limit', `the document has too many ${what}`)
}
