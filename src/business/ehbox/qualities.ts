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

/** How owners of a quality are addressed. */
export interface Addressing {
  readonly by: readonly NumberKind[]
  readonly subType?: string
  /** `confirmed`: a combination that the official connector knows; `inferred`: concluded from others, may be wrong. */
  readonly evidence: 'confirmed' | 'inferred'
}

const person: Addressing = { by: ['ssin', 'nihii'], evidence: 'confirmed' }
const byNihii = (subType: string): Addressing => ({ by: ['nihii'], subType, evidence: 'confirmed' })
const byCbe = (subType?: string): Addressing => ({
  by: ['cbe'],
  ...(subType === undefined ? {} : { subType }),
  evidence: 'confirmed',
})
const byEhp = (subType?: string): Addressing => ({ ...byCbe(subType), by: ['ehp'] })
/** The official connector knows the type of number and no quality: that this is the subtype's name is a guess (§4.2). */
const inferred = (subType: string): Addressing => ({ ...byNihii(subType), evidence: 'inferred' })

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
  CITIZEN: { by: ['ssin'], evidence: 'confirmed' },
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
  TREATMENT_CENTER: byCbe('TREATMENT_CENTER'),
  CONSORTIUM: byCbe('CONSORTIUM'),
  INSTITUTION: byCbe(),
  INSTITUTION_EHP: byEhp(),
  CTRL_ORGANISM: byEhp('CTRL_ORGANISM'),
  REEDUCATION: inferred('REEDUCATION'),
  BELRAI: inferred('BELRAI'),
  BELRAI_SCREEN: inferred('BELRAI_SCREEN'),
  GROUP_MIDWIVES: inferred('GROUP_MIDWIVES'),
  AMBU_SERVICE: inferred('AMBU_SERVICE'),
  LEGAL_PSY: inferred('LEGAL_PSY'),
  SORTING_CENTER: inferred('SORTING_CENTER'),
} satisfies Record<string, Addressing>

/** A quality that is known by name; a physician is `DOCTOR` here. */
export type KnownQuality = keyof typeof qualities

/** A known quality, or any other text that the platform accepts. */
export type Quality = KnownQuality | (string & {})

/** How an owner with this quality is addressed; `undefined` for a quality that is not in the list. */
export function addressingOf(quality: Quality): Addressing | undefined {
  return Object.hasOwn(qualities, quality) ? qualities[quality as KnownQuality] : undefined
}
