/** The fields of a contract: how often an element may stand, and what stands instead of it. */
import type { LazyType, OpaqueType, Type } from './description.js'
import type { SimpleType } from './simpleTypes.js'

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

type Cardinal = Type<unknown> | Optional<unknown> | Many<unknown>
export type Field =
  | Cardinal
  | Reference<Cardinal>
  | Choice<Record<string, unknown>, boolean>
  | Group<Record<string, unknown>, boolean>
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

export type AttributeFields = Record<string, AttributeField<unknown, boolean>>
