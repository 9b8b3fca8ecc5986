/** Practices, groups and the services around them (spec sts-iam §3.3). */
import { makeProfession } from './make.js'
import type { ServicesOf } from './services.js'
import type { OrganisationOptions, Profession } from './types.js'

/**
 * A medical house.
 *
 * @throws EHealthError `identifier.*` with `path` `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { medicalHouse } from 'ehealth-connectors/professions'
 *
 * const as = medicalHouse({ nihii: '80000155' })
 * ```
 */
export function medicalHouse(options: OrganisationOptions): Profession<ServicesOf<'medicalHouse'>> {
  return makeProfession('medicalHouse', options)
}

/**
 * A guard post of general practitioners.
 *
 * @throws EHealthError `identifier.*` with `path` `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { guardPost } from 'ehealth-connectors/professions'
 *
 * const as = guardPost({ nihii: '71009938' })
 * ```
 */
export function guardPost(options: OrganisationOptions): Profession<ServicesOf<'guardPost'>> {
  return makeProfession('guardPost', options)
}

/**
 * A sorting centre.
 *
 * @throws EHealthError `identifier.*` with `path` `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { sortingCenter } from 'ehealth-connectors/professions'
 *
 * const as = sortingCenter({ nihii: '71009938' })
 * ```
 */
export function sortingCenter(options: OrganisationOptions): Profession<ServicesOf<'sortingCenter'>> {
  return makeProfession('sortingCenter', options)
}

/**
 * An office of doctors.
 *
 * @throws EHealthError `identifier.*` with `path` `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { officeOfDoctors } from 'ehealth-connectors/professions'
 *
 * const as = officeOfDoctors({ nihii: '71009938' })
 * ```
 */
export function officeOfDoctors(options: OrganisationOptions): Profession<ServicesOf<'officeOfDoctors'>> {
  return makeProfession('officeOfDoctors', options)
}

/**
 * A group of doctors. The names of the attributes are inferred.
 *
 * @throws EHealthError `identifier.*` with `path` `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { groupOfDoctors } from 'ehealth-connectors/professions'
 *
 * const as = groupOfDoctors({ nihii: '94000126' })
 * ```
 */
export function groupOfDoctors(options: OrganisationOptions): Profession<ServicesOf<'groupOfDoctors'>> {
  return makeProfession('groupOfDoctors', options)
}

/**
 * A group of nurses.
 *
 * @throws EHealthError `identifier.*` with `path` `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { groupOfNurses } from 'ehealth-connectors/professions'
 *
 * const as = groupOfNurses({ nihii: '94000126' })
 * ```
 */
export function groupOfNurses(options: OrganisationOptions): Profession<ServicesOf<'groupOfNurses'>> {
  return makeProfession('groupOfNurses', options)
}

/**
 * A group of midwives. The names of the attributes are inferred.
 *
 * @throws EHealthError `identifier.*` with `path` `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { groupOfMidwives } from 'ehealth-connectors/professions'
 *
 * const as = groupOfMidwives({ nihii: '94000126' })
 * ```
 */
export function groupOfMidwives(options: OrganisationOptions): Profession<ServicesOf<'groupOfMidwives'>> {
  return makeProfession('groupOfMidwives', options)
}

/**
 * An office of dentists. The names of the attributes are inferred.
 *
 * @throws EHealthError `identifier.*` with `path` `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { officeOfDentists } from 'ehealth-connectors/professions'
 *
 * const as = officeOfDentists({ nihii: '71009938' })
 * ```
 */
export function officeOfDentists(options: OrganisationOptions): Profession<ServicesOf<'officeOfDentists'>> {
  return makeProfession('officeOfDentists', options)
}

/**
 * An office of physiotherapists. The names of the attributes are inferred.
 *
 * @throws EHealthError `identifier.*` with `path` `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { officeOfPhysiotherapists } from 'ehealth-connectors/professions'
 *
 * const as = officeOfPhysiotherapists({ nihii: '71009938' })
 * ```
 */
export function officeOfPhysiotherapists(
  options: OrganisationOptions,
): Profession<ServicesOf<'officeOfPhysiotherapists'>> {
  return makeProfession('officeOfPhysiotherapists', options)
}

/**
 * An office of bandagists. The names of the attributes are inferred.
 *
 * @throws EHealthError `identifier.*` with `path` `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { officeOfBandagists } from 'ehealth-connectors/professions'
 *
 * const as = officeOfBandagists({ nihii: '71009938' })
 * ```
 */
export function officeOfBandagists(
  options: OrganisationOptions,
): Profession<ServicesOf<'officeOfBandagists'>> {
  return makeProfession('officeOfBandagists', options)
}

/**
 * A laboratory. The names of the attributes are inferred.
 *
 * @throws EHealthError `identifier.*` with `path` `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { laboratory } from 'ehealth-connectors/professions'
 *
 * const as = laboratory({ nihii: '82000137' })
 * ```
 */
export function laboratory(options: OrganisationOptions): Profession<ServicesOf<'laboratory'>> {
  return makeProfession('laboratory', options)
}

/**
 * A tariff office of pharmacies. The names of the attributes are inferred.
 *
 * @throws EHealthError `identifier.*` with `path` `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { tariffOffice } from 'ehealth-connectors/professions'
 *
 * const as = tariffOffice({ nihii: '71009938' })
 * ```
 */
export function tariffOffice(options: OrganisationOptions): Profession<ServicesOf<'tariffOffice'>> {
  return makeProfession('tariffOffice', options)
}

/**
 * An ambulance service. The names of the attributes are inferred.
 *
 * @throws EHealthError `identifier.*` with `path` `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { ambulanceService } from 'ehealth-connectors/professions'
 *
 * const as = ambulanceService({ nihii: '71009938' })
 * ```
 */
export function ambulanceService(options: OrganisationOptions): Profession<ServicesOf<'ambulanceService'>> {
  return makeProfession('ambulanceService', options)
}
