/** What all organisations with a NIHII number have in common (spec sts-iam §3.3). */
import { parseNihii } from '../technical/identifiers/index.js'
import { refuseUnknownOptions } from '../technical/session/options.js'
import { asserted, atPath, certifiedOf, certificateHolder, organisation } from './attributes.js'
import type { BusinessServiceName } from './services.js'
import type { Profession, ProfessionData, ProfessionOptions } from './types.js'

/** Numbers of an organisation. */
export interface OrganisationOptions extends ProfessionOptions {
  /** 8 digits; of 11 digits the first 8 count. */
  nihii: string
}

/** Makes the actor of an organisation; its attributes carry the name of the profession and the 8-digit number. */
export function organisationOf<Services extends BusinessServiceName>(
  data: ProfessionData,
  services: readonly Services[],
  options: OrganisationOptions,
): Profession<Services> {
  refuseUnknownOptions(options, ['nihii', 'attributes'], 'as')
  const nihii = atPath('as.nihii', () => parseNihii(options.nihii).base8)
  return {
    profession: data.profession,
    quality: data.quality,
    kmehr: data.kmehr,
    services,
    attributes: [
      asserted(`${organisation}${data.profession}:nihii-number`, nihii),
      asserted(`${certificateHolder}${data.profession}:nihii-number`, nihii),
      ...certifiedOf(data),
      ...(options.attributes ?? []),
    ],
    demanded: data.certified.filter(({ demanded }) => demanded !== undefined).map(({ name }) => name),
    nihii,
  }
}
