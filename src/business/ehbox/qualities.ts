/**
 * Qualities of the eHealthBox and how an owner of each is addressed (spec ehealthbox §4.2). The list is what is known;
 * any other text may be given as a quality too.
 *
 * @module
 */

/** Number by which a box is addressed. */
export type NumberKind = 'ssin' | 'nihii' | 'cbe' | 'ehp'

/** Types of the eHealthBox: the SSIN is called INSS there. */
export const ehboxTypes: Readonly<Record<NumberKind, string>> = {
  ssin: 'INSS',
  nihii: 'NIHII',
  cbe: 'CBE',
  ehp: 'EHP',
}

interface Addressing {
  readonly by: readonly NumberKind[]
  readonly subType?: string
}

const person: Addressing = { by: ['ssin', 'nihii'] }
const byNihii = (subType: string): Addressing => ({ by: ['nihii'], subType })

/** Qualities with the numbers and the subtype that belong to them. */
export const qualities = {
  AMBULANCE_RESCUER: person,
  APPLIED_PSYCH_BACHELOR: person,
  AUDICIEN: person,
  AUDIOLOGIST: person,
  DENTIST: person,
  DIETICIAN: person,
  DOCTOR: person,
  FAMILY_SCIENCE_BACHELOR: person,
  GERONTOLOGY_MASTER: person,
  IMAGING_TECHNOLOGIST: person,
  IMPLANTPROVIDER: person,
  LAB_TECHNOLOGIST: person,
  LOGOPEDIST: person,
  MIDWIFE: person,
  NURSE: person,
  OCCUPATIONAL_THERAPIST: person,
  OPTICIEN: person,
  ORTHOPEDAGOGIST_MASTER: person,
  ORTHOPEDIST: person,
  ORTHOPTIST: person,
  PEDIATRIC_NURSE: person,
  PHARMACIST: person,
  PHARMACIST_ASSISTANT: person,
  PHYSIOTHERAPIST: person,
  PODOLOGIST: person,
  PRACTICALNURSE: person,
  PSYCHOLOGIST: person,
  PSYCHOMOTOR_THERAPY: person,
  READAPTATION_BACHELOR: person,
  SOCIAL_WORKER: person,
  SPECIALIZED_EDUCATOR: person,
  TRUSS_MAKER: person,
  CITIZEN: { by: ['ssin'] },
  HOSPITAL: byNihii('HOSPITAL'),
  PHARMACY: byNihii('PHARMACY'),
  OTD_PHARMACY: byNihii('OTD_PHARMACY'),
  LABO: byNihii('LABO'),
  RETIREMENT: byNihii('RETIREMENT'),
  GROUP: byNihii('GROUP'),
  GROUP_DOCTORS: byNihii('GROUP_DOCTORS'),
  GUARD_POST: byNihii('GUARD_POST'),
  HOME_SERVICES: byNihii('HOME_SERVICES'),
  MEDICAL_HOUSE: byNihii('MEDICAL_HOUSE'),
  OFFICE_DENTISTS: byNihii('OFFICE_DENTISTS'),
  OFFICE_DOCTORS: byNihii('OFFICE_DOCTORS'),
  OF_BAND: byNihii('OF_BAND'),
  OF_PHYSIOS: byNihii('OF_PHYSIOS'),
  PALLIATIVE_CARE: byNihii('PALLIATIVE_CARE'),
  PROT_ACC: byNihii('PROT_ACC'),
  PSYCH_HOUSE: byNihii('PSYCH_HOUSE'),
  REEDUCATION: byNihii('REEDUCATION'),
  TREATMENT_CENTER: { by: ['cbe'], subType: 'TREATMENT_CENTER' },
  CONSORTIUM: { by: ['cbe'], subType: 'CONSORTIUM' },
  INSTITUTION: { by: ['cbe'] },
  INSTITUTION_EHP: { by: ['ehp'] },
  CTRL_ORGANISM: { by: ['ehp'], subType: 'CTRL_ORGANISM' },
} satisfies Record<string, Addressing>

/** A quality that is known by name; a physician is `DOCTOR` here. */
export type KnownQuality = keyof typeof qualities

/** A known quality, or any other text that the platform accepts. */
export type Quality = KnownQuality | (string & {})

/** How an owner with this quality is addressed; `undefined` for a quality that is not in the list. */
export function addressingOf(quality: Quality): Addressing | undefined {
  return Object.hasOwn(qualities, quality) ? qualities[quality as KnownQuality] : undefined
}
