/**
 * Exclusions: a patient forbids a provider or an organisation any access; an exclusion wins over every link
 * (spec consent-therlink-hub §4).
 *
 * Providers cannot ask for exclusions and learn of one as a refusal (`TL.ACCESS.08`), as a link that is not there, or
 * not at all. No SOAP address of this service was found: in the platform's own environments it answers only where the
 * caller gives one (`endpoints.therapeuticExclusion`), else `configuration.no-endpoint`.
 *
 * @module
 */
import type { Session } from '../../technical/session/types.js'
import { exclude, revokeExclusion, type ExclusionOptions, type ExclusionOutcome } from './change.js'
import {
  exclusionHistory,
  listExclusions,
  type ExclusionHistoryOptions,
  type ListExclusionsOptions,
  type ListExclusionsOutcome,
} from './list.js'

export type {
  Answered,
  Author,
  Day,
  Party,
  Patient,
  PlatformError,
  Provider,
  Software,
} from '../kmehr/index.js'
export type { ExcludedParty, ExclusionOptions, ExclusionOutcome } from './change.js'
export type {
  Exclusion,
  ExclusionHistoryOptions,
  ExclusionOperation,
  ListExclusionsOptions,
  ListExclusionsOutcome,
} from './list.js'

/**
 * The exclusions of the patient of a session, or of one for whom its user acts (`author`).
 *
 * What the platform refuses is an outcome with every error of its answer; no code of this service is known. Every
 * operation may throw what a call throws and, before anything is sent, `identifier.*`, `kmehr.*`,
 * `configuration.no-endpoint`, `configuration.invalid` with the path.
 */
export interface Exclusions {
  /** Excludes a provider (by SSIN: all his professions at once) or an organisation (by NIHII number). */
  exclude(options: ExclusionOptions): Promise<ExclusionOutcome>
  /** Takes an exclusion back. */
  revoke(options: ExclusionOptions): Promise<ExclusionOutcome>
  /**
   * The exclusions that hold.
   *
   * @example
   * ```ts
   * import { createExclusions } from 'ehealth-connectors/exclusions'
   *
   * const exclusions = createExclusions(session)
   * const found = await exclusions.list({ patient: { ssin: patientSsin } })
   * if (found.outcome === 'found') console.log(found.exclusions.length)
   * ```
   */
  list(options: ListExclusionsOptions): Promise<ListExclusionsOutcome>
  /** Exclusions that hold or held, with what was done to them. */
  history(options: ExclusionHistoryOptions): Promise<ListExclusionsOutcome>
}

/** Opens the exclusions for a session. Nothing is called until an operation is. */
export function createExclusions(session: Session): Exclusions {
  return {
    exclude: (options) => exclude(session, options),
    revoke: (options) => revokeExclusion(session, options),
    list: (options) => listExclusions(session, options),
    history: (options) => exclusionHistory(session, options),
  }
}
