/** What MyCareNet must be told about the software and the caller, once per connection (spec memberdata-mycarenet §3.2). */
import { EHealthError } from '../../errors.js'
import { invalidOption, refuseUnknownOptions } from '../../technical/session/options.js'

/** The licence that CIN/NIC gives to software: one for acceptance, another one for production. */
export interface MyCareNetLicence {
  username: string
  /** Secret: never in errors, logs or events. */
  password: string
}

/** A person or an organisation: one of the numbers. */
export interface MyCareNetParty {
  /** Informative. */
  name?: string
  ssin?: string
  /** 8 or 11 digits. */
  nihii?: string
  /** Role that goes with `nihii`, for instance `doctor`. */
  quality?: string
  cbe?: string
}

/** The care provider for whom is asked, where the caller of the connection does not say it all. */
export interface MyCareNetCareProvider extends MyCareNetParty {
  /** Whether the number is that of a person or of an organisation; as the profession of the caller. */
  kind?: 'person' | 'organisation'
}

/** Options of the services of MyCareNet, as `connect()` takes them. */
export interface MyCareNetOptions {
  licence: MyCareNetLicence
  /** Name of the software; informative. */
  package?: string
  /** Only where CIN/NIC issued one. */
  site?: string
  /** What of the care provider is other than the caller. */
  careProvider?: MyCareNetCareProvider
  /** Who sends when it is not the care provider: a secretariat, for instance. */
  sender?: { person?: MyCareNetParty; organisation?: MyCareNetParty }
  /** Marks requests as tests. Follows the environment; to be said for an environment of one's own only. */
  test?: boolean
}

const partyNames = ['name', 'ssin', 'nihii', 'quality', 'cbe'] as const

/**
 * Judges the options at the door of a connection. Numbers are judged when a request needs them.
 *
 * @throws EHealthError `configuration.invalid`, `mycarenet.licence`, each with the path
 */
export function checkMyCareNetOptions(options: MyCareNetOptions, path = 'mycarenet'): void {
  refuseUnknownOptions(options, ['licence', 'package', 'site', 'careProvider', 'sender', 'test'], path)
  const { licence, sender, careProvider, test } = options
  if (licence === undefined)
    throw new EHealthError('mycarenet.licence', 'no licence was given', { path: `${path}.licence` })
  refuseUnknownOptions(licence, ['username', 'password'], `${path}.licence`)
  for (const name of ['username', 'password'] as const)
    if (typeof licence[name] !== 'string' || licence[name] === '')
      throw new EHealthError(
        'mycarenet.licence',
        `${path}.licence.${name}: expected a text that is not empty`,
        {
          path: `${path}.licence.${name}`,
        },
      )
  texts(options, ['package', 'site'], path)
  if (careProvider !== undefined) {
    refuseUnknownOptions(careProvider, [...partyNames, 'kind'], `${path}.careProvider`)
    texts(careProvider, partyNames, `${path}.careProvider`)
    const { kind } = careProvider
    if (kind !== undefined && kind !== 'person' && kind !== 'organisation')
      throw invalidOption(`${path}.careProvider.kind`, 'expected person or organisation')
  }
  if (sender !== undefined) {
    refuseUnknownOptions(sender, ['person', 'organisation'], `${path}.sender`)
    for (const role of ['person', 'organisation'] as const) {
      if (sender[role] === undefined) continue
      refuseUnknownOptions(sender[role], partyNames, `${path}.sender.${role}`)
      texts(sender[role], partyNames, `${path}.sender.${role}`)
    }
  }
  if (test !== undefined && typeof test !== 'boolean')
    throw invalidOption(`${path}.test`, 'expected true or false')
}

function texts<T extends object>(options: T, names: readonly (keyof T & string)[], path: string): void {
  for (const name of names) {
    const value: unknown = options[name]
    // an empty element is refused by the services
    if (value !== undefined && (typeof value !== 'string' || value.trim() === ''))
      throw invalidOption(`${path}.${name}`, 'expected a text that is not empty')
  }
}
