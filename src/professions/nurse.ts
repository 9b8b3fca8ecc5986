/** Nurse (spec sts-iam §3.2). */
import { person } from './attributes.js'
import { personOf, type PersonOptions } from './person.js'
import type { Profession, ProfessionData } from './types.js'

export const nurseData: ProfessionData = {
  profession: 'nurse',
  quality: 'NURSE',
  kmehr: 'persnurse',
  certificateType: 'SSIN',
  nihii: 'optional',
  certified: [
    { name: 'urn:be:fgov:person:ssin:nurse:boolean', evidence: 'confirmed', demanded: 'always' },
    { name: `${person}nihii:nurse:nihii11`, evidence: 'confirmed', demanded: 'with-nihii' },
    // The older name of the same number.
    { name: `${person}nurse:nihii11`, evidence: 'confirmed' },
    { name: `${person}fpsph:nurse:boolean`, evidence: 'confirmed' },
  ],
}

const services = ['ehbox'] as const

/**
 * A nurse; one without NIHII number is known by the SSIN alone.
 *
 * @throws EHealthError `identifier.*` with `path` `as.ssin` or `as.nihii`; `configuration.invalid` for an unknown option.
 */
export function nurse(options: PersonOptions): Profession<(typeof services)[number]> {
  return personOf(nurseData, services, options)
}
