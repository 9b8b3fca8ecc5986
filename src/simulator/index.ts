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
export type { EndpointRole, FaultPlan, Faults, Trouble } from './faults.js'
export type { SimulatorOptions } from './options.js'
export type { MailboxOptions } from './services/ehbox/index.js'
export type { InsurersMailboxOptions } from './services/genericAsync/settings.js'
export {
  memberDataFaultPatients,
  memberStories,
  type MemberStory,
  type MyCareNetSimulation,
} from './services/memberData/index.js'
export { patientNames, type PatientName } from './patients.js'
export type { CardHolder, PatientCard } from './pki/cards.js'
export type { RefusedCall } from './pipeline.js'
export type { ListChanges, ListFlaw, SimulatedContinuity } from './serviceList/index.js'
export type { OrganisationPersona, Persona, Personas, PersonPersona } from './personas.js'
export { startSimulator, type Simulator } from './start.js'
export { addAuthenticLink, type AuthenticLink } from './services/therlink/authentic.js'
export type {
  DepotToken,
  IdentityCard,
  RegisteredActor,
  RegisteredPatient,
  SlotCodec,
  World,
} from './world.js'
