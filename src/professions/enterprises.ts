/** Organisations known by an enterprise number or by a number of the platform (spec sts-iam §3.3). */
import { makeProfession } from './make.js'
import type { ServicesOf } from './services.js'
import type { EnterpriseOptions, PartnerOptions, Profession } from './types.js'

/**
 * An enterprise.
 *
 * @throws EHealthError `identifier.*` with `path` `as.cbe`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { enterprise } from 'ehealth-connectors/professions'
 *
 * const as = enterprise({ cbe: '0999999922' })
 * ```
 */
export function enterprise(options: EnterpriseOptions): Profession<ServicesOf<'enterprise'>> {
  return makeProfession('enterprise', options)
}

/**
 * A health insurer.
 *
 * @throws EHealthError `identifier.*` with `path` `as.cbe`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { healthInsurer } from 'ehealth-connectors/professions'
 *
 * const as = healthInsurer({ cbe: '0999999922' })
 * ```
 */
export function healthInsurer(options: EnterpriseOptions): Profession<ServicesOf<'healthInsurer'>> {
  return makeProfession('healthInsurer', options)
}

/**
 * A treatment centre. The names of the attributes are inferred.
 *
 * @throws EHealthError `identifier.*` with `path` `as.cbe`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { treatmentCenter } from 'ehealth-connectors/professions'
 *
 * const as = treatmentCenter({ cbe: '0999999922' })
 * ```
 */
export function treatmentCenter(options: EnterpriseOptions): Profession<ServicesOf<'treatmentCenter'>> {
  return makeProfession('treatmentCenter', options)
}

/**
 * A consortium. The names of the attributes are inferred.
 *
 * @throws EHealthError `identifier.*` with `path` `as.cbe`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { consortium } from 'ehealth-connectors/professions'
 *
 * const as = consortium({ cbe: '0999999922' })
 * ```
 */
export function consortium(options: EnterpriseOptions): Profession<ServicesOf<'consortium'>> {
  return makeProfession('consortium', options)
}

/**
 * A partner of the platform that has an EHP number.
 *
 * @throws EHealthError `identifier.*` with `path` `as.ehp`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { ehealthPartner } from 'ehealth-connectors/professions'
 *
 * const as = ehealthPartner({ ehp: '1990009933' })
 * ```
 */
export function ehealthPartner(options: PartnerOptions): Profession<ServicesOf<'ehealthPartner'>> {
  return makeProfession('ehealthPartner', options)
}

/**
 * A hub.
 *
 * @throws EHealthError `identifier.*` with `path` `as.ehp`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { hub } from 'ehealth-connectors/professions'
 *
 * const as = hub({ ehp: '1990009933' })
 * ```
 */
export function hub(options: PartnerOptions): Profession<ServicesOf<'hub'>> {
  return makeProfession('hub', options)
}

/**
 * A control organism. The names of the attributes are inferred.
 *
 * @throws EHealthError `identifier.*` with `path` `as.ehp`; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { controlOrganism } from 'ehealth-connectors/professions'
 *
 * const as = controlOrganism({ ehp: '1990009933' })
 * ```
 */
export function controlOrganism(options: PartnerOptions): Profession<ServicesOf<'controlOrganism'>> {
  return makeProfession('controlOrganism', options)
}
