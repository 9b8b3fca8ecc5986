/** What the console refuses, and how it says so. */
import { isEHealthError } from '../../errors.js'
import type { ConsoleProblem } from './contract.js'

/** A request that is answered with a status of its own. */
export class ConsoleRefusal extends Error {
  override readonly name = 'ConsoleRefusal'

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

/** Nothing has this name. */
export const notFound = (): ConsoleRefusal =>
  new ConsoleRefusal(404, 'console.not-found', 'there is no such thing')

/** Status and content for whatever was thrown; of what nobody foresaw nothing is told. */
export function problemOf(error: unknown): { status: number; problem: ConsoleProblem } {
  if (error instanceof ConsoleRefusal)
    return { status: error.status, problem: { error: { code: error.code, message: error.message } } }
  if (isEHealthError(error, 'configuration.invalid'))
    return { status: 400, problem: { error: { code: error.code, message: error.message } } }
  return { status: 500, problem: { error: { code: 'unexpected', message: 'the console failed' } } }
}
