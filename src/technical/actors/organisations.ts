/**
 * Organisations (spec sts-iam §3.3, §3.4). Where only the type of the certificate is known, the names of the attributes
 * follow the pattern of the others, with the type in lower case and without dashes as `X`: a guess, marked so.
 */
import {
  asGuess,
  asserted,
  byNihii,
  certificateHolder,
  organisational,
  personAsserted,
  recognised,
  recognisedOrganisation,
  seen,
} from './attributes.js'
import { pharmacyAttributes } from './pharmacy.js'
import type { AttributeData, ProfessionData } from './types.js'

type Row = Omit<ProfessionData, 'kind' | 'numbers'> & Partial<Pick<ProfessionData, 'numbers'>>

/** An organisation, known by its NIHII number unless the row says otherwise. */
const organisation = (row: Row): ProfessionData => ({
  numbers: { nihii: 'required' },
  ...row,
  kind: 'organisation',
})

/** An organisation of which only the type of the certificate is known. */
const byCertificate = (
  type: string,
  { title, ...facts }: Pick<ProfessionData, 'title' | 'kmehr' | 'inferred' | 'note'> & { quality?: string },
): ProfessionData => {
  const x = type.toLowerCase().replaceAll('_', '')
  return organisation({
    title,
    quality: type,
    ...facts,
    certificateType: `NIHII-${type}`,
    attributes: byNihii(x, recognised(x, [])).map(asGuess),
  })
}

const cbe = `${certificateHolder}enterprise:cbe-number`
const kboCbe = 'urn:be:fgov:kbo-bce:organization:cbe-number'
const designated = (name: string): AttributeData => ({ ...seen(name, ['FHC']), namespace: 'identification' })

const enterpriseAttributes: readonly AttributeData[] = [
  asserted(cbe, 'cbe'),
  designated(kboCbe),
  recognisedOrganisation(['FHC']),
  seen(`${cbe}:ehealth:1.0:cbe_daas_authorized:boolean`, ['FHC']),
]

const ehpAttributes: readonly AttributeData[] = [
  asserted(`${organisational}organization:ehp-number`, 'ehp'),
  asserted(`${certificateHolder}organization:ehp-number`, 'ehp'),
  seen(`${organisational}organization:ehp-number:recognisedehp:boolean`, ['FHC'], { demanded: 'always' }),
]

const hospitalFlag = `${certificateHolder}hospital:nihii-number:recognisedhospital:boolean`
const reeducation = 'reeducation:nihii-number:recognisedreeducation:boolean'
const nurses = 'groupofnurses:nihii-number:recognisedgroupofnurses'

