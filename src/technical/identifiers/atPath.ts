/** Tells which part of the caller's input a check is about. */
import { EHealthError } from '../../errors.js'

/** Runs a check and adds the place in the input to its refusal; code and hint stay. @internal */
export function atPath<T>(path: string, check: () => T): T {
  try {
    return check()
  } catch (error) {
    if (!(error instanceof EHealthError)) throw error
    throw new EHealthError(error.code, error.message, { path, hint: error.hint, cause: error })
  }
}
