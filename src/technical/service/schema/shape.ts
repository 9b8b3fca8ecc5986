/** What a message looks like, for a person: names, types, what may be absent and what may be repeated. */
import type { AttributeUse, ComplexType, Particle, SchemaElement, SchemaType } from './model.js'
import { attributeKey, attributesKey, textKey, xmlKey } from './writeMessage.js'

/** A type in words, or fields with their shapes. A name ends in `?` where it may be absent, in `[]` where it is an array. */
export type Shape = string | { readonly [field: string]: Shape }

/** Fields of one shape; nobody reads more, and types inside of types multiply. */
const maxFields = 20_000

/**
 * The shape of an element's content, to `depth` levels; what lies deeper, in circles, or beyond 20 000 fields is `…`.
 * Alternatives of a choice all end in `?`.
 */
export function shapeOf(element: SchemaElement, depth = 12): Shape {
  return typeShape(element.type(), { depth, types: [], budget: { left: maxFields } })
}

/** Where a type stands. */
interface Place {
  depth: number
  types: readonly SchemaType[]
  budget: { left: number }
}

function typeShape(type: SchemaType, { depth, types, budget }: Place): Shape {
  if (type.kind === 'simple') return simpleShape(type)
  if (depth === 0 || types.includes(type) || budget.left <= 0) return '…'
  const fields: Record<string, Shape> = {}
  const attributes = attributesShape(type)
  if (attributes !== undefined) fields[`${attributesKey}${attributes.optional ? '?' : ''}`] = attributes.shape
  if (type.text !== undefined) {
    const text = simpleShape(type.text)
    return attributes === undefined ? text : { ...fields, [textKey]: text }
  }
  if (type.mixed) fields[`${textKey}?`] = 'string'
  addParticle(type.content, { optional: false, many: false }, fields, {
    depth: depth - 1,
    types: [...types, type],
    budget,
  })
  return fields
}

function attributesShape({ attributes }: ComplexType): { shape: Shape; optional: boolean } | undefined {
  if (attributes.length === 0) return undefined
  const field = (use: AttributeUse): [string, Shape] => [
    `${attributeKey(use)}${use.required && use.fixed === undefined ? '' : '?'}`,
    use.fixed === undefined ? simpleShape(use.type) : `'${use.fixed}'`,
  ]
  return {
    shape: Object.fromEntries(attributes.map(field)),
    optional: !attributes.some(({ required, fixed }) => required && fixed === undefined),
  }
}

function simpleShape(type: SchemaType & { kind: 'simple' }): string {
  const values =
    type.values !== undefined
      ? type.values.map((value) => `'${value}'`).join(' | ')
      : type.pattern === undefined
        ? type.base
        : `${type.base} like ${type.pattern}`
  return type.list === true ? `list of ${values}` : values
}

function addParticle(
  particle: Particle | undefined,
  around: { optional: boolean; many: boolean },
  fields: Record<string, Shape>,
  place: Place,
): void {
  if (particle === undefined || place.budget.left-- <= 0) return
  const optional = around.optional || particle.min === 0
  const many = around.many || particle.max > 1
  const suffix = `${many ? '[]' : ''}${optional ? '?' : ''}`
  if (particle.particle === 'any') fields[`${xmlKey}${suffix}`] = 'any element, as XML'
  else if (particle.particle === 'element')
    fields[`${particle.element.local}${suffix}`] ??= typeShape(particle.element.type(), place)
  else
    for (const inner of particle.particles)
      addParticle(
        inner,
        { optional: optional || (particle.particle === 'choice' && particle.particles.length > 1), many },
        fields,
        place,
      )
}
