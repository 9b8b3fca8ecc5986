/**
 * The registers of persons: the national register and those of the Crossroads Bank (spec rn-consult). Nothing of what they
 * say is kept or logged here.
 *
 * @module
 */
import type { Session } from '../../technical/session/types.js'
import type { NationalRegisterOptions, RegisterCallOptions } from '../registers/index.js'
import type { PhoneticSearch } from './criteria.js'
import { partnerServices, type PartnerServices } from './partner/index.js'
import { registrations, type Registrations } from './register/index.js'
import {
  searchBySsin,
  searchPhonetically,
  type PhoneticSearchOutcome,
  type SsinSearch,
  type SsinSearchOutcome,
} from './search.js'

export type {
  NationalRegisterOptions,
  PerEnvironment,
  RefusalDetail,
  RefusalReason,
  Refused,
  RegisterCallOptions,
  RegisterEnvironment,
  RegisterRefusal,
} from '../registers/index.js'
export {
  givenNameMatchings,
  personGroups,
  type GivenNameMatching,
  type PersonGroup,
  type RegisterName,
} from './contract.js'
export type { PhoneticSearch } from './criteria.js'
export type {
  Anomaly,
  Availability,
  BestIdentifier,
  CivilState,
  ContactAddress,
  Country,
  Described,
  DiplomaticPost,
  GivenName,
  LocalizedText,
  Location,
  Nationality,
  PartialDate,
  Partner,
  Person,
  PersonAddress,
  PersonData,
  PersonIdentification,
  PersonName,
  PlainAddress,
  StructuredAddress,
  UnknownElement,
} from './person.js'
export type { PartnerService, PartnerServices } from './partner/index.js'
export {
  SearchedDeclaration,
  type Candidate,
  type DeclaredCivilState,
  type DeclaredContactAddress,
  type DeclaredCountry,
  type DeclaredNationality,
  type DeclaredPerson,
  type DeclaredPlace,
  type DeclaredResidence,
  type DeclaredText,
  type Found,
  type Registration,
  type RegistrationOutcome,
  type Registrations,
  type RegistrationSearch,
  type RegistrationSearchOutcome,
  type SearchMade,
  type SearchStep,
} from './register/index.js'
export type { PersonFound, PhoneticSearchOutcome, SsinSearch, SsinSearchOutcome } from './search.js'

/**
 * The registers, asked with a session's token and the Application ID of the connection.
 *
 * What a register says about a question is an outcome. Every operation may throw what a call throws (`transport.*`,
 * `fault.*`, `token.*`, `contract.unreadable`) and, before anything is sent, `rn-consult.application-id`,
 * `rn-consult.criteria`, `identifier.*` and `configuration.invalid` with the path.
 */
export interface RnConsult extends Registrations, PartnerServices {
  /**
   * The person who has a number, or the one that replaced it.
   *
   * @throws EHealthError `rn-consult.application-id`, `identifier.*`, `configuration.invalid`
   *
   * @example
   * ```ts
   * const found = await me.rnConsult.searchBySsin({ ssin: patientSsin })
   * if (found.outcome === 'found') {
   *   const { name, birth, availability } = found.person
   *   console.log(found.ssin, name?.lastName, birth?.date?.value, availability.address)
   * }
   * ```
   */
  searchBySsin(search: SsinSearch): Promise<SsinSearchOutcome>
  /**
   * Everybody whose name sounds alike and whose birth fits: what tells one from another, for a person to choose.
   *
   * @throws EHealthError `rn-consult.application-id`, `rn-consult.criteria`, `identifier.*`, `configuration.invalid`
   *
   * @example
   * ```ts
   * const found = await me.rnConsult.searchPhonetically({
   *   lastName: 'Sample',
   *   givenNames: ['Lea'],
   *   birthDate: '1985-00-00',
   *   variation: 2,
   * })
   * if (found.outcome === 'found') for (const { ssin, name } of found.persons) console.log(ssin, name?.lastName)
   * if (found.outcome === 'too-many') console.log('search by more')
   * ```
   */
  searchPhonetically(search: PhoneticSearch & RegisterCallOptions): Promise<PhoneticSearchOutcome>
}

/**
 * Opens the registers for a session. Nothing is called until an operation is.
 *
 * @example
 * ```ts
 * import { createRnConsult } from 'ehealth-connectors/rnconsult'
 *
 * const rnConsult = createRnConsult(session, { applicationId: '0' })
 * const found = await rnConsult.searchBySsin({ ssin: patientSsin })
 * console.log(found.outcome)
 * ```
 */
export function createRnConsult(session: Session, options: NationalRegisterOptions = {}): RnConsult {
  return {
    searchBySsin: (search) => searchBySsin(session, options, search),
    searchPhonetically: (search) => searchPhonetically(session, options, search),
    ...registrations(session, options),
    ...partnerServices(session),
  }
}
