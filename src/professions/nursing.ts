/** Nurses and midwives (spec sts-iam §3.2). */
import { makeProfession } from './make.js'
import type { ServicesOf } from './services.js'
import type { PersonOptions, Profession } from './types.js'

/**
 * A nurse; one without NIHII number is known by the SSIN alone.
 *
 * @throws EHealthError `identifier.*` with `path` `as.ssin` or `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { nurse } from 'ehealth-connectors/professions'
 *
 * const as = nurse({ ssin: '90010199794', nihii: '40001117401' })
 * ```
 */
export function nurse(options: PersonOptions): Profession<ServicesOf<'nurse'>> {
  return makeProfession('nurse', options)
}

/**
 * A practical nurse. The names of the attributes are inferred.
 *
 * @throws EHealthError `identifier.*` with `path` `as.ssin` or `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { practicalNurse } from 'ehealth-connectors/professions'
 *
 * const as = practicalNurse({ ssin: '90010199794', nihii: '40001117401' })
 * ```
 */
export function practicalNurse(options: PersonOptions): Profession<ServicesOf<'practicalNurse'>> {
  return makeProfession('practicalNurse', options)
}

/**
 * A midwife.
 *
 * @throws EHealthError `identifier.*` with `path` `as.ssin` or `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { midwife } from 'ehealth-connectors/professions'
 *
 * const as = midwife({ ssin: '90010199794', nihii: '40001144401' })
 * ```
 */
export function midwife(options: PersonOptions): Profession<ServicesOf<'midwife'>> {
  return makeProfession('midwife', options)
}
