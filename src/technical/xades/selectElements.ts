/**
 * The part of XPath 1.0 that chooses where a signature goes: steps by name, `*` or `//`, with predicates `[2]`, `[last()]`
 * and `[local-name()='b']`. No prefix is bound, as with the official connector; there, a path with one falls silently
 * to another place, here it is refused (spec xml-signature, trap 27).
 */
import { EHealthError } from '../../errors.js'
import { childElements, descendants, type XmlElement } from '../xml/tree.js'

const predicate = String.raw`\[(?:\d{1,6}|last\(\)|local-name\(\) ?= ?(?:'[^']*'|"[^"]*"))\]`
const step = new RegExp(String.raw`(//?)(\*|[\p{L}_][\p{L}\p{N}._-]*)((?:${predicate})*)`, 'uy')

/**
 * The elements that a path names, in document order.
 *
 * @throws EHealthError `xml-signature.options` for anything else than such a path
 */
export function selectElements(root: XmlElement, path: string): XmlElement[] {
  let context: readonly (XmlElement | undefined)[] = [undefined]
  step.lastIndex = 0
  while (step.lastIndex < path.length || path === '') {
    const match = step.exec(path)
    if (match === null)
      throw new EHealthError(
        'xml-signature.options',
        'the place of the signature is not a path that is known here',
        {
          path: 'place.before',
          hint: "Steps by name, '*' and '//', with [1], [last()] and [local-name()='b']; names have no prefix.",
        },
      )
    const [, axis, name, predicates = ''] = match
    const next = new Set<XmlElement>()
    for (const parent of parentsOf(context, axis === '//', root))
      for (const element of chosen(childrenOf(parent, root), name!, predicates)) next.add(element)
    context = [...next]
  }
  return context.filter((element) => element !== undefined)
}

/** The document itself stands for `undefined`. */
function parentsOf(
  context: readonly (XmlElement | undefined)[],
  deep: boolean,
  root: XmlElement,
): (XmlElement | undefined)[] {
  if (!deep) return [...context]
  return context.flatMap((at) => [...(at === undefined ? [undefined] : []), ...descendants(at ?? root)])
}

const childrenOf = (parent: XmlElement | undefined, root: XmlElement): XmlElement[] =>
  parent === undefined ? [root] : childElements(parent)

function chosen(elements: XmlElement[], name: string, predicates: string): XmlElement[] {
  let found = elements.filter(({ local, namespace }) => name === '*' || (local === name && namespace === ''))
  for (const [, index, last, quoted] of predicates.matchAll(
    /\[(?:(\d+)|(last\(\))|local-name\(\) ?= ?('[^']*'|"[^"]*"))\]/g,
  )) {
    if (index !== undefined) found = found.slice(Number(index) - 1, Number(index)).filter(() => index !== '0')
    else if (last !== undefined) found = found.slice(-1)
    else found = found.filter(({ local }) => local === quoted!.slice(1, -1))
  }
  return found
}
