/**
 * Writes a message as its schema has it: order, namespaces and forms come from there, whatever the order of the data.
 * The result is exclusive-canonical but for `$xml`, which is taken over as it stands.
 */
import { EHealthError } from '../../../errors.js'
import { escapeAttribute, escapeText } from '../../xml/escape.js'
import { parseXml, rawElement } from '../../xml/parse.js'
import { childElements } from '../../xml/tree.js'
import type { WriteOptions } from '../../xml/write.js'
import {
  elementsOf,
  type AttributeUse,
  type ComplexType,
  type Particle,
  type SchemaElement,
} from './model.js'
import { expectedOf, formatSimple } from './simpleValue.js'

const schemaInstance = 'http://www.w3.org/2001/XMLSchema-instance'
const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'

/** Keys of data that are no child elements, as node-soap has them. */
export const attributesKey = 'attributes'
export const textKey = '$value'
export const xmlKey = '$xml'

/** As deep as a message may be that is read. */
const maxDepth = 190

/** Takes octets out of the message: gives the element to write in their place, or nothing to leave them in. */
export type AttachContent = NonNullable<WriteOptions['attach']>

type Data = Readonly<Record<string, unknown>>

/**
 * Text of the element with this content.
 *
 * Children are properties by local name, an array for several; `attributes` holds attributes, `$value` the text of an
 * element with attributes, `$xml` ready-made elements where the schema takes any; `null` is `xsi:nil`.
 *
 * @param attach takes octets out of the message; what is given as base64 stays
 * @throws EHealthError `contract.invalid` with the path of the first fault, never a value
 */
export function writeMessage(element: SchemaElement, data: unknown, attach?: AttachContent): string {
  const state: State = { parts: [], depth: 0, prefixes: new Map([['', '']]), attach }
  writeElement(element, data ?? {}, element.local, [], state)
  return state.parts.join('')
}

interface State {
  parts: string[]
  /** Elements inside each other at this place. */
  depth: number
  /** Prefix by namespace; each has one, so that nothing ever hides anything. */
  prefixes: Map<string, string>
  attach: AttachContent | undefined
}

function fail(path: string, problem: string): never {
  throw new EHealthError('contract.invalid', `${path}: ${problem}`, { path })
}

function prefixOf(namespace: string, { prefixes }: State): string {
  if (namespace === xmlNamespace) return 'xml'
  if (namespace === schemaInstance) return 'xsi'
  let prefix = prefixes.get(namespace)
  if (prefix === undefined) prefixes.set(namespace, (prefix = `n${prefixes.size}`))
  return prefix
}

const qualifiedName = (prefix: string, local: string): string =>
  prefix === '' ? local : `${prefix}:${local}`

interface WrittenAttribute {
  namespace: string
  local: string
  value: string
}

function writeElement(
  element: SchemaElement,
  value: unknown,
  path: string,
  scope: readonly string[],
  state: State,
): void {
  // data that contains itself would never end
  if (++state.depth > maxDepth) fail(path, 'deeper than a message can be')
  const prefix = prefixOf(element.namespace, state)
  const name = qualifiedName(prefix, element.local)
  const inner = [...scope]
  const start = (attributes: readonly WrittenAttribute[]): void => {
    const needed = new Map([[prefix, element.namespace]])
    for (const { namespace } of attributes)
      if (namespace !== '') needed.set(prefixOf(namespace, state), namespace)
    let tag = `<${name}`
    for (const [at, uri] of [...needed].sort(byFirst))
      if (at !== '' && at !== 'xml' && !inner.includes(at)) {
        inner.push(at)
        tag += ` xmlns:${at}="${escapeAttribute(uri)}"`
      }
    for (const { namespace, local, value: content } of [...attributes].sort(byName))
      tag += ` ${qualifiedName(namespace === '' ? '' : prefixOf(namespace, state), local)}="${escapeAttribute(content)}"`
    state.parts.push(`${tag}>`)
  }

  const type = element.type()
  if (value === null) {
    if (!element.nillable) fail(path, 'null, which the schema does not allow')
    start([{ namespace: schemaInstance, local: 'nil', value: 'true' }])
  } else if (type.kind === 'simple') {
    start([])
    writeText(value, type, path, state)
  } else {
    start(attributesOf(type, value, path))
    if (type.text !== undefined) writeText(isData(value) ? value[textKey] : value, type.text, path, state)
    else writeContent(type, value, path, inner, state)
  }
  state.parts.push(`</${name}>`)
  state.depth--
}

