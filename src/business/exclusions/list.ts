/** Asking for exclusions (spec consent-therlink-hub §4.2). */
import { EHealthError } from '../../errors.js'
import { refuseUnknownOptions } from '../../technical/session/options.js'
import type { Session } from '../../technical/session/types.js'
import {
  answered,
  callOptionsOf,
  dayFrom,
  hubCallOptions,
  hubRequest,
  patientIdOf,
  readAuthor,
  readParty,
  readPatient,
  withoutCard,
  type Answered,
  type Day,
  type HubCallOptions,
  type NamedAuthor,
  type NamedParty,
  type NamedPatient,
  type Patient,
} from '../kmehr/index.js'
import { assertAddress, excludedParty, type ExcludedParty } from './change.js'
import {
  exclusionOperations,
  type ExclusionWithContext,
  type GetTherapeuticExclusionResponse,
} from './contract.js'

/** Options of {@link Exclusions.list}. */
export interface ListExclusionsOptions extends HubCallOptions {
  patient: Patient
  /** Of this one only. */
  provider?: ExcludedParty
}

/** Options of {@link Exclusions.history}. */
export interface ExclusionHistoryOptions extends ListExclusionsOptions {
  from?: Day
  until?: Day
}

/** What was done to an exclusion. */
export interface ExclusionOperation {
  operation: 'declaration' | 'revocation'
  recordedAt: Date
  author?: NamedAuthor
}

/** An exclusion that an answer tells of. */
export interface Exclusion {
  patient: NamedPatient
  provider: NamedParty
  operations: ExclusionOperation[]
}

/** What was found. */
export type ListExclusionsOutcome =
  ({ outcome: 'found'; exclusions: Exclusion[] } & Answered) | ({ outcome: 'refused' } & Answered)

/** See {@link Exclusions.list}. */
export async function listExclusions(
  session: Session,
  options: ListExclusionsOptions,
): Promise<ListExclusionsOutcome> {
  refuseUnknownOptions(options, ['patient', 'provider', ...hubCallOptions])
  assertAddress(session)
  const select = selectOf(options, session.runtime.now())
  const request = await hubRequest(session, options)
  return outcomeOf(
    await session.call(
      exclusionOperations.getTherapeuticExclusion,
      { request, select },
      callOptionsOf(options),
    ),
  )
}

/** See {@link Exclusions.history}. */
export async function exclusionHistory(
  session: Session,
  options: ExclusionHistoryOptions,
): Promise<ListExclusionsOutcome> {
  refuseUnknownOptions(options, ['patient', 'provider', 'from', 'until', ...hubCallOptions])
  assertAddress(session)
  const select = { ...selectOf(options, session.runtime.now()), ...periodOf(options) }
  const request = await hubRequest(session, options)
  return outcomeOf(
    await session.call(
      exclusionOperations.getTherapeuticExclusionHistory,
      { request, select },
      callOptionsOf(options),
    ),
  )
}

function selectOf({ patient, provider }: ListExclusionsOptions, now: Date) {
  return {
    patient: withoutCard(patientIdOf(patient, 'patient', now)),
    ...(provider === undefined ? {} : { hcparty: excludedParty(provider, 'provider', now) }),
  }
}

function periodOf({ from, until }: ExclusionHistoryOptions) {
  const begindate = from === undefined ? undefined : dayFrom(from, 'from')
  const enddate = until === undefined ? undefined : dayFrom(until, 'until')
  if (begindate !== undefined && enddate !== undefined && enddate < begindate)
    throw new EHealthError('kmehr.date', 'the end lies before the start', { path: 'until' })
  return {
    ...(begindate === undefined ? {} : { begindate }),
    ...(enddate === undefined ? {} : { enddate }),
  }
}

function outcomeOf({
  value,
  meta,
}: {
  value: GetTherapeuticExclusionResponse
  meta: Answered['meta']
}): ListExclusionsOutcome {
  const { complete, ...rest } = answered(value, meta, {})
  if (!complete) return { outcome: 'refused', ...rest }
  const found = value.therapeuticexclusionlist?.therapeuticexclusion ?? []
  return { outcome: 'found', exclusions: found.map(readExclusion), ...rest }
}

const readExclusion = ({ patient, hcparty, operationcontext }: ExclusionWithContext): Exclusion => ({
  patient: readPatient(patient),
  provider: readParty(hcparty),
  operations: operationcontext.map(({ operation, recorddatetime, author }) => ({
    operation,
    recordedAt: recorddatetime,
    ...(author === undefined ? {} : { author: readAuthor(author.author) }),
  })),
})
