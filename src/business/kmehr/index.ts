/**
 * The kernel of KMEHR that consent, therapeutic links and exclusions share, and that hubs and MyCareNet can use: codes
 * with the version of their scheme, authors, patients, days of the Belgian calendar, identifiers of messages, headers
 * (spec consent-therlink-hub §1, §6).
 *
 * @module
 */
export {
  answered,
  answerPart,
  mentions,
  type Answered,
  type CodeMeaning,
  type CodeMeanings,
  type PlatformError,
} from './acknowledge.js'
export {
  actsAsPatient,
  authorOfSession,
  hubAuthorOf,
  kmehrAuthorOf,
  ownSoftware,
  providerOfSession,
  readAuthor,
  senderNumber,
  type Author,
  type NamedAuthor,
  type Representative,
} from './author.js'
export {
  codeBook,
  common,
  commonVersions,
  type CodeBook,
  type Coded,
  type LocalId,
  type SchemeVersions,
} from './codes.js'
export * from './contract.js'
export { dayFrom, notAfterToday, readDay, type Day } from './dates.js'
export { kmehrHeader, type HeaderOptions } from './header.js'
export { messageId } from './messageId.js'
export { namesOf, readNames, type Names, type WrittenNames } from './names.js'
export {
  hcPartyIdOf,
  hcPartyOf,
  isPerson,
  readParty,
  type NamedParty,
  type Party,
  type Provider,
  type Software,
} from './parties.js'
export { hasCard, patientIdOf, readPatient, withoutCard, type NamedPatient, type Patient } from './patient.js'
export { callOptionsOf, hubCallOptions, hubRequest, type HubCallOptions } from './request.js'
export { mayHaveBeenDone } from './unknownOutcome.js'
export { unreadable } from './unreadable.js'
