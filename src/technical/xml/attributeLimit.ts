/**
 * Finds a start tag with too many attributes before the parser reads it.
 *
 * The parser tells of attributes only when the tag is complete, and a tag of a million of them keeps it busy for
 * seconds. Looking for the tags first costs next to nothing, since text is skipped by `indexOf`.
 *
 * @module
 */

/** What is no tag, with where it ends; whatever stands inside says nothing about attributes. */
const skipped: readonly (readonly [start: string, end: string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
]

/** True when some start tag has more than `limit` equals signs outside of quotes. */
export function exceedsAttributes(source: string, limit: number): boolean {
  for (let at = source.indexOf('<'); at !== -1; at = source.indexOf('<', at)) {
    const skip = skipped.find(([start]) => source.startsWith(start, at))
    if (skip !== undefined) {
      const end = source.indexOf(skip[1], at + skip[0].length)
      if (end === -1) return false
      at = end
      continue
    }
    at++
    let attributes = 0
    for (; at < source.length; at++) {
      const character = source[at]
      if (character === '>') break
      if (character === '=' && ++attributes > limit) return true
      if (character === '"' || character === "'") {
        const closing = source.indexOf(character, at + 1)
        if (closing === -1) return false
        at = closing
      }
    }
  }
  return false
}
