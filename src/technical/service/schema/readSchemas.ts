/** From the schemas of a WSDL to what its messages look like (XML Schema 1.0, as far as the platform uses it). */
import { EHealthError } from '../../../errors.js'
import { attribute, type XmlElement } from '../../xml/tree.js'
import { schemaNamespace, type Documents } from '../documents.js'
import {
  inside,
  keyOf,
  readComponents,
  resolveName,
  schemaChildren,
  type Component,
  type Name,
} from './components.js'
import { inSequence, mergedAttributes, occurrence } from './contentModel.js'
import { builtIn, facetsOf, text } from './facets.js'
import {
  anyType,
  type AttributeUse,
  type ComplexType,
  type Particle,
  type SchemaElement,
  type Schemas,
  type SchemaType,
  type SimpleType,
} from './model.js'
import { count, find, type State } from './state.js'

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'

/** Groups and extensions inside each other; a schema that goes deeper goes in circles. */
const maxNesting = 64

/**
 * Reads the schemas. Types are resolved at first need.
 *
 * @throws EHealthError `service.wsdl` from a type that names what no schema declares, or that goes in circles
 */
export function readSchemas(documents: Documents): Schemas {
  const state: State = {
    components: readComponents(documents),
    pieces: 0,
    types: new Map(),
    substitutes: new Map(),
  }
  for (const component of state.components.values()) {
    const head = attribute(component.node, 'substitutionGroup')
    if (component.node.local !== 'element' || head === undefined) continue
    const key = keyOf('element', resolveName(component, head))
    state.substitutes.set(key, [...(state.substitutes.get(key) ?? []), component])
  }
  const known = (kind: 'element' | 'type', name: Name): Component | undefined =>
    state.components.get(keyOf(kind, name))
  return {
    element: (namespace, local) => {
      const component = known('element', { namespace, local })
      return component && globalElement(component, state)
    },
    type: (namespace, local) =>
      namespace === schemaNamespace || known('type', { namespace, local }) !== undefined
        ? namedType({ namespace, local }, state, 0)
        : undefined,
  }
}

function globalElement(component: Component, state: State): SchemaElement {
  return elementAs(
    component,
    { namespace: component.target, local: attribute(component.node, 'name')! },
    state,
  )
}

function elementAs(component: Component, name: Name, state: State): SchemaElement {
  let resolved: SchemaType | undefined
  return {
    ...name,
    nillable: attribute(component.node, 'nillable') === 'true',
    type: () => (resolved ??= typeOfElement(component, state)),
  }
}

function typeOfElement(component: Component, state: State, nesting = 0): SchemaType {
  if (nesting > maxNesting)
    throw new EHealthError('service.wsdl', 'an element of the schema stands for itself')
  const named = attribute(component.node, 'type')
  if (named !== undefined)
    return withMedia(namedType(resolveName(component, named), state, 0), component.node)
  const inline = schemaChildren(component.node).find(({ local }) => local.endsWith('Type'))
  if (inline !== undefined) return typeOf(inside(component, inline), state, 0)
  const head = attribute(component.node, 'substitutionGroup')
  return head === undefined
    ? anyType
    : typeOfElement(find('element', resolveName(component, head), state), state, nesting + 1)
}

/** Binary content of a media type (Describing Media Content of Binary Data in XML, W3C 2005). */
const mediaNamespace = 'http://www.w3.org/2005/05/xmlmime'

function withMedia<T extends SchemaType>(type: T, node: XmlElement): T {
  const expected = type.kind === 'simple' && attribute(node, 'expectedContentTypes', mediaNamespace)
  return typeof expected === 'string' ? { ...type, attached: true } : type
}

function namedType(name: Name, state: State, nesting: number): SchemaType {
  if (name.namespace !== schemaNamespace) return typeOf(find('type', name, state), state, nesting)
  return name.local === 'anyType' ? anyType : builtIn(name.local)
}

