/** People as the registers tell of them, in the words of this library (spec rn-consult §5.2, §5.3). */
import type { IncompleteDate } from '../../technical/identifiers/index.js'
import type { PersonGroup, RegisterName } from './contract.js'

/** A text and its language, as the register tags it. */
export interface LocalizedText {
  text: string
  language?: string
}

/** A code with what it means, in as many languages as the register says it. An unknown code stays as it is. */
export interface Described<Code> {
  code?: Code
  descriptions: LocalizedText[]
}

/**
 * A day of which only a part may be known. `value` is what the register wrote, `00` for unknown parts; the rest is there as
 * far as it can be read from it. Never a `Date`: there is no day to fill in.
 */
export type PartialDate = Pick<IncompleteDate, 'value'> & Partial<IncompleteDate>

/** The day from which something is true, `yyyy-mm-dd`: not the day on which it was registered. */
interface Incepted {
  inceptionDate?: string
}

/** A country, and how it is called. */
export interface Country {
  /** Number of the national statistics institute, for instance 150; `001` and 1 are the same. */
  countryCode?: number
  /** ISO 3166, two letters. */
  countryIsoCode?: string
  countryNames: LocalizedText[]
}

/** A country and perhaps a municipality. */
export interface Location extends Country {
  /** Five digits of the national statistics institute; of Belgium only. */
  cityCode?: string
  cityNames: LocalizedText[]
}

/** A given name with its place in the order. */
export interface GivenName {
  value: string
  sequence?: number
}

export interface PersonName extends Incepted {
  lastName?: string
  /** In the order of the register. */
  givenNames: GivenName[]
}

/** An identifier of the register of Belgian streets and addresses (BeSt). */
export interface BestIdentifier {
  namespace?: string
  objectIdentifier?: string
  versionIdentifier?: string
}

/** An address in lines. Names stand in each language of the place. */
export interface StructuredAddress extends Location, Incepted {
  regionCode?: string
  regionNames: LocalizedText[]
  cityRegionalCode?: BestIdentifier
  postalCode?: string
  /** Code of the national register. */
  streetCode?: string
  streetRegionalCode?: BestIdentifier
  streetNames: LocalizedText[]
  houseNumber?: string
  boxNumber?: string
  addressRegionalCode?: BestIdentifier
}

/** Where letters reach somebody; of what type, the code says. */
export interface ContactAddress extends StructuredAddress {
  type: Described<number>
}

/** An address that nobody took apart. */
export interface PlainAddress extends Country, Incepted {
  address?: string
}

/** An embassy or a consulate. */
export interface DiplomaticPost extends Country {
  post: Described<number>
}

/** The addresses of a person: one kind, and perhaps a temporary one. */
export interface PersonAddress {
  residential?: StructuredAddress
  /** Of somebody who lives nowhere: where he is to be reached. */
  reference?: StructuredAddress
  diplomaticPost?: DiplomaticPost
  diplomatic?: PlainAddress
  post?: PlainAddress
  temporary?: PlainAddress
}

/** Somebody whom a person is or was bound to. */
export interface Partner {
  ssin?: string
  /** Where the partner has no number. */
  fictionalNumber?: string
  name?: PersonName
}

export interface CivilState extends Described<number>, Incepted {
  partner?: Partner
  location?: Location
  judgment?: { date?: PartialDate; location?: Location }
  transcription?: { date?: PartialDate; location?: Location }
}

export interface Nationality extends Described<number>, Incepted {}

/** A warning about the data of a person. */
export interface Anomaly {
  code: string
  description: string
}

/** An element that this version does not know, kept as text. */
export interface UnknownElement {
  /** Where it stands, for instance `birth`; empty for the person itself. */
  path: string
  name: string
  namespace: string
  text: string
}

/** What the registers say of somebody. What is not there was not known, or may not be known by the caller. */
export interface PersonData {
  ssin?: string
  /** The source of the data. */
  register?: RegisterName | (string & {})
  /** Creation of a BIS number, last entry into RAD or RAN: `yyyy-mm-dd`. */
  registerInceptionDate?: string
  nobilityTitle?: Described<string> & Incepted
  name?: PersonName
  nationalities?: Nationality[]
  birth?: { date?: PartialDate; place?: Location; act?: Described<number> }
  decease?: { date?: PartialDate; place?: Location }
  /** `M` or `F`. */
  gender?: { code?: string } & Incepted
  civilStates?: CivilState[]
  address?: PersonAddress
  contactAddress?: ContactAddress
  /** Who keeps the file; of the national register only. */
  administrator?: { location?: Location; specialNotion?: Described<string> } & Incepted
  /** Of the national register only. */
  subregister?: Described<number> & Incepted
  /** Of the national register only. */
  legalCohabitation?: {
    partner?: Partner
    registration?: {
      date?: string
      location?: Location
      bailiff?: { name?: string; location?: Location }
    }
  } & Incepted
  anomalies: Anomaly[]
  /** Elements that this version does not know. */
  unknown: UnknownElement[]
}

/**
 * Why a group of data is there or is not. `given`: it came. `unknown`: the caller is authorised and the register has
 * nothing. `not-authorised`: the authorisation does not name it. `undetermined`: it did not come, and what the caller is
 * authorised for was not configured.
 */
export type Availability = 'given' | 'unknown' | 'not-authorised' | 'undetermined'

/** A person who was found by number. */
export interface Person extends PersonData {
  /** Of each group of data, whether it came, and if not what that means. */
  availability: Readonly<Record<PersonGroup, Availability>>
}

/** What tells somebody from others, as a phonetic search gives it. */
export interface PersonIdentification extends Pick<
  PersonData,
  | 'ssin'
  | 'register'
  | 'name'
  | 'gender'
  | 'address'
  | 'contactAddress'
  | 'administrator'
  | 'anomalies'
  | 'unknown'
> {
  birth?: { date?: PartialDate }
  /** Absent where the register does not say. */
  deceased?: boolean
}
