/** Citizens, and professionals whom the platform certifies nothing of (spec sts-iam §3.2). */
import { invalidOption } from '../technical/session/options.js'
import { makeProfession } from './make.js'
import type { ServicesOf } from './services.js'
import type { CitizenOptions, Profession } from './types.js'

/** Number and quality of a care professional. */
export interface CareProfessionalOptions extends CitizenOptions {
  /** Quality in the eHealthBox, for instance `SOCIAL_WORKER`. */
  quality: string
}

/**
 * A patient, or a parent for his child, with the eID.
 *
 * @throws EHealthError `identifier.*` with `path` `as.ssin`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { patient } from 'ehealth-connectors/professions'
 *
 * const as = patient({ ssin: '90010199794' })
 * ```
 */
export function patient(options: CitizenOptions): Profession<ServicesOf<'patient'>> {
  return makeProfession('patient', options)
}

/**
 * Somebody who acts under a mandate.
 *
 * @throws EHealthError `identifier.*` with `path` `as.ssin`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { mandatary } from 'ehealth-connectors/professions'
 *
 * const as = mandatary({ ssin: '90010199794' })
 * ```
 */
export function mandatary(options: CitizenOptions): Profession<ServicesOf<'mandatary'>> {
  return makeProfession('mandatary', options)
}

/**
 * A care professional without NIHII number: ambulance rescuer, social worker, laboratory technologist and so on. The
 * platform certifies nothing of him that is known.
 *
 * @throws EHealthError `identifier.*` with `path` `as.ssin`; `configuration.invalid` for an unknown option or a missing
 * quality.
 *
 * @example
 * ```ts
 * import { careProfessional } from 'ehealth-connectors/professions'
 *
 * const as = careProfessional({ ssin: '90010199794', quality: 'SOCIAL_WORKER' })
 * ```
 */
export function careProfessional(
  options: CareProfessionalOptions,
): Profession<ServicesOf<'careProfessional'>> {
  const { quality, ...own } = options
  if (typeof quality !== 'string' || !/^[A-Z][A-Z_]*$/.test(quality))
    throw invalidOption('as.quality', 'expected a quality of the eHealthBox, for instance SOCIAL_WORKER')
  return { ...makeProfession('careProfessional', own), quality }
}