function typeOf(component: Component, state: State, nesting: number): SchemaType {
  const known = state.types.get(component.node)
  if (known !== undefined) return known
  if (nesting > maxNesting) throw new EHealthError('service.wsdl', 'a type of the schema contains itself')
  const type =
    component.node.local === 'simpleType'
      ? simpleType(component, state, nesting + 1)
      : complexType(component, state, nesting + 1)
  state.types.set(component.node, type)
  return type
}

function simpleType(component: Component, state: State, nesting: number): SimpleType {
  const [derivation] = schemaChildren(component.node)
  if (derivation?.local === 'list')
    return { ...itemOf(inside(component, derivation), state, nesting), list: true }
  if (derivation?.local !== 'restriction') return text // a union: any of its members' texts
  return restricted(inside(component, derivation), state, nesting)
}

function itemOf(component: Component, state: State, nesting: number): SimpleType {
  const named = attribute(component.node, 'itemType')
  const [inline] = schemaChildren(component.node)
  const item =
    named !== undefined
      ? namedType(resolveName(component, named), state, nesting)
      : inline && typeOf(inside(component, inline), state, nesting)
  return item?.kind === 'simple' ? item : text
}

/** Base and facets of a restriction, of a simple type or of text with attributes. */
function restricted(component: Component, state: State, nesting: number): SimpleType {
  const children = schemaChildren(component.node)
  const base = attribute(component.node, 'base')
  const inline = children.find(({ local }) => local === 'simpleType')
  const from =
    inline !== undefined
      ? typeOf(inside(component, inline), state, nesting)
      : base === undefined
        ? text
        : namedType(resolveName(component, base), state, nesting)
  const type = { ...(from.kind === 'simple' ? from : (from.text ?? text)), ...facetsOf(children) }
  return withMedia(type, component.node)
}

function complexType(component: Component, state: State, nesting: number): ComplexType {
  const mixed = attribute(component.node, 'mixed') === 'true'
  const content = schemaChildren(component.node).find(({ local }) => /^(simple|complex)Content$/.test(local))
  if (content === undefined) return { ...ownParts(component, state, nesting), mixed }
  const [derivation] = schemaChildren(content)
  if (derivation === undefined) return { ...anyType, content: { particle: 'any', min: 0, max: 0 } }
  const derived = inside(component, derivation)
  const base = namedType(resolveName(component, attribute(derivation, 'base') ?? ''), state, nesting)
  const own = ownParts(derived, state, nesting)
  const from = base.kind === 'complex' ? base : undefined
  const attributes = mergedAttributes(from?.attributes ?? [], own.attributes, derivation)
  const anyAttribute = own.anyAttribute || (derivation.local === 'extension' && from?.anyAttribute === true)
  if (content.local === 'simpleContent') {
    const of =
      derivation.local === 'restriction'
        ? restricted(derived, state, nesting)
        : base.kind === 'simple'
          ? base
          : (base.text ?? text)
    return { kind: 'complex', attributes, anyAttribute, text: withMedia(of, derivation), mixed: false }
  }
  const particle = derivation.local === 'extension' ? inSequence(from?.content, own.content) : own.content
  return {
    kind: 'complex',
    attributes,
    anyAttribute,
    ...(particle === undefined ? {} : { content: particle }),
    mixed: mixed || attribute(content, 'mixed') === 'true' || from?.mixed === true,
  }
}

/** Attributes and children that stand directly in a type, an extension or a group of attributes. */
function ownParts(component: Component, state: State, nesting: number): Omit<ComplexType, 'mixed'> {
  if (nesting > maxNesting) throw new EHealthError('service.wsdl', 'a group of the schema contains itself')
  const attributes: AttributeUse[] = []
  let anyAttribute = false
  let content: Particle | undefined
  for (const node of schemaChildren(component.node)) {
    const at = inside(component, node)
    if (node.local === 'attribute') {
      const use = attributeUse(at, state)
      if (use !== undefined) attributes.push(use)
    } else if (node.local === 'attributeGroup') {
      count(state)
      const name = resolveName(at, attribute(node, 'ref') ?? '')
      const group = ownParts(find('attributeGroup', name, state), state, nesting + 1)
      // not by spreading: a group may be as large as a document
      for (const use of group.attributes) attributes.push(use)
      anyAttribute ||= group.anyAttribute
    } else if (node.local === 'anyAttribute') anyAttribute = true
    else content = inSequence(content, particleOf(at, state, nesting + 1))
  }
  return { kind: 'complex', attributes, anyAttribute, ...(content === undefined ? {} : { content }) }
}

