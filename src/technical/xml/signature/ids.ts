/** Which element an identifier names. */
import { EHealthError } from '../../../errors.js'
import type { XmlAttribute, XmlElement } from '../tree.js'

const namespaces = {
  wsu: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd',
  xml: 'http://www.w3.org/XML/1998/namespace',
}

const unqualified = new Set(['Id', 'ID', 'AssertionID', 'RequestID', 'ResponseID'])

/**
 * All identifiers of a tree: `wsu:Id`, `xml:id` and, without prefix, `Id`, `ID`, `AssertionID`, `RequestID`,
 * `ResponseID`.
 *
 * An identifier that stands on two elements makes every reference to it ambiguous; the whole document is refused,
 * whether or not anything refers to it (spec soap-security §2.10).
 *
 * @throws EHealthError `signature.structure`
 */
export function indexIds(root: XmlElement): ReadonlyMap<string, XmlElement> {
  const ids = new Map<string, XmlElement>()
  const waiting = [root]
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    for (const attribute of element.attributes) {
      if (!isIdentifier(attribute) || attribute.value === '') continue
      const known = ids.get(attribute.value)
      if (known !== undefined && known !== element)
        throw new EHealthError('signature.structure', 'an identifier stands on two elements')
      ids.set(attribute.value, element)
    }
    for (const node of element.children) if (node.kind === 'element') waiting.push(node)
  }
  return ids
}

function isIdentifier({ namespace, local }: XmlAttribute): boolean {
  if (namespace === '') return unqualified.has(local)
  return (namespace === namespaces.wsu && local === 'Id') || (namespace === namespaces.xml && local === 'id')
}
