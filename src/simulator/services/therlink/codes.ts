/** Codes with which the register of links refuses authors and patients, and whom it takes (spec §3.1, §3.8). */
import type { AuthorCodes } from '../hub/author.js'
import type { PatientCodes } from '../hub/patient.js'

export const authorCodes: AuthorCodes = {
  mismatch: 'TL.ACCESS.15',
  missing: 'TL.INPUT.10',
  pharmacy: 'TL.INPUT.18',
  holder: 'TL.INPUT.24',
  /** (inferred) */
  mandate: 'TL.ACCESS.05',
}

export const patientCodes: PatientCodes = {
  missing: 'TL.INPUT.30',
  severalSsins: 'TL.INPUT.31.01',
  malformed: 'TL.INPUT.31.02',
  unknown: 'TL.INPUT.31',
  severalCards: 'TL.INPUT.31.03',
  sisCard: 'TL.INPUT.31.04',
  malformedCard: 'TL.INPUT.31.05',
  foreignCard: 'TL.INPUT.34',
}

/** Roles that may declare, revoke and read links; the technologists' code is (inferred). */
export const linkRoles: ReadonlySet<string> = new Set([
  'persphysician',
  'persnurse',
  'persdentist',
  'persmidwife',
  'persaudician',
  'persphysiotherapist',
  'persoccupationaltherapist',
  'perspracticalnurse',
  'persdietician',
  'persaudiologist',
  'perspodologist',
  'perstrussmaker',
  'perslogopedist',
  'persorthoptist',
  'perstechnician',
  'persclinicalorthopedagogist',
  'persclinicalpsychologist',
  'persoraldentalhygienist',
  'orgpharmacy',
])
