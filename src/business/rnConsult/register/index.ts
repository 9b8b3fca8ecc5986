/** Registering somebody who is in no register: search, decision, registration (spec rn-consult §6). */
import type { NationalRegisterOptions } from '../../registers/index.js'
import type { Session } from '../../../technical/session/types.js'
import { register, type Registration, type RegistrationOutcome } from './register.js'
import { searchBeforeRegistering, type RegistrationSearch, type RegistrationSearchOutcome } from './search.js'

export type {
  DeclaredCivilState,
  DeclaredContactAddress,
  DeclaredCountry,
  DeclaredNationality,
  DeclaredPerson,
  DeclaredPlace,
  DeclaredResidence,
  DeclaredText,
} from './declared.js'
export type { Registration, RegistrationOutcome } from './register.js'
export type {
  Candidate,
  RegistrationSearch,
  RegistrationSearchOutcome,
  SearchMade,
  SearchStep,
} from './search.js'
export { SearchedDeclaration, type Found } from './searched.js'

/** The two steps of a registration. */
export interface Registrations {
  /**
   * Searches for somebody who is to be registered: by the numbers that are known of him, then by sound, wider each time.
   * Show the candidates to a person. Nothing is registered.
   *
   * @throws EHealthError `person-registration.declaration`, `rn-consult.application-id`, `identifier.*`,
   *   `configuration.invalid` with the path
   *
   * @example
   * ```ts
   * const search = await me.rnConsult.searchBeforeRegistering({
   *   person: {
   *     lastName: 'Sample',
   *     givenNames: ['Lea'],
   *     birthDate: '1985-09-30',
   *     birthPlace: { country: 'FR', cityName: { text: 'Ville-Exemple', language: 'fr' } },
   *     gender: 'F',
   *   },
   * })
   * if (search.outcome === 'candidates')
   *   for (const { ssin, name, foundBy } of search.candidates) console.log(ssin, name?.lastName, foundBy)
   * if (search.outcome === 'nobody') {
   *   const { declaration } = search
   *   const done = await me.rnConsult.register({ declaration, decision: 'nobody-was-found' })
   *   if (done.outcome === 'created') console.log('new number', done.ssin)
   * }
   * ```
   */
  searchBeforeRegistering(search: RegistrationSearch): Promise<RegistrationSearchOutcome>
  /**
   * Registers somebody: makes a BIS number, if the register does not know anybody who looks like him. It needs the
   * declaration of a search and the decision that fits what the search found, and takes each declaration once. Never
   * repeated by itself.
   *
   * @throws EHealthError `person-registration.not-searched`, `person-registration.used`; `person-registration.outcome-unknown` when the answer
   *   was lost: search again before anything else
   */
  register(registration: Registration): Promise<RegistrationOutcome>
}

/** @internal */
export const registrations = (session: Session, options: NationalRegisterOptions): Registrations => ({
  searchBeforeRegistering: (search) => searchBeforeRegistering(session, options, search),
  register: (registration) => register(session, options, registration),
})
