/** What two documents have in common when they say the same: elements, attributes and texts. */
import { childElements, type XmlElement } from '../../src/technical/xml/tree.js'

/** Elements, attributes and texts of a document, whatever prefixes and layout it has. */
export function outline(element: XmlElement): unknown {
  const children = childElements(element)
  const text = element.children.map((node) => (node.kind === 'text' ? node.value : '')).join('')
  return {
    name: `{${element.namespace}}${element.local}`,
    attributes: Object.fromEntries(
      element.attributes.map(({ local, value }) => [local, instantOrText(value)]),
    ),
    content: children.length > 0 ? children.map(outline) : instantOrText(text),
  }
}

/** Instants are written in UTC whatever zone they came in. */
const instantOrText = (text: string): string =>
  /^\d{4}-\d\d-\d\dT/.test(text) ? new Date(text).toISOString() : text
