/** JSON of a configuration file: names that stand twice are refused, and errors tell the place but never the text. */
import { EHealthError } from '../errors.js'
import { shown } from './faults.js'

/**
 * Reads it.
 *
 * @throws EHealthError `configuration.malformed` with line and column
 */
export function parseJson(text: string, name: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    // the message of the engine quotes the file, which may hold a password: only its position is taken
    const position = /position (\d+)/.exec((error as Error).message)?.[1]
    const at = position === undefined ? '' : ` at ${placeOf(text, Number(position))}`
    throw new EHealthError('configuration.malformed', `${name} is no JSON${at}`, {
      hint: 'Look for a comma too many, a missing quote, or a comment: JSON has none.',
    })
  }
  const twice = repeatedName(text)
  if (twice !== undefined)
    throw new EHealthError(
      'configuration.malformed',
      `${name}: ${shown(twice.name)} stands twice, the second time at ${placeOf(text, twice.position)}`,
      { hint: 'Leave one of them out.' },
    )
  return value
}

function placeOf(text: string, position: number): string {
  const before = text.slice(0, position).split('\n')
  return `line ${before.length}, column ${before.at(-1)!.length + 1}`
}

/** The first name that an object has twice; `text` is known to be JSON. */
function repeatedName(text: string): { name: string; position: number } | undefined {
  const open: (Set<string> | undefined)[] = []
  const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]]/g
  for (const match of text.matchAll(token)) {
    const [found] = match
    if (found === '{') open.push(new Set())
    else if (found === '[') open.push(undefined)
    else if (found === '}' || found === ']') open.pop()
    else {
      const names = open.at(-1)
      if (
        names === undefined ||
        !/^\s*:/.test(text.slice(match.index + found.length, match.index + found.length + 100))
      )
        continue
      const name = JSON.parse(found) as string
      if (names.has(name)) return { name, position: match.index }
      names.add(name)
    }
  }
  return undefined
}
