/** Simple types of XML Schema: the built-in ones, and what a restriction says of its base. */
import { attribute, type XmlElement } from '../../xml/tree.js'
import type { SimpleType } from './model.js'

/** Any text. */
export const text: SimpleType = { kind: 'simple', base: 'string' }

const lists: Readonly<Record<string, string>> = { IDREFS: 'IDREF', ENTITIES: 'ENTITY', NMTOKENS: 'NMTOKEN' }

/** A type of XML Schema itself. */
export function builtIn(local: string): SimpleType {
  const item = lists[local]
  return item === undefined ? { kind: 'simple', base: local } : { kind: 'simple', base: item, list: true }
}

/** Facets among the children of a restriction. Patterns are told, and left to the platform to judge. */
export function facetsOf(children: readonly XmlElement[]): Partial<SimpleType> {
  const facet = (name: string): string[] =>
    children.filter(({ local }) => local === name).map((node) => attribute(node, 'value') ?? '')
  const values = facet('enumeration')
  const [length] = facet('length')
  const [pattern] = facet('pattern')
  const min = length ?? facet('minLength')[0]
  const max = length ?? facet('maxLength')[0]
  return {
    ...(values.length === 0 ? {} : { values }),
    ...(min === undefined ? {} : { min: Number(min) }),
    ...(max === undefined ? {} : { max: Number(max) }),
    ...(pattern === undefined ? {} : { pattern }),
  }
}
