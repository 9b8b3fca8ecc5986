/** How pieces of complex types are put together. */
import { attribute, type XmlElement } from '../../xml/tree.js'
import { schemaChildren } from './components.js'
import type { AttributeUse, Occurrence, Particle } from './model.js'

/** An extension adds at the end, a restriction leaves out what it names as prohibited. */
export function mergedAttributes(
  base: readonly AttributeUse[],
  own: readonly AttributeUse[],
  derivation: XmlElement,
): AttributeUse[] {
  const prohibited = schemaChildren(derivation)
    .filter((node) => node.local === 'attribute' && attribute(node, 'use') === 'prohibited')
    .map((node) => attribute(node, 'name') ?? attribute(node, 'ref'))
  const replaced = new Set([...own.map(({ local }) => local), ...prohibited])
  return [...base.filter(({ local }) => !replaced.has(local)), ...own]
}

/** One behind the other. */
export function inSequence(first: Particle | undefined, second: Particle | undefined): Particle | undefined {
  if (first === undefined || second === undefined) return first ?? second
  return { particle: 'sequence', min: 1, max: 1, particles: [first, second] }
}

/** `minOccurs` and `maxOccurs`. */
export function occurrence(node: XmlElement): Occurrence {
  const max = attribute(node, 'maxOccurs') ?? '1'
  return { min: Number(attribute(node, 'minOccurs') ?? 1), max: max === 'unbounded' ? Infinity : Number(max) }
}
