/** What the commands about a patient's consent, links and access have in common. */
import type { Command } from 'commander'

import type { Patient, PlatformError } from '../business/consent/index.js'
import { readInput, readNamed } from './input.js'
import { english, noted } from './language/index.js'
import { exitCode, plain, print, printJson, remark, UsageError } from './output.js'
import type { ConnectionOptions } from './connection.js'

/** The option that {@link addPatientOption} adds. */
export interface PatientOptions extends ConnectionOptions {
  patient: string
}

/** A patient is no argument that a list of processes should show: a file or stdin is the usual way. */
export function addPatientOption(command: Command): Command {
  return command.requiredOption(
    '--patient <json>',
    'the patient: @FILE, - for stdin, or JSON with ssin, eidCard or isiCard, firstName, familyName',
  )
}

/** The patient that the option names; what is wrong with him, the services say. */
export const readPatient = ({ patient }: PatientOptions): Promise<Patient> =>
  readObject<Patient>(patient, '--patient')

/** An object as an option gives it: JSON, the name of a file behind `@`, or `-` for stdin. */
export async function readObject<T>(given: string, option: string): Promise<T> {
  const bytes =
    given === '-' ? await readInput('-') : given.startsWith('@') ? await readNamed(given.slice(1)) : given
  const text = typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('utf8')
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as T
  } catch {
    // told below, without the text: it is a patient's
  }
  throw new UsageError(english`${option} is no JSON object`)
}

/** A service of the connection; not every profession has every one. */
export function demanded<T>(service: T | undefined, name: string): T {
  if (service === undefined) throw new UsageError(english`this profession has no ${noted(name)}`)
  return service
}

/**
 * Shows an outcome: all of it as JSON, or its name with the errors of the platform.
 *
 * @param good outcomes after which the exit code is 0
 */
export function showOutcome<Document = never>(
  outcome: NoInfer<Document> & { outcome: string; errors: readonly PlatformError[] },
  good: readonly string[],
  json: boolean | undefined,
): void {
  const done = good.includes(outcome.outcome)
  if (json === true) printJson<Document>(outcome)
  else {
    print(outcome.outcome)
    showErrors(outcome.errors)
  }
  process.exitCode = done ? exitCode.done : exitCode.refused
}

/** Errors and warnings of the platform, each with what to do, on stderr. */
export function showErrors(errors: readonly PlatformError[]): void {
  for (const { codes, text, advice } of errors) {
    remark(`  ${plain(codes.join(', '))}: ${plain(text)}`)
    if (advice !== undefined) remark(`    ${advice}`)
  }
}
