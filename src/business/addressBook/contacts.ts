/** People and organisations as the address book gives them: its own words in our spelling (spec ehealthbox §8.3). */
import type { CallMeta } from '../../technical/soap/types.js'
import type { RawBox } from '../ehbox/index.js'

/** A text in one language. */
export interface LocalizedText {
  text: string
  /** For instance `fr`; absent where the platform names none. */
  language?: string
}

/** A code and the register that it comes from. */
export interface Code {
  value: string
  /** For instance `code`, `NIHII`, `CBE`, `HCI` (an EHP number). */
  type: string
  authenticSource: string
}

/** A profession of a person. */
export interface Profession {
  /** The first of its codes, for instance `PHYSICIAN`: a word of the address book, not a quality of the eHealthBox. */
  code: string
  codes: Code[]
  names: LocalizedText[]
  /** NIHII number in this profession, as the platform writes it. */
  nihii?: string
  specialities: { code: string; names: LocalizedText[] }[]
}

/** Who a professional is. */
export interface Person {
  ssin?: string
  lastName: string
  firstName?: string
  middleNames?: string
  /** As the platform writes it, for instance `fr`. */
  language?: string
  /** As the platform writes it, for instance `F`. */
  gender?: string
  /** As the platform writes it, for instance `1990-01-01`. */
  birthDate?: string
  /** As the platform writes it. */
  deathDate?: string
}

/** A professional as a search finds him. Mailboxes are told by `professional()` only. */
export interface Professional extends Person {
  professions: Profession[]
}

/** An address. */
export interface PostalAddress {
  /** What it is for, for instance `contact`, `activity`. */
  type?: string
  bstCode?: string
  street: LocalizedText[]
  streetNsiCode?: string
  houseNumber?: string
  postBox?: string
  /** The number that the platform sends, as a text: leading zeros of foreign codes are lost. */
  zipCode?: string
  municipality: LocalizedText[]
  municipalityNsiCode?: string
  country?: { isoCode?: string; nsiCode?: string; names: LocalizedText[] }
}

/** Another way to reach somebody. `Mail` is the one type that is known. */
export interface AdditionalInformation {
  type?: string
  text: string
}

/** Ways to reach somebody. */
export interface Reachable {
  addresses: PostalAddress[]
  additionalInformation: AdditionalInformation[]
  /** The e-mail addresses among them. */
  emails: string[]
}

/** A mailbox, ready to be a recipient: `ehbox.send({ to: contact.eHealthBox })`. */
export type EHealthBoxAddress = RawBox

/** One profession of a person, with the ways to reach him in it. */
export interface ProfessionalInformation extends Reachable {
  profession: Profession
  /** His mailbox in this profession. */
  eHealthBox?: EHealthBoxAddress
}

/** A professional and how to reach him. */
export interface ProfessionalContact extends Person, Reachable {
  outcome: 'found'
  professions: ProfessionalInformation[]
  /** The mailboxes of all professions, in their order; empty for somebody who has none. */
  eHealthBox: EHealthBoxAddress[]
  /** What is strange about the answer. */
  problems: string[]
  meta: CallMeta
}

/** An organisation as a search finds it. Mailboxes are told by `organisation()` only. */
export interface Organisation {
  /** Its number with its type; also under the name of the type where that is known. */
  id: Code
  nihii?: string
  cbe?: string
  ehp?: string
  /** The first code of its type, for instance `HOSPITAL`. */
  type: string
  typeCodes: Code[]
  typeNames: LocalizedText[]
  names: LocalizedText[]
}

/** An organisation and how to reach it. */
export interface OrganisationContact extends Organisation, Reachable {
  outcome: 'found'
  /** Empty for an organisation without mailbox. */
  eHealthBox: EHealthBoxAddress[]
  /** What is strange about the answer. */
  problems: string[]
  meta: CallMeta
}

/** The address book knows nobody of that number. */
export interface NotFound {
  outcome: 'not-found'
  meta: CallMeta
}

/** The text in a language, else the first one; `undefined` where there is none. */
export function inLanguage(texts: readonly LocalizedText[], language: string): string | undefined {
  const same = texts.find(({ language: of }) => of?.toLowerCase() === language.toLowerCase())
  return (same ?? texts[0])?.text
}
