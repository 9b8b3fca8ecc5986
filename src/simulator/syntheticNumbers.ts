/** Numbers of the people and organisations of the simulator: valid check digits, belonging to nobody. */
import type { ProfessionName } from '../technical/actors/index.js'
import { ssinCheckDigits } from '../technical/identifiers/index.js'

/**
 * One for everybody, for good: a directory of an earlier simulator holds keystores with the numbers that follow from it.
 * New ones are added at the end.
 */
export const serials: Readonly<Record<ProfessionName | 'deputyPharmacist', number>> = {
  physician: 1,
  nurse: 2,
  hospital: 3,
  dentist: 4,
  oralDentalHygienist: 5,
  practicalNurse: 6,
  midwife: 7,
  physiotherapist: 8,
  occupationalTherapist: 9,
  logopedist: 10,
  orthoptist: 11,
  podologist: 12,
  dietician: 13,
  audiologist: 14,
  audician: 15,
  optician: 16,
  trussmaker: 17,
  orthopedist: 18,
  psychologist: 19,
  orthopedagogist: 20,
  pharmacist: 21,
  careProfessional: 22,
  patient: 23,
  mandatary: 24,
  pharmacy: 25,
  hospitalPharmacy: 26,
  medicalHouse: 27,
  guardPost: 28,
  sortingCenter: 29,
  officeOfDoctors: 30,
  groupOfNurses: 31,
  reeducationCenter: 32,
  retirementHome: 33,
  laboratory: 34,
  tariffOffice: 35,
  palliativeCare: 36,
  protectedAccommodation: 37,
  psychiatricHouse: 38,
  homeServices: 39,
  ambulanceService: 40,
  officeOfDentists: 41,
  officeOfPhysiotherapists: 42,
  officeOfBandagists: 43,
  groupOfDoctors: 44,
  groupOfMidwives: 45,
  legalPsychiatry: 46,
  belRai: 47,
  belRaiScreener: 48,
  enterprise: 49,
  healthInsurer: 50,
  treatmentCenter: 51,
  consortium: 52,
  ehealthPartner: 53,
  hub: 54,
  controlOrganism: 55,
  deputyPharmacist: 56,
}

const two = (value: number): string => String(value).padStart(2, '0')
const complement = (digits: string): string => two(97 - (Number(digits) % 97))

/** A national number with a sequence that is never issued in practice (spec identifiers §1). */
export function syntheticSsin(serial: number): string {
  const nine = `${two(60 + (serial % 30))}${two(1 + (serial % 12))}${two(1 + (serial % 28))}${990 + (serial % 9)}`
  return nine + ssinCheckDigits(nine, false)
}

/** First digit and qualification of professions (spec identifiers §3.1, §3.3); organisations start with 7 to 9. */
const kinds: Readonly<Partial<Record<ProfessionName, readonly [first: number, qualification: string]>>> = {
  physician: [1, '004'],
  pharmacist: [2, '000'],
  pharmacy: [2, ''],
  hospitalPharmacy: [7, ''],
  dentist: [3, '001'],
  nurse: [4, '401'],
  practicalNurse: [4, '401'],
  midwife: [4, '401'],
  physiotherapist: [5, '527'],
  logopedist: [6, '801'],
  psychologist: [7, '000'],
  orthopedagogist: [7, '000'],
  hospital: [7, ''],
  retirementHome: [7, ''],
  reeducationCenter: [7, ''],
  psychiatricHouse: [7, ''],
  protectedAccommodation: [7, ''],
  groupOfNurses: [9, ''],
  groupOfDoctors: [9, ''],
  groupOfMidwives: [9, ''],
}

/** 11 digits for a person, 8 for an organisation. */
export function syntheticNihii(profession: ProfessionName, serial: number): string {
  const [first, qualification] = kinds[profession] ?? (serial < serials.pharmacy ? [6, '000'] : [8, ''])
  const six = `${first}99${800 + serial}`
  return six + complement(six) + qualification
}

/** An enterprise number. */
export function syntheticCbe(serial: number): string {
  const eight = `0999${9800 + serial}`
  return eight + complement(eight)
}

/** A number of a partner of the platform. */
export function syntheticEhp(serial: number): string {
  const eight = `19900${800 + serial}`
  return eight + complement(eight)
}
