/**
 * Numbers and codes of the platform: parsed at the door, strings from end to end (spec identifiers).
 *
 * @module
 */
export { cardSupportTypes, isCardNumber, parseCardNumber, parseIsiBarcode, type CardNumber } from './card.js'
export { isCbe, parseCbe, type Cbe } from './cbe.js'
export {
  isCountryIso,
  isCountryNis,
  isMunicipalityNis,
  isPostalCode,
  parseCountryIso,
  parseCountryNis,
  parseMunicipalityNis,
  parsePostalCode,
} from './codes.js'
export {
  describeIdentifier,
  identifierKinds,
  type DescribeOptions,
  type IdentifierDescription,
  type IdentifierKind,
  type IdentifierReading,
  type IdentifierRefusal,
} from './describe.js'
export { isEhp, parseEhp, type Ehp, type EhpOptions } from './ehp.js'
export { isEidCard, parseEidCard, type EidCard } from './eidCard.js'
export {
  formatForEtk,
  identifierType,
  identifierTypeOfEhbox,
  identifierTypes,
  type IdentifierType,
} from './identifierType.js'
export { isIncompleteDate, parseIncompleteDate, type IncompleteDate } from './incompleteDate.js'
export { isNihii, parseNihii, sameNihii, type Nihii, type NihiiProfession } from './nihii.js'
export { isNsso, parseNsso, type Nsso } from './nsso.js'
export { padNihiiForMyCareNet } from './padding.js'
export { qualificationOf, qualifications, type QualificationData } from './qualification.js'
export {
  formatForService,
  serviceForms,
  type NihiiForm,
  type NumberOf,
  type ServiceFamily,
  type ServiceForm,
} from './serviceForms.js'
export { isSite, parseSite, type SiteType } from './site.js'
export { isSsin, parseSsin, redact, ssinCheckDigits, type Ssin, type SsinOptions } from './ssin.js'
export {
  cardReadingCodes,
  civilStates,
  commonLanguages,
  namingSystems,
  sameLanguage,
  sexCodes,
  type NamingSystem,
} from './vocabularies.js'
