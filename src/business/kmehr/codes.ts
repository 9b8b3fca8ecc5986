/**
 * Identifiers and codes with the version of their scheme (spec consent-therlink-hub §1.7): data of each service, since
 * nothing but the platform checks a version.
 */

/** Version of every scheme that a service writes. */
export type SchemeVersions = Readonly<Record<string, string>>

/** What all services of the hubservices v2 write. */
export const commonVersions = {
  'ID-KMEHR': '1.0',
  INSS: '1.0',
  'EID-CARDNO': '1.0',
  'ISI-CARDNO': '1.0',
  'ID-HCPARTY': '1.0',
  LOCAL: '1.0',
  'CD-HCPARTY': '1.1',
  'CD-ENCRYPTION-METHOD': '1.0',
  'CD-ERROR': '1.0',
} as const satisfies SchemeVersions

/** An identifier or a code as messages carry it. */
export interface Coded<V extends string = string> {
  S: string
  SV: string
  value: V
}

/** A local identifier also names its scheme. */
export interface LocalId extends Coded {
  SL: string
}

/**
 * Writes codes of the schemes in the table.
 *
 * @example
 * ```ts
 * import { codeBook, commonVersions } from 'ehealth-connectors/kmehr'
 *
 * const { code } = codeBook({ ...commonVersions, 'CD-CONSENTTYPE': '1.0' })
 * code('CD-CONSENTTYPE', 'retrospective') // { S: 'CD-CONSENTTYPE', SV: '1.0', value: 'retrospective' }
 * ```
 */
export function codeBook<const T extends SchemeVersions>(versions: T): CodeBook<keyof T & string> {
  const code = <V extends string>(S: keyof T & string, value: V): Coded<V> => ({
    S,
    SV: versions[S]!,
    value,
  })
  return { code, local: (SL, value) => ({ S: 'LOCAL', SV: versions['LOCAL'] ?? '1.0', SL, value }) }
}

/** See {@link codeBook}. */
export interface CodeBook<Scheme extends string> {
  /** A code or identifier of a scheme. */
  code<V extends string>(scheme: Scheme, value: V): Coded<V>
  /** An identifier of a local scheme, which `SL` names. */
  local(schemeName: string, value: string): LocalId
}

/** The book of the kernel itself. */
export const common = codeBook(commonVersions)
