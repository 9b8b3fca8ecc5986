/** Somebody who is to be registered, in the caller's words (spec rn-consult §6). */

/** A country: its number (150 is Belgium; `001` and 1 are the same) or its two letters of ISO 3166. */
export type DeclaredCountry = number | string

/** A text in a language, `fr`, `nl`, `de` or `en` for instance; without language none is written. */
export type DeclaredText = string | { text: string; language: string }

/** Where something happened. */
export interface DeclaredPlace {
  country: DeclaredCountry
  /** Five digits, of Belgium only. */
  cityCode?: string
  /** How the place is called; needed abroad, where places have no number. */
  cityName?: DeclaredText
}

/** A fact and the day from which it is true, `yyyy-mm-dd`: not the day on which it is told. */
interface Dated {
  since?: string
  /** The last day on which it was true. */
  until?: string
}

export interface DeclaredNationality extends Dated {
  country: number | string
}

export interface DeclaredCivilState extends Dated {
  /** For instance 20: married. `civilStates` of `ehealth-connectors/identifiers` has them. */
  code: number
  partnerSsin?: string
  place?: DeclaredPlace
}

/** Lines that every address has. */
interface DeclaredLines {
  cityName?: DeclaredText
  /** 15 characters at most. */
  postalCode?: string
  streetName?: DeclaredText
  /** 12 characters at most. */
  houseNumber?: string
  /** 10 characters at most. */
  boxNumber?: string
  /** Day from which he lives there, `yyyy-mm-dd`. */
  since: string
}

/** Main residence abroad: the register takes no Belgian one. */
export interface DeclaredResidence extends DeclaredLines {
  country: DeclaredCountry
}

/** Where letters reach him; a Belgian address is always one of these. */
export interface DeclaredContactAddress extends DeclaredLines {
  /** Belgium by default. */
  country?: DeclaredCountry
  /** Five digits, of Belgium only. */
  cityCode?: string
  /** One to four digits. */
  streetCode?: string
  /** 1 by default, the only one that was seen (inferred). */
  type?: number
  /** The last day. */
  until?: string
}

/**
 * Somebody who is to be registered. One of three sets of data is needed: birth on a known day, with its place, and gender;
 * or birth and a residence abroad; or birth and a contact address.
 */
export interface DeclaredPerson {
  /** 1 to 128 characters. */
  lastName: string
  /** In their order, 1 to 48 characters each. */
  givenNames?: string | readonly string[]
  /** Day from which he has the name; left out by default. */
  nameSince?: string
  /** `yyyy-mm-dd`, `yyyy-mm-00` or `yyyy-00-00`. */
  birthDate: string
  birthPlace?: DeclaredPlace
  gender?: 'F' | 'M'
  /** Day from which; by default the day of birth where it is known, and needed where it is not. */
  genderSince?: string
  /** By default from the day of birth where it is known; `since` is needed where it is not. */
  nationalities?: readonly DeclaredNationality[]
  decease?: { date: string; place?: DeclaredPlace }
  civilStates?: readonly DeclaredCivilState[]
  residence?: DeclaredResidence
  contactAddress?: DeclaredContactAddress
}

/** Names of the fields. @internal */
export const declaredFields = [
  'lastName',
  'givenNames',
  'nameSince',
  'birthDate',
  'birthPlace',
  'gender',
  'genderSince',
  'nationalities',
  'decease',
  'civilStates',
  'residence',
  'contactAddress',
] as const satisfies readonly (keyof DeclaredPerson)[]
