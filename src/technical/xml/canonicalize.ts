/** Exclusive XML Canonicalization 1.0 without comments (https://www.w3.org/TR/xml-exc-c14n/). */
import { canonicalPieces } from './canonicalForm.js'
import { namespaceInScope, type XmlElement } from './tree.js'

/** Algorithm identifier of {@link canonicalize}. */
export const exclusiveCanonicalization = 'http://www.w3.org/2001/10/xml-exc-c14n#'

/** Options of {@link canonicalize}. */
export interface CanonicalizeOptions {
  /** InclusiveNamespaces PrefixList: prefixes kept wherever they are in scope; `#default` or empty for the default. */
  inclusivePrefixes?: readonly string[]
  /** Elements to leave out with their content: how the enveloped-signature transform is done. */
  exclude?: (element: XmlElement) => boolean
}

/**
 * The exclusive canonical form of an element and everything below it. What the ancestors declare is looked up there
 * and appears only where it is used. Encode as UTF-8 to digest it.
 *
 * @example
 * ```ts
 * import { canonicalize, childElements, parseXml } from 'ehealth-connectors/xml'
 *
 * const { root } = parseXml('<a:a xmlns:a="urn:a" xmlns:b="urn:b"><b:b/></a:a>')
 * console.log(canonicalize(childElements(root)[0]!)) // <b:b xmlns:b="urn:b"></b:b>
 * ```
 */
export const canonicalize = (element: XmlElement, options: CanonicalizeOptions = {}): string =>
  canonicalizeInPieces(element, options).join('')

/** The same in pieces, for whoever digests it. */
export function canonicalizeInPieces(element: XmlElement, options: CanonicalizeOptions = {}): string[] {
  const inclusive = new Set(options.inclusivePrefixes?.map((prefix) => (prefix === '#default' ? '' : prefix)))
  return canonicalPieces(element, {
    namespaces(at, isApex, want) {
      want(at.prefix, at.namespace)
      for (const { prefix, namespace } of at.attributes) if (prefix !== '') want(prefix, namespace)
      for (const prefix of inclusive) {
        if (!isApex && !at.declarations.has(prefix)) continue
        const uri = namespaceInScope(at, prefix)
        if (uri !== undefined || prefix === '') want(prefix, uri ?? '')
      }
    },
    attributes: (at) => at.attributes,
    ...(options.exclude === undefined ? {} : { exclude: options.exclude }),
  })
}
