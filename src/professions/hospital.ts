/** Hospital (spec sts-iam §3.3). */
import { certificateHolder, organisation } from './attributes.js'
import { organisationOf, type OrganisationOptions } from './organisation.js'
import type { Profession, ProfessionData } from './types.js'

export const hospitalData: ProfessionData = {
  profession: 'hospital',
  quality: 'HOSPITAL',
  kmehr: 'orghospital',
  certificateType: 'NIHII-HOSPITAL',
  nihii: 'required',
  certified: [
    { name: `${certificateHolder}hospital:nihii-number:recognisedhospital:boolean`, evidence: 'confirmed' },
    { name: `${organisation}hospital:nihii-number:recognisedhospital:nihii11`, evidence: 'confirmed' },
    {
      name: `${organisation}hospital:nihii-number:recognisedhospital:boolean`,
      evidence: 'confirmed',
      demanded: 'always',
    },
  ],
}

const services = ['ehbox'] as const

/**
 * A hospital that calls with its own certificate.
 *
 * @throws EHealthError `identifier.*` with `path` `as.nihii`; `configuration.invalid` for an unknown option.
 */
export function hospital(options: OrganisationOptions): Profession<(typeof services)[number]> {
  return organisationOf(hospitalData, services, options)
}
