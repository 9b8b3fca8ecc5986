/** What an answer holds that this version does not know: kept as text, wherever it stands. */
import { descendants, textOf, unknownElements, type XmlElement } from '../../technical/xml/index.js'
import type { UnknownElement } from './person.js'

/** The elements that the contract of a value does not know, with the path to each in camel case. */
export function unknownIn(value: object, path = ''): UnknownElement[] {
  const own = (value as { [unknownElements]?: readonly XmlElement[] })[unknownElements] ?? []
  const inside = Object.entries(value).flatMap(([name, child]: [string, unknown]) => {
    const at = path === '' ? camelCase(name) : `${path}.${camelCase(name)}`
    if (Array.isArray(child))
      return child.flatMap((item: unknown, index) =>
        isObject(item) ? unknownIn(item, `${at}[${index}]`) : [],
      )
    return isObject(child) ? unknownIn(child, at) : []
  })
  return [
    ...own.map((element) => ({
      path,
      name: element.local,
      namespace: element.namespace,
      text: textIn(element),
    })),
    ...inside,
  ]
}

/** All text of an element, wherever it stands in it. */
export const textIn = (element: XmlElement): string =>
  [...descendants(element)]
    .map((each) => textOf(each).trim())
    .filter((text) => text !== '')
    .join(' ')

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const camelCase = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)
