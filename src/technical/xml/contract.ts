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
import type { SimpleType } from './simpleTypes.js'
import type { XmlElement } from './tree.js'

/** A complex type whose children stand in a fixed order. */
export interface SequenceType<T> {
  readonly kind: 'sequence'
  readonly attributes: readonly AttributeDescription[]
  readonly particles: readonly Particle[]
  readonly phantom?: T
}

/** Text with attributes: the text is the property `value`. */
export interface SimpleContentType<T> {
  readonly kind: 'simpleContent'
  readonly attributes: readonly AttributeDescription[]
  readonly content: SimpleType<unknown>
  readonly phantom?: T
}

/** A type that names itself. */
export interface LazyType<T> {
  readonly kind: 'lazy'
  readonly resolve: () => Type<T>
}

/** An element that the contract does not look into: read as a tree, written from text that stands alone. */
export interface OpaqueType {
  readonly kind: 'opaque'
  readonly phantom?: Opaque
}

/** Value of an opaque element: give `xml` (the whole element) to write; reading gives `element`. */
export interface Opaque {
  xml?: string
  element?: XmlElement
}

export type Type<T> = SimpleType<T> | SequenceType<T> | SimpleContentType<T> | LazyType<T> | OpaqueType

/** An element at the top of a message, or one referred to. */
export interface ElementDeclaration<T> {
  readonly namespace: string
  readonly local: string
  readonly type: Type<T>
  readonly phantom?: T
}

/** @internal */
export interface AttributeDescription {
  readonly local: string
  readonly namespace: string
  readonly type: SimpleType<unknown>
  readonly required: boolean
}

/** @internal */
export interface ElementParticle {
  readonly particle: 'element'
  readonly local: string
  readonly namespace: string
  readonly type: Type<unknown>
  readonly min: number
  readonly max: number
  /** The value is an array whatever the number. */
  readonly array: boolean
}

/** @internal */
export interface ChoiceParticle {
  readonly particle: 'choice'
  readonly alternatives: readonly Particle[]
  readonly optional: boolean
}

/** A sequence of elements that are there together or not at all. @internal */
export interface GroupParticle {
  readonly particle: 'group'
  readonly particles: readonly Particle[]
  readonly optional: boolean
}

/** @internal */
export type Particle = ElementParticle | ChoiceParticle | GroupParticle

/** A field that may be absent. */
export interface Optional<T> {
  readonly field: 'optional'
  readonly type: Type<T>
}
/** A field that may stand several times. */
export interface Many<T> {
  readonly field: 'many'
  readonly type: Type<T>
  readonly min: number
  readonly max: number
}
/** A field that is an element of another namespace. */
export interface Reference<F> {
  readonly field: 'reference'
  readonly namespace: string
  readonly of: F
}
/** One of several fields; its key in the sequence is a mere label and starts with `$`. */
export interface Choice<F, O extends boolean> {
  readonly field: 'choice'
  readonly fields: F
  readonly optional: O
}
/** Fields that are there together or not at all; its key starts with `$`. */
export interface Group<F, O extends boolean> {
  readonly field: 'group'
  readonly fields: F
  readonly optional: O
}

type Cardinal = Type<any> | Optional<any> | Many<any>
export type Field =
  Cardinal | Reference<Cardinal> | Choice<Record<string, any>, boolean> | Group<Record<string, any>, boolean>
export type Fields = Record<string, Field>

/** A field that may be absent. */
export const optional = <T>(type: Type<T>): Optional<T> => ({ field: 'optional', type })

/** A field that stands `min` to `max` times; always an array. Default 0 to unbounded. */
export const many = <T>(type: Type<T>, { min = 0, max = Infinity } = {}): Many<T> => ({
  field: 'many',
  type,
  min,
  max,
})

/** Exactly one of the fields. */
export const choice = <const F extends Fields>(fields: F): Choice<F, false> => ({
  field: 'choice',
  fields,
  optional: false,
})

/** One of the fields or none. */
export const optionalChoice = <const F extends Fields>(fields: F): Choice<F, true> => ({
  field: 'choice',
  fields,
  optional: true,
})

/** An optional run of fields. */
export const optionalGroup = <const F extends Fields>(fields: F): Group<F, true> => ({
  field: 'group',
  fields,
  optional: true,
})

/** A run of fields, as one alternative of a choice. */
export const group = <const F extends Fields>(fields: F): Group<F, false> => ({
  field: 'group',
  fields,
  optional: false,
})

