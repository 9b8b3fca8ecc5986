/** Excluding somebody, and taking it back (spec consent-therlink-hub §4.2). */
import { EHealthError } from '../../errors.js'
import { endpointOf } from '../../technical/environment/environment.js'
import { refuseUnknownOptions } from '../../technical/session/options.js'
import type { Session } from '../../technical/session/types.js'
import {
  answered,
  callOptionsOf,
  hcPartyOf,
  hubCallOptions,
  hubRequest,
  isPerson,
  patientIdOf,
  withoutCard,
  type Answered,
  type HcParty,
  type HubCallOptions,
  type Patient,
  type Provider,
} from '../kmehr/index.js'
import { exclusionOperations, type ExclusionElement } from './contract.js'

/** Who is excluded: a person by SSIN, an organisation by NIHII number. */
export type ExcludedParty = Provider

/** Options of {@link Exclusions.exclude} and {@link Exclusions.revoke}. */
export interface ExclusionOptions extends HubCallOptions {
  patient: Patient
  provider: ExcludedParty
}

/** What became of it. */
export type ExclusionOutcome = ({ outcome: 'done' } & Answered) | ({ outcome: 'refused' } & Answered)

/** See {@link Exclusions.exclude}. */
export const exclude = (session: Session, options: ExclusionOptions): Promise<ExclusionOutcome> =>
  change(session, options, 'putTherapeuticExclusion')

/** See {@link Exclusions.revoke}. */
export const revokeExclusion = (session: Session, options: ExclusionOptions): Promise<ExclusionOutcome> =>
  change(session, options, 'revokeTherapeuticExclusion')

async function change(
  session: Session,
  options: ExclusionOptions,
  operation: 'putTherapeuticExclusion' | 'revokeTherapeuticExclusion',
): Promise<ExclusionOutcome> {
  refuseUnknownOptions(options, ['patient', 'provider', ...hubCallOptions])
  assertAddress(session)
  const now = session.runtime.now()
  const therapeuticexclusion: ExclusionElement = {
    patient: withoutCard(patientIdOf(options.patient, 'patient', now)),
    hcparty: excludedParty(options.provider, 'provider', now),
  }
  const request = await hubRequest(session, options)
  const { value, meta } = await session.call(
    exclusionOperations[operation],
    { request, therapeuticexclusion },
    callOptionsOf(options),
  )
  const { complete, ...rest } = answered(value, meta, {})
  return { outcome: complete ? 'done' : 'refused', ...rest }
}

/**
 * No token is asked for where there is nobody to show it to.
 *
 * @throws EHealthError `configuration.no-endpoint`
 */
export const assertAddress = ({ environment }: Session): void =>
  void endpointOf(environment, 'therapeuticExclusion')

/**
 * A person goes by SSIN alone: the exclusion is of all his professions, and a number of one of them would say otherwise.
 *
 * @throws EHealthError `kmehr.party`, `identifier.*` with the path
 */
export function excludedParty(provider: ExcludedParty, path: string, now: Date): HcParty {
  const party = hcPartyOf(provider, path, now)
  if (!isPerson(provider.role)) return party
  const id = party.id.filter(({ S }) => S === 'INSS')
  if (id.length === 0)
    throw new EHealthError('kmehr.party', 'a person is excluded by SSIN', { path: `${path}.ssin` })
  return { ...party, id }
}
