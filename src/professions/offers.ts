/**
 * Which services the platform offers to whom (spec sts-iam §3.5), whether this library has a connector for them yet or
 * not. The official matrix of packages and services was not found: `confirmed` names those whom a source names,
 * `inferred` those who follow from the audience of the service. A wrong guess is one line to change; until then
 * `customProfession` gives anybody any service.
 *
 * @module
 */
import type { ProfessionName } from '../technical/actors/index.js'

/** Whom a service is for. */
interface Offer {
  readonly title: string
  /** A source names them as users of the service. */
  readonly confirmed: readonly ProfessionName[]
  /** Concluded from the audience of the service. */
  readonly inferred: readonly ProfessionName[]
  /** Chapters of the specification. */
  readonly source: string
  readonly note?: string
}

/** The columns of the matrix; its `Pharm` is the pharmacist and the pharmacy. */
const pharmacies = ['pharmacist', 'pharmacy'] as const
/** Those with a package of their own who are not in it. */
const therapists = ['occupationalTherapist', 'logopedist', 'orthoptist', 'podologist', 'dietician'] as const
/** Care professionals of royal decree 78, as far as the matrix has a column for them. */
const decree78 = [
  'physician',
  'physiotherapist',
  'nurse',
  ...pharmacies,
  'dentist',
  'midwife',
  'practicalNurse',
  'audiologist',
  ...therapists,
] as const
const packaged = [...decree78, 'trussmaker'] as const
/** Persons whom the matrix has no column for and who have a quality of the eHealthBox. */
const otherPersons = ['audician', 'optician', 'orthopedist', 'psychologist', 'careProfessional'] as const
/** Organisations whose quality of the eHealthBox is known. */
const boxedOrganisations = [
  'hospital',
  'medicalHouse',
  'guardPost',
  'officeOfDoctors',
  'groupOfNurses',
  'reeducationCenter',
  'retirementHome',
  'laboratory',
  'tariffOffice',
  'palliativeCare',
  'protectedAccommodation',
  'psychiatricHouse',
  'homeServices',
  'officeOfDentists',
  'officeOfPhysiotherapists',
  'officeOfBandagists',
  'groupOfDoctors',
  'enterprise',
  'treatmentCenter',
  'consortium',
  'ehealthPartner',
  'controlOrganism',
] as const
const otherOrganisations = [
  'hospitalPharmacy',
  'sortingCenter',
  'ambulanceService',
  'groupOfMidwives',
  'legalPsychiatry',
  'belRai',
  'belRaiScreener',
  'healthInsurer',
  'hub',
] as const
const citizens = ['patient', 'mandatary'] as const
/** Who may ask for member data, at once or through a mailbox. */
const memberDataAudience = {
  confirmed: [
    'physician',
    'physiotherapist',
    'nurse',
    'midwife',
    'psychologist',
    'orthopedagogist',
    'retirementHome',
    'psychiatricHouse',
    'hospital',
    'protectedAccommodation',
    'reeducationCenter',
    'homeServices',
  ],
  inferred: [
    ...pharmacies,
    'dentist',
    'audiologist',
    ...therapists,
    'trussmaker',
    'medicalHouse',
    'guardPost',
    'groupOfNurses',
  ],
} as const

