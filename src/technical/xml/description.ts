/** What a message contract consists of, as data for the writer, the reader and the validation. */
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
  /** Prefixes of this message where they differ from those of the namespaces: URI to prefix. */
  readonly prefixes?: ReadonlyMap<string, string>
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
