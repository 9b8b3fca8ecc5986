/** Who asks, and what every request begins with (spec rn-consult §9). */
import { invalidOption, refuseUnknownOptions } from '../../technical/session/options.js'
import type { Asking } from './contract.js'

/** Options of {@link createConsultRnV1}. */
export interface ConsultRnV1Options {
  /** Issued to the institution with its authorisation; 1 to 11 characters. */
  applicationId: string
  /** Who asks, where the certificate does not say it. */
  organisation?: { id: string; type: string; subType?: string }
  /** How searches are signed: with the own certificate, the default, or with the token. Nothing else takes a token. */
  searchWith?: 'certificate' | 'token'
}

/** @throws EHealthError `configuration.invalid` with the path */
export function checkOptions(options: ConsultRnV1Options): void {
  refuseUnknownOptions(options, ['applicationId', 'organisation', 'searchWith'])
  const { applicationId, organisation, searchWith = 'certificate' } = options
  if (typeof applicationId !== 'string' || applicationId.trim() === '' || applicationId.length > 11)
    throw invalidOption('applicationId', 'expected 1 to 11 characters')
  if (searchWith !== 'certificate' && searchWith !== 'token')
    throw invalidOption('searchWith', 'expected certificate or token')
  if (organisation === undefined) return
  refuseUnknownOptions(organisation, ['id', 'type', 'subType'], 'organisation')
  for (const name of ['id', 'type'] as const)
    if (typeof organisation[name] !== 'string' || organisation[name] === '')
      throw invalidOption(`organisation.${name}`, 'expected a text')
}

/** The first elements of a request. */
export const askingOf = ({ applicationId, organisation }: ConsultRnV1Options): Asking => ({
  ...organisationOf(organisation),
  ApplicationID: applicationId,
})

/** The organisation alone, for the request that has nothing else. */
export const organisationOf = (
  organisation: ConsultRnV1Options['organisation'],
): Pick<Asking, 'Organisation'> =>
  organisation === undefined
    ? {}
    : {
        Organisation: {
          Id: organisation.id,
          Type: organisation.type,
          ...(organisation.subType === undefined ? {} : { SubType: organisation.subType }),
        },
      }