/** The services by the name that they have, or will have, on a connection. */
export const offers = {
  ehbox: {
    title: 'eHealthBox',
    confirmed: [...packaged, ...otherPersons, ...boxedOrganisations],
    inferred: ['orthopedagogist', ...otherOrganisations],
    source: 'sts-iam §3.5, ehealthbox §4.2',
    note: 'Confirmed is who has a package or a quality in the list of the official connector. A citizen has none: his box is the eBox.',
  },
  eh2ebox: {
    title: 'eH2eBox (to the eBox of citizens)',
    confirmed: packaged,
    inferred: [],
    source: 'sts-iam §3.5, ehealthbox §6.2',
    note: 'Open to two projects only.',
  },
  addressBook: {
    title: 'Address book',
    confirmed: [],
    inferred: [
      ...packaged,
      ...otherPersons,
      'orthopedagogist',
      'oralDentalHygienist',
      ...boxedOrganisations,
      ...otherOrganisations,
    ],
    source: 'sts-iam §3.5, connector-inventory §2',
    note: 'All professions with a token.',
  },
  consent: {
    title: 'Patient consent',
    confirmed: ['physician', ...pharmacies, 'hospital', ...citizens],
    inferred: [
      'physiotherapist',
      'nurse',
      'dentist',
      'midwife',
      'practicalNurse',
      'audiologist',
      ...therapists,
      'trussmaker',
      'audician',
      'psychologist',
      'orthopedagogist',
      'oralDentalHygienist',
      'hospitalPharmacy',
      'healthInsurer',
    ],
    source: 'sts-iam §3.5, consent-therlink-hub §1.1, §2.1',
  },
  therlink: {
    title: 'Therapeutic links',
    confirmed: [
      ...packaged,
      'audician',
      'psychologist',
      'orthopedagogist',
      'oralDentalHygienist',
      ...citizens,
    ],
    inferred: ['careProfessional', 'hospital', 'hospitalPharmacy', 'enterprise', 'ehealthPartner', 'hub'],
    source: 'sts-iam §3.5, consent-therlink-hub §3.1',
    note: 'Links are with the pharmacy, not the pharmacist. Organisations with a CBE or EHP number may only ask whether there is a link; of other care professionals, laboratory and imaging technologists are named.',
  },
  exclusions: {
    title: 'Exclusions (by the patient)',
    confirmed: citizens,
    inferred: [],
    source: 'consent-therlink-hub §4',
    note: 'Patients and whoever acts for them; providers may not ask.',
  },
  access: {
    title: 'Access to the data of a patient (consent and link together)',
    confirmed: ['physician', ...pharmacies, ...citizens],
    inferred: [
      'physiotherapist',
      'nurse',
      'dentist',
      'midwife',
      'practicalNurse',
      'audiologist',
      ...therapists,
      'trussmaker',
      'audician',
      'psychologist',
      'orthopedagogist',
      'oralDentalHygienist',
      'hospital',
      'hospitalPharmacy',
    ],
    source: 'consent-therlink-hub §8',
    note: 'No service of its own: whoever may ask both registers.',
  },
  idSupport: {
    title: 'Identity card support',
    confirmed: [...decree78, 'hospital', 'hub'],
    inferred: [],
    source: 'sts-iam §3.5',
  },
  registration: {
    title: 'Registration with MyCareNet',
    confirmed: [],
    inferred: [
      'physician',
      'physiotherapist',
      'nurse',
      ...pharmacies,
      'dentist',
      'midwife',
      'audiologist',
      'logopedist',
      'orthoptist',
      'podologist',
      'trussmaker',
    ],
    source: 'sts-iam §3.5',
  },
  insurability: {
    title: 'Insurability',
    confirmed: ['physician', 'nurse', ...pharmacies, 'dentist'],
    inferred: ['physiotherapist', 'midwife', 'audiologist', ...therapists, 'trussmaker', 'mandatary'],
    source: 'sts-iam §3.3, §3.5',
  },
  invoicing: {
    title: 'Invoicing (eFact) and insurability through mailboxes',
    confirmed: [
      'physician',
      'nurse',
      'dentist',
      'hospital',
      'laboratory',
      'medicalHouse',
      'retirementHome',
      'groupOfNurses',
    ],
    inferred: [
      'physiotherapist',
      ...pharmacies,
      'midwife',
      'audiologist',
      'logopedist',
      'orthoptist',
      'podologist',
      'trussmaker',
    ],
    source: 'sts-iam §3.5',
  },
  memberData: {
    title: 'Member data',
    confirmed: memberDataAudience.confirmed,
    inferred: memberDataAudience.inferred,
    source: 'sts-iam §3.5, memberdata-mycarenet §1.3',
    note: 'Facets are authorised one by one: one that the profession may not read fails the whole query.',
  },
  memberDataAsync: {
    title: 'Member data through mailboxes',
    confirmed: [],
    inferred: [...memberDataAudience.confirmed, ...memberDataAudience.inferred],
    source: 'sts-iam §3.5, memberdata-mycarenet §2',
    note: 'Which sectors may ask through mailboxes was not found: whoever may ask at once is here.',
  },
  genericAsync: {
    title: 'Mailboxes of the insurers (GenericAsync)',
    confirmed: [],
    inferred: [...memberDataAudience.confirmed, ...memberDataAudience.inferred, 'laboratory'],
    source: 'sts-iam §3.5, memberdata-mycarenet §2',
    note: 'The way of invoices, member data, agreements and more; each has its own audience.',
  },
  tarification: {
    title: 'Tarification',
    confirmed: ['physician', 'dentist'],
    inferred: [],
    source: 'sts-iam §3.5',
    note: 'One page says general practitioners only.',
  },
  attest: {
    title: 'eAttest',
    confirmed: ['physician', 'dentist'],
    inferred: [],
    source: 'sts-iam §3.5',
  },
  agreement: {
    title: 'eAgreement',
    confirmed: ['physiotherapist', 'logopedist'],
    inferred: [],
    source: 'sts-iam §3.5',
  },
  medicalAdministration: {
    title: 'Medical administration (M4A)',
    confirmed: ['nurse'],
    inferred: [],
    source: 'sts-iam §3.5',
  },
  chapter4: {
    title: 'Chapter IV agreements',
    confirmed: ['physician'],
    inferred: pharmacies,
    source: 'sts-iam §3.5',
  },
  civics: {
    title: 'Chapter IV rules (CIVICS)',
    confirmed: ['physician'],
    inferred: pharmacies,
    source: 'sts-iam §3.5',
  },
  dics: {
    title: 'Medicines (DICS, SAM)',
    confirmed: [],
    inferred: packaged,
    source: 'sts-iam §3.5',
  },
  globalMedicalFile: {
    title: 'Global medical file (DMG)',
    confirmed: ['physician'],
    inferred: [],
    source: 'sts-iam §3.5',
    note: 'Managing is for general practitioners, reading for specialists too.',
  },
  hubs: {
    title: 'Hubs',
    confirmed: ['physician', ...pharmacies, 'hospital'],
    inferred: ['physiotherapist', 'nurse', 'dentist', 'midwife', 'logopedist'],
    source: 'sts-iam §3.5, connector-inventory §2',
  },
  mediPrima: {
    title: 'MediPrima',
    confirmed: [...pharmacies, 'hospital'],
    inferred: ['physician'],
    source: 'sts-iam §3.5, connector-inventory §2',
  },
  mediPrimaUma: {
    title: 'MediPrima, urgent medical aid',
    confirmed: ['physician', 'dentist'],
    inferred: ['hospital', 'enterprise'],
    source: 'sts-iam §3.5, connector-inventory §2',
    note: 'Public welfare centres and care institutions.',
  },
  recipePrescriber: {
    title: 'Recip-e, prescriber',
    confirmed: ['physician', 'physiotherapist', 'nurse', 'dentist', 'midwife'],
    inferred: [],
    source: 'sts-iam §3.5',
    note: 'A separate product.',
  },
  recipeExecutor: {
    title: 'Recip-e, executor',
    confirmed: pharmacies,
    inferred: [],
    source: 'sts-iam §3.5',
    note: 'A separate product.',
  },
  rnConsult: {
    title: 'National register (RN Consult)',
    confirmed: [
      'physician',
      'hospital',
      'laboratory',
      'retirementHome',
      'psychiatricHouse',
      'protectedAccommodation',
    ],
    inferred: [],
    source: 'sts-iam §3.5, rn-consult §3',
    note: 'Everybody needs an authorisation of his own; of physicians, general practitioners.',
  },
  ssinHistory: {
    title: 'History of SSINs',
    confirmed: ['physician'],
    inferred: [],
    source: 'sts-iam §3.5',
  },
} as const satisfies Readonly<Record<string, Offer>>

/** A service that the platform offers to professions. */
export type OfferedService = keyof typeof offers

/** Whether a text names such a service. */
export function isOfferedService(name: string): name is OfferedService {
  return Object.hasOwn(offers, name)
}
