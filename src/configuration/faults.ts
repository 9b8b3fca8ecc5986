/** What is wrong with a configuration: everything at once, each with its place, never with its value. */
import { EHealthError, type ErrorCode } from '../errors.js'

/** One thing that is wrong. */
export interface Fault {
  /** Path of the setting, for instance `trust.sts[0]`. */
  readonly path: string
  readonly problem: string
  /** Where the value comes from: a file, a variable, an option. */
  readonly source?: string
  readonly hint?: string
  /** The code of the error where the fault has one of its own, for instance `identifier.check-digit`. */
  readonly code?: ErrorCode
}

/** The error that tells them all; `path` and `hint` are those of the first, `details.faults` has every one. */
export function configurationError(faults: readonly Fault[]): EHealthError {
  const [first] = faults
  const code = faults.length === 1 ? first?.code : undefined
  const lines = faults.map(
    ({ path, problem, source }) =>
      `${code === undefined ? `${path}: ` : ''}${problem}${source === undefined ? '' : ` (${source})`}`,
  )
  return new EHealthError(code ?? 'configuration.invalid', lines.join('; '), {
    ...(first === undefined || first.path === '' ? {} : { path: first.path }),
    ...(first?.hint === undefined ? {} : { hint: first.hint }),
    details: { faults: faults.map((fault) => ({ ...fault })) },
  })
}

/** Throws when there is something to tell. */
export function refuse(faults: readonly Fault[]): void {
  if (faults.length > 0) throw configurationError(faults)
}

/** A name that somebody wrote, fit to be shown. */
export function shown(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]/g, '?')
  return plain.length > 60 ? `${plain.slice(0, 60)}…` : plain
}
