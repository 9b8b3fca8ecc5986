/** Numbers at the door: checked, and as messages carry them. */
import { EHealthError } from '../../errors.js'
import { parseSsin } from '../../technical/identifiers/index.js'

/** A national number or BIS number as messages carry it. @internal */
export const ssinOf = (ssin: string, now: Date, path = 'ssin'): string =>
  atPath(path, () => parseSsin(ssin, { asOf: now }).normalized)

/** What a reader of the technical layer refuses, with the path in the input of the caller. @internal */
export function atPath<T>(path: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof EHealthError)) throw error
    throw new EHealthError(error.code, error.message, { path, hint: error.hint, cause: error })
  }
}
