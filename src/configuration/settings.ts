/** The settings of a connection as one table: names, kinds, variables, and what the official connector calls them. */
import { serviceNames, type ServiceName } from '../technical/environment/services.js'
import type { PasswordInput, Secret } from './secret.js'

/** What a value has to be; `values.ts` judges it. */
export type SettingKind =
  | 'environment'
  | 'base-url'
  | 'endpoint'
  | 'file'
  | 'files'
  | 'directory'
  | 'secret'
  | 'variable'
  | 'flag'
  | 'profession'
  | 'ssin'
  | 'nihii'
  | 'cbe'
  | 'ehp'
  | 'site'
  | 'duration'
  | 'timeout'
  | 'text'
  | 'header'
  | 'proxy'
  | 'count'

/** One row of the table. `*` in a path stands for the name of a service. */
export interface SettingData {
  readonly path: string
  readonly kind: SettingKind
  /** Environment variable; `*` stands for the name of a service in capitals. */
  readonly variable: string
  readonly meaning: string
}

function keystoreSettings(path: 'keystore' | 'identification', variable: string): SettingData[] {
  const whose = path === 'keystore' ? 'the caller' : 'whoever signs the token requests'
  const row = (name: string, kind: SettingKind, suffix: string, meaning: string): SettingData => ({
    path: `${path}.${name}`,
    kind,
    variable: variable + suffix,
    meaning,
  })
  return [
    row('file', 'file', '', `keystore (.p12) of ${whose}`),
    row('password', 'secret', '_PASSWORD', 'its password; never in a file, there one of the next three'),
    row('passwordEnv', 'variable', '_PASSWORD_ENV', 'name of the environment variable that holds it'),
    row(
      'passwordFile',
      'file',
      '_PASSWORD_FILE',
      'file that holds it; a line break at the end does not count',
    ),
    row('emptyPassword', 'flag', '_EMPTY_PASSWORD', '`true`: the keystore has the empty password'),
    row('alias', 'text', '_ALIAS', 'entry to authenticate with; `authentication` by default'),
  ]
}

