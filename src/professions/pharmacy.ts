/** Pharmacists and pharmacies (spec sts-iam §3.2, §3.3). */
import { makeProfession } from './make.js'
import type { ServicesOf } from './services.js'
import type { OrganisationOptions, PersonOptions, Profession } from './types.js'

/** Numbers of a pharmacist. */
export type PharmacistOptions = PersonOptions & {
  /** NIHII number of the pharmacy in which he acts, 8 digits. */
  pharmacy?: string
  /** SSIN of its holder where that is somebody else: the pharmacist is a deputy. */
  holder?: string
}

/** Numbers of a pharmacy and of whoever acts for it. */
export interface PharmacyOptions extends OrganisationOptions {
  /** SSIN of the user, who identifies with his eID or his personal certificate. */
  ssin: string
  /** SSIN of the holder of the pharmacy where that is somebody else than the user. */
  holder?: string
}

/**
 * A pharmacist: the holder of a pharmacy, a deputy in it, or a pharmacist alone, of whom the platform certifies nothing
 * that is known.
 *
 * @throws EHealthError `identifier.*` with the path of the number; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { pharmacist } from 'ehealth-connectors/professions'
 *
 * const holder = pharmacist({ ssin: '90010199794', pharmacy: '20011197' })
 * const deputy = pharmacist({ ssin: '90010199893', pharmacy: '20011197', holder: '90010199794' })
 * ```
 */
export function pharmacist(options: PharmacistOptions): Profession<ServicesOf<'pharmacist'>> {
  return makeProfession('pharmacist', options)
}

/**
 * A pharmacy, whose certificate holds the key. Its user identifies: give his eID or his personal certificate to
 * `connect()` as `identification`.
 *
 * @throws EHealthError `identifier.*` with the path of the number; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { connect } from 'ehealth-connectors'
 * import { pharmacy } from 'ehealth-connectors/professions'
 *
 * await using me = await connect({
 *   environment: 'acceptance',
 *   keystore: { file: 'pharmacy.acc-p12', password },
 *   identification: { file: 'pharmacist.acc-p12', password },
 *   as: pharmacy({ nihii: '20011197', ssin: '90010199893', holder: '90010199794' }),
 * })
 * ```
 */
export function pharmacy(options: PharmacyOptions): Profession<ServicesOf<'pharmacy'>> {
  return makeProfession('pharmacy', options)
}

/**
 * The pharmacy of a hospital. That certificate and number are those of the hospital is inferred.
 *
 * @throws EHealthError `identifier.*` with the path of the number; `configuration.invalid` for an unknown option.
 *
 * @example
 * ```ts
 * import { hospitalPharmacy } from 'ehealth-connectors/professions'
 *
 * const as = hospitalPharmacy({ nihii: '71009938', ssin: '90010199794' })
 * ```
 */
export function hospitalPharmacy(options: PharmacyOptions): Profession<ServicesOf<'hospitalPharmacy'>> {
  return makeProfession('hospitalPharmacy', options)
}
