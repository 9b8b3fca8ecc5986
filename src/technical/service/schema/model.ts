/** What an XML Schema says of a message, as data for the writer, the reader and the description of a service. */

/** A simple type, as far as it decides how a value is written and read. */
export interface SimpleType {
  readonly kind: 'simple'
  /** Name of the built-in type that it is derived from, for instance `dateTime`. */
  readonly base: string
  /** Enumeration: the only texts allowed. */
  readonly values?: readonly string[]
  /** Fewest and most characters of a text. */
  readonly min?: number
  readonly max?: number
  /** Pattern, in the language of XML Schema. */
  readonly pattern?: string
  /** Items separated by blanks. */
  readonly list?: boolean
  /** Octets of a media type (`xmime:expectedContentTypes`): with MTOM they travel as a part, whatever their size. */
  readonly attached?: boolean
}

/** An attribute of an element. */
export interface AttributeUse {
  readonly namespace: string
  readonly local: string
  readonly type: SimpleType
  readonly required: boolean
  /** The only value that it can have. */
  readonly fixed?: string
}

/** A complex type: attributes, and either text or children. */
export interface ComplexType {
  readonly kind: 'complex'
  readonly attributes: readonly AttributeUse[]
  /** Attributes that the schema does not name may stand there. */
  readonly anyAttribute: boolean
  /** Text with attributes. */
  readonly text?: SimpleType
  readonly content?: Particle
  /** Text may stand between the children. */
  readonly mixed: boolean
}

export type SchemaType = SimpleType | ComplexType

/** An element: one of the schema's own, or one inside of a type. */
export interface SchemaElement {
  readonly namespace: string
  readonly local: string
  readonly nillable: boolean
  /** Resolved at first need, since types refer to themselves. */
  type(): SchemaType
}

/** How often something stands. */
export interface Occurrence {
  readonly min: number
  readonly max: number
}

export type Particle =
  | (Occurrence & { readonly particle: 'element'; readonly element: SchemaElement })
  | (Occurrence & { readonly particle: 'sequence' | 'choice'; readonly particles: readonly Particle[] })
  | (Occurrence & { readonly particle: 'any' })

/** The schemas of a WSDL. */
export interface Schemas {
  /** A global element. */
  element(namespace: string, local: string): SchemaElement | undefined
  /** A global type, for `xsi:type`. */
  type(namespace: string, local: string): SchemaType | undefined
}

/** `xs:anyType`: whatever. */
export const anyType: ComplexType = {
  kind: 'complex',
  attributes: [],
  anyAttribute: true,
  content: { particle: 'any', min: 0, max: Infinity },
  mixed: true,
}

/** All element particles below, with whether they may stand more than once. */
export function* elementsOf(
  particle: Particle | undefined,
  many = false,
): Generator<{ element: SchemaElement; many: boolean; min: number }> {
  if (particle === undefined || particle.particle === 'any') return
  const repeated = many || particle.max > 1
  if (particle.particle === 'element') yield { element: particle.element, many: repeated, min: particle.min }
  else for (const inner of particle.particles) yield* elementsOf(inner, repeated)
}
