/**
 * Who is calling: each profession decides what the token service is asked for and which services a connection has. All
 * of them, with what is known of each and how, stand in `docs/professions.md`.
 *
 * @module
 */
export {
  isProfessionName,
  professionNames,
  professions,
  type AttributeData,
  type Evidence,
  type GuessableFact,
  type NumberName,
  type NumberRule,
  type OrganisationProfession,
  type PersonProfession,
  type ProfessionData,
  type ProfessionName,
  type Source,
  type When,
} from '../technical/actors/index.js'
export { careProfessional, mandatary, patient, type CareProfessionalOptions } from './citizens.js'
export { customProfession, type CustomProfessionOptions } from './custom.js'
export { audician, audiologist, optician, orthopedist, trussmaker } from './devices.js'
export { dentist, oralDentalHygienist, physician } from './doctors.js'
export {
  consortium,
  controlOrganism,
  ehealthPartner,
  enterprise,
  healthInsurer,
  hub,
  treatmentCenter,
} from './enterprises.js'
export { professionOf, type NamedProfessionOptions } from './professionOf.js'
export { hospital, type HospitalOptions } from './hospital.js'
export type { GivenOptions } from './make.js'
export type { GivenNumbers } from './numbers.js'
export { midwife, nurse, practicalNurse } from './nursing.js'
export { isOfferedService, offers, type OfferedService } from './offers.js'
export {
  hospitalPharmacy,
  pharmacist,
  pharmacy,
  type PharmacistOptions,
  type PharmacyOptions,
} from './pharmacy.js'
export {
  ambulanceService,
  groupOfDoctors,
  groupOfMidwives,
  groupOfNurses,
  guardPost,
  laboratory,
  medicalHouse,
  officeOfBandagists,
  officeOfDentists,
  officeOfDoctors,
  officeOfPhysiotherapists,
  sortingCenter,
  tariffOffice,
} from './practices.js'
export {
  belRai,
  belRaiScreener,
  homeServices,
  legalPsychiatry,
  palliativeCare,
  protectedAccommodation,
  psychiatricHouse,
  reeducationCenter,
  retirementHome,
} from './residences.js'
export type { BusinessServiceName, BusinessServices, ServicesOf } from './services.js'
export {
  dietician,
  logopedist,
  occupationalTherapist,
  orthopedagogist,
  orthoptist,
  physiotherapist,
  podologist,
  psychologist,
} from './therapy.js'
export type {
  CitizenOptions,
  EnterpriseOptions,
  NumberedPersonOptions,
  OrganisationOptions,
  PartnerOptions,
  PersonOptions,
  Profession,
  ProfessionOptions,
} from './types.js'
