/**
 * The platform, embedded: for tests, demonstrations and work without network or certificate.
 *
 * Everything that a client can observe is real: TLS, signatures, certificates, tokens, schemas, business rules, codes.
 * Everybody in it is invented.
 *
 * @module
 */
export {
  isRegistered,
  registeredNames,
  type AnyPersonaName,
  type FurtherPersonaName,
  type PersonaName,
} from './actors.js'
export type { SimulatorClock } from './clock.js'
export { exchangeChecks, type Exchange, type ExchangeCheck, type RefusedCall } from './exchange.js'
export type { EndpointRole, FaultPlan, Faults, PendingPlan, StampFlaw, Trouble } from './faults.js'
export type { SimulatorOptions } from './options.js'
export type { MailboxOptions } from './services/ehbox/index.js'
export type {
  ArchivedDocument,
  SimulatedTimestamps,
  TimestampServiceOptions,
} from './services/timestamp/index.js'
export type { InsurersMailboxOptions } from './services/genericAsync/settings.js'
export {
  memberDataFaultPatients,
  memberStories,
  type MemberStory,
  type MyCareNetSimulation,
} from './services/memberData/index.js'
export { patientNames, type PatientName } from './patients.js'
export type { CardHolder, PatientCard } from './pki/cards.js'
export type { ListChanges, ListFlaw, SimulatedContinuity } from './serviceList/index.js'
export type { OrganisationPersona, Persona, Personas, PersonPersona } from './personas.js'
export {
  rarityNames,
  type City,
  type CivilState,
  type Country,
  type DataGroup,
  type FoundNumber,
  type HomeAddress,
  type Life,
  type NewPerson,
  type People,
  type PeopleOptions,
  type PersonName,
  type PhoneticQuestion,
  type Place,
  type Rarity,
  type RegisterCard,
  type RegisterPerson,
  type Since,
} from './register/index.js'
export { serveContract, type ContractHandlers } from './serveContract.js'
export type {
  Caller,
  CallerAttribute,
  OperationHandler,
  SimulatedAnswer,
  SimulatedCall,
  SimulatedOperation,
  SimulatedService,
} from './service.js'
export type { Simulator } from './simulator.js'
export { startSimulator } from './start.js'
export {
  mailboxFolders,
  type DeclaredProvider,
  type MailboxDocument,
  type MailboxFolder,
  type MailboxMessage,
  type OpenedMessage,
  type SimulatedConsent,
  type SimulatedExclusion,
  type SimulatedLink,
  type SimulatedMailbox,
  type SimulatedUnsealing,
  type SimulatorViews,
  type UnsealingOptions,
} from './views/index.js'
export { addAuthenticLink, type AuthenticLink } from './services/therlink/authentic.js'
export type {
  DepotToken,
  IdentityCard,
  RegisteredActor,
  RegisteredPatient,
  SlotCodec,
  World,
} from './world.js'
