/** Data for any message, made from its schema: as little as the schema allows, and valid. */
import type {
  AttributeUse,
  Particle,
  SchemaElement,
  SchemaType,
  SimpleType,
} from '../../src/technical/service/schema/model.js'
import { attributeKey } from '../../src/technical/service/schema/writeMessage.js'

const byBase: Readonly<Record<string, unknown>> = {
  boolean: true,
  date: '2026-01-15',
  dateTime: '2026-01-15T12:00:00Z',
  time: '12:00:00',
  gYear: '2026',
  gYearMonth: '2026-01',
  duration: 'P1D',
  base64Binary: new Uint8Array([1, 2, 3]),
  hexBinary: new Uint8Array([1, 2, 3]),
  anyURI: 'urn:sample',
  language: 'en',
  decimal: '1.5',
  double: 1.5,
  float: 1.5,
  int: 1,
  short: 1,
  byte: 1,
  unsignedInt: 1,
  unsignedShort: 1,
  unsignedByte: 1,
}
const numbers = /integer|long|unsigned/i

/** What patterns of the platform ask for. */
const candidates = [
  ...[
    '1',
    'a',
    'A',
    'x1',
    'fr',
    'FR',
    '1.0',
    '01',
    '001',
    '2026',
    '1.2.3',
    'en-US',
    'https://a.test/',
    'urn:a:b',
  ],
  ...Array.from({ length: 40 }, (_, index) => '90010199794'.repeat(4).slice(0, index + 1)),
  ...Array.from({ length: 40 }, (_, index) => 'A'.repeat(index + 1)),
  '1990-01-01',
  'cid:a@b.test',
  'a@b.test',
  '00000000-0000-4000-8000-000000000001',
  'BEP01234ABCD',
]

/** Names in a document that must be its only ones. */
export interface SampleState {
  ids: number
}

export function sampleOf(element: SchemaElement, state: SampleState = { ids: 0 }): unknown {
  return valueOf(element.type(), [], state)
}

function valueOf(type: SchemaType, around: readonly SchemaType[], state: SampleState): unknown {
  if (type.kind === 'simple') return simple(type, state)
  const inner = [...around, type]
  const data: Record<string, unknown> = {}
  const attributes = type.attributes.filter(({ required }) => required)
  if (attributes.length > 0)
    data['attributes'] = Object.fromEntries(
      attributes.map((use): [string, unknown] => [attributeKey(use), attributeValue(use, state)]),
    )
  if (type.text !== undefined) return { ...data, $value: simple(type.text, state) }
  fill(type.content, data, inner, state)
  return data
}

const attributeValue = ({ fixed, type }: AttributeUse, state: SampleState): unknown =>
  fixed ?? simple(type, state)

function simple(type: SimpleType, state: SampleState): unknown {
  if (type.list === true) return [simple({ ...type, list: false }, state)]
  if (type.values !== undefined) return type.values[0]
  if (type.base === 'ID') return `id${(state.ids += 1)}`
  if (type.pattern !== undefined) return matching(type)
  if (numbers.test(type.base) && !(type.base in byBase)) return '1'
  return byBase[type.base] ?? 'A'.repeat(Math.max(type.min ?? 1, 1))
}

function matching({ pattern, min = 0, max = Infinity }: SimpleType): string {
  const expression = new RegExp(
    `^(?:${pattern!.replaceAll('\\i', '[A-Za-z_:]').replaceAll('\\c', '[\\w.:-]')})$`,
  )
  const found = candidates.find((text) => text.length >= min && text.length <= max && expression.test(text))
  if (found === undefined) throw new Error(`no sample matches ${pattern}`)
  return found
}

function fill(
  particle: Particle | undefined,
  data: Record<string, unknown>,
  around: readonly SchemaType[],
  state: SampleState,
): void {
  if (particle === undefined || particle.min === 0) return
  switch (particle.particle) {
    case 'any':
      data['$xml'] = '<w:Sample xmlns:w="urn:sample"></w:Sample>'
      return
    case 'element': {
      const { local } = particle.element
      if (data[local] !== undefined) return
      const one = (): unknown => valueOf(particle.element.type(), around, state)
      data[local] = particle.max > 1 ? Array.from({ length: particle.min }, one) : one()
      return
    }
    case 'sequence':
      for (const inner of particle.particles) fill(inner, data, around, state)
      return
    case 'choice': {
      const alternative = particle.particles.find((one) => !leadsBack(one, around)) ?? particle.particles[0]
      if (alternative !== undefined)
        fill({ ...alternative, min: Math.max(alternative.min, 1) }, data, around, state)
    }
  }
}

/** An alternative that ends where it began would never end, and an open one says nothing. */
function leadsBack(particle: Particle, around: readonly SchemaType[]): boolean {
  if (particle.particle === 'any') return true
  if (particle.particle === 'element') {
    const type = particle.element.type()
    return (
      around.includes(type) ||
      (type.kind === 'complex' && around.length < 40 && needs(type, [...around, type]))
    )
  }
  return particle.particles.some((inner) => inner.min > 0 && leadsBack(inner, around))
}

const needs = (type: SchemaType, around: readonly SchemaType[]): boolean =>
  type.kind === 'complex' &&
  type.content !== undefined &&
  type.content.min > 0 &&
  type.content.particle === 'sequence' &&
  type.content.particles.some(
    (inner) => inner.min > 0 && inner.particle === 'element' && leadsBack(inner, around),
  )