const byFirst = ([a]: [string, string], [b]: [string, string]): number => (a < b ? -1 : 1)
const byName = (a: WrittenAttribute, b: WrittenAttribute): number =>
  a.namespace === b.namespace ? (a.local < b.local ? -1 : 1) : a.namespace < b.namespace ? -1 : 1

function isData(value: unknown): value is Data {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    !(value instanceof Uint8Array)
  )
}

function writeText(
  value: unknown,
  type: Parameters<typeof formatSimple>[1],
  path: string,
  state: State,
): void {
  if (value === undefined) fail(path, `no ${textKey}, expected ${expectedOf(type)}`)
  if (value instanceof Uint8Array && type.base === 'base64Binary' && type.list !== true) {
    const include = state.attach?.(value, type.attached === true ? 'always' : 'large')
    if (include !== undefined) return void state.parts.push(include)
  }
  const written = formatSimple(value, type)
  if ('problem' in written) fail(path, written.problem)
  state.parts.push(escapeText(written.text))
}

/** Key of an attribute in the data: its local name, with `xml:` for those of XML itself. */
export const attributeKey = ({ namespace, local }: Pick<AttributeUse, 'namespace' | 'local'>): string =>
  namespace === xmlNamespace ? `xml:${local}` : local

function attributesOf(type: ComplexType, value: unknown, path: string): WrittenAttribute[] {
  const given = (isData(value) ? value[attributesKey] : undefined) ?? {}
  if (!isData(given)) fail(`${path}.${attributesKey}`, 'expected an object')
  const rest = new Map(Object.entries(given).filter(([, content]) => content !== undefined))
  const written = type.attributes.flatMap((use) => {
    const key = attributeKey(use)
    const at = `${path}@${key}`
    const content = rest.get(key) ?? (use.required ? use.fixed : undefined)
    rest.delete(key)
    if (content === undefined) return use.required ? fail(at, 'missing') : []
    const formatted = formatSimple(content, use.type)
    if (use.fixed !== undefined && 'text' in formatted && formatted.text !== use.fixed)
      fail(at, `expected ${use.fixed}`)
    return 'text' in formatted ? [{ ...use, value: formatted.text }] : fail(at, formatted.problem)
  })
  for (const [key, content] of rest) {
    if (!type.anyAttribute || !/^[A-Za-z_][\w.-]*$/.test(key)) fail(`${path}@${key}`, 'no such attribute')
    const formatted = formatSimple(content, { kind: 'simple', base: 'string' })
    if ('problem' in formatted) fail(`${path}@${key}`, formatted.problem)
    written.push({
      namespace: '',
      local: key,
      type: { kind: 'simple', base: 'string' },
      required: false,
      value: formatted.text,
    })
  }
  return written
}

/** What of the data has not been written yet, by local name, in the order of the data. */
type Remaining = Map<string, unknown[]>

interface Content {
  path: string
  remaining: Remaining
  scope: readonly string[]
  state: State
}

function writeContent(
  type: ComplexType,
  value: unknown,
  path: string,
  scope: readonly string[],
  state: State,
): void {
  const data = isData(value) ? value : primitiveContent(type, value, path)
  const remaining: Remaining = new Map()
  for (const [key, content] of Object.entries(data))
    if (key !== attributesKey && key !== textKey && content !== undefined)
      remaining.set(key, Array.isArray(content) ? [...(content as unknown[])] : [content])
  const content: Content = { path, remaining, scope, state }
  if (type.mixed && data[textKey] !== undefined)
    writeText(data[textKey], { kind: 'simple', base: 'string' }, path, state)
  if (type.content !== undefined) writeParticle(type.content, content)
  for (const [key, left] of remaining) {
    if (left.length === 0) continue
    const known = [...elementsOf(type.content)].map(({ element }) => element.local)
    if (!known.includes(key)) fail(`${path}.${key}`, 'no such field')
    fail(`${path}.${key}`, 'more often than the schema allows, or beside what excludes it')
  }
}

