/** Versions of KMEHR and what each of them knows (spec consent-therlink-hub §1.7, §6.1): data, one row per fact. */

/** Versions in their order, with the value of CD-STANDARD that names each. */
export const kmehrStandards = {
  '1.5': '20121001',
  '1.8': '20140401',
  '1.17': '20160601',
  '1.19': '20161201',
  '1.20': '20170301',
  '1.21': '20170601',
  '1.22': '20170901',
  '1.23': '20171201',
  '1.24': '20180301',
  '1.25': '20180601',
  '1.26': '20180901',
  '1.27': '20181201',
  '1.28': '20190301',
  '1.29': '20190901',
  '1.32': '20200901',
  '1.34': '20210120',
} as const

/** A version of the KMEHR schemas. The namespace is the same for all of them; only CD-STANDARD tells. */
export type KmehrVersion = keyof typeof kmehrStandards

const versions = Object.keys(kmehrStandards) as KmehrVersion[]

/** Whether `version` is `since` or a later one. */
export const isSince = (version: KmehrVersion, since: KmehrVersion): boolean =>
  versions.indexOf(version) >= versions.indexOf(since)

/** Values of attribute `S` by type, each with the first version that has it where that is not the first of all. */
const schemes = {
  'ID-KMEHR': [['ID-KMEHR'], ['ID-IBAN'], ['LOCAL'], ['ID-SERIALNO', '1.8'], ['ID-CBE', '1.19']],
  'ID-PATIENT': [['ID-PATIENT'], ['INSS'], ['EID-CARDNO'], ['SIS-CARDNO'], ['LOCAL'], ['ISI-CARDNO', '1.8']],
  'ID-HCPARTY': [
    ['ID-HCPARTY'],
    ['INSS'],
    ['LOCAL'],
    ['ID-ENCRYPTION-APPLICATION'],
    ['ID-ENCRYPTION-ACTOR'],
    ['ID-INSURANCE'],
    ['ID-CBE', '1.19'],
    ['ID-EHP', '1.19'],
    ['ID-ENCRYPTION-KEY', '1.26'],
  ],
  'CD-HCPARTY': [['CD-HCPARTY'], ['CD-APPLICATION'], ['CD-ENCRYPTION-ACTOR'], ['CD-ROLE'], ['LOCAL']],
  'CD-ADDRESS': [['CD-ADDRESS'], ['LOCAL']],
  'CD-TELECOM': [['CD-ADDRESS'], ['CD-TELECOM']],
  'CD-COUNTRY': [['CD-COUNTRY'], ['CD-FED-COUNTRY']],
  'CD-ERROR': [['CD-ERROR'], ['LOCAL']],
  'CD-CONSENT': [['CD-CONSENTTYPE'], ['LOCAL']],
  'CD-THERAPEUTICLINK': [['CD-THERAPEUTICLINKTYPE'], ['LOCAL']],
  'CD-PROOF': [['CD-PROOFTYPE'], ['LOCAL']],
  'CD-ENCRYPTION-METHOD': [['CD-ENCRYPTION-METHOD']],
  'CD-STANDARD': [['CD-STANDARD']],
  'CD-MESSAGE': [['CD-MESSAGE']],
} as const satisfies Record<string, readonly (readonly [string, KmehrVersion?])[]>

/** A type of identifier or code. */
export type KmehrCodeType = keyof typeof schemes

/** The schemes that a type has in a version. */
export const schemesOf = (type: KmehrCodeType, version: KmehrVersion): string[] =>
  (schemes[type] as readonly (readonly [string, KmehrVersion?])[])
    .filter(([, since]) => since === undefined || isSince(version, since))
    .map(([scheme]) => scheme)
