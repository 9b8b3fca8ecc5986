/**
 * The address book of the platform: who is a care professional or organisation, where, and which eHealthBox is his (spec
 * ehealthbox §8). What it gives as a mailbox is a recipient of the eHealthBox as it stands.
 *
 * @module
 */
import type { Session } from '../../technical/session/types.js'
import { organisation, professional } from './contact.js'
import type {
  NotFound,
  Organisation,
  OrganisationContact,
  Professional,
  ProfessionalContact,
} from './contacts.js'
import type {
  OrganisationCriteria,
  OrganisationNumber,
  ProfessionalCriteria,
  ProfessionalNumber,
} from './criteria.js'
import {
  pageOfOrganisations,
  pageOfProfessionals,
  searchOrganisations,
  searchProfessionals,
  type Page,
  type PageOptions,
  type SearchOptions,
} from './search.js'

export { inLanguage } from './contacts.js'
export type {
  AdditionalInformation,
  Code,
  EHealthBoxAddress,
  LocalizedText,
  NotFound,
  Organisation,
  OrganisationContact,
  Person,
  PostalAddress,
  Profession,
  Professional,
  ProfessionalContact,
  ProfessionalInformation,
  Reachable,
} from './contacts.js'
export { institutionWords, professionWords, type WordEvidence } from './contract/words.js'
export type {
  InstitutionWord,
  OrganisationCriteria,
  OrganisationNumber,
  ProfessionalCriteria,
  ProfessionalNumber,
  ProfessionWord,
} from './criteria.js'
export type { Page, PageOptions, SearchOptions } from './search.js'

/**
 * The address book, asked with a session's token.
 *
 * Every operation may throw what a call throws (`transport.*`, `fault.*`, `token.*`, `contract.unreadable`);
 * `fault.business` when the platform answers with a status of its own, found in `platform.code`. Criteria are judged before
 * anything is called: `address-book.criteria` for a mixture that the platform does not take, `identifier.*` for a number
 * that cannot be, `configuration.invalid` for an unknown option, each with the path.
 */
export interface AddressBook {
  /**
   * Everybody who fits, page by page as they are needed. In names `*` stands for any letters.
   *
   * @throws EHealthError `address-book.criteria`, `identifier.*`, `configuration.invalid`, `address-book.paging`
   *
   * @example
   * ```ts
   * for await (const person of me.addressBook.searchProfessionals({ profession: 'PHYSICIAN', lastName: 'Sample*' }))
   *   console.log(person.lastName, person.firstName, person.professions[0]?.nihii)
   * ```
   */
  searchProfessionals(criteria: ProfessionalCriteria, options?: SearchOptions): AsyncIterable<Professional>
  /**
   * Every organisation that fits, page by page as they are needed. In names `*` stands for any letters.
   *
   * @throws EHealthError as `searchProfessionals`
   */
  searchOrganisations(criteria: OrganisationCriteria, options?: SearchOptions): AsyncIterable<Organisation>
  /** One page of professionals: for a list that a person turns over. @throws EHealthError as `searchProfessionals` */
  pageOfProfessionals(criteria: ProfessionalCriteria, options?: PageOptions): Promise<Page<Professional>>
  /** One page of organisations. @throws EHealthError as `searchProfessionals` */
  pageOfOrganisations(criteria: OrganisationCriteria, options?: PageOptions): Promise<Page<Organisation>>
  /**
   * Addresses and mailboxes of a professional. That nobody has the number is an outcome, not an error.
   *
   * @throws EHealthError `address-book.criteria`, `identifier.*`
   *
   * @example
   * ```ts
   * const contact = await me.addressBook.professional({ nihii: nurseNihii })
   * if (contact.outcome === 'found')
   *   await me.ehbox.send({ to: contact.eHealthBox, title: 'Visit', body: 'Tomorrow at nine?', encrypt: true })
   * ```
   */
  professional(number: ProfessionalNumber): Promise<ProfessionalContact | NotFound>
  /** Addresses and mailboxes of an organisation. @throws EHealthError as `professional` */
  organisation(number: OrganisationNumber): Promise<OrganisationContact | NotFound>
}

/**
 * Opens the address book for a session. Nothing is called until an operation is.
 *
 * @example
 * ```ts
 * import { createAddressBook } from 'ehealth-connectors/addressbook'
 *
 * const addressBook = createAddressBook(session)
 * const { items } = await addressBook.pageOfOrganisations({ name: 'Sample*', type: 'HOSPITAL' }, { max: 20 })
 * ```
 */
export function createAddressBook(session: Session): AddressBook {
  return {
    searchProfessionals: (criteria, options) => searchProfessionals(session, criteria, options),
    searchOrganisations: (criteria, options) => searchOrganisations(session, criteria, options),
    pageOfProfessionals: (criteria, options) => pageOfProfessionals(session, criteria, options),
    pageOfOrganisations: (criteria, options) => pageOfOrganisations(session, criteria, options),
    professional: (number) => professional(session, number),
    organisation: (number) => organisation(session, number),
  }
}
