/**
 * The reader: an element becomes the value of its contract.
 *
 * Tolerant by default, as an answer of the platform is read: order and facets are not judged and elements that the
 * contract does not know are kept under {@link unknownElements}. `strict` judges everything, as the platform judges a
 * request.
 *
 * @module
 */
import { EHealthError } from '../../errors.js'
import type { ElementDeclaration, ElementParticle, Particle, Type } from './contract.js'
import type { SimpleType } from './simpleTypes.js'
import { attribute, childElements, namespaceInScope, textOf, type XmlElement } from './tree.js'

/** Key under which a value carries the child elements that its contract does not know. */
export const unknownElements = Symbol('unknownElements')

/** Options of {@link read}. */
export interface ReadOptions {
  /** Judge order, facets and unknown content; `contract.invalid` instead of tolerance. */
  strict?: boolean
}

/**
 * Reads a message.
 *
 * @throws EHealthError `contract.unreadable` (tolerant) or `contract.invalid` (strict) with the path to the fault.
 */
export function read<T>(
  declaration: ElementDeclaration<T>,
  element: XmlElement,
  options: ReadOptions = {},
): T {
  const context: Context = { strict: options.strict === true }
  if (element.local !== declaration.local || element.namespace !== declaration.namespace)
    fail(context, declaration.local, 'another element stands in its place')
  return readType(declaration.type, element, declaration.local, context) as T
}

interface Context {
  strict: boolean
}

function fail(context: Context, path: string, problem: string): never {
  throw new EHealthError(context.strict ? 'contract.invalid' : 'contract.unreadable', `${path}: ${problem}`, {
    path,
  })
}

function readType(type: Type<unknown>, element: XmlElement, path: string, context: Context): unknown {
  switch (type.kind) {
    case 'lazy':
      return readType(type.resolve(), element, path, context)
    case 'opaque':
      return { element }
    case 'simple':
      if (context.strict) refuseAttributes(element, [], path, context)
      return readSimple(type, element, path, context)
    case 'simpleContent':
      return {
        ...readAttributes(type.attributes, element, path, context),
        value: readSimple(type.content, element, path, context),
      }
    case 'sequence': {
      const value = readAttributes(type.attributes, element, path, context)
      if (context.strict) readInOrder(type.particles, element, path, context, value)
      else readByName(type.particles, element, path, context, value)
      return value
    }
  }
}

function readSimple(type: SimpleType<unknown>, element: XmlElement, path: string, context: Context): unknown {
  if (childElements(element).length > 0) fail(context, path, `elements inside, expected ${type.expected}`)
  return parseText(type, textOf(element), path, context)
}

function parseText(type: SimpleType<unknown>, text: string, path: string, context: Context): unknown {
  const value = type.parse(text)
  if (value === undefined) fail(context, path, `expected ${type.expected}`)
  const problem = context.strict ? type.check(value) : undefined
  if (problem !== undefined) fail(context, path, problem)
  return value
}

type Value = Record<string | symbol, unknown>

function readAttributes(
  attributes: readonly { local: string; namespace: string; type: SimpleType<unknown>; required: boolean }[],
  element: XmlElement,
  path: string,
  context: Context,
): Value {
  const value: Value = {}
  for (const description of attributes) {
    const text = attribute(element, description.local, description.namespace)
    const at = `${path}@${description.local}`
    if (text !== undefined)
      value[description.local] = parseText(
        description.type,
        description.type.qualifiedName === true ? expanded(text, element) : text,
        at,
        context,
      )
    else if (description.required) fail(context, at, 'missing')
  }
  if (context.strict) refuseAttributes(element, attributes, path, context)
  return value
}

/** `prefix:name` as `{namespace}name`; as it stands where the prefix is not declared. */
function expanded(text: string, element: XmlElement): string {
  const [first = '', second] = text.trim().split(':', 2)
  const namespace = namespaceInScope(element, second === undefined ? '' : first)
  return namespace === undefined ? text : `{${namespace}}${second ?? first}`
}

const schemaInstance = 'http://www.w3.org/2001/XMLSchema-instance'

function refuseAttributes(
  element: XmlElement,
  known: readonly { local: string; namespace: string }[],
  path: string,
  context: Context,
): void {
  for (const { local, namespace } of element.attributes)
    if (namespace !== schemaInstance && !known.some((k) => k.local === local && k.namespace === namespace))
      fail(context, `${path}@${local}`, 'no such attribute')
}

/** Tolerant: every particle takes the children of its name wherever they stand. */
function readByName(
  particles: readonly Particle[],
  element: XmlElement,
  path: string,
  context: Context,
  value: Value,
): void {
  const children = childElements(element)
  const used = new Set<XmlElement>()
  for (const particle of particles) takeByName(particle, children, path, context, value, used)
  const unknown = children.filter((child) => !used.has(child))
  if (unknown.length > 0) Object.defineProperty(value, unknownElements, { value: unknown, enumerable: false })
}

