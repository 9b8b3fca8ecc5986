/**
 * Who is calling: each profession decides what the token service is asked for and which services a connection has.
 *
 * @module
 */
export { hospital, hospitalData } from './hospital.js'
export { nurse, nurseData } from './nurse.js'
export { physician, physicianData } from './physician.js'
export type { OrganisationOptions } from './organisation.js'
export type { PersonOptions } from './person.js'
export type { BusinessServiceName, BusinessServices } from './services.js'
export type { CertifiedAttribute, Evidence, Profession, ProfessionData, ProfessionOptions } from './types.js'
