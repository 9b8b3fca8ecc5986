/**
 * Words of the address book for professions and types of organisations. The list of the platform was not found (spec
 * ehealthbox §11.12): `confirmed` is what clients use, the rest is (inferred) from the qualities of the eHealthBox, and
 * any other text may be given.
 *
 * @module
 */

/** Whether a word was seen, or concluded. */
export type WordEvidence = 'confirmed' | 'inferred'

/** Professions. A physician has another word than in the eHealthBox, where he is a `DOCTOR` (spec ehealthbox §9.34). */
export const professionWords = {
  PHYSICIAN: 'confirmed',
  NURSE: 'inferred',
  MIDWIFE: 'inferred',
  DENTIST: 'inferred',
  PHARMACIST: 'inferred',
  PHYSIOTHERAPIST: 'inferred',
  LOGOPEDIST: 'inferred',
  AUDIOLOGIST: 'inferred',
  DIETICIAN: 'inferred',
  OCCUPATIONAL_THERAPIST: 'inferred',
  PODOLOGIST: 'inferred',
  ORTHOPTIST: 'inferred',
  PRACTICALNURSE: 'inferred',
  PSYCHOLOGIST: 'inferred',
  TRUSS_MAKER: 'inferred',
} as const satisfies Record<string, WordEvidence>

/** Types of organisations. */
export const institutionWords = {
  HOSPITAL: 'confirmed',
  PHARMACY: 'inferred',
  LABO: 'inferred',
  RETIREMENT: 'inferred',
  MEDICAL_HOUSE: 'inferred',
  GUARD_POST: 'inferred',
  GROUP: 'inferred',
  GROUP_DOCTORS: 'inferred',
  HOME_SERVICES: 'inferred',
  PALLIATIVE_CARE: 'inferred',
  PROT_ACC: 'inferred',
  PSYCH_HOUSE: 'inferred',
  TREATMENT_CENTER: 'inferred',
  INSTITUTION: 'inferred',
  INSTITUTION_EHP: 'inferred',
} as const satisfies Record<string, WordEvidence>

/** Qualities of the eHealthBox that have another word here. */
export const wordsOfQualities: Readonly<Record<string, string>> = { DOCTOR: 'PHYSICIAN' }
