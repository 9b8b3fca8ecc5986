/**
 * ConsultRN v1: the first generation of the services of the national register (spec rn-consult §9). Legacy: it speaks the
 * words of its messages and exists for partners who still do. New software uses `me.rnConsult`.
 *
 * @module
 */
import type { Session } from '../../technical/session/types.js'
import type { V1CallOptions } from './ask.js'
import type {
  CertificateService,
  HistoryFact,
  Inscription,
  Person,
  PersonData,
  PhoneticCriteria,
} from './contract.js'
import * as operations from './operations.js'
import { checkOptions, type ConsultRnV1Options } from './organisation.js'

export type { V1CallOptions, V1Error, V1Refused } from './ask.js'
export type {
  Address,
  AddressHistory,
  BirthHistory,
  CertificateService,
  CivilstateHistory,
  DeceaseHistory,
  FamilyComposition,
  FamilyCompositionHistory,
  FamilyMember,
  GenderHistory,
  HistoryFact,
  Inscription,
  LocalisedString,
  Mutation,
  MutationReply,
  Name,
  NameHistory,
  NationalityHistory,
  Person,
  PersonData,
  PhoneticCriteria,
  Replying,
} from './contract.js'
export type {
  CreatePersonV1Outcome,
  DoneV1Outcome,
  FamilyV1Outcome,
  HistoryOf,
  HistoryV1Outcome,
  ModifyPersonV1Outcome,
  MutationList,
  SearchBySsinV1Outcome,
  SearchPhoneticV1Outcome,
} from './operations.js'
export type { ConsultRnV1Options } from './organisation.js'

/**
 * The first generation, for a session's user. What the platform refuses is an outcome; numbers of persons in its texts are
 * masked.
 *
 * Every operation may throw what a call throws (`transport.*`, `fault.*`, `contract.unreadable`) and, before anything is
 * sent, `identifier.*` and `contract.invalid` with the path. Most are signed with the own certificate and need no token.
 */
export interface ConsultRnV1 {
  /** The person with a number. The search inscribes him as well, for the period that it names. */
  searchBySsin(inscription: Inscription, options?: V1CallOptions): Promise<operations.SearchBySsinV1Outcome>
  /** Everybody who sounds alike. `Tolerance` may be left out only beside a whole date. */
  searchPhonetic(
    criteria: PhoneticCriteria,
    options?: V1CallOptions,
  ): Promise<operations.SearchPhoneticV1Outcome>
  /** Those who live under one roof. */
  familyComposition(ssin: string, options?: V1CallOptions): Promise<operations.FamilyV1Outcome>
  /**
   * The history of one fact, in the list that the reply has for it.
   *
   * @example
   * ```ts
   * import { createConsultRnV1 } from 'ehealth-connectors/consultrn-v1'
   *
   * const old = createConsultRnV1(session, { applicationId: '0' })
   * const addresses = await old.history('address', patientSsin)
   * if (addresses.outcome === 'answered')
   *   for (const { EffectuationDate } of addresses.history.AddressHistory) console.log(EffectuationDate)
   * ```
   */
  history<Fact extends HistoryFact>(
    fact: Fact,
    ssin: string,
    options?: V1CallOptions,
  ): Promise<operations.HistoryV1Outcome<Fact>>
  /** Changes of this person will be told. */
  insertInscription(inscription: Inscription, options?: V1CallOptions): Promise<operations.DoneV1Outcome>
  /** Changes of this person will be told no longer. */
  deleteInscription(inscription: Inscription, options?: V1CallOptions): Promise<operations.DoneV1Outcome>
  /**
   * Makes a BIS number, if nobody looks like the person. Search first, and let a person decide; `me.rnConsult` leads
   * through that. Never repeated by itself.
   *
   * @throws EHealthError `person-registration.outcome-unknown` when the answer was lost: search before anything else
   */
  createPerson(data: PersonData, options?: V1CallOptions): Promise<operations.CreatePersonV1Outcome>
  /** Sends changed data of a person; the answer may hold the person as it is then (spec rn-consult §9). */
  modifyPerson(person: Person, options?: V1CallOptions): Promise<operations.ModifyPersonV1Outcome>
  /** Changes of inscribed persons. Never repeated by itself: what was handed out may be gone. */
  mutations(options?: V1CallOptions): Promise<operations.MutationList>
  /** Whether a service is there. */
  monitor(service: CertificateService, options?: V1CallOptions): Promise<operations.DoneV1Outcome>
}

/**
 * Opens the first generation for a session.
 *
 * @throws EHealthError `configuration.invalid` with the path
 *
 * @example
 * ```ts
 * import { createConsultRnV1 } from 'ehealth-connectors/consultrn-v1'
 *
 * const old = createConsultRnV1(session, { applicationId: '0' })
 * const found = await old.searchPhonetic({ LastName: 'Sample', BirthDate: '1985-00-00', Tolerance: 2 })
 * if (found.outcome === 'found') for (const { SSIN } of found.persons) console.log(SSIN.value)
 * ```
 */
export function createConsultRnV1(session: Session, options: ConsultRnV1Options): ConsultRnV1 {
  checkOptions(options)
  const asker = { session, options }
  return {
    searchBySsin: (inscription, call) => operations.searchBySsin(asker, inscription, call),
    searchPhonetic: (criteria, call) => operations.searchPhonetic(asker, criteria, call),
    familyComposition: (ssin, call) => operations.familyComposition(asker, ssin, call),
    history: (fact, ssin, call) => operations.history(asker, fact, ssin, call),
    insertInscription: (inscription, call) =>
      operations.inscribe(asker, 'insertInscription', inscription, call),
    deleteInscription: (inscription, call) =>
      operations.inscribe(asker, 'deleteInscription', inscription, call),
    createPerson: (data, call) => operations.createPerson(asker, data, call),
    modifyPerson: (person, call) => operations.modifyPerson(asker, person, call),
    mutations: (call) => operations.mutations(asker, call),
    monitor: (service, call) => operations.monitor(asker, service, call),
  }
}
