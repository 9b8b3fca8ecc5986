/** What the registers must be told about the caller, once per connection (spec rn-consult §3, §4). */
import { EHealthError } from '../../errors.js'
import { invalidOption, refuseUnknownOptions } from '../../technical/session/options.js'
import type { Session } from '../../technical/session/types.js'
import { limits, personGroups, type PersonGroup } from '../rnConsult/contract.js'

/** A value for whatever environment, or one for each: an Application ID of acceptance is worth nothing in production. */
export type PerEnvironment = string | Partial<Readonly<Record<RegisterEnvironment, string>>>

/** Environments by their names; `custom` is one of one's own. */
export type RegisterEnvironment = 'acceptance' | 'integration' | 'production' | 'simulation' | 'custom'

/** Options of the services of the national register, as `connect()` takes them. */
export interface NationalRegisterOptions {
  /**
   * Issued to the institution with its authorisation; it decides which data come back. Software of general practitioners
   * sends `0`, which is the default for physicians and for nobody else.
   */
  applicationId?: PerEnvironment
  /** The legal ground, for services that ask for it: IdSupport. */
  legalContext?: PerEnvironment
  /**
   * The groups of data that the authorisation names. With it, what is missing in an answer is known to be unknown, or not
   * authorised; without it nobody can tell.
   */
  authorised?: readonly PersonGroup[]
}

const environments: readonly RegisterEnvironment[] = [
  'acceptance',
  'integration',
  'production',
  'simulation',
  'custom',
]

/**
 * Judges the options at the door of a connection. That there is an Application ID is judged when a request needs it.
 *
 * @throws EHealthError `configuration.invalid`, `rn-consult.application-id`, with the path
 * @internal
 */
export function checkNationalRegisterOptions(
  options: NationalRegisterOptions,
  path = 'nationalRegister',
): void {
  refuseUnknownOptions(options, ['applicationId', 'legalContext', 'authorised'], path)
  const { applicationId, legalContext, authorised } = options
  eachOf(applicationId, `${path}.applicationId`, (value, at) => {
    if (!isApplicationId(value))
      throw applicationIdError(at, `expected 1 to ${limits.applicationId} characters`)
  })
  eachOf(legalContext, `${path}.legalContext`, (value, at) => {
    if (typeof value !== 'string' || value.trim() === '')
      throw invalidOption(at, 'expected a text that is not empty')
  })
  if (authorised === undefined) return
  const known: readonly string[] = personGroups
  if (!Array.isArray(authorised)) throw invalidOption(`${path}.authorised`, 'expected a list of groups')
  for (const [index, group] of authorised.entries())
    if (typeof group !== 'string' || !known.includes(group))
      throw invalidOption(`${path}.authorised[${index}]`, 'unknown group', `One of ${known.join(', ')}.`)
}

function eachOf(
  given: PerEnvironment | undefined,
  path: string,
  check: (value: unknown, path: string) => void,
): void {
  if (given === undefined) return
  if (typeof given !== 'object') return check(given, path)
  refuseUnknownOptions(given, environments, path)
  for (const [name, value] of Object.entries(given)) if (value !== undefined) check(value, `${path}.${name}`)
}

const isApplicationId = (value: unknown): boolean =>
  typeof value === 'string' && /^\S(?:.*\S)?$/.test(value) && [...value].length <= limits.applicationId

const applicationIdError = (path: string, problem: string): EHealthError =>
  new EHealthError('rn-consult.application-id', `${path}: ${problem}`, { path })

/** The value for the environment of the session. @internal */
export function valueFor(session: Session, given: PerEnvironment | undefined): string | undefined {
  if (typeof given !== 'object') return given
  const { name } = session.environment
  return Object.hasOwn(given, name) ? given[name] : undefined
}

/** (inferred) What software of general practitioners sends, as one of them does (spec rn-consult §3). */
const ofPhysicians = '0'

/**
 * The Application ID of a request.
 *
 * @throws EHealthError `rn-consult.application-id`
 * @internal
 */
export function applicationIdOf(session: Session, { applicationId }: NationalRegisterOptions): string {
  const given = valueFor(session, applicationId)
  if (given !== undefined) return given
  if (applicationId === undefined && session.actor.profession === 'physician') return ofPhysicians
  throw applicationIdError(
    'nationalRegister.applicationId',
    applicationId === undefined ? 'missing' : `there is none for ${session.environment.name}`,
  )
}
