/** What a profession is made of: data, so that a wrong guess is one line to change (spec sts-iam §3.5). */
import type { Actor } from '../technical/session/index.js'
import type { SamlAttribute } from '../technical/sts/index.js'
import type { BusinessServiceName } from './services.js'

/** Where the knowledge of a name comes from: seen in a working client or real token, or concluded from its siblings. */
export type Evidence = 'confirmed' | 'inferred'

/** An attribute that the platform certifies. */
export interface CertifiedAttribute {
  readonly name: string
  readonly evidence: Evidence
  /** `always`: without it the token is of no use; `with-nihii`: likewise when the caller has a NIHII number. */
  readonly demanded?: 'always' | 'with-nihii'
}

/** One row of the tables of spec sts-iam §3.2 and §3.3. */
export interface ProfessionData {
  /** For instance `physician`. */
  readonly profession: string
  /** Quality of the eHealthBox and the address book, for instance `DOCTOR`. */
  readonly quality: string
  /** Code of the KMEHR list CD-HCPARTY, for instance `persphysician`. */
  readonly kmehr: string
  /** Type of the certificate and of the encryption token. */
  readonly certificateType: string
  /** Whether a caller may be without NIHII number. */
  readonly nihii: 'required' | 'optional'
  readonly certified: readonly CertifiedAttribute[]
}

/** Who calls, and which services `connect()` gives him. */
export interface Profession<Services extends BusinessServiceName = BusinessServiceName> extends Actor {
  readonly services: readonly Services[]
  /** Code of the KMEHR list CD-HCPARTY, for instance `persphysician`. */
  readonly kmehr: string
}

/** What every profession may be told beside its numbers. */
export interface ProfessionOptions {
  /** Further attributes: with values they are asserted, without they are asked for. */
  attributes?: readonly SamlAttribute[]
}
