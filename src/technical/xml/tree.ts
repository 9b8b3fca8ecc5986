/** The tree that the parser makes: namespaces resolved, comments gone, everything else as it stood in the document. */

/** An attribute that is not a namespace declaration. */
export interface XmlAttribute {
  prefix: string
  local: string
  /** Empty for an attribute without prefix. */
  namespace: string
  value: string
}

/** Character data; CDATA and text around a comment are one text. */
export interface XmlText {
  kind: 'text'
  value: string
}

/** A processing instruction: part of the canonical form, ignored by readers. */
export interface XmlInstruction {
  kind: 'instruction'
  target: string
  body: string
}

/** An element. */
export interface XmlElement {
  kind: 'element'
  prefix: string
  local: string
  /** Empty when in no namespace. */
  namespace: string
  attributes: XmlAttribute[]
  /** Namespace declarations on this very element: prefix (empty = default) to URI (empty = undeclared). */
  declarations: ReadonlyMap<string, string>
  children: XmlNode[]
  parent: XmlElement | undefined
  /** Offsets of the element in the parsed string, tags included. */
  start: number
  end: number
}

export type XmlNode = XmlElement | XmlText | XmlInstruction

/** The elements directly below, in order. */
export function childElements(element: XmlElement): XmlElement[] {
  return element.children.filter((node): node is XmlElement => node.kind === 'element')
}

/** True for an element of this name. */
export function isElement(node: XmlNode | undefined, namespace: string, local: string): node is XmlElement {
  return node?.kind === 'element' && node.namespace === namespace && node.local === local
}

/** All direct children of this name. */
export function childrenNamed(element: XmlElement, namespace: string, local: string): XmlElement[] {
  return element.children.filter((node): node is XmlElement => isElement(node, namespace, local))
}

/** The first direct child of this name. */
export function childNamed(element: XmlElement, namespace: string, local: string): XmlElement | undefined {
  return element.children.find((node): node is XmlElement => isElement(node, namespace, local))
}

/** All text directly inside, joined. */
export function textOf(element: XmlElement): string {
  let result = ''
  for (const node of element.children) if (node.kind === 'text') result += node.value
  return result
}

/** Value of an attribute; namespace empty for one without prefix. */
export function attribute(element: XmlElement, local: string, namespace = ''): string | undefined {
  return element.attributes.find((a) => a.local === local && a.namespace === namespace)?.value
}

/** The element and everything below it, in document order. */
export function* descendants(element: XmlElement): Generator<XmlElement> {
  // not by calling itself: every element would then be handed up through all levels above it
  const waiting = [element]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next
    for (let at = next.children.length - 1; at >= 0; at--) {
      const node = next.children[at]!
      if (node.kind === 'element') waiting.push(node)
    }
  }
}

/** URI bound to a prefix at this element; `undefined` when unbound. */
export function namespaceInScope(element: XmlElement | undefined, prefix: string): string | undefined {
  if (prefix === 'xml') return 'http://www.w3.org/XML/1998/namespace'
  for (let at = element; at !== undefined; at = at.parent) {
    const uri = at.declarations.get(prefix)
    if (uri !== undefined) return uri === '' ? undefined : uri
  }
  return undefined
}
