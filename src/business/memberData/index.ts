/**
 * MemberData: who insures a patient, from when to when, with which codes, and which rights he has (spec
 * memberdata-mycarenet §1). One service behind three front doors: MyCareNet, WalCareNet and IrisCareNet.
 *
 * @module
 */
import type { Session } from '../../technical/session/types.js'
import type { MyCareNetCaller, MyCareNetOptions } from '../mycarenet/index.js'
import { get, type MemberDataAnswer, type MemberDataOptions } from './get.js'
import { getMany, type MemberDataManyOptions, type MemberDataOfMany } from './many.js'
import type { MemberDataQuestion } from './question.js'

export type { MemberAssertion } from './assertions.js'
export {
  facetVerdict,
  isMemberDataFault,
  memberDataFacetNames,
  memberDataFacets,
  memberDataFaultCodes,
  memberDataFaults,
  regionalFacets,
  sectorFacets,
  type FacetData,
  type MemberDataFacet,
  type MemberDataFaultCode,
  type MemberDataFaultData,
  type SectorData,
} from './contract.js'
export type { FacetQuestion } from './facetQuestions.js'
export type { FaultText, MemberDataFault } from './faults.js'
export type { MemberDataAnswer, MemberDataExchange, MemberDataOptions } from './get.js'
export type { MemberDataManyOptions, MemberDataOfMany } from './many.js'
export type {
  MemberDataAnswered,
  MemberDataFacts,
  MemberDataOutcome,
  MemberDataRefusal,
  MemberDataRefused,
} from './outcome.js'
export type { MemberDataPatient, MemberDataQuestion } from './question.js'
export type { Insurability, InsurabilityState, InsuredPeriod, MemberFacts, MemberPerson } from './types.js'

/**
 * MemberData, asked with a session's token and the licence of the software.
 *
 * Every operation may throw what a call throws (`transport.*`, `fault.*`, `token.*`, `contract.unreadable`). What the
 * insurers and MyCareNet say, good or bad, is an outcome with the platform's codes and texts. Questions are judged before
 * anything is called: `member-data.patient`, `member-data.period`, `member-data.facet`, `mycarenet.*`, `identifier.*`,
 * `configuration.invalid` for an unknown option, each with the path.
 */
export interface MemberData {
  /**
   * Asks about one patient.
   *
   * `complete` and `partial` answers carry facts; look at `warnings` of a partial one before billing by it. A right that
   * the patient does not have is absent.
   *
   * @throws EHealthError `mycarenet.licence`, `mycarenet.care-provider`; `member-data.other-answer`,
   * `member-data.answer`, `mycarenet.hash`, `mycarenet.blob` for an answer that must not be used; with `encrypt`
   * `etk.*` and `unseal.*`
   *
   * @example
   * ```ts
   * const answer = await me.memberData.get({ patient: { ssin: patientSsin }, facets: ['insurability', 'globalMedicalFile'] })
   * if (answer.outcome === 'complete' || answer.outcome === 'partial')
   *   for (const { from, until, mutuality, ct1, ct2 } of answer.insurability.periods)
   *     console.log(`${mutuality} from ${from} until ${until}: ${ct1}/${ct2}`)
   * else console.warn(answer.outcome, answer.faults.map(({ code }) => code))
   * ```
   */
  get(question: MemberDataQuestion, options?: MemberDataOptions): Promise<MemberDataAnswer>
  /**
   * Asks about many patients, some at a time, in their order: the synchronous service takes one question per call. For
   * thousands there are the mailboxes.
   *
   * @throws EHealthError `configuration.invalid`; what goes wrong with a single question is told with it
   */
  getMany(
    questions: Iterable<MemberDataQuestion> | AsyncIterable<MemberDataQuestion>,
    options?: MemberDataManyOptions,
  ): AsyncIterable<MemberDataOfMany>
}

/**
 * Opens MemberData for a session. Nothing is called until an operation is.
 *
 * @param mycarenet Licence and particulars; without them every operation fails with `mycarenet.licence`.
 *
 * @example
 * ```ts
 * import { createMemberData } from 'ehealth-connectors/memberdata'
 *
 * const memberData = createMemberData(session, { licence: { username: 'sample', password } })
 * const { outcome } = await memberData.get({ patient: { ssin: patientSsin }, on: '2026-03-02' })
 * ```
 */
export function createMemberData(session: Session, mycarenet?: MyCareNetOptions): MemberData {
  const caller: MyCareNetCaller = { session, ...(mycarenet === undefined ? {} : { options: mycarenet }) }
  return {
    get: (question, options) => get(caller, question, options),
    getMany: (questions, options) => getMany(caller, questions, options),
  }
}