const rows = {
  hospital: organisation({
    title: 'Hospital',
    kmehr: 'orghospital',
    quality: 'HOSPITAL',
    certificateType: 'NIHII-HOSPITAL',
    numbers: { nihii: 'required', site: 'optional' },
    attributes: [
      ...byNihii('hospital', [seen(hospitalFlag, ['REC', 'EGE']), ...recognised('hospital', ['REC', 'EGE'])]),
      asserted(`${organisational}campus:site-number`, 'site', { sent: 'with-site' }),
      seen(`${organisational}campus:site-number:recognisedsite:boolean`, ['REC', 'EGE'], {
        sent: 'with-site',
        demanded: 'always',
      }),
    ],
    note: 'A user at a hospital adds the attributes of his own profession (option `user`).',
  }),
  pharmacy: organisation({
    title: 'Pharmacy',
    package: 'Pharmacy',
    kmehr: 'orgpharmacy',
    quality: 'PHARMACY',
    certificateType: 'NIHII-PHARMACY',
    numbers: { nihii: 'required', ssin: 'required', holder: 'own-ssin' },
    attributes: [...personAsserted, ...pharmacyAttributes('nihii')],
    note: 'The certificate of the pharmacy holds the key; the eID or the personal certificate of the user identifies (option `identification` of `connect()`).',
  }),
  hospitalPharmacy: organisation({
    title: 'Hospital pharmacy',
    package: 'Pharmacy',
    kmehr: 'orgpharmacy',
    quality: 'PHARMACY',
    certificateType: 'NIHII-HOSPITAL',
    numbers: { nihii: 'required', ssin: 'required', holder: 'own-ssin' },
    inferred: ['quality', 'certificateType'],
    attributes: [
      ...personAsserted,
      asGuess(asserted(`${certificateHolder}hospital:nihii-number`, 'nihii')),
      ...pharmacyAttributes('nihii').filter(({ name }) => !name.includes('recognisedpharmacy')),
      seen(`${organisational}pharmacy:nihii-number:recognisedhospitalpharmacy:boolean`, ['REC'], {
        demanded: 'always',
      }),
      seen(hospitalFlag, ['REC'], { demanded: 'always' }),
    ],
    note: 'That the certificate and the number are those of the hospital is inferred from the flag, which is one of the certificate holder.',
  }),
  medicalHouse: organisation({
    title: 'Medical house',
    kmehr: 'orgprimaryhealthcarecenter',
    quality: 'MEDICAL_HOUSE',
    certificateType: 'NIHII-MEDICAL_HOUSE',
    attributes: byNihii('medicalhouse', [
      ...recognised('medicalhouse', ['FHC']),
      recognisedOrganisation(['FHC']),
    ]),
  }),
  guardPost: organisation({
    title: 'Guard post of general practitioners',
    kmehr: 'guardpost',
    quality: 'GUARD_POST',
    certificateType: 'NIHII-GUARD_POST',
    attributes: byNihii('guardpost', [...recognised('guardpost', ['FHC']), recognisedOrganisation(['FHC'])]),
  }),
  sortingCenter: organisation({
    title: 'Sorting centre',
    quality: 'SORTING_CENTER',
    inferred: ['quality'],
    certificateType: 'NIHII-SORTING_CENTER',
    attributes: byNihii('sortingcenter', [
      seen(`${certificateHolder}sortingcenter:nihii-number`, ['FHC']),
      ...recognised('sortingcenter', ['FHC']),
      recognisedOrganisation(['FHC']),
    ]),
  }),
  officeOfDoctors: organisation({
    title: 'Office of doctors',
    quality: 'OFFICE_DOCTORS',
    certificateType: 'NIHII-OFFICE_DOCTORS',
    attributes: byNihii('officedoctors', [
      seen(`${certificateHolder}officedoctors:nihii-number`, ['FHC']),
      ...recognised('officedoctors', ['FHC']),
    ]),
  }),
  groupOfNurses: organisation({
    title: 'Group of nurses',
    kmehr: 'groupofnurses',
    quality: 'GROUP',
    certificateType: 'NIHII-GROUP',
    attributes: byNihii('groupofnurses', [
      seen(`${certificateHolder}groupofnurses:nihii-number`, ['FHC']),
      seen(`${organisational}${nurses}:nihii11`, ['FHC']),
      seen(`${certificateHolder}${nurses}:boolean`, ['FHC'], { demanded: 'always' }),
    ]),
  }),
  reeducationCenter: organisation({
    title: 'Reeducation centre',
    kmehr: 'orgrevalidationcenter',
    quality: 'REEDUCATION',
    inferred: ['kmehr'],
    certificateType: 'NIHII-REEDUCATION',
    attributes: byNihii('reeducation', [
      ...recognised('reeducation', ['FHC'], 'flag-first'),
      seen(`${certificateHolder}${reeducation}`, ['FHC']),
      recognisedOrganisation(['FHC']),
    ]),
    note: 'One client [FHC] sends two of the names in a misspelt namespace; here all are in the right one.',
  }),
  retirementHome: organisation({
    title: 'Retirement home',
    kmehr: 'orgretirementhome',
    quality: 'RETIREMENT',
    certificateType: 'NIHII-RETIREMENT',
    attributes: byNihii('retirement', recognised('retirement', ['EGE'], 'flag-first')),
  }),
  laboratory: byCertificate('LABO', { title: 'Laboratory', kmehr: 'orglaboratory' }),
  tariffOffice: byCertificate('OTD_PHARMACY', { title: 'Tariff office of pharmacies' }),
  palliativeCare: byCertificate('PALLIATIVE_CARE', { title: 'Palliative care' }),
  protectedAccommodation: byCertificate('PROT_ACC', {
    title: 'Protected accommodation',
    kmehr: 'orgshelteredliving',
    inferred: ['kmehr'],
  }),
  psychiatricHouse: byCertificate('PSYCH_HOUSE', {
    title: 'Psychiatric house',
    kmehr: 'orgpsychiatriccarehome',
    inferred: ['kmehr'],
  }),
  homeServices: byCertificate('HOME_SERVICES', { title: 'Home services' }),
  ambulanceService: byCertificate('AMBU_SERVICE', { title: 'Ambulance service', inferred: ['quality'] }),
  officeOfDentists: byCertificate('OFFICE_DENTISTS', { title: 'Office of dentists' }),
  officeOfPhysiotherapists: byCertificate('OF_PHYSIOS', { title: 'Office of physiotherapists' }),
  officeOfBandagists: byCertificate('OF_BAND', { title: 'Office of bandagists' }),
  groupOfDoctors: byCertificate('GROUP_DOCTORS', { title: 'Group of doctors' }),
  groupOfMidwives: byCertificate('GROUP_MIDWIVES', { title: 'Group of midwives', inferred: ['quality'] }),
  legalPsychiatry: byCertificate('LEGAL_PSY', { title: 'Legal psychiatry', inferred: ['quality'] }),
  belRai: byCertificate('BELRAI', { title: 'BelRAI', inferred: ['quality'] }),
  belRaiScreener: byCertificate('BELRAI_SCREEN', { title: 'BelRAI screener', inferred: ['quality'] }),
  enterprise: organisation({
    title: 'Enterprise',
    quality: 'INSTITUTION',
    certificateType: 'CBE',
    numbers: { cbe: 'required' },
    attributes: enterpriseAttributes,
    note: 'One client [FHC] sends the last names in a misspelt namespace; here all are in the right one.',
  }),
  healthInsurer: organisation({
    title: 'Health insurer',
    quality: 'INSTITUTION',
    inferred: ['quality'],
    certificateType: 'CBE',
    numbers: { cbe: 'required' },
    attributes: [
      asserted(cbe, 'cbe'),
      designated(kboCbe),
      seen(`${kboCbe}:ehealth:1.0:hio:boolean`, ['FHC'], { demanded: 'always' }),
    ],
  }),
  treatmentCenter: organisation({
    title: 'Treatment centre',
    quality: 'TREATMENT_CENTER',
    certificateType: 'CBE-TREAT_CENTER',
    numbers: { cbe: 'required' },
    attributes: enterpriseAttributes.map(asGuess),
  }),
  consortium: organisation({
    title: 'Consortium',
    quality: 'CONSORTIUM',
    certificateType: 'CBE-CONSORTIUM',
    numbers: { cbe: 'required' },
    attributes: enterpriseAttributes.map(asGuess),
  }),
  ehealthPartner: organisation({
    title: 'Partner of the platform with an EHP number',
    quality: 'INSTITUTION_EHP',
    certificateType: 'EHP',
    numbers: { ehp: 'required' },
    attributes: ehpAttributes,
  }),
  hub: organisation({
    title: 'Hub',
    kmehr: 'hub',
    quality: 'INSTITUTION_EHP',
    inferred: ['quality'],
    certificateType: 'EHP',
    numbers: { ehp: 'required' },
    attributes: ehpAttributes,
  }),
  controlOrganism: organisation({
    title: 'Control organism',
    quality: 'CTRL_ORGANISM',
    certificateType: 'EHP-CTRL_ORGANISM',
    numbers: { ehp: 'required' },
    attributes: ehpAttributes.map(asGuess),
  }),
}

/** Name of an organisation that may call. */
export type OrganisationProfession = keyof typeof rows

/** The rows by the names of the organisations. */
export const organisations: Readonly<Record<OrganisationProfession, ProfessionData>> = rows
