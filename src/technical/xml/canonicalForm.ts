/** The part that inclusive and exclusive canonicalisation share (Canonical XML 1.0 §2.3). */
import { escapeAttribute, escapeText } from './escape.js'
import type { XmlAttribute, XmlElement } from './tree.js'

/** From so many characters on a text is a piece of its own. */
const longPiece = 64 * 1024

/** What differs between the two kinds. */
export interface CanonicalRules {
  /** Calls `want` for every namespace node of the element that belongs into the output unless it stands there. */
  namespaces(element: XmlElement, isApex: boolean, want: (prefix: string, uri: string) => void): void
  attributes(element: XmlElement, isApex: boolean): readonly XmlAttribute[]
  /** Leaves an element with all its content out. */
  exclude?(element: XmlElement): boolean
}

/** The canonical form without comments of an element with everything below it. */
export const canonicalForm = (apex: XmlElement, rules: CanonicalRules): string =>
  canonicalPieces(apex, rules).join('')

/**
 * The same in pieces: a long text is a piece of its own, since digesting it as it is costs less than joining it with the
 * rest first.
 */
export function canonicalPieces(apex: XmlElement, rules: CanonicalRules): string[] {
  /** Namespace declarations that the output holds at this place. */
  const rendered = new Map<string, string>()
  const pieces: string[] = []
  let output = ''

  /** @returns what the declarations of this element hide, to be put back behind it */
  const writeStart = (element: XmlElement, name: string): [prefix: string, uri: string | undefined][] => {
    const fresh: [prefix: string, uri: string][] = []
    const hidden: [prefix: string, uri: string | undefined][] = []
    rules.namespaces(element, element === apex, (prefix, uri) => {
      const known = rendered.get(prefix)
      // the namespace of `xml` is never declared, and an unset default needs no word where none was set
      if (prefix === 'xml' || (known ?? '') === uri) return
      hidden.push([prefix, known])
      rendered.set(prefix, uri)
      fresh.push([prefix, uri])
    })
    if (fresh.length > 1) fresh.sort((a, b) => compareCodePoints(a[0], b[0]))
    output += `<${name}`
    for (const [prefix, uri] of fresh)
      output += ` ${prefix === '' ? 'xmlns' : `xmlns:${prefix}`}="${escapeAttribute(uri)}"`
    for (const { prefix, local, value } of sortedAttributes(rules.attributes(element, element === apex)))
      output += ` ${prefix === '' ? local : `${prefix}:${local}`}="${escapeAttribute(value)}"`
    output += '>'
    return hidden
  }

  // as deep as the tree; the parser bounds that
  const write = (element: XmlElement): void => {
    if (rules.exclude?.(element) === true) return
    const name = element.prefix === '' ? element.local : `${element.prefix}:${element.local}`
    const hidden = writeStart(element, name)
    for (const node of element.children) {
      if (node.kind === 'text' && node.value.length >= longPiece) {
        pieces.push(output, escapeText(node.value))
        output = ''
      } else if (node.kind === 'text') output += escapeText(node.value)
      else if (node.kind === 'element') write(node)
      else output += `<?${node.target}${node.body === '' ? '' : ` ${node.body.replaceAll('\r', '&#xD;')}`}?>`
    }
    output += `</${name}>`
    for (const [prefix, uri] of hidden)
      if (uri === undefined) rendered.delete(prefix)
      else rendered.set(prefix, uri)
  }

  write(apex)
  pieces.push(output)
  return pieces
}

function sortedAttributes(attributes: readonly XmlAttribute[]): readonly XmlAttribute[] {
  if (attributes.length < 2) return attributes
  return attributes.toSorted(
    (a, b) => compareCodePoints(a.namespace, b.namespace) || compareCodePoints(a.local, b.local),
  )
}

/** Order of UCS code points, which UTF-16 units keep only without surrogates. */
function compareCodePoints(a: string, b: string): number {
  if (a === b) return 0
  if (/[\ud800-\udfff]/.test(a + b)) return Buffer.compare(Buffer.from(a), Buffer.from(b))
  return a < b ? -1 : 1
}