/** Every setting, in the order of the documentation. */
export const settingsTable: readonly SettingData[] = [
  {
    path: 'environment',
    kind: 'environment',
    variable: 'EHEALTH_ENVIRONMENT',
    meaning: '`acceptance`, `integration`, `production`, `simulation` or `custom`',
  },
  {
    path: 'baseUrl',
    kind: 'base-url',
    variable: 'EHEALTH_BASE_URL',
    meaning: 'start of every address; `simulation` and `custom` need it',
  },
  {
    path: 'endpoints.*',
    kind: 'endpoint',
    variable: 'EHEALTH_ENDPOINT_*',
    meaning: 'address of one service, by its name in the list of endpoints',
  },
  {
    path: 'trust.sts',
    kind: 'files',
    variable: 'EHEALTH_TRUST_STS',
    meaning: 'certificates with which the STS signs (pinned), PEM or DER',
  },
  {
    path: 'trust.signers',
    kind: 'files',
    variable: 'EHEALTH_TRUST_SIGNERS',
    meaning: 'roots of eHealth and eID certificates',
  },
  {
    path: 'trust.registrationAuthority',
    kind: 'files',
    variable: 'EHEALTH_TRUST_REGISTRATION_AUTHORITY',
    meaning: 'certificates with which encryption tokens are signed (pinned)',
  },
  {
    path: 'trust.timestampAuthority',
    kind: 'files',
    variable: 'EHEALTH_TRUST_TIMESTAMP_AUTHORITY',
    meaning: 'roots of time stamp authorities; those of `signers` by default',
  },
  {
    path: 'trust.tls',
    kind: 'files',
    variable: 'EHEALTH_TRUST_TLS',
    meaning: 'roots of the servers; the public ones by default',
  },
  ...keystoreSettings('keystore', 'EHEALTH_KEYSTORE'),
  ...keystoreSettings('identification', 'EHEALTH_IDENTIFICATION'),
  {
    path: 'as.profession',
    kind: 'profession',
    variable: 'EHEALTH_PROFESSION',
    meaning: 'who calls, a name of [the professions](professions.md)',
  },
  {
    path: 'as.ssin',
    kind: 'ssin',
    variable: 'EHEALTH_SSIN',
    meaning: 'SSIN of the caller; the one in the keystore by default',
  },
  {
    path: 'as.nihii',
    kind: 'nihii',
    variable: 'EHEALTH_NIHII',
    meaning: 'NIHII number of the caller; for an organisation the one in the keystore by default',
  },
  {
    path: 'as.cbe',
    kind: 'cbe',
    variable: 'EHEALTH_CBE',
    meaning: 'CBE number of the caller; the one in the keystore by default',
  },
  {
    path: 'as.ehp',
    kind: 'ehp',
    variable: 'EHEALTH_EHP',
    meaning: 'EHP number of the caller; the one in the keystore by default',
  },
  {
    path: 'as.pharmacy',
    kind: 'nihii',
    variable: 'EHEALTH_PHARMACY',
    meaning: 'NIHII number of the pharmacy of a pharmacist',
  },
  {
    path: 'as.holder',
    kind: 'ssin',
    variable: 'EHEALTH_HOLDER',
    meaning: 'SSIN of the holder of the pharmacy; the caller by default',
  },
  {
    path: 'as.site',
    kind: 'site',
    variable: 'EHEALTH_SITE',
    meaning: 'number of the campus of a hospital, 4 digits',
  },
  {
    path: 'as.quality',
    kind: 'text',
    variable: 'EHEALTH_QUALITY',
    meaning: 'quality in the eHealthBox of a care professional without NIHII number',
  },
  {
    path: 'validity',
    kind: 'duration',
    variable: 'EHEALTH_VALIDITY',
    meaning: 'lifetime to ask for a token; 24 h',
  },
  {
    path: 'timeout',
    kind: 'timeout',
    variable: 'EHEALTH_TIMEOUT',
    meaning: 'time for a whole call, repeated attempts included; 120 s',
  },
  {
    path: 'timeouts.*',
    kind: 'timeout',
    variable: 'EHEALTH_TIMEOUT_*',
    meaning: 'the same for one service; goes before `timeout`',
  },
  {
    path: 'http.connectTimeout',
    kind: 'timeout',
    variable: 'EHEALTH_HTTP_CONNECT_TIMEOUT',
    meaning: 'time until a connection stands; 30 s',
  },
  {
    path: 'http.idleTimeout',
    kind: 'timeout',
    variable: 'EHEALTH_HTTP_IDLE_TIMEOUT',
    meaning: 'time without an octet in either direction; 30 s',
  },
  {
    path: 'http.proxy.url',
    kind: 'proxy',
    variable: 'EHEALTH_HTTP_PROXY_URL',
    meaning: 'proxy on the way to the platform: `http://host:port`; with a password only as a variable',
  },
  {
    path: 'http.proxy.bypass',
    kind: 'text',
    variable: 'EHEALTH_HTTP_PROXY_BYPASS',
    meaning: 'hosts to reach without it, separated by commas',
  },
  {
    path: 'retry.attempts',
    kind: 'count',
    variable: 'EHEALTH_RETRY_ATTEMPTS',
    meaning: 'attempts of a call at most, where it may be repeated; 3',
  },
  {
    path: 'correctClock',
    kind: 'flag',
    variable: 'EHEALTH_CORRECT_CLOCK',
    meaning: "`true`: date messages by the platform's clock when this machine's is off",
  },
  {
    path: 'record',
    kind: 'directory',
    variable: 'EHEALTH_RECORD',
    meaning: 'directory that keeps every exchange, byte for byte; it will hold patient data',
  },
  {
    path: 'userAgent',
    kind: 'header',
    variable: 'EHEALTH_USER_AGENT',
    meaning: 'products that call, for instance `Sample/1.0`: before the library in the `User-Agent` header',
  },
  {
    path: 'from',
    kind: 'header',
    variable: 'EHEALTH_FROM',
    meaning: 'value of the `From` header: an e-mail address of whoever runs the software',
  },
  {
    path: 'mycarenet.username',
    kind: 'text',
    variable: 'EHEALTH_MYCARENET_USERNAME',
    meaning: 'user name of the licence that CIN/NIC gave to the software',
  },
  {
    path: 'mycarenet.password',
    kind: 'secret',
    variable: 'EHEALTH_MYCARENET_PASSWORD',
    meaning: 'its password; never in a file, there one of the next two',
  },
  {
    path: 'mycarenet.passwordEnv',
    kind: 'variable',
    variable: 'EHEALTH_MYCARENET_PASSWORD_ENV',
    meaning: 'name of the environment variable that holds it',
  },
  {
    path: 'mycarenet.passwordFile',
    kind: 'file',
    variable: 'EHEALTH_MYCARENET_PASSWORD_FILE',
    meaning: 'file that holds it; a line break at the end does not count',
  },
  {
    path: 'mycarenet.package',
    kind: 'text',
    variable: 'EHEALTH_MYCARENET_PACKAGE',
    meaning: 'name of the software, as MyCareNet is told it',
  },
  {
    path: 'mycarenet.site',
    kind: 'text',
    variable: 'EHEALTH_MYCARENET_SITE',
    meaning: 'site number, only where CIN/NIC gave one',
  },
]

