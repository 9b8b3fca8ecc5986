/** Options that take several values, and the operand that such an option swallows when it stands before it. */
import { Option } from 'commander'

import { english, noted } from './language/index.js'
import { UsageError } from './output.js'

/** The lists of one command line in the order in which they received values. */
export type TakenLists = string[][]

/** An option that may be repeated and takes every word up to the next option. */
export function listOption(flags: string, description: string, taken: TakenLists): Option {
  return new Option(flags, description).argParser<string[]>((value, previous = []) => {
    previous.push(value)
    taken.push(previous)
    return previous
  })
}

/** An option of the same kind whose words are also split at commas and have to be among `choices`. */
export function choicesOption<T extends string>(
  flags: string,
  description: string,
  choices: readonly T[],
): Option {
  return new Option(flags, `${description}: ${choices.join(', ')}`).argParser<T[]>((value, previous = []) => {
    const found = choicesFrom(value) as T[]
    const unknown = found.find((word) => !choices.includes(word))
    if (unknown !== undefined) throw new UsageError(english`${unknown} is none of ${choices.join(', ')}`)
    return [...previous, ...found]
  })
}

/** Words of an option that may be repeated, split at commas. */
export const choicesFrom = (value: string, previous: string[] = []): string[] => [
  ...previous,
  ...value.split(',').filter((word) => word !== ''),
]

/**
 * The operand of a command: in `--trust a.pem b.pem message.xml` it is the last word, although the option took it.
 */
export function operand(given: string | undefined, name: string, taken: TakenLists): string {
  if (given !== undefined) return given
  const list = taken.at(-1)
  if (list === undefined || list.length < 2) throw new UsageError(english`missing ${noted(name)}`)
  return list.pop()!
}
