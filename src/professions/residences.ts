/** Homes, centres and care at home (spec sts-iam §3.3). */
import { makeProfession } from './make.js'
import type { ServicesOf } from './services.js'
import type { OrganisationOptions, Profession } from './types.js'

/**
 * A retirement home.
 *
 * @throws EHealthError `identifier.*` with `path` `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { retirementHome } from 'ehealth-connectors/professions'
 *
 * const as = retirementHome({ nihii: '73000121' })
 * ```
 */
export function retirementHome(options: OrganisationOptions): Profession<ServicesOf<'retirementHome'>> {
  return makeProfession('retirementHome', options)
}

/**
 * A reeducation centre.
 *
 * @throws EHealthError `identifier.*` with `path` `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { reeducationCenter } from 'ehealth-connectors/professions'
 *
 * const as = reeducationCenter({ nihii: '71009938' })
 * ```
 */
export function reeducationCenter(options: OrganisationOptions): Profession<ServicesOf<'reeducationCenter'>> {
  return makeProfession('reeducationCenter', options)
}

/**
 * A psychiatric house. The names of the attributes are inferred.
 *
 * @throws EHealthError `identifier.*` with `path` `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { psychiatricHouse } from 'ehealth-connectors/professions'
 *
 * const as = psychiatricHouse({ nihii: '73000121' })
 * ```
 */
export function psychiatricHouse(options: OrganisationOptions): Profession<ServicesOf<'psychiatricHouse'>> {
  return makeProfession('psychiatricHouse', options)
}

/**
 * Protected accommodation. The names of the attributes are inferred.
 *
 * @throws EHealthError `identifier.*` with `path` `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { protectedAccommodation } from 'ehealth-connectors/professions'
 *
 * const as = protectedAccommodation({ nihii: '73000121' })
 * ```
 */
export function protectedAccommodation(
  options: OrganisationOptions,
): Profession<ServicesOf<'protectedAccommodation'>> {
  return makeProfession('protectedAccommodation', options)
}

/**
 * Palliative care. The names of the attributes are inferred.
 *
 * @throws EHealthError `identifier.*` with `path` `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { palliativeCare } from 'ehealth-connectors/professions'
 *
 * const as = palliativeCare({ nihii: '71009938' })
 * ```
 */
export function palliativeCare(options: OrganisationOptions): Profession<ServicesOf<'palliativeCare'>> {
  return makeProfession('palliativeCare', options)
}

/**
 * Home services. The names of the attributes are inferred.
 *
 * @throws EHealthError `identifier.*` with `path` `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { homeServices } from 'ehealth-connectors/professions'
 *
 * const as = homeServices({ nihii: '71009938' })
 * ```
 */
export function homeServices(options: OrganisationOptions): Profession<ServicesOf<'homeServices'>> {
  return makeProfession('homeServices', options)
}

/**
 * Legal psychiatry. The names of the attributes are inferred.
 *
 * @throws EHealthError `identifier.*` with `path` `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { legalPsychiatry } from 'ehealth-connectors/professions'
 *
 * const as = legalPsychiatry({ nihii: '71009938' })
 * ```
 */
export function legalPsychiatry(options: OrganisationOptions): Profession<ServicesOf<'legalPsychiatry'>> {
  return makeProfession('legalPsychiatry', options)
}

/**
 * An organisation with a BelRAI certificate. The names of the attributes are inferred.
 *
 * @throws EHealthError `identifier.*` with `path` `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { belRai } from 'ehealth-connectors/professions'
 *
 * const as = belRai({ nihii: '71009938' })
 * ```
 */
export function belRai(options: OrganisationOptions): Profession<ServicesOf<'belRai'>> {
  return makeProfession('belRai', options)
}

/**
 * An organisation with a BelRAI screener certificate. The names of the attributes are inferred.
 *
 * @throws EHealthError `identifier.*` with `path` `as.nihii`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { belRaiScreener } from 'ehealth-connectors/professions'
 *
 * const as = belRaiScreener({ nihii: '71009938' })
 * ```
 */
export function belRaiScreener(options: OrganisationOptions): Profession<ServicesOf<'belRaiScreener'>> {
  return makeProfession('belRaiScreener', options)
}
