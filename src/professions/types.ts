/** A caller as `connect()` takes him. */
import type { Actor } from '../technical/session/index.js'
import type { SamlAttribute } from '../technical/sts/index.js'
import type { BusinessServiceName } from './services.js'

/** Who calls, and which services `connect()` gives him. */
export interface Profession<Services extends BusinessServiceName = BusinessServiceName> extends Actor {
  readonly services: readonly Services[]
  /** Code of the KMEHR list CD-HCPARTY, for instance `persphysician`; absent where none is known. */
  readonly kmehr?: string
  /** Type of his certificate and of his encryption token, for instance `SSIN` or `NIHII-HOSPITAL`. */
  readonly certificateType?: string
  /** Enterprise number. */
  readonly cbe?: string
  /** Number of a partner of the platform. */
  readonly ehp?: string
}

/** What every profession may be told beside its numbers. */
export interface ProfessionOptions {
  /** Further attributes: with values they are asserted, without they are asked for. */
  attributes?: readonly SamlAttribute[]
  /**
   * Corrections of names that the platform certifies, most of all of those that `docs/professions.md` marks as inferred:
   * from the name there to the right one, or to `false` to leave it out. What is demanded stays so under its new name.
   */
  names?: Readonly<Record<string, string | false>>
}

/** Numbers of a natural person. */
export interface PersonOptions extends ProfessionOptions {
  /** 11 digits; blanks, dots and dashes are accepted. */
  ssin: string
  /** 8 or 11 digits. With it the platform must know the caller by this number. */
  nihii?: string
}

/** Numbers of a professional who is known by his NIHII number. */
export interface NumberedPersonOptions extends PersonOptions {
  /** 8 or 11 digits. */
  nihii: string
}

/** Number of a person who has no other. */
export interface CitizenOptions extends ProfessionOptions {
  /** 11 digits; blanks, dots and dashes are accepted. */
  ssin: string
}

/** Number of an organisation. */
export interface OrganisationOptions extends ProfessionOptions {
  /** 8 digits; of 11 digits the first 8 count. */
  nihii: string
}

/** Number of an enterprise. */
export interface EnterpriseOptions extends ProfessionOptions {
  /** 10 digits, or 9 of the old form; dots and `BE` are accepted. */
  cbe: string
}

/** Number of a partner of the platform. */
export interface PartnerOptions extends ProfessionOptions {
  /** 10 digits. */
  ehp: string
}
