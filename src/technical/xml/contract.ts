/**
 * Message contracts: each message of the platform is described once, here is the language for it (design §4).
 *
 * From one description come the static type ({@link Infer}), the writer, the reader and the validation.
 *
 * @example
 * ```ts
 * import { boolean, namespace, optional, string, write, type Infer } from 'ehealth-connectors/xml'
 *
 * const demo = namespace('urn:example:demo', { prefix: 'd', qualified: false })
 * const Person = demo.sequence({ Name: string({ min: 1, max: 40 }), Nurse: optional(boolean) })
 * const AddPerson = demo.element('AddPerson', Person)
 * type Person = Infer<typeof Person> // { Name: string; Nurse?: boolean }
 *
 * write(AddPerson, { Name: 'Sample' }).xml // <d:AddPerson xmlns:d="urn:example:demo"><Name>Sample</Name></d:AddPerson>
 * ```
 *
 * @module
 */
import type {
  AttributeDescription,
  ElementDeclaration,
  Particle,
  SequenceType,
  SimpleContentType,
  Type,
} from './description.js'
import type { AttributeFields, Field, Fields } from './fields.js'
import type { AttributesValue, FieldsValue } from './infer.js'
import type { SimpleType } from './simpleTypes.js'

export * from './description.js'
export * from './fields.js'
export type { FieldsValue, Infer } from './infer.js'

/** A namespace of the platform: makes its types and elements. */
export interface Namespace {
  readonly uri: string
  /** A complex type: children in this order, attributes beside. */
  sequence<const F extends Fields, const A extends AttributeFields = {}>(
    fields: F,
    attributes?: A,
  ): SequenceType<FieldsValue<F> & AttributesValue<A>>
  /** `base` with more fields at the end. */
  extend<B, const F extends Fields, const A extends AttributeFields = {}>(
    base: SequenceType<B>,
    fields: F,
    attributes?: A,
  ): SequenceType<B & FieldsValue<F> & AttributesValue<A>>
  /** Text with attributes. */
  simpleContent<T, const A extends AttributeFields>(
    content: SimpleType<T>,
    attributes: A,
  ): SimpleContentType<{ value: T } & AttributesValue<A>>
  /**
   * A global element of this namespace. `prefixes` (URI to prefix) are for a message that is known to be written otherwise
   * than the others of a namespace.
   */
  element<T>(
    local: string,
    type: Type<T>,
    options?: { prefixes?: Readonly<Record<string, string>> },
  ): ElementDeclaration<T>
}

const preferredPrefixes = new Map<string, string>()

/** Prefix that the writer uses for a namespace. @internal */
export const preferredPrefix = (uri: string): string | undefined => preferredPrefixes.get(uri)

/**
 * Declares a namespace. `qualified` is the schema's `elementFormDefault`: whether local elements stand in the
 * namespace or in none. `prefix` is what the writer uses; readers never look at prefixes.
 */
export function namespace(uri: string, options: { prefix: string; qualified: boolean }): Namespace {
  preferredPrefixes.set(uri, options.prefix)
  const local = options.qualified ? uri : ''
  const sequence: Namespace['sequence'] = (fields, attributes) => ({
    kind: 'sequence',
    attributes: attributeDescriptions(attributes),
    particles: particlesOf(fields, local),
  })
  return {
    uri,
    sequence,
    extend: (base, fields, attributes) => ({
      kind: 'sequence',
      attributes: [...base.attributes, ...attributeDescriptions(attributes)],
      particles: [...base.particles, ...particlesOf(fields, local)],
    }),
    simpleContent: (content, attributes) => ({
      kind: 'simpleContent',
      attributes: attributeDescriptions(attributes),
      content,
    }),
    element: (name, type, { prefixes } = {}) => ({
      namespace: uri,
      local: name,
      type,
      ...(prefixes === undefined ? {} : { prefixes: new Map(Object.entries(prefixes)) }),
    }),
  }
}

function attributeDescriptions(attributes: AttributeFields | undefined): AttributeDescription[] {
  return Object.entries(attributes ?? {}).map(([local, field]) => ({
    local,
    namespace: field.namespace,
    type: field.type,
    required: field.required,
  }))
}

function particlesOf(fields: Fields, uri: string): Particle[] {
  return Object.entries(fields).map(([key, field]) => particleOf(key, field, uri))
}

function particleOf(key: string, field: Field, uri: string): Particle {
  if (!('field' in field))
    return { particle: 'element', local: key, namespace: uri, type: field, min: 1, max: 1, array: false }
  switch (field.field) {
    case 'optional':
      return {
        particle: 'element',
        local: key,
        namespace: uri,
        type: field.type,
        min: 0,
        max: 1,
        array: false,
      }
    case 'many':
      return {
        particle: 'element',
        local: key,
        namespace: uri,
        type: field.type,
        min: field.min,
        max: field.max,
        array: true,
      }
    case 'reference':
      return particleOf(key, field.of, field.namespace)
    case 'choice':
      return {
        particle: 'choice',
        alternatives: particlesOf(field.fields as Fields, uri),
        optional: field.optional,
      }
    case 'group':
      return {
        particle: 'group',
        particles: particlesOf(field.fields as Fields, uri),
        optional: field.optional,
      }
  }
}
