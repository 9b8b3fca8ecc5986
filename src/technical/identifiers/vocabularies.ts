/** Small lists that the services share: naming systems, languages, civil states, sexes (spec identifiers §7, §9). */

/** How a number is named in FHIR and as an OID. */
export interface NamingSystem {
  readonly fhir: string
  /** Systems that other guides use for the same number. */
  readonly others?: readonly string[]
  readonly oid?: string
}

const core = 'https://www.ehealth.fgov.be/standards/fhir/core/NamingSystem/'
const oid = '2.16.840.1.113883.3.6777.5.'

/** Naming systems of the platform's FHIR guides. */
export const namingSystems = {
  ssin: {
    fhir: `${core}ssin`,
    others: ['https://www.ehealth.fgov.be/standards/fhir/NamingSystem/ssin'],
    oid: `${oid}1`,
  },
  nihii: {
    fhir: `${core}nihdi`,
    others: [`${core}nihdi-professional`, `${core}nihdi-organization`],
    oid: `${oid}2`,
  },
  cbe: { fhir: `${core}cbe`, oid: `${oid}5` },
  ehp: { fhir: `${core}ehp`, oid: `${oid}6` },
  insuranceNumber: { fhir: `${core}insurancenumber` },
  nomenclature: { fhir: `${core}be-ns-nihdi-nomenclature` },
} as const satisfies Readonly<Record<string, NamingSystem>>

/** Languages of the attribute `Lang` of the common schemas; `NA` is none. */
export const commonLanguages = ['FR', 'NL', 'EN', 'DE', 'NA'] as const

/** Whether two language tags mean the same language: `fr-BE` and `FR` do. */
export function sameLanguage(one: string, other: string): boolean {
  const primary = (tag: string): string => tag.split('-', 1)[0]!.toLowerCase()
  return primary(one) === primary(other)
}

/** Civil states (CD-CIVILSTATE), the same numbers as in the national register. */
export const civilStates: Readonly<Record<string, string>> = {
  10: 'single',
  20: 'married',
  25: 'marriage annulled',
  26: 'putative marriage',
  30: 'widowed',
  40: 'divorced',
  41: 'divorced since 1 October 1994',
  50: 'legally separated',
  51: 'legally separated since 1 October 1994',
  60: 'repudiation',
  80: 'partnership',
  81: 'partnership ended',
}

/** How services write a sex; `null` where the element is left out. */
export const sexCodes = {
  rnServices: { male: 'M', female: 'F', unknown: null },
  consultRnV1: { male: 'MALE', female: 'FEMALE', unknown: 'UNKNOWN' },
  kmehr: { male: 'male', female: 'female', unknown: 'unknown' },
} as const

/** Codes that MyCareNet knows for how a card was read (record 52 of eFact). Their meanings are not public as data. */
export const cardReadingCodes = {
  /** Zone 9: input type of the identity document. */
  inputType: ['1', '2', '3', '4', 'A'],
  /** Zone 10: media type of the identity document. */
  mediaType: ['1', '2', '4', '7', '8', '9', 'A'],
  /** Zone 3: why it was typed. */
  manualInput: ['1', '2', '3', '4', '5', '6'],
  /** Zone 11: why a vignette was used. */
  vignette: ['1', '2'],
} as const
