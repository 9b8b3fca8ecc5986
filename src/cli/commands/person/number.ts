/** The number of a person on the command line. */
import { readInput, readNamed } from '../../input.js'

/** What the argument is; national numbers are better not shown to whoever lists processes. */
export const numberArgument = [
  '<ssin>',
  'national or BIS number: @FILE, - for stdin, or the number itself',
] as const

export async function readNumber(given: string): Promise<string> {
  const bytes =
    given === '-' ? await readInput('-') : given.startsWith('@') ? await readNamed(given.slice(1)) : given
  return (typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('utf8')).trim()
}
