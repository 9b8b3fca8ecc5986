/** Hearing, sight, trusses and orthoses (spec sts-iam §3.2). */
import { makeProfession } from './make.js'
import type { ServicesOf } from './services.js'
import type { NumberedPersonOptions, PersonOptions, Profession } from './types.js'

/**
 * An audiologist. The names of the attributes are inferred.
 *
 * @throws EHealthError `identifier.*` with `path` `as.ssin` or `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { audiologist } from 'ehealth-connectors/professions'
 *
 * const as = audiologist({ ssin: '90010199794', nihii: '60000141000' })
 * ```
 */
export function audiologist(options: PersonOptions): Profession<ServicesOf<'audiologist'>> {
  return makeProfession('audiologist', options)
}

/**
 * An audician; known by the NIHII number. The names of the attributes are inferred.
 *
 * @throws EHealthError `identifier.*` with `path` `as.ssin` or `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { audician } from 'ehealth-connectors/professions'
 *
 * const as = audician({ ssin: '90010199794', nihii: '60000141000' })
 * ```
 */
export function audician(options: NumberedPersonOptions): Profession<ServicesOf<'audician'>> {
  return makeProfession('audician', options)
}

/**
 * An optician; known by the NIHII number.
 *
 * @throws EHealthError `identifier.*` with `path` `as.ssin` or `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { optician } from 'ehealth-connectors/professions'
 *
 * const as = optician({ ssin: '90010199794', nihii: '60000141000' })
 * ```
 */
export function optician(options: NumberedPersonOptions): Profession<ServicesOf<'optician'>> {
  return makeProfession('optician', options)
}

/**
 * A truss maker (bandagist).
 *
 * @throws EHealthError `identifier.*` with `path` `as.ssin` or `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { trussmaker } from 'ehealth-connectors/professions'
 *
 * const as = trussmaker({ ssin: '90010199794', nihii: '60000141000' })
 * ```
 */
export function trussmaker(options: PersonOptions): Profession<ServicesOf<'trussmaker'>> {
  return makeProfession('trussmaker', options)
}

/**
 * An orthopedist (orthotist).
 *
 * @throws EHealthError `identifier.*` with `path` `as.ssin` or `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { orthopedist } from 'ehealth-connectors/professions'
 *
 * const as = orthopedist({ ssin: '90010199794', nihii: '60000141000' })
 * ```
 */
export function orthopedist(options: PersonOptions): Profession<ServicesOf<'orthopedist'>> {
  return makeProfession('orthopedist', options)
}
