/**
 * The attributes of spec sts-iam §3.2 and §3.3 as that chapter writes them, apart from the tables of the library: client
 * and simulator share those, so that a slip there would go unnoticed between them.
 *
 * `P`, `O`, `CH` are the prefixes of the chapter; `=` marks what goes out with a value; `?` what is a guess there.
 */
import type { ProfessionName } from '../../src/professions/index.js'

const prefixes: Readonly<Record<string, string>> = {
  P: 'urn:be:fgov:person:ssin:ehealth:1.0:',
  O: 'urn:be:fgov:ehealth:1.0:',
  CH: 'urn:be:fgov:ehealth:1.0:certificateholder:',
  U: 'urn:be:fgov:person:ssin',
  K: 'urn:be:fgov:kbo-bce:organization:cbe-number',
}

const before = 'CH/person:ssin= U/='
const after = 'P/givenname P/surname CH/person:ssin:usersession:boolean'
const three = (x: string) =>
  `${before} P/professional:${x}:boolean P/nihii:${x}:nihii11 P/fpsph:${x}:boolean ${after}`
const two = (x: string) => `${before} P/professional:${x}:boolean P/nihii:${x}:nihii11 ${after}`
const guessedTwo = (x: string) => `${before} P/professional:${x}:boolean? P/nihii:${x}:nihii11? ${after}`
const numbers = (x: string) => `O/${x}:nihii-number= CH/${x}:nihii-number=`
const recognition = (x: string) =>
  `O/${x}:nihii-number:recognised${x}:nihii11 O/${x}:nihii-number:recognised${x}:boolean`
const guessedOrganisation = (x: string) =>
  `${numbers(x)} ${recognition(x)}`.replaceAll('=', '=?').replace(/(nihii11|boolean)/g, '$1?')
const pharmacy =
  'O/pharmacy:nihii-number= P/pharmacy-holder= O/pharmacy:nihii-number:recognisedpharmacy:boolean ' +
  'P/pharmacy-holder:certified:nihii11 ' +
  'O/pharmacy:nihii-number:person:ssin:ehealth:1.0:pharmacy-holder:boolean ' +
  'O/pharmacy:nihii-number:recognisedpharmacy:nihii11'
const enterprise =
  'CH/enterprise:cbe-number= K/ CH/recognisedorganization:boolean ' +
  'CH/enterprise:cbe-number:ehealth:1.0:cbe_daas_authorized:boolean'
const ehp =
  'O/organization:ehp-number= CH/organization:ehp-number= O/organization:ehp-number:recognisedehp:boolean'
const allGuessed = (text: string) =>
  text
    .split(' ')
    .map((word) => `${word}?`)
    .join(' ')

