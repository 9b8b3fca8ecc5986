/** From a contract to the program's static type. Nothing here exists at run time. */
import type {
  ElementDeclaration,
  Opaque,
  OpaqueType,
  SequenceType,
  SimpleContentType,
  Type,
} from './description.js'
import type { AttributeField, Choice, Group, Many, Optional, Reference } from './fields.js'
import type { SimpleType } from './simpleTypes.js'

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
type IsOptional<F> = F extends Optional<unknown> ? true : F extends Reference<infer G> ? IsOptional<G> : false
type PlainKeys<F> = {
  [K in keyof F]: F[K] extends Choice<unknown, boolean> | Group<unknown, boolean>
    ? never
    : IsOptional<F[K]> extends true
      ? never
      : K
}[keyof F]
type OptionalKeys<F> = { [K in keyof F]: IsOptional<F[K]> extends true ? K : never }[keyof F]
type Absent<F> = { [K in FieldKeys<F> & PropertyKey]?: undefined }
type NestedFields<F> = F extends Choice<infer G, boolean> ? G : F extends Group<infer G, boolean> ? G : never
type FieldKeys<F> = {
  [K in keyof F]: NestedFields<F[K]> extends never ? K : FieldKeys<NestedFields<F[K]>>
}[keyof F]
type Alternative<F, K extends keyof F> = (F[K] extends Group<infer G, boolean>
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
      [K in keyof F]: F[K] extends Choice<unknown, boolean> | Group<unknown, boolean>
        ? Boxed<NestedValue<F[K]>>
        : never
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
/** Value type of the attributes. */
export type AttributesValue<A> = Flat<
  {
    -readonly [
      K in keyof A as A[K] extends AttributeField<unknown, true> ? K : never
    ]: A[K] extends AttributeField<infer T, boolean> ? T : never
  } & {
    -readonly [
      K in keyof A as A[K] extends AttributeField<unknown, true> ? never : K
    ]?: A[K] extends AttributeField<infer T, boolean> ? T : never
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
