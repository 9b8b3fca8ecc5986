/**
 * Natural persons (spec sts-iam §3.2). The names of the attributes are data: a guess that proves wrong is one line to
 * change here, or the option `names` of the profession.
 */
import { asserted, certificateHolder, named, ofPerson, personal, seen, userSsin } from './attributes.js'
import { pharmacyAttributes } from './pharmacy.js'
import type { NumberName, NumberRule, ProfessionData, Source } from './types.js'

type Row = Omit<ProfessionData, 'kind' | 'certificateType' | 'numbers'> & {
  nihii?: NumberRule
  numbers?: Partial<Record<NumberName, NumberRule>>
}

/** A row of a natural person: known by the SSIN, with an eHealth certificate of type SSIN or an eID. */
const person = ({ nihii, numbers, ...row }: Row): ProfessionData => ({
  ...row,
  kind: 'person',
  certificateType: 'SSIN',
  numbers: { ssin: 'required', ...(nihii === undefined ? {} : { nihii }), ...numbers },
})

const fourClients: readonly Source[] = ['FHC', 'REC', 'MED', 'EGE']
const guess: readonly Source[] = []

const rows = {
  physician: person({
    title: 'Physician',
    package: 'Physician',
    kmehr: 'persphysician',
    quality: 'DOCTOR',
    nihii: 'required',
    // The older names, without `professional` and `nihii`.
    attributes: ofPerson([
      seen(`${userSsin}:doctor:boolean`, fourClients, { demanded: 'always' }),
      seen(`${personal}doctor:nihii11`, fourClients, { demanded: 'with-nihii' }),
      seen(`${personal}fpsph:doctor:boolean`, fourClients),
    ]),
  }),
  dentist: person({
    title: 'Dentist',
    package: 'Dentist',
    kmehr: 'persdentist',
    quality: 'DENTIST',
    nihii: 'optional',
    attributes: named('dentist', {
      professional: ['FHC', 'REC', 'MED'],
      number: ['FHC', 'REC', 'MED'],
      fpsph: ['FHC', 'REC', 'MED'],
    }),
  }),
  oralDentalHygienist: person({
    title: 'Oral dental hygienist',
    kmehr: 'persoraldentalhygienist',
    attributes: named('oraldentalhygienist', { professional: guess }),
    note: 'No quality of the eHealthBox is known. Named as a target group in release notes [C473].',
  }),
  nurse: person({
    title: 'Nurse',
    package: 'Nurse',
    kmehr: 'persnurse',
    quality: 'NURSE',
    nihii: 'optional',
    attributes: ofPerson([
      seen(`${userSsin}:nurse:boolean`, fourClients, { demanded: 'always' }),
      seen(`${personal}nihii:nurse:nihii11`, fourClients, { demanded: 'with-nihii' }),
      // The older name of the same number.
      seen(`${personal}nurse:nihii11`, fourClients),
      seen(`${personal}fpsph:nurse:boolean`, fourClients),
    ]),
  }),
  practicalNurse: person({
    title: 'Practical nurse',
    package: 'Practical Nurse',
    kmehr: 'perspracticalnurse',
    quality: 'PRACTICALNURSE',
    nihii: 'optional',
    attributes: named('practicalnurse', { professional: guess, number: guess }),
    note: 'The spelling of the names is a guess, too.',
  }),
  midwife: person({
    title: 'Midwife',
    package: 'Midwife',
    kmehr: 'persmidwife',
    quality: 'MIDWIFE',
    nihii: 'optional',
    attributes: named('midwife', {
      professional: ['FHC', 'REC', 'MED'],
      number: ['FHC', 'REC', 'MED'],
      fpsph: ['FHC', 'REC', 'MED'],
    }),
  }),
  physiotherapist: person({
    title: 'Physiotherapist',
    package: 'Physiotherapist',
    kmehr: 'persphysiotherapist',
    quality: 'PHYSIOTHERAPIST',
    nihii: 'optional',
    attributes: named('physiotherapist', {
      professional: ['FHC', 'PYC', 'REC'],
      number: ['FHC', 'PYC', 'REC'],
      fpsph: ['FHC', 'PYC', 'REC'],
    }),
  }),
  occupationalTherapist: person({
    title: 'Occupational therapist',
    package: 'Occupational Therapist',
    kmehr: 'persoccupationaltherapist',
    quality: 'OCCUPATIONAL_THERAPIST',
    nihii: 'optional',
    attributes: named('occupationaltherapist', { professional: guess, number: guess }),
  }),
  logopedist: person({
    title: 'Logopedist (speech therapist)',
    package: 'Logopedist',
    kmehr: 'perslogopedist',
    quality: 'LOGOPEDIST',
    nihii: 'optional',
    attributes: named('logopedist', {
      professional: ['FHC', 'MED'],
      number: ['FHC', 'MED'],
      fpsph: ['FHC', 'MED'],
    }),
  }),
  orthoptist: person({
    title: 'Orthoptist',
    package: 'Orthoptist',
    kmehr: 'persorthoptist',
    quality: 'ORTHOPTIST',
    nihii: 'optional',
    attributes: named('orthoptist', { professional: guess, number: guess }),
  }),
  podologist: person({
    title: 'Podologist',
    package: 'Podologist',
    kmehr: 'perspodologist',
    quality: 'PODOLOGIST',
    nihii: 'required',
    // Only one of two clients asks for the flag: the number is what both rely on.
    attributes: ofPerson([
      seen(`${personal}nihii:podologist:nihii11`, ['FHC', 'MED'], { demanded: 'with-nihii' }),
      seen(`${personal}professional:podologist:boolean`, ['MED']),
    ]),
  }),
  dietician: person({
    title: 'Dietician',
    package: 'Dietician',
    kmehr: 'persdietician',
    quality: 'DIETICIAN',
    nihii: 'optional',
    attributes: named('dietician', {
      professional: ['FHC', 'MED'],
      number: ['FHC', 'MED'],
      fpsph: ['FHC', 'MED'],
    }),
  }),
  audiologist: person({
    title: 'Audiologist',
    package: 'Audiologist',
    kmehr: 'persaudiologist',
    quality: 'AUDIOLOGIST',
    nihii: 'optional',
    attributes: named('audiologist', { professional: guess, number: guess }),
  }),
  audician: person({
    title: 'Audician',
    kmehr: 'persaudician',
    quality: 'AUDICIEN',
    nihii: 'required',
    attributes: named('audician', { number: guess }),
  }),
  optician: person({
    title: 'Optician',
    kmehr: 'persoptician',
    quality: 'OPTICIEN',
    nihii: 'required',
    attributes: ofPerson([
      seen(`${personal}nihii:optician:nihii11`, ['FHC', 'MED'], { demanded: 'with-nihii' }),
      seen(`${personal}professional:optician:boolean`, ['MED']),
    ]),
  }),
  trussmaker: person({
    title: 'Truss maker (bandagist)',
    package: 'Trussmaker',
    kmehr: 'perstrussmaker',
    quality: 'TRUSS_MAKER',
    nihii: 'optional',
    attributes: named('trussmaker', { professional: ['MED'], number: ['MED'] }),
  }),
  orthopedist: person({
    title: 'Orthopedist (orthotist)',
    kmehr: 'persorthopedist',
    quality: 'ORTHOPEDIST',
    nihii: 'optional',
    attributes: named('orthopedist', { professional: ['MED'], number: ['MED'] }),
  }),
  psychologist: person({
    title: 'Clinical psychologist',
    kmehr: 'persclinicalpsychologist',
    quality: 'PSYCHOLOGIST',
    nihii: 'optional',
    attributes: named('clinicalpsychologist', { professional: ['FHC'], number: ['FHC'], fpsph: ['FHC'] }),
  }),
  orthopedagogist: person({
    title: 'Clinical orthopedagogist',
    kmehr: 'persclinicalorthopedagogist',
    quality: 'ORTHOPEDAGOGIST_MASTER',
    inferred: ['quality'],
    nihii: 'optional',
    attributes: named('clinicalorthopedagogist', { professional: guess, number: guess }),
    note: 'Named as a target group in release notes [C473].',
  }),
  pharmacist: person({
    title: 'Pharmacist',
    package: 'Pharmacy',
    kmehr: 'perspharmacist',
    quality: 'PHARMACIST',
    nihii: 'optional',
    numbers: { pharmacy: 'optional', holder: 'own-ssin' },
    attributes: [...ofPerson([]), ...pharmacyAttributes('pharmacy')],
    note: 'No attribute is known for a pharmacist alone. In a pharmacy, as its holder or for its holder, he asks for what the pharmacy asks for.',
  }),
  careProfessional: person({
    title: 'Care professional without NIHII number',
    attributes: ofPerson([]),
    note: 'Ambulance rescuer, social worker, laboratory technologist and so on: the caller tells the quality.',
  }),
  patient: person({
    title: 'Patient, citizen',
    kmehr: 'patient',
    quality: 'CITIZEN',
    attributes: ofPerson([]),
    note: 'With the eID. Also parents, for their children. The quality is one to write to (eH2eBox): a citizen has no eHealthBox.',
  }),
  mandatary: person({
    title: 'Mandatary (acts under a mandate)',
    attributes: [
      asserted(`${certificateHolder}person:ssin`, 'ssin'),
      asserted(userSsin, 'ssin'),
      asserted('urn:be:fgov:ehealth:1.0:servicename:external', { text: 'insurability' }),
      seen(`${personal}recognisedmandatary:boolean`, ['EGE'], { demanded: 'always' }),
      seen(`${personal}givenname`, []),
      seen(`${personal}surname`, []),
      seen(`${certificateHolder}person:ssin:usersession:boolean`, ['EGE']),
    ],
    note: 'For the insurability of patients. An older client [REC] asks for urn:be:fgov:person:ssin:mandate:insurability:boolean instead.',
  }),
}

/** Name of the profession of a natural person. */
export type PersonProfession = keyof typeof rows

/** The rows by the names of their professions. */
export const persons: Readonly<Record<PersonProfession, ProfessionData>> = rows
