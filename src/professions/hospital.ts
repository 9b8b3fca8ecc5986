/** Hospitals (spec sts-iam §3.3). */
import { invalidOption } from '../technical/session/options.js'
import { makeProfession } from './make.js'
import type { ServicesOf } from './services.js'
import type { OrganisationOptions, Profession } from './types.js'

/** Number of a hospital, and who acts in it. */
export interface HospitalOptions extends OrganisationOptions {
  /** Number of the campus, 4 digits. */
  site?: string
  /** The user, for instance `physician({ ssin, nihii })`: his attributes are asked for, too, and stand first. */
  user?: Profession
}

/**
 * A hospital that calls with its own certificate. A user identifies with his eID or his personal certificate: give it
 * to `connect()` as `identification`.
 *
 * @throws EHealthError `identifier.*` with `path` `as.nihii` or `as.site`; `configuration.invalid` for an unknown option
 * or a user who is no person.
 *
 * @example
 * ```ts
 * import { hospital, physician } from 'ehealth-connectors/professions'
 *
 * const ward = hospital({ nihii: '71009938', site: '0042' })
 * const atTheWard = hospital({ nihii: '71009938', user: physician({ ssin: '90010199794', nihii: '10000106004' }) })
 * ```
 */
export function hospital(options: HospitalOptions): Profession<ServicesOf<'hospital'>> {
  const { user, ...own } = options
  const made = makeProfession('hospital', own)
  if (user === undefined) return made
  if (user?.certificateType !== 'SSIN' || user.ssin === undefined)
    throw invalidOption('as.user', 'expected a person, for instance physician({ ssin, nihii })')
  return {
    ...made,
    attributes: [...user.attributes, ...made.attributes],
    // What is demanded of numbers is compared with that of the hospital: a user answers for his flags only.
    demanded: [...user.demanded.filter((name) => !name.endsWith('nihii11')), ...made.demanded],
    ssin: user.ssin,
  }
}
