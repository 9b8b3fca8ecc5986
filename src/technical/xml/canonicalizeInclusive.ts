/** Canonical XML 1.0 without comments (https://www.w3.org/TR/2001/REC-xml-c14n-20010315). */
import { canonicalForm } from './canonicalForm.js'
import type { XmlAttribute, XmlElement } from './tree.js'

/** Algorithm identifier of {@link canonicalizeInclusive}. */
export const inclusiveCanonicalization = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'

/**
 * The inclusive canonical form of an element and everything below it: all namespaces in scope, and the `xml:`
 * attributes of the ancestors, appear on the outermost element.
 */
export function canonicalizeInclusive(
  element: XmlElement,
  options: { exclude?: (element: XmlElement) => boolean } = {},
): string {
  return canonicalForm(element, {
    namespaces(at, isApex, want) {
      const seen = new Set<string>()
      for (let from: XmlElement | undefined = at; from !== undefined; from = isApex ? from.parent : undefined)
        for (const [prefix, uri] of from.declarations) {
          if (!seen.has(prefix)) want(prefix, uri)
          seen.add(prefix)
        }
    },
    attributes: (at, isApex) => (isApex ? withInherited(at) : at.attributes),
    ...(options.exclude === undefined ? {} : { exclude: options.exclude }),
  })
}

function withInherited(apex: XmlElement): XmlAttribute[] {
  const result = [...apex.attributes]
  for (let from = apex.parent; from !== undefined; from = from.parent)
    for (const inherited of from.attributes) {
      const known = result.some((a) => a.namespace === xmlNamespace && a.local === inherited.local)
      if (inherited.namespace === xmlNamespace && !known) result.push(inherited)
    }
  return result
}