/** The field is an element of the namespace of another schema (`ref=` in XML Schema). */
export const inNamespace = <F extends Cardinal>(uri: string, of: F): Reference<F> => ({
  field: 'reference',
  namespace: uri,
  of,
})

/** An element whose inside is not described here. */
export const opaque: OpaqueType = { kind: 'opaque' }

/** A type that refers to itself. */
export const lazy = <T>(resolve: () => Type<T>): LazyType<T> => ({ kind: 'lazy', resolve })

/** @internal */
export interface AttributeField<T, R extends boolean> {
  readonly type: SimpleType<T>
  readonly required: R
  readonly namespace: string
}

/** A mandatory attribute. */
export const required = <T>(type: SimpleType<T>, ns = ''): AttributeField<T, true> => ({
  type,
  required: true,
  namespace: ns,
})

/** An attribute that may be absent. */
export const allowed = <T>(type: SimpleType<T>, ns = ''): AttributeField<T, false> => ({
  type,
  required: false,
  namespace: ns,
})

export type AttributeFields = Record<string, AttributeField<any, boolean>>

type Flat<T> = { [K in keyof T]: T[K] } & {}
type TypeOf<F> = F extends Type<infer T> ? (F extends OpaqueType ? Opaque : T) : never
type ValueOf<F> =
  F extends Optional<infer T>
    ? T | undefined
    : F extends Many<infer T>
      ? T[]
      : F extends Reference<infer G>
        ? ValueOf<G>
        : TypeOf<F>
type IsOptional<F> = F extends Optional<any> ? true : F extends Reference<infer G> ? IsOptional<G> : false
type PlainKeys<F> = {
  [K in keyof F]: F[K] extends Choice<any, any> | Group<any, any>
    ? never
    : IsOptional<F[K]> extends true
      ? never
      : K
}[keyof F]
type OptionalKeys<F> = { [K in keyof F]: IsOptional<F[K]> extends true ? K : never }[keyof F]
type Absent<F> = { [K in FieldKeys<F> & PropertyKey]?: undefined }
type NestedFields<F> = F extends Choice<infer G, any> ? G : F extends Group<infer G, any> ? G : never
type FieldKeys<F> = {
  [K in keyof F]: NestedFields<F[K]> extends never ? K : FieldKeys<NestedFields<F[K]>>
}[keyof F]
type Alternative<F, K extends keyof F> = (F[K] extends Group<infer G, any>
  ? FieldsValue<G>
  : FieldsValue<Pick<F, K>>) &
  Absent<Omit<F, K>>
type NestedValue<F> =
  F extends Choice<infer G, infer O>
    ? { [K in keyof G]: Alternative<G, K> }[keyof G] | (O extends true ? Absent<G> : never)
    : F extends Group<infer G, infer O>
      ? FieldsValue<G> | (O extends true ? Absent<G> : never)
      : unknown
type UnionToIntersection<U> = (U extends unknown ? (u: U) => void : never) extends (i: infer I) => void
  ? I
  : never
type Boxed<U> = { box: U }
type NestedOf<F> =
  UnionToIntersection<
    {
      [K in keyof F]: F[K] extends Choice<any, any> | Group<any, any> ? Boxed<NestedValue<F[K]>> : never
    }[keyof F]
  > extends infer B
    ? B extends Boxed<infer V>
      ? V
      : unknown
    : unknown
/** Value type of a run of fields. */
export type FieldsValue<F> = Flat<
  { [K in PlainKeys<F>]: ValueOf<F[K]> } & { [K in OptionalKeys<F>]?: ValueOf<F[K]> }
> &
  NestedOf<F>
type AttributesValue<A> = Flat<
  {
    [K in keyof A as A[K] extends AttributeField<any, true> ? K : never]: A[K] extends AttributeField<
      infer T,
      any
    >
      ? T
      : never
  } & {
    [K in keyof A as A[K] extends AttributeField<any, true> ? never : K]?: A[K] extends AttributeField<
      infer T,
      any
    >
      ? T
      : never
  }
>

/** The program's type of a contract type or element. */
export type Infer<D> =
  D extends ElementDeclaration<infer T>
    ? T
    : D extends SequenceType<infer T>
      ? T
      : D extends SimpleContentType<infer T>
        ? T
        : D extends SimpleType<infer T>
          ? T
          : never

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
  /** A global element of this namespace. */
  element<T>(local: string, type: Type<T>): ElementDeclaration<T>
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
    element: (name, type) => ({ namespace: uri, local: name, type }),
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
