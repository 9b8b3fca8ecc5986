/** Any message that a contract allows, made from its description: with everything or next to nothing in it. */
import fc from 'fast-check'

import type { ElementDeclaration, Particle, SimpleType, Type } from '../../src/technical/xml/index.js'

// What XML can carry and a reader gives back unchanged: no carriage return, which a parser turns into a line feed.
const text = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 20 })
  .filter((value) => /^[\t\n\u0020-\ud7ff\ue000-\ufffd]*$/.test(value))
const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10))

const byBase: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  boolean: fc.boolean(),
  date: day,
  dateTime: fc.date({ min: new Date('1950-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
  anyURI: fc.uuid().map((uuid) => `urn:uuid:${uuid}`),
}

/** Texts for the patterns in use. */
const patterned = [
  day,
  day.map((value) => `${value.slice(0, 8)}00`),
  day.map((value) => `${value.slice(0, 5)}00-00`),
  fc.uuid().map((uuid) => `_${uuid}`),
  fc.stringMatching(/^[0-9]{11}$/),
]

const languages = fc.constantFrom('fr', 'nl', 'de', 'nl-BE')
const xml = 'http://www.w3.org/XML/1998/namespace'

/** The same every time, so that a type has the same values in every run. */
const sampled = <T>(values: fc.Arbitrary<T>, numRuns: number): T[] =>
  fc.sample(values, { numRuns, seed: 20_261_128 })

function simple(type: SimpleType<unknown>): fc.Arbitrary<unknown> {
  const { base = 'string', enumeration, minInclusive = -1000, maxInclusive = 1000 } = type.schema ?? {}
  if (enumeration !== undefined) return fc.constantFrom(...enumeration)
  if (base === 'integer') return fc.integer({ min: minInclusive, max: maxInclusive })
  const known = byBase[base]
  if (known !== undefined) return known
  const fits = (value: unknown): boolean => type.check(value) === undefined
  if (sampled(text, 20).every(fits)) return text
  const matching = patterned.filter((candidate) => sampled(candidate, 10).every(fits))
  if (matching.length === 0) throw new Error(`no text is known for: ${type.expected}`)
  return fc.oneof(...matching)
}

const merged = (parts: readonly fc.Arbitrary<object>[]): fc.Arbitrary<object> =>
  fc.tuple(...parts).map((each) => Object.assign({}, ...each) as object)
const orNothing = (value: fc.Arbitrary<object>, optional: boolean): fc.Arbitrary<object> =>
  optional ? fc.oneof(fc.constant({}), value) : value

function particle(of: Particle): fc.Arbitrary<object> {
  switch (of.particle) {
    case 'element': {
      const one = typed(of.type)
      if (of.array)
        return fc
          .array(one, { minLength: of.min, maxLength: Math.min(of.max, of.min + 2) })
          .map((items) => ({ [of.local]: items }))
      return orNothing(
        one.map((value) => ({ [of.local]: value })),
        of.min === 0,
      )
    }
    case 'group':
      return of.optional
        ? fc.oneof(empty(of.particles), merged(of.particles.map(particle)))
        : merged(of.particles.map(particle))
    case 'choice':
      return orNothing(fc.oneof(...of.alternatives.map(particle)), of.optional)
  }
}

/** A reader gives the lists of a group that is not there as empty ones. */
const empty = (particles: readonly Particle[]): fc.Arbitrary<object> =>
  fc.constant(
    Object.fromEntries(
      particles.flatMap((one) => (one.particle === 'element' && one.array ? [[one.local, []]] : [])),
    ),
  )

function typed(type: Type<unknown>): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case 'simple':
      return simple(type)
    case 'lazy':
      // refers to itself: once is enough
      return fc.constant({ Value: 'urn:inner' })
    case 'opaque':
      throw new Error('an opaque element has no values of its own')
    case 'simpleContent':
    case 'sequence': {
      const attributes = type.attributes.map(({ local, namespace, type: of, required }) =>
        orNothing(
          (namespace === xml ? languages : simple(of)).map((value) => ({ [local]: value })),
          !required,
        ),
      )
      const inside =
        type.kind === 'simpleContent'
          ? [simple(type.content).map((value) => ({ value }))]
          : type.particles.filter((one) => !isOpaque(one)).map(particle)
      return merged([...attributes, ...inside])
    }
  }
}

const isOpaque = (one: Particle): boolean => one.particle === 'element' && one.type.kind === 'opaque'

/** Values of a message; nothing is put into what the contract does not look into. */
export const anyMessageOf = <T>(declaration: ElementDeclaration<T>): fc.Arbitrary<T> =>
  typed(declaration.type) as fc.Arbitrary<T>
