/** Options are judged at the door: a typing error must not be silently ignored. */
import { EHealthError } from '../../errors.js'
import { nearest } from '../environment/nearest.js'
import type { RetryOptions } from '../soap/types.js'

/**
 * Refuses options that nobody knows.
 *
 * @param path Where the object stands, for instance `keystore`; empty for the options of the call itself.
 * @throws EHealthError `configuration.invalid` naming the option, never its value.
 */
export function refuseUnknownOptions(options: unknown, known: readonly string[], path = ''): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw invalidOption(
      path,
      'expected an object',
      `Give an object: { ${known.slice(0, 3).join(', ')}${known.length > 3 ? ', …' : ''} }.`,
    )
  for (const name of Object.keys(options))
    if (!known.includes(name))
      throw new EHealthError('configuration.invalid', `there is no option ${join(path, name)}`, {
        path: join(path, name),
        hint: hintFor(name, known),
      })
}

function hintFor(name: string, known: readonly string[]): string {
  const similar = nearest(name, known)
  if (similar !== undefined) return `Did you mean ${similar}?`
  return known.length > 30 ? 'The names stand in the documentation.' : `Known here: ${known.join(', ')}.`
}

/** The longest timeout, in milliseconds: a timer that is told more goes off at once. */
export const longestTimeout = 2_147_000_000

/** The error of an option with an impossible value. */
export function invalidOption(path: string, problem: string, hint?: string): EHealthError {
  return new EHealthError(
    'configuration.invalid',
    path === '' ? `options: ${problem}` : `${path}: ${problem}`,
    {
      ...(path === '' ? {} : { path }),
      ...(hint === undefined ? {} : { hint }),
    },
  )
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`)

/** @throws EHealthError `configuration.invalid` naming the option */
export function checkRetry(retry: RetryOptions): void {
  refuseUnknownOptions(retry, ['attempts', 'firstPause'], 'retry')
  const { attempts = 1, firstPause = 0 } = retry
  if (!Number.isInteger(attempts) || attempts < 1 || attempts > 10)
    throw invalidOption('retry.attempts', 'expected 1 to 10')
  if (!(firstPause >= 0 && firstPause <= 60_000))
    throw invalidOption('retry.firstPause', 'expected 0 to 60000 milliseconds')
}