function primitiveContent(type: ComplexType, value: unknown, path: string): Data {
  if (type.mixed && typeof value === 'string') return { [textKey]: value }
  // an empty element may be given as an empty text, as it is read
  if (value === '' && type.content === undefined) return {}
  return fail(path, 'expected an object')
}

function writeParticle(particle: Particle, content: Content): void {
  switch (particle.particle) {
    case 'element':
      return writeOccurrences(particle, content)
    case 'any':
      return writeForeign(particle.min, content)
    case 'sequence':
      for (let i = 0; i < particle.max; i++) {
        if (!isGiven(particle, content.remaining) && (i > 0 || particle.min === 0)) return
        for (const inner of particle.particles) writeParticle(inner, content)
      }
      return
    case 'choice':
      for (let i = 0; i < particle.max; i++) {
        const alternative = firstGiven(particle.particles, content.remaining)
        if (alternative !== undefined) {
          writeParticle(alternative, content)
          continue
        }
        const missing = i < particle.min && !particle.particles.some(canBeEmpty)
        if (missing) fail(content.path, `expected one of ${namesOf(particle).slice(0, 20).join(' | ')}`)
        return
      }
  }
}

const namesOf = (particle: Particle): string[] =>
  [...elementsOf(particle)].map(({ element }) => element.local)

function writeOccurrences(
  { element, min, max }: Particle & { particle: 'element' },
  { path, remaining, scope, state }: Content,
): void {
  const left = remaining.get(element.local) ?? []
  const taken = left.splice(0, max)
  const at = `${path}.${element.local}`
  if (taken.length < min) fail(at, taken.length === 0 ? 'missing' : `${taken.length} times, expected ${min}`)
  taken.forEach((item, i) => writeElement(element, item, max > 1 ? `${at}[${i}]` : at, scope, state))
}

/** Ready-made elements: parsed, so that what is sent is XML, and made to stand alone. */
function writeForeign(min: number, { path, remaining, state }: Content): void {
  const pieces = remaining.get(xmlKey)?.splice(0) ?? []
  if (pieces.length < Math.min(min, 1)) fail(`${path}.${xmlKey}`, 'missing: the schema wants an element here')
  for (const piece of pieces) {
    if (typeof piece !== 'string') fail(`${path}.${xmlKey}`, 'expected XML as text')
    const document = parseXml(`<x>${piece}</x>`)
    for (const element of childElements(document.root)) state.parts.push(rawElement(document, element))
  }
}

function isGiven(particle: Particle, remaining: Remaining): boolean {
  return keysOf(particle).some((key) => (remaining.get(key)?.length ?? 0) > 0)
}

function keysOf(particle: Particle): string[] {
  if (particle.particle === 'element') return [particle.element.local]
  return particle.particle === 'any' ? [xmlKey] : particle.particles.flatMap(keysOf)
}

/** The alternative that the first remaining field belongs to, so that the order of the data decides. */
function firstGiven(alternatives: readonly Particle[], remaining: Remaining): Particle | undefined {
  for (const [key, left] of remaining) {
    const alternative = left.length > 0 && alternatives.find((particle) => keysOf(particle).includes(key))
    if (alternative) return alternative
  }
  return undefined
}

function canBeEmpty(particle: Particle): boolean {
  if (particle.min === 0) return true
  if (particle.particle === 'element' || particle.particle === 'any') return false
  return particle.particle === 'choice'
    ? particle.particles.some(canBeEmpty)
    : particle.particles.every(canBeEmpty)
}