function attributeUse(component: Component, state: State): AttributeUse | undefined {
  count(state)
  const { node } = component
  if (attribute(node, 'use') === 'prohibited') return undefined
  const fixed = attribute(node, 'fixed')
  const always = {
    required: attribute(node, 'use') === 'required',
    ...(fixed === undefined ? {} : { fixed }),
  }
  const ref = attribute(node, 'ref')
  if (ref !== undefined) {
    const name = resolveName(component, ref)
    if (name.namespace === xmlNamespace) return { ...name, type: text, ...always }
    return { ...name, type: attributeType(find('attribute', name, state), state), ...always }
  }
  const form = attribute(node, 'form')
  const qualified = form === undefined ? component.qualifiedAttributes : form === 'qualified'
  return {
    namespace: qualified ? component.target : '',
    local: attribute(node, 'name') ?? '',
    type: attributeType(component, state),
    ...always,
  }
}

function attributeType(component: Component, state: State): SimpleType {
  const type = typeOfElement(component, state)
  return type.kind === 'simple' ? type : text
}

function particleOf(component: Component, state: State, nesting: number): Particle | undefined {
  if (nesting > maxNesting) throw new EHealthError('service.wsdl', 'a group of the schema contains itself')
  count(state)
  const { node } = component
  const times = occurrence(node)
  if (times.max === 0) return undefined
  switch (node.local) {
    case 'element':
      return elementParticle(component, times, state)
    case 'any':
      return { particle: 'any', ...times }
    case 'sequence':
    case 'choice':
    case 'all':
      return {
        particle: node.local === 'choice' ? 'choice' : 'sequence',
        ...times,
        particles: schemaChildren(node).flatMap(
          (child) => particleOf(inside(component, child), state, nesting + 1) ?? [],
        ),
      }
    case 'group': {
      const group = find('group', resolveName(component, attribute(node, 'ref') ?? ''), state)
      const [model] = schemaChildren(group.node)
      const particle = model && particleOf(inside(group, model), state, nesting + 1)
      return particle && { ...particle, ...times }
    }
    default:
      return undefined // facets and what else a restriction may hold
  }
}

function elementParticle(component: Component, times: { min: number; max: number }, state: State): Particle {
  const { node } = component
  const ref = attribute(node, 'ref')
  if (ref === undefined) {
    const form = attribute(node, 'form')
    const qualified = form === undefined ? component.qualifiedElements : form === 'qualified'
    const name = { namespace: qualified ? component.target : '', local: attribute(node, 'name') ?? '' }
    return { particle: 'element', ...times, element: elementAs(component, name, state) }
  }
  const head = find('element', resolveName(component, ref), state)
  const members = substitutesOf(head, state, 0)
  const alternatives = attribute(head.node, 'abstract') === 'true' ? members : [head, ...members]
  if (alternatives.length === 1 && members.length === 0)
    return { particle: 'element', ...times, element: globalElement(head, state) }
  return {
    particle: 'choice',
    ...times,
    particles: alternatives.map((member) => ({
      particle: 'element',
      min: 1,
      max: 1,
      element: globalElement(member, state),
    })),
  }
}

function substitutesOf(head: Component, state: State, nesting: number): Component[] {
  if (nesting > maxNesting) return []
  const key = keyOf('element', { namespace: head.target, local: attribute(head.node, 'name') ?? '' })
  return (state.substitutes.get(key) ?? []).flatMap((member) => [
    ...(attribute(member.node, 'abstract') === 'true' ? [] : [member]),
    ...substitutesOf(member, state, nesting + 1),
  ])
}