const chapter: Readonly<Record<ProfessionName, string>> = {
  physician: `${before} U/:doctor:boolean P/doctor:nihii11 P/fpsph:doctor:boolean ${after}`,
  physiotherapist: three('physiotherapist'),
  nurse: `${before} U/:nurse:boolean P/nihii:nurse:nihii11 P/nurse:nihii11 P/fpsph:nurse:boolean ${after}`,
  dentist: three('dentist'),
  midwife: three('midwife'),
  pharmacist: `${before} ${after} ${pharmacy}`,
  practicalNurse: guessedTwo('practicalnurse'),
  audiologist: guessedTwo('audiologist'),
  audician: `${before} P/nihii:audician:nihii11? ${after}`,
  dietician: three('dietician'),
  occupationalTherapist: guessedTwo('occupationaltherapist'),
  logopedist: three('logopedist'),
  orthoptist: guessedTwo('orthoptist'),
  podologist: `${before} P/nihii:podologist:nihii11 P/professional:podologist:boolean ${after}`,
  trussmaker: two('trussmaker'),
  orthopedist: two('orthopedist'),
  optician: `${before} P/nihii:optician:nihii11 P/professional:optician:boolean ${after}`,
  psychologist: three('clinicalpsychologist'),
  orthopedagogist: guessedTwo('clinicalorthopedagogist'),
  oralDentalHygienist: `${before} P/professional:oraldentalhygienist:boolean? ${after}`,
  patient: `${before} ${after}`,
  careProfessional: `${before} ${after}`,
  mandatary: `${before} O/servicename:external= P/recognisedmandatary:boolean ${after}`,
  medicalHouse: `${numbers('medicalhouse')} ${recognition('medicalhouse')} CH/recognisedorganization:boolean`,
  guardPost: `${numbers('guardpost')} ${recognition('guardpost')} CH/recognisedorganization:boolean`,
  sortingCenter: `${numbers('sortingcenter')} CH/sortingcenter:nihii-number ${recognition('sortingcenter')} CH/recognisedorganization:boolean`,
  officeOfDoctors: `${numbers('officedoctors')} CH/officedoctors:nihii-number ${recognition('officedoctors')}`,
  groupOfNurses: `${numbers('groupofnurses')} CH/groupofnurses:nihii-number O/groupofnurses:nihii-number:recognisedgroupofnurses:nihii11 CH/groupofnurses:nihii-number:recognisedgroupofnurses:boolean`,
  reeducationCenter: `${numbers('reeducation')} O/reeducation:nihii-number:recognisedreeducation:boolean O/reeducation:nihii-number:recognisedreeducation:nihii11 CH/reeducation:nihii-number:recognisedreeducation:boolean CH/recognisedorganization:boolean`,
  retirementHome: `${numbers('retirement')} O/retirement:nihii-number:recognisedretirement:boolean O/retirement:nihii-number:recognisedretirement:nihii11`,
  hospital: `${numbers('hospital')} CH/hospital:nihii-number:recognisedhospital:boolean ${recognition('hospital')} O/campus:site-number= O/campus:site-number:recognisedsite:boolean`,
  pharmacy: `${before} ${pharmacy}`,
  hospitalPharmacy: `${before} CH/hospital:nihii-number=? O/pharmacy:nihii-number= P/pharmacy-holder= P/pharmacy-holder:certified:nihii11 O/pharmacy:nihii-number:person:ssin:ehealth:1.0:pharmacy-holder:boolean O/pharmacy:nihii-number:recognisedhospitalpharmacy:boolean CH/hospital:nihii-number:recognisedhospital:boolean`,
  enterprise,
  healthInsurer: 'CH/enterprise:cbe-number= K/ K/:ehealth:1.0:hio:boolean',
  treatmentCenter: allGuessed(enterprise),
  consortium: allGuessed(enterprise),
  ehealthPartner: ehp,
  hub: ehp,
  controlOrganism: allGuessed(ehp),
  laboratory: guessedOrganisation('labo'),
  tariffOffice: guessedOrganisation('otdpharmacy'),
  palliativeCare: guessedOrganisation('palliativecare'),
  protectedAccommodation: guessedOrganisation('protacc'),
  psychiatricHouse: guessedOrganisation('psychhouse'),
  homeServices: guessedOrganisation('homeservices'),
  ambulanceService: guessedOrganisation('ambuservice'),
  officeOfDentists: guessedOrganisation('officedentists'),
  officeOfPhysiotherapists: guessedOrganisation('ofphysios'),
  officeOfBandagists: guessedOrganisation('ofband'),
  groupOfDoctors: guessedOrganisation('groupdoctors'),
  groupOfMidwives: guessedOrganisation('groupmidwives'),
  legalPsychiatry: guessedOrganisation('legalpsy'),
  belRai: guessedOrganisation('belrai'),
  belRaiScreener: guessedOrganisation('belraiscreen'),
}

/** One attribute of the chapter. */
export interface ChapterName {
  name: string
  asserted: boolean
  evidence: 'confirmed' | 'inferred'
}

/** The attributes of a profession in the order of the chapter. */
export const chapterNames = (profession: ProfessionName): ChapterName[] =>
  chapter[profession].split(' ').map((word) => {
    const [, prefix, rest, asserted, guess] = /^(\w+)\/([^=?]*)(=?)(\??)$/.exec(word)!
    return {
      name: prefixes[prefix!]! + rest!,
      asserted: asserted === '=',
      evidence: guess === '?' ? 'inferred' : 'confirmed',
    }
  })

