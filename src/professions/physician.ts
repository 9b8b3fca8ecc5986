/** Physician (spec sts-iam §3.2). */
import { person } from './attributes.js'
import { personOf, type PersonOptions } from './person.js'
import type { Profession, ProfessionData } from './types.js'

export const physicianData: ProfessionData = {
  profession: 'physician',
  quality: 'DOCTOR',
  kmehr: 'persphysician',
  certificateType: 'SSIN',
  nihii: 'required',
  certified: [
    { name: 'urn:be:fgov:person:ssin:doctor:boolean', evidence: 'confirmed', demanded: 'always' },
    { name: `${person}doctor:nihii11`, evidence: 'confirmed', demanded: 'with-nihii' },
    { name: `${person}fpsph:doctor:boolean`, evidence: 'confirmed' },
  ],
}

const services = ['ehbox'] as const

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
 * console.log(as.quality) // DOCTOR
 * ```
 */
export function physician(options: PersonOptions & { nihii: string }): Profession<(typeof services)[number]> {
  return personOf(physicianData, services, options)
}
