/** Therapists and dieticians (spec sts-iam §3.2). */
import { makeProfession } from './make.js'
import type { ServicesOf } from './services.js'
import type { NumberedPersonOptions, PersonOptions, Profession } from './types.js'

/**
 * A physiotherapist.
 *
 * @throws EHealthError `identifier.*` with `path` `as.ssin` or `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { physiotherapist } from 'ehealth-connectors/professions'
 *
 * const as = physiotherapist({ ssin: '90010199794', nihii: '50001322527' })
 * ```
 */
export function physiotherapist(options: PersonOptions): Profession<ServicesOf<'physiotherapist'>> {
  return makeProfession('physiotherapist', options)
}

/**
 * An occupational therapist. The names of the attributes are inferred.
 *
 * @throws EHealthError `identifier.*` with `path` `as.ssin` or `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { occupationalTherapist } from 'ehealth-connectors/professions'
 *
 * const as = occupationalTherapist({ ssin: '90010199794', nihii: '60000141000' })
 * ```
 */
export function occupationalTherapist(
  options: PersonOptions,
): Profession<ServicesOf<'occupationalTherapist'>> {
  return makeProfession('occupationalTherapist', options)
}

/**
 * A logopedist (speech therapist).
 *
 * @throws EHealthError `identifier.*` with `path` `as.ssin` or `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { logopedist } from 'ehealth-connectors/professions'
 *
 * const as = logopedist({ ssin: '90010199794', nihii: '60000141801' })
 * ```
 */
export function logopedist(options: PersonOptions): Profession<ServicesOf<'logopedist'>> {
  return makeProfession('logopedist', options)
}

/**
 * An orthoptist. The names of the attributes are inferred.
 *
 * @throws EHealthError `identifier.*` with `path` `as.ssin` or `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { orthoptist } from 'ehealth-connectors/professions'
 *
 * const as = orthoptist({ ssin: '90010199794', nihii: '60000141000' })
 * ```
 */
export function orthoptist(options: PersonOptions): Profession<ServicesOf<'orthoptist'>> {
  return makeProfession('orthoptist', options)
}

/**
 * A podologist; known by the NIHII number.
 *
 * @throws EHealthError `identifier.*` with `path` `as.ssin` or `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { podologist } from 'ehealth-connectors/professions'
 *
 * const as = podologist({ ssin: '90010199794', nihii: '60000141000' })
 * ```
 */
export function podologist(options: NumberedPersonOptions): Profession<ServicesOf<'podologist'>> {
  return makeProfession('podologist', options)
}

/**
 * A dietician.
 *
 * @throws EHealthError `identifier.*` with `path` `as.ssin` or `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { dietician } from 'ehealth-connectors/professions'
 *
 * const as = dietician({ ssin: '90010199794', nihii: '60000141000' })
 * ```
 */
export function dietician(options: PersonOptions): Profession<ServicesOf<'dietician'>> {
  return makeProfession('dietician', options)
}

/**
 * A clinical psychologist.
 *
 * @throws EHealthError `identifier.*` with `path` `as.ssin` or `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { psychologist } from 'ehealth-connectors/professions'
 *
 * const as = psychologist({ ssin: '90010199794', nihii: '70000148000' })
 * ```
 */
export function psychologist(options: PersonOptions): Profession<ServicesOf<'psychologist'>> {
  return makeProfession('psychologist', options)
}

/**
 * A clinical orthopedagogist. The names of the attributes and the quality are inferred.
 *
 * @throws EHealthError `identifier.*` with `path` `as.ssin` or `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { orthopedagogist } from 'ehealth-connectors/professions'
 *
 * const as = orthopedagogist({ ssin: '90010199794', nihii: '70000148000' })
 * ```
 */
export function orthopedagogist(options: PersonOptions): Profession<ServicesOf<'orthopedagogist'>> {
  return makeProfession('orthopedagogist', options)
}