/** Certificate types of §3.3 and §3.4, KMEHR codes and qualities of §3.2 and §3.4; `–` where the chapter has none. */
export const chapterFacts: Readonly<Record<ProfessionName, string>> = {
  physician: 'SSIN persphysician DOCTOR',
  physiotherapist: 'SSIN persphysiotherapist PHYSIOTHERAPIST',
  nurse: 'SSIN persnurse NURSE',
  dentist: 'SSIN persdentist DENTIST',
  midwife: 'SSIN persmidwife MIDWIFE',
  pharmacist: 'SSIN perspharmacist PHARMACIST',
  practicalNurse: 'SSIN perspracticalnurse PRACTICALNURSE',
  audiologist: 'SSIN persaudiologist AUDIOLOGIST',
  audician: 'SSIN persaudician AUDICIEN',
  dietician: 'SSIN persdietician DIETICIAN',
  occupationalTherapist: 'SSIN persoccupationaltherapist OCCUPATIONAL_THERAPIST',
  logopedist: 'SSIN perslogopedist LOGOPEDIST',
  orthoptist: 'SSIN persorthoptist ORTHOPTIST',
  podologist: 'SSIN perspodologist PODOLOGIST',
  trussmaker: 'SSIN perstrussmaker TRUSS_MAKER',
  orthopedist: 'SSIN persorthopedist ORTHOPEDIST',
  optician: 'SSIN persoptician OPTICIEN',
  psychologist: 'SSIN persclinicalpsychologist PSYCHOLOGIST',
  orthopedagogist: 'SSIN persclinicalorthopedagogist ORTHOPEDAGOGIST_MASTER?',
  oralDentalHygienist: 'SSIN persoraldentalhygienist –',
  patient: 'SSIN patient CITIZEN',
  careProfessional: 'SSIN – –',
  mandatary: 'SSIN – –',
  medicalHouse: 'NIHII-MEDICAL_HOUSE orgprimaryhealthcarecenter MEDICAL_HOUSE',
  guardPost: 'NIHII-GUARD_POST guardpost GUARD_POST',
  sortingCenter: 'NIHII-SORTING_CENTER – SORTING_CENTER?',
  officeOfDoctors: 'NIHII-OFFICE_DOCTORS – OFFICE_DOCTORS',
  groupOfNurses: 'NIHII-GROUP groupofnurses GROUP',
  reeducationCenter: 'NIHII-REEDUCATION orgrevalidationcenter? REEDUCATION',
  retirementHome: 'NIHII-RETIREMENT orgretirementhome RETIREMENT',
  hospital: 'NIHII-HOSPITAL orghospital HOSPITAL',
  pharmacy: 'NIHII-PHARMACY orgpharmacy PHARMACY',
  hospitalPharmacy: 'NIHII-HOSPITAL? orgpharmacy PHARMACY?',
  enterprise: 'CBE – INSTITUTION',
  healthInsurer: 'CBE – INSTITUTION?',
  treatmentCenter: 'CBE-TREAT_CENTER – TREATMENT_CENTER',
  consortium: 'CBE-CONSORTIUM – CONSORTIUM',
  ehealthPartner: 'EHP – INSTITUTION_EHP',
  hub: 'EHP hub INSTITUTION_EHP?',
  controlOrganism: 'EHP-CTRL_ORGANISM – CTRL_ORGANISM',
  laboratory: 'NIHII-LABO orglaboratory LABO',
  tariffOffice: 'NIHII-OTD_PHARMACY – OTD_PHARMACY',
  palliativeCare: 'NIHII-PALLIATIVE_CARE – PALLIATIVE_CARE',
  protectedAccommodation: 'NIHII-PROT_ACC orgshelteredliving? PROT_ACC',
  psychiatricHouse: 'NIHII-PSYCH_HOUSE orgpsychiatriccarehome? PSYCH_HOUSE',
  homeServices: 'NIHII-HOME_SERVICES – HOME_SERVICES',
  ambulanceService: 'NIHII-AMBU_SERVICE – AMBU_SERVICE?',
  officeOfDentists: 'NIHII-OFFICE_DENTISTS – OFFICE_DENTISTS',
  officeOfPhysiotherapists: 'NIHII-OF_PHYSIOS – OF_PHYSIOS',
  officeOfBandagists: 'NIHII-OF_BAND – OF_BAND',
  groupOfDoctors: 'NIHII-GROUP_DOCTORS – GROUP_DOCTORS',
  groupOfMidwives: 'NIHII-GROUP_MIDWIVES – GROUP_MIDWIVES?',
  legalPsychiatry: 'NIHII-LEGAL_PSY – LEGAL_PSY?',
  belRai: 'NIHII-BELRAI – BELRAI?',
  belRaiScreener: 'NIHII-BELRAI_SCREEN – BELRAI_SCREEN?',
}