function takeByName(
  particle: Particle,
  children: readonly XmlElement[],
  path: string,
  context: Context,
  value: Value,
  used: Set<XmlElement>,
): void {
  if (particle.particle === 'element') {
    const mine = children.filter((child) => matches(particle, child))
    mine.forEach((child) => used.add(child))
    assign(particle, mine, path, context, value)
    return
  }
  const inner = particle.particle === 'choice' ? particle.alternatives : particle.particles
  const present = inner.filter((p) => children.some((child) => startsOrContains(p, child)))
  if (particle.particle === 'choice') {
    if (present.length === 0 && !particle.optional) fail(context, path, 'none of the alternatives is there')
    for (const p of present) takeByName(p, children, path, context, value, used)
    return
  }
  if (present.length === 0 && particle.optional) return
  for (const p of inner) takeByName(p, children, path, context, value, used)
}

const matches = (particle: ElementParticle, element: XmlElement): boolean =>
  element.local === particle.local && element.namespace === particle.namespace

function startsOrContains(particle: Particle, element: XmlElement): boolean {
  if (particle.particle === 'element') return matches(particle, element)
  return (particle.particle === 'choice' ? particle.alternatives : particle.particles).some((inner) =>
    startsOrContains(inner, element),
  )
}

function assign(
  particle: ElementParticle,
  elements: readonly XmlElement[],
  path: string,
  context: Context,
  value: Value,
): void {
  const at = `${path}.${particle.local}`
  if (elements.length < particle.min)
    fail(
      context,
      at,
      elements.length === 0 ? 'missing' : `${elements.length} times, expected at least ${particle.min}`,
    )
  if (particle.array) {
    if (context.strict && elements.length > particle.max)
      fail(context, at, `${elements.length} times, expected at most ${particle.max}`)
    value[particle.local] = elements.map((e, i) => readType(particle.type, e, `${at}[${i}]`, context))
    return
  }
  // Twice where once is meant: first-match and last-match readers would disagree, so nobody reads it.
  if (elements.length > 1) fail(context, at, `${elements.length} times, expected once`)
  if (elements[0] !== undefined) value[particle.local] = readType(particle.type, elements[0], at, context)
}

/** Strict: the children in the order of the contract, nothing between, nothing after. */
function readInOrder(
  particles: readonly Particle[],
  element: XmlElement,
  path: string,
  context: Context,
  value: Value,
): void {
  for (const node of element.children)
    if (node.kind === 'text' && node.value.trim() !== '')
      fail(context, path, 'text where only elements may stand')
  const cursor = { children: childElements(element), at: 0 }
  for (const particle of particles) takeInOrder(particle, cursor, path, context, value)
  const rest = cursor.children[cursor.at]
  if (rest !== undefined) fail(context, `${path}.${rest.local}`, 'not expected here')
}

interface Cursor {
  children: readonly XmlElement[]
  at: number
}

function takeInOrder(particle: Particle, cursor: Cursor, path: string, context: Context, value: Value): void {
  const next = cursor.children[cursor.at]
  switch (particle.particle) {
    case 'element': {
      const mine: XmlElement[] = []
      for (
        let child = next;
        child !== undefined && matches(particle, child) && mine.length < particle.max;
        child = cursor.children[cursor.at]
      ) {
        mine.push(child)
        cursor.at += 1
      }
      return assign(particle, mine, path, context, value)
    }
    case 'group':
      if (particle.optional && (next === undefined || !canStart(particle, next)))
        return emptyArrays(particle, value)
      for (const inner of particle.particles) takeInOrder(inner, cursor, path, context, value)
      return
    case 'choice': {
      const alternative = next && particle.alternatives.find((a) => canStart(a, next))
      if (alternative !== undefined) return takeInOrder(alternative, cursor, path, context, value)
      if (!particle.optional && !particle.alternatives.some(canBeEmpty))
        fail(context, path, 'none of the alternatives is there')
    }
  }
}

function emptyArrays(particle: Particle, value: Value): void {
  if (particle.particle === 'group')
    for (const inner of particle.particles)
      if (inner.particle === 'element' && inner.array && inner.min === 0) value[inner.local] = []
}

function canBeEmpty(particle: Particle): boolean {
  if (particle.particle === 'element') return particle.min === 0
  if (particle.optional) return true
  return particle.particle === 'choice'
    ? particle.alternatives.some(canBeEmpty)
    : particle.particles.every(canBeEmpty)
}

function canStart(particle: Particle, element: XmlElement): boolean {
  if (particle.particle === 'element') return matches(particle, element)
  if (particle.particle === 'choice') return particle.alternatives.some((a) => canStart(a, element))
  for (const inner of particle.particles) {
    if (canStart(inner, element)) return true
    if (!canBeEmpty(inner)) return false
  }
  return false
}
