/** Documents as they are given, and which element an identifier names in them (spec xml-signature §7.3). */
import { EHealthError } from '../../errors.js'
import { canonicalizeInPieces } from '../xml/canonicalize.js'
import { canonicalizeInclusive } from '../xml/canonicalizeInclusive.js'
import { parseXml, type XmlDocument } from '../xml/parse.js'
import { descendants, type XmlAttribute, type XmlElement } from '../xml/tree.js'

/** A document: octets, text, or parsed already. */
export type XmlInput = Uint8Array | string | XmlDocument

/** What a signed document may cost: references and transforms are bounded by the reader of signatures. */
const limits = { maxBytes: 256 * 1024 * 1024 }

/** @throws EHealthError `xml.*` */
export const parsed = (input: XmlInput): XmlDocument =>
  typeof input === 'string' || input instanceof Uint8Array ? parseXml(input, limits) : input

const namespaces = {
  wsu: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd',
  xml: 'http://www.w3.org/XML/1998/namespace',
}

/** BusinessContent has `id`, blobs `Id`, SAML 2 `ID`, SAML 1 the others (spec xml-signature, trap 2). */
const unqualified = new Set(['Id', 'ID', 'id', 'AssertionID', 'RequestID', 'ResponseID'])

function isIdentifier({ namespace, local }: XmlAttribute): boolean {
  if (namespace === '') return unqualified.has(local)
  return (namespace === namespaces.wsu && local === 'Id') || (namespace === namespaces.xml && local === 'id')
}

/** Elements by identifier. Nothing else is an identifier, and case counts. */
export interface IdIndex {
  /**
   * The element of that identifier.
   *
   * @throws EHealthError `xml-signature.reference` when there is none, or more than one
   */
  one(id: string): XmlElement
  /** Whether some element has it. */
  has(id: string): boolean
}

/** All identifiers below these roots. */
export function indexIds(roots: readonly XmlElement[]): IdIndex {
  const ids = new Map<string, Set<XmlElement>>()
  for (const root of new Set(roots))
    for (const element of descendants(root))
      for (const attribute of element.attributes) {
        if (!isIdentifier(attribute) || attribute.value === '') continue
        const known = ids.get(attribute.value)
        if (known === undefined) ids.set(attribute.value, new Set([element]))
        else known.add(element)
      }
  return {
    has: (id) => ids.has(id),
    one: (id) => {
      const [element, ...others] = ids.get(id) ?? []
      if (element === undefined) throw unresolved('leads to an identifier that does not exist')
      if (others.length > 0) throw unresolved('leads to an identifier that stands on several elements')
      return element
    },
  }
}

/** The root of the tree in which an element stands. */
export function rootOf(element: XmlElement): XmlElement {
  let root = element
  while (root.parent !== undefined) root = root.parent
  return root
}

/**
 * The canonical form of a whole document without comments: what stands around the root (processing instructions) counts,
 * too (Canonical XML §2.4).
 */
export function canonicalDocument(
  { root, source }: XmlDocument,
  kind: 'exclusive' | 'inclusive',
  inclusivePrefixes: readonly string[] = [],
): string[] {
  const body =
    kind === 'exclusive' ? canonicalizeInPieces(root, { inclusivePrefixes }) : [canonicalizeInclusive(root)]
  const before = instructionsOf(source.slice(0, root.start)).map((text) => `${text}\n`)
  const after = instructionsOf(source.slice(root.end)).map((text) => `\n${text}`)
  return [...before, ...body, ...after]
}

/** Canonical processing instructions of a prologue or epilogue that was found well-formed. */
function instructionsOf(text: string): string[] {
  const found = text.matchAll(/<!--[\s\S]*?-->|<\?([^\s?]+)(?:[ \t\r\n]+([\s\S]*?))?\?>/g)
  return [...found].flatMap(([, target, body = '']) => {
    if (target === undefined || target === 'xml') return []
    const normal = body.replace(/\r\n?/g, '\n')
    return [`<?${target}${normal === '' ? '' : ` ${normal}`}?>`]
  })
}

const unresolved = (problem: string): EHealthError =>
  new EHealthError('xml-signature.reference', `a reference ${problem}`)
