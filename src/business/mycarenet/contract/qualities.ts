/** What care providers are called in `Quality` (spec memberdata-mycarenet §3.2). */
import type { ProfessionName } from '../../../technical/actors/index.js'

/** The word for a role, and whether it was seen in a working client or concluded from its siblings. */
export interface QualityData {
  readonly word: string
  readonly evidence: 'confirmed' | 'inferred'
}

const seen = (word: string): QualityData => ({ word, evidence: 'confirmed' })
const inferred = (word: string): QualityData => ({ word, evidence: 'inferred' })

/** By the name of the profession. Who is not here must say it: option `careProvider.quality`. */
export const mycarenetQualities: Readonly<Partial<Record<ProfessionName, QualityData>>> = {
  physician: seen('doctor'),
  nurse: seen('nurse'),
  practicalNurse: inferred('nurse'),
  physiotherapist: seen('physiotherapist'),
  dentist: seen('dentist'),
  logopedist: seen('logopedist'),
  trussmaker: seen('trussmaker'),
  orthopedist: seen('orthopedist'),
  midwife: seen('midwife'),
  optician: seen('optician'),
  podologist: seen('podologist'),
  dietician: seen('dietician'),
  audiologist: inferred('audiologist'),
  audician: inferred('audician'),
  occupationalTherapist: inferred('occupationaltherapist'),
  orthoptist: inferred('orthoptist'),
  psychologist: seen('clinicalpsychologist'),
  orthopedagogist: inferred('clinicalorthopedagogist'),
  hospital: seen('hospital'),
  groupOfNurses: seen('groupofnurses'),
  laboratory: seen('labo'),
  retirementHome: seen('retirement'),
  pharmacy: seen('otdpharmacy'),
  hospitalPharmacy: inferred('otdpharmacy'),
  pharmacist: inferred('otdpharmacy'),
  medicalHouse: seen('medicalhouse'),
  groupOfDoctors: seen('groupofdoctors'),
  psychiatricHouse: seen('psychiatrichouse'),
  guardPost: seen('guardpost'),
  ambulanceService: seen('ambulanceservice'),
  reeducationCenter: seen('reeducation'),
  protectedAccommodation: inferred('protectedaccommodation'),
  homeServices: inferred('homeservices'),
}