/** The variable that names the configuration file itself. */
export const fileVariable = 'EHEALTH_CONFIG'

/** A keystore file and what opens it: at most one of the four ways to its password. */
export interface KeystoreSettings<Password = Secret> {
  file?: string
  password?: Password
  passwordEnv?: string
  passwordFile?: string
  emptyPassword?: boolean
  alias?: string
}

/** The settings, merged and checked: durations are milliseconds, file names are resolved, passwords are hidden. */
export interface Settings {
  environment?: 'acceptance' | 'integration' | 'production' | 'simulation' | 'custom'
  baseUrl?: string
  endpoints?: Partial<Record<ServiceName, string>>
  trust?: Partial<Record<TrustRole, string[]>>
  keystore?: KeystoreSettings
  identification?: KeystoreSettings
  as?: CallerInput
  validity?: number
  timeout?: number
  timeouts?: Partial<Record<ServiceName, number>>
  http?: { connectTimeout?: number; idleTimeout?: number; proxy?: { url?: string; bypass?: string } }
  retry?: { attempts?: number }
  correctClock?: boolean
  record?: string
  userAgent?: string
  from?: string
  mycarenet?: MyCareNetSettings
}

/** Licence and particulars of MyCareNet: at most one of the three ways to the password. */
export interface MyCareNetSettings<Password = Secret> {
  username?: string
  password?: Password
  passwordEnv?: string
  passwordFile?: string
  package?: string
  site?: string
}

/** Who calls: the name of a profession and the numbers that it takes. */
export interface CallerInput {
  profession?: string
  ssin?: string
  nihii?: string
  cbe?: string
  ehp?: string
  pharmacy?: string
  holder?: string
  site?: string
  quality?: string
}

/** What the certificates of `trust` are for. */
export type TrustRole = 'tls' | 'signers' | 'sts' | 'registrationAuthority' | 'timestampAuthority'

/** A duration: milliseconds, or a number with `ms`, `s`, `min`, `h` or `d`, for instance `90s`. */
export type Duration = number | string

/** Settings as a program or a configuration file writes them. */
export interface SettingsInput {
  environment?: string
  baseUrl?: string
  endpoints?: Partial<Record<ServiceName, string>>
  /** File names, one or several. */
  trust?: Partial<Record<TrustRole, string | readonly string[]>>
  keystore?: KeystoreSettings<PasswordInput>
  identification?: KeystoreSettings<PasswordInput>
  as?: CallerInput
  validity?: Duration
  timeout?: Duration
  timeouts?: Partial<Record<ServiceName, Duration>>
  http?: { connectTimeout?: Duration; idleTimeout?: Duration; proxy?: { url?: string; bypass?: string } }
  retry?: { attempts?: number | string }
  correctClock?: boolean
  record?: string
  userAgent?: string
  from?: string
  mycarenet?: MyCareNetSettings<PasswordInput>
}

/** `ehboxConsultation` → `EHBOX_CONSULTATION` */
export function constantCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])[A-Z]/g, '_$&').toUpperCase()
}

/** A row with a path and a variable of its own: rows with `*` stand for one of each service. */
export interface Setting extends SettingData {
  readonly service?: ServiceName
}

/** The table with the names of the services written out, by path. */
export const settingsByPath: ReadonlyMap<string, Setting> = new Map(
  settingsTable
    .flatMap((row): Setting[] =>
      row.path.includes('*')
        ? serviceNames.map((service) => ({
            ...row,
            service,
            path: row.path.replace('*', service),
            variable: row.variable.replace('*', constantCase(service)),
          }))
        : [row],
    )
    .map((row) => [row.path, row]),
)
