/**
 * The writer: a checked value becomes exclusive-canonical XML, so that what is written is what is signed (design §4).
 *
 * @module
 */
import { assertValid, isGiven } from './check.js'
import {
  preferredPrefix,
  type AttributeDescription,
  type ElementDeclaration,
  type Opaque,
  type Particle,
  type Type,
} from './contract.js'
import { escapeAttribute, escapeText } from './escape.js'
import { textOfParts, type WrittenPart } from './pieces.js'
import { partsOfName, type SimpleType } from './simpleTypes.js'

/** What {@link write} made. */
export interface Written {
  /** The element as text; joined when it is asked for. */
  readonly xml: string
  /** The same in pieces, when it comes from the writer. */
  readonly parts?: readonly WrittenPart[]
  /** False when an opaque element was copied in, whose form the writer does not know: canonicalise before signing. */
  readonly canonical: boolean
}

/** Options of {@link write}. */
export interface WriteOptions {
  /** Declarations already written on an element around this one: prefix to URI. */
  inScope?: ReadonlyMap<string, string>
  /** Skip the validation of a value that was validated before. */
  checked?: boolean
  /** Takes binary content out of the message: returns the element to write in its place, or nothing to leave it in. */
  attach?: (content: Uint8Array, when: 'always' | 'large') => string | undefined
}

/**
 * Writes a message.
 *
 * @throws EHealthError `contract.invalid` when the value does not fit the contract: nothing is written.
 */
export function write<T>(declaration: ElementDeclaration<T>, value: T, options: WriteOptions = {}): Written {
  if (options.checked !== true) assertValid(declaration, value)
  const parts: WrittenPart[] = []
  const { prefixes } = declaration
  const state: State = { parts, canonical: true, attach: options.attach, prefixes }
  writeElement(declaration, value, options.inScope ?? new Map(), state)
  let xml: string | undefined
  return {
    get xml() {
      return (xml ??= textOfParts(parts))
    },
    parts,
    canonical: state.canonical,
  }
}

interface State {
  parts: WrittenPart[]
  canonical: boolean
  attach: WriteOptions['attach']
  prefixes: ElementDeclaration<unknown>['prefixes']
}

type Scope = ReadonlyMap<string, string>

function writeElement(
  { namespace, local, type }: { namespace: string; local: string; type: Type<unknown> },
  value: unknown,
  scope: Scope,
  state: State,
): void {
  if (type.kind === 'lazy')
    return writeElement({ namespace, local, type: type.resolve() }, value, scope, state)
  if (type.kind === 'opaque') {
    state.parts.push((value as Opaque).xml!)
    state.canonical = false
    return
  }
  const prefix = prefixOf(namespace, state)
  const name = prefix === '' ? local : `${prefix}:${local}`
  const needed = new Map<string, string>()
  // Exclusive c14n: a namespace is declared where it is first visibly used; xmlns="" only undoes a default in scope.
  if (namespace !== '') need(prefix, namespace, scope, needed)
  else if ((scope.get('') ?? '') !== '') needed.set('', '')
  const attributes =
    type.kind === 'simple' ? '' : attributesText(type.attributes, value, scope, needed, state)
  const declarations = [...needed]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([p, uri]) => ` xmlns${p === '' ? '' : `:${p}`}="${escapeAttribute(uri)}"`)
    .join('')
  state.parts.push(`<${name}${declarations}${attributes}>`)
  const inner = needed.size === 0 ? scope : new Map([...scope, ...needed])
  if (type.kind === 'simple') state.parts.push(contentOf(type, value, state))
  else if (type.kind === 'simpleContent')
    state.parts.push(contentOf(type.content, (value as { value: unknown }).value, state))
  else
    for (const particle of type.particles)
      writeParticle(particle, value as Record<string, unknown>, inner, state)
  state.parts.push(`</${name}>`)
}

function contentOf(type: SimpleType<unknown>, value: unknown, { attach }: State): WrittenPart {
  if (type.binary === undefined) return escapeText(type.format(value))
  // base64 has no character to escape
  return attach?.(value as Uint8Array, type.binary) ?? (value as Uint8Array)
}

function prefixOf(namespace: string, { prefixes }: State): string {
  if (namespace === '') return ''
  if (namespace === 'http://www.w3.org/XML/1998/namespace') return 'xml'
  const prefix = prefixes?.get(namespace) ?? preferredPrefix(namespace)
  if (prefix === undefined) throw new Error(`no prefix was declared for the namespace ${namespace}`)
  return prefix
}

function need(prefix: string, uri: string, scope: Scope, needed: Map<string, string>): void {
  if (prefix !== 'xml' && scope.get(prefix) !== uri) needed.set(prefix, uri)
}

function attributesText(
  attributes: readonly AttributeDescription[],
  value: unknown,
  scope: Scope,
  needed: Map<string, string>,
  state: State,
): string {
  const fields = value as Record<string, unknown>
  return attributes
    .filter((attribute) => fields[attribute.local] !== undefined)
    .sort((a, b) => compare(a.namespace, b.namespace) || compare(a.local, b.local))
    .map((attribute) => {
      const prefix = prefixOf(attribute.namespace, state)
      if (prefix !== '') need(prefix, attribute.namespace, scope, needed)
      const value = attribute.type.format(fields[attribute.local])
      const named = attribute.type.qualifiedName === true ? prefixed(value, scope, needed, state) : value
      const text = escapeAttribute(named)
      return ` ${prefix === '' ? '' : `${prefix}:`}${attribute.local}="${text}"`
    })
    .join('')
}

/** The name with its prefix. Exclusive canonicalisation drops a declaration that only a value uses. */
function prefixed(name: string, scope: Scope, needed: Map<string, string>, state: State): string {
  const { namespace, local } = partsOfName(name)!
  const prefix = prefixOf(namespace, state)
  if (scope.get(prefix) !== namespace && needed.get(prefix) !== namespace) state.canonical = false
  need(prefix, namespace, scope, needed)
  return `${prefix}:${local}`
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function writeParticle(
  particle: Particle,
  fields: Record<string, unknown>,
  scope: Scope,
  state: State,
): void {
  switch (particle.particle) {
    case 'element': {
      const value = fields[particle.local]
      if (value === undefined) return
      if (particle.array) for (const item of value as unknown[]) writeElement(particle, item, scope, state)
      else writeElement(particle, value, scope, state)
      return
    }
    case 'group':
      for (const inner of particle.particles) writeParticle(inner, fields, scope, state)
      return
    case 'choice': {
      const given = particle.alternatives.find((alternative) => isGiven(alternative, fields))
      if (given !== undefined) writeParticle(given, fields, scope, state)
    }
  }
}
