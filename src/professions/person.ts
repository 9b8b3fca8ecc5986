/** What all natural persons have in common (spec sts-iam §3.1). */
import { parseNihii, parseSsin } from '../technical/identifiers/index.js'
import { refuseUnknownOptions } from '../technical/session/options.js'
import {
  asserted,
  atPath,
  certified,
  certifiedOf,
  certificateHolder,
  person,
  userSsin,
} from './attributes.js'
import type { BusinessServiceName } from './services.js'
import type { Profession, ProfessionData, ProfessionOptions } from './types.js'

/** Numbers of a natural person. */
export interface PersonOptions extends ProfessionOptions {
  /** 11 digits; blanks, dots and dashes are accepted. */
  ssin: string
  /** 8 or 11 digits. */
  nihii?: string
}

/** Makes the actor of a natural person from the data of his profession. */
export function personOf<Services extends BusinessServiceName>(
  data: ProfessionData,
  services: readonly Services[],
  options: PersonOptions,
): Profession<Services> {
  refuseUnknownOptions(options, ['ssin', 'nihii', 'attributes'], 'as')
  const ssin = atPath('as.ssin', () => parseSsin(options.ssin).normalized)
  const { nihii: given } = options
  const nihii =
    given === undefined && data.nihii === 'optional'
      ? undefined
      : atPath('as.nihii', () => parseNihii(given ?? '').normalized)
  return {
    profession: data.profession,
    quality: data.quality,
    kmehr: data.kmehr,
    services,
    attributes: [
      asserted(`${certificateHolder}person:ssin`, ssin),
      asserted(userSsin, ssin),
      ...certifiedOf(data),
      certified(`${person}givenname`),
      certified(`${person}surname`),
      certified(`${certificateHolder}person:ssin:usersession:boolean`),
      ...(options.attributes ?? []),
    ],
    demanded: data.certified
      .filter(({ demanded }) => demanded === 'always' || (demanded === 'with-nihii' && nihii !== undefined))
      .map(({ name }) => name),
    ssin,
    ...(nihii === undefined ? {} : { nihii }),
  }
}
