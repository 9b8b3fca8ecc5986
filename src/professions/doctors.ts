/** Physicians and those around the teeth (spec sts-iam §3.2). */
import { makeProfession } from './make.js'
import type { ServicesOf } from './services.js'
import type { CitizenOptions, NumberedPersonOptions, PersonOptions, Profession } from './types.js'

/**
 * A physician.
 *
 * @throws EHealthError `identifier.*` with `path` `as.ssin` or `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { physician } from 'ehealth-connectors/professions'
 *
 * const as = physician({ ssin: '90010199794', nihii: '10000106004' })
 * ```
 */
export function physician(options: NumberedPersonOptions): Profession<ServicesOf<'physician'>> {
  return makeProfession('physician', options)
}

/**
 * A dentist.
 *
 * @throws EHealthError `identifier.*` with `path` `as.ssin` or `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { dentist } from 'ehealth-connectors/professions'
 *
 * const as = dentist({ ssin: '90010199794', nihii: '30000714001' })
 * ```
 */
export function dentist(options: PersonOptions): Profession<ServicesOf<'dentist'>> {
  return makeProfession('dentist', options)
}

/**
 * An oral dental hygienist. The names of the attributes are inferred, and no quality of the eHealthBox is known.
 *
 * @throws EHealthError `identifier.*` with `path` `as.ssin`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { oralDentalHygienist } from 'ehealth-connectors/professions'
 *
 * const as = oralDentalHygienist({ ssin: '90010199794' })
 * ```
 */
export function oralDentalHygienist(options: CitizenOptions): Profession<ServicesOf<'oralDentalHygienist'>> {
  return makeProfession('oralDentalHygienist', options)
}
