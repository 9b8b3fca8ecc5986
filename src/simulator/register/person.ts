/** People as the registers know them (spec rn-consult §5.3): what identifies somebody, and his life with its dates. */
import type { RegisterName } from '../../business/rnConsult/contract.js'
import type { Bilingual } from '../population/places.js'

/** Something that was true from a day on; lists of it are in order, what holds today has no end. */
export interface Since<T> {
  /** `yyyy-mm-dd` */
  readonly from: string
  /** The first day on which it no longer was. */
  readonly until?: string
  readonly value: T
}

export interface PersonName {
  readonly lastName: string
  /** In the order of the register. */
  readonly givenNames: readonly string[]
}

/** A country: of the national statistics institute, and of ISO 3166. */
export interface Country extends Bilingual {
  readonly nis: number
  readonly iso: string
}

/** A municipality; abroad there is a name only. */
export interface City extends Bilingual {
  /** Five digits of the national statistics institute; Belgian only. */
  readonly nis?: string
  readonly postalCode: string
}

export interface Place {
  readonly country: Country
  readonly city?: City
}

export interface HomeAddress extends Place {
  readonly city: City
  readonly street: Bilingual
  /** Code of the national register; Belgian only. */
  readonly streetCode?: string
  readonly houseNumber: string
  readonly box?: string
}

export interface CivilState {
  /** A code of `civilStates`, for instance 20: married. */
  readonly code: number
  readonly partner?: string
  readonly place?: Place
}

/** What a register keeps beside what identifies. */
export interface Life {
  readonly names: readonly Since<PersonName>[]
  readonly genders: readonly Since<'F' | 'M'>[]
  readonly birthPlace?: Place
  readonly deceasePlace?: Place
  /** Numbers of countries. Several may hold at once. */
  readonly nationalities: readonly Since<Country>[]
  readonly civilStates: readonly Since<CivilState>[]
  readonly addresses: readonly Since<HomeAddress>[]
  /** Where letters go: of people who live abroad. */
  readonly contactAddress?: Since<HomeAddress>
  /** Code of the national register, with the day from which it holds. */
  readonly nobility?: Since<string>
  readonly subregister?: Since<number>
  readonly cohabitation?: Since<{ readonly partner: PersonName; readonly place: Place }>
  /** Warnings about the data. */
  readonly anomalies?: readonly { readonly code: string; readonly description: string }[]
}

/** Somebody in a register: what identifies him. */
export interface RegisterPerson {
  /** The number that he has now. */
  readonly ssin: string
  readonly register: RegisterName
  /** When the number was made (BIS) or the register last entered (RAD, RAN). */
  readonly registered?: string
  /** In capitals, as the register writes. */
  readonly lastName: string
  readonly givenNames: readonly string[]
  /** `yyyy-mm-dd` with `00` for what is not known. */
  readonly birthDate: string
  readonly gender?: 'F' | 'M'
  /** `yyyy-mm-dd` with `00` for what is not known. */
  readonly deceaseDate?: string
  /** Numbers that he had before, oldest first. */
  readonly formerSsins: readonly string[]
  /** Everything else; made up when it is asked for, the same every time. */
  life(): Life
}

/** A card that shows who somebody is. */
export interface RegisterCard {
  readonly holder: string
  readonly kind: 'EID' | 'KIDS-ID' | 'FOREIGNER' | 'ISI+'
  readonly number: string
  /** What a reader gets from the barcode; of ISI+ cards. */
  readonly barcode?: string
  /** `yyyy-mm-dd` */
  readonly issued: string
  /** The last day on which it is valid, `yyyy-mm-dd`. */
  readonly expires: string
  /** Out of use before its time. */
  readonly ended?: { readonly on: string; readonly why: 'LOST' | 'STOLEN' | 'REPLACED' | 'DECEASED' }
}
