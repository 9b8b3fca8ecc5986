/** The named components of all schemas of a WSDL, and how the names in them are resolved. */
import { attribute, childElements, namespaceInScope, type XmlElement } from '../../xml/tree.js'
import { schemaNamespace, wsdlNamespace, type Documents } from '../documents.js'

/** A piece of a schema with what decides the meaning of names in it. */
export interface Component {
  readonly node: XmlElement
  /** Namespace that the schema describes. */
  readonly target: string
  /** A schema without namespace, included into one: its names mean those of the including schema (§4.2.1). */
  readonly adopted: boolean
  readonly qualifiedElements: boolean
  readonly qualifiedAttributes: boolean
}

/** An expanded name. */
export interface Name {
  readonly namespace: string
  readonly local: string
}

/** Kinds of component that have a symbol space of their own. */
export type ComponentKind = 'element' | 'type' | 'group' | 'attributeGroup' | 'attribute'

export type Components = ReadonlyMap<string, Component>

const kinds: Readonly<Record<string, ComponentKind>> = {
  element: 'element',
  complexType: 'type',
  simpleType: 'type',
  group: 'group',
  attributeGroup: 'attributeGroup',
  attribute: 'attribute',
}

/** Key of a component in {@link Components}. */
export const keyOf = (kind: ComponentKind, { namespace, local }: Name): string =>
  `${kind} {${namespace}}${local}`

/** All named components. Of two with one name the first counts, as processors of the platform's schemas have it. */
export function readComponents(documents: Documents): Components {
  const components = new Map<string, Component>()
  for (const { node, target } of schemasOf(documents)) {
    const shared = {
      target,
      adopted: (attribute(node, 'targetNamespace') ?? '') !== target,
      qualifiedElements: attribute(node, 'elementFormDefault') === 'qualified',
      qualifiedAttributes: attribute(node, 'attributeFormDefault') === 'qualified',
    }
    for (const child of childElements(node)) {
      const kind = child.namespace === schemaNamespace ? kinds[child.local] : undefined
      const local = attribute(child, 'name')
      if (kind === undefined || local === undefined) continue
      const key = keyOf(kind, { namespace: target, local })
      if (!components.has(key)) components.set(key, { node: child, ...shared })
    }
  }
  return components
}

interface SchemaSource {
  node: XmlElement
  target: string
}

/** Every schema with the namespace that it describes; one that is included by several stands there for each. */
function schemasOf(documents: Documents): SchemaSource[] {
  const roots = new Map(documents.map(({ url, document }) => [url, document.root]))
  const sources: SchemaSource[] = []
  const seen = new Set<string>()
  const visit = (node: XmlElement, url: string, adopted?: string): void => {
    const target = attribute(node, 'targetNamespace') ?? adopted ?? ''
    const key = `${url} ${node.start} ${target}`
    if (seen.has(key)) return
    seen.add(key)
    sources.push({ node, target })
    for (const child of childElements(node)) {
      const location = attribute(child, 'schemaLocation')
      if (child.namespace !== schemaNamespace || location === undefined || !URL.canParse(location, url))
        continue
      const at = child.local === 'include' || child.local === 'import' ? new URL(location, url).href : ''
      const root = roots.get(at)
      if (root !== undefined) visit(root, at, child.local === 'include' ? target : undefined)
    }
  }
  for (const { url, document } of documents)
    if (document.root.namespace === wsdlNamespace)
      for (const types of childElements(document.root).filter(({ local }) => local === 'types'))
        for (const node of childElements(types)) if (node.namespace === schemaNamespace) visit(node, url)
  return sources
}

/** What a qualified name in an attribute of a component means. */
export function resolveName(component: Component, qualified: string): Name {
  const [prefix, local] = splitName(qualified)
  const namespace = namespaceInScope(component.node, prefix) ?? ''
  return { namespace: namespace === '' && component.adopted ? component.target : namespace, local }
}

/** Prefix (empty for none) and local part. */
export function splitName(qualified: string): [prefix: string, local: string] {
  const text = qualified.trim()
  const colon = text.indexOf(':')
  return colon < 0 ? ['', text] : [text.slice(0, colon), text.slice(colon + 1)]
}

/** Another node of the same schema. */
export const inside = (component: Component, node: XmlElement): Component => ({ ...component, node })

/** Children that say something: no annotations. */
export function schemaChildren(node: XmlElement): XmlElement[] {
  return childElements(node).filter(
    ({ namespace, local }) => namespace === schemaNamespace && local !== 'annotation',
  )
}
