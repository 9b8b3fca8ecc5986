/** Reads a message into plain data, with its schema as the guide; what the schema does not know is kept all the same. */
import {
  childElements,
  namespaceInScope,
  attribute,
  textOf,
  type XmlAttribute,
  type XmlElement,
} from '../../xml/tree.js'
import { splitName } from './components.js'
import { elementsOf, type ComplexType, type SchemaElement, type Schemas, type SchemaType } from './model.js'
import { parseSimple } from './simpleValue.js'
import { attributeKey, attributesKey, textKey } from './writeMessage.js'

const schemaInstance = 'http://www.w3.org/2001/XMLSchema-instance'

/**
 * The content of an element, in the form that {@link writeMessage} takes: children by local name, an array wherever the
 * schema allows several (and for what stands several times without being allowed to), `attributes`, `$value` beside
 * attributes, `null` for `xsi:nil`.
 */
export function readMessage(
  element: XmlElement,
  schema: SchemaElement | undefined,
  schemas: Schemas,
): unknown {
  const nil = attribute(element, 'nil', schemaInstance)?.trim()
  if (nil === 'true' || nil === '1') return null
  const type = namedByInstance(element, schemas) ?? schema?.type()
  if (type === undefined) return readUnknown(element, schemas)
  if (type.kind === 'simple') {
    // elements where the schema has text: kept as they are rather than lost
    return childElements(element).length > 0
      ? readUnknown(element, schemas)
      : parseSimple(textOf(element), type)
  }
  return type.text === undefined ? readChildren(element, type, schemas) : readText(element, type)
}

function namedByInstance(element: XmlElement, schemas: Schemas): SchemaType | undefined {
  const named = attribute(element, 'type', schemaInstance)
  if (named === undefined) return undefined
  const [prefix, local] = splitName(named)
  return schemas.type(namespaceInScope(element, prefix) ?? '', local)
}

function readText(element: XmlElement, type: ComplexType): Record<string, unknown> {
  const value = attributesOf(element, type)
  value[textKey] = parseSimple(textOf(element), type.text!)
  return value
}

function readChildren(element: XmlElement, type: ComplexType, schemas: Schemas): Record<string, unknown> {
  const known = new Map<string, { element: SchemaElement; many: boolean }>()
  for (const found of elementsOf(type.content)) {
    const key = `{${found.element.namespace}}${found.element.local}`
    known.set(key, known.has(key) ? { ...found, many: true } : found)
  }
  const value = attributesOf(element, type)
  collect(
    value,
    childElements(element).map((child) => {
      const found = known.get(`{${child.namespace}}${child.local}`)
      const schema = found?.element ?? schemas.element(child.namespace, child.local)
      return { key: child.local, value: readMessage(child, schema, schemas), many: found?.many ?? false }
    }),
  )
  const text = type.mixed ? textOf(element) : ''
  if (text.trim() !== '') value[textKey] = text
  return value
}

/** What no schema describes: a text, or an object where there is more than text. */
function readUnknown(element: XmlElement, schemas: Schemas): unknown {
  const children = childElements(element)
  const value = attributesOf(element)
  if (children.length === 0 && !Object.hasOwn(value, attributesKey)) return textOf(element)
  collect(
    value,
    children.map((child) => ({
      key: child.local,
      value: readMessage(child, schemas.element(child.namespace, child.local), schemas),
      many: false,
    })),
  )
  const text = textOf(element)
  if (children.length === 0 || text.trim() !== '') value[textKey] = text
  return value
}

/** An object with the attributes of the element in it, when there are any. */
function attributesOf(element: XmlElement, type?: ComplexType): Record<string, unknown> {
  const given = element.attributes.filter(({ namespace }) => namespace !== schemaInstance)
  const attributes = {}
  collect(
    attributes,
    given.map((one) => ({ key: attributeKey(one), value: attributeValue(one, type), many: false })),
  )
  return given.length === 0 ? {} : { [attributesKey]: attributes }
}

function attributeValue({ namespace, local, value }: XmlAttribute, type: ComplexType | undefined): unknown {
  const use = type?.attributes.find((at) => at.local === local && at.namespace === namespace)
  return use === undefined ? value : parseSimple(value, use.type)
}

interface Found {
  key: string
  value: unknown
  many: boolean
}

/** Never by assignment: names come from outside, and `__proto__` is a name. */
function collect(target: Record<string, unknown>, found: readonly Found[]): void {
  const byKey = new Map<string, Found[]>()
  for (const one of found) {
    const same = byKey.get(one.key)
    if (same === undefined) byKey.set(one.key, [one])
    else same.push(one)
  }
  for (const [key, all] of byKey) {
    const values = all.map(({ value }) => value)
    const value = all.length > 1 || all[0]!.many ? values : values[0]
    Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true })
  }
}
