/** Options of the commands that talk to a platform, and the connection that they name. */
import { InvalidArgumentError, Option, type Command } from 'commander'

import { callerOf, type CallerSettings } from '../configuration/caller.js'
import {
  completeConfiguration,
  loadEnvironment,
  loadKeystore,
  type SecretSources,
} from '../configuration/load.js'
import type { NationalRegisterSettings } from '../configuration/settings.js'
import { readConfiguration, type Configuration } from '../configuration/read.js'
import { connect, type Connection, type ConnectOptions } from '../connect.js'
import { professionNames, type BusinessServiceName } from '../professions/index.js'
import type { Environment, EnvironmentName } from '../technical/environment/environment.js'
import { nearest } from '../technical/environment/nearest.js'
import { openKeystore, type Keystore } from '../technical/keystore/index.js'
import type { Pkcs11Keystore } from '../technical/keystore/pkcs11/index.js'
import { promptPassword, type PasswordOptions } from './input.js'
import { t } from './language/index.js'
import { listOption, type TakenLists } from './lists.js'
import { UsageError } from './output.js'
import { readPersona } from './personas.js'
import { addTokenOptions, openToken, refuseTokenOptions, type TokenOptions } from './pkcs11.js'
import { readChecker, type RevocationOptions } from './revocation.js'
import { version } from './version.js'
import { reportRecording, showWire } from './wire.js'

/** What {@link addConnectionOptions} adds; {@link addPlatformOptions} adds part of it. */
export interface ConnectionOptions extends PasswordOptions, RevocationOptions, CallerSettings, TokenOptions {
  environment?: EnvironmentName
  keystore?: string
  /** Name of a profession. */
  as?: string
  trustSts?: string[]
  trustSigners?: string[]
  trustTls?: string[]
  config?: string
  simulator?: string
  persona?: string
  record?: string
  debug?: boolean
  json?: boolean
  applicationId?: string
  legalContext?: string
}

/** Adds the options that say where the platform is and with which keystore to go there. */
export function addPlatformOptions(command: Command, taken: TakenLists = []): Command {
  return underHeading(command, () => addPlatform(command, taken)).option('--json', 'print JSON')
}

/** What a command takes to reach the platform stands apart in its help from what it is about. */
function underHeading(command: Command, add: () => void): Command {
  const own = command.options.length
  add()
  for (const option of command.options.slice(own)) option.helpGroup(t`Connection options:`)
  return command
}

function addPlatform(command: Command, taken: TakenLists): void {
  addTokenOptions(command)
    .option('--config <file>', 'configuration file (.json, .js); what is given here goes before it')
    .addOption(
      new Option('--environment <name>', 'where the platform is').choices([
        'acceptance',
        'integration',
        'production',
      ]),
    )
    .option('--keystore <file>', 'keystore of the caller (.p12)')
    .option('--password-env <variable>', 'environment variable that holds its password')
    .option('--password-file <file>', 'file that holds its password')
    .addOption(listOption('--trust-sts <file...>', 'certificates with which the STS signs', taken))
    .addOption(listOption('--trust-signers <file...>', 'roots of eHealth and eID certificates', taken))
    .addOption(listOption('--trust-tls <file...>', 'roots of the servers; the public ones by default', taken))
    .option('--simulator <dir>', 'directory of a running ehealth simulator, instead of all of the above')
    .option(
      '--persona <name>',
      'who calls, of that simulator: physician, nurse, hospital, or another one that it was started with',
    )
}

/** Adds those options, who calls, and what is kept of it. */
export function addConnectionOptions(command: Command, taken: TakenLists = []): Command {
  addPlatformOptions(command, taken)
  return underHeading(command, () => addCaller(command))
}

function addCaller(command: Command): void {
  command
    .addOption(
      new Option(
        '--as <profession>',
        'who calls: physician, nurse, hospital, … (docs/professions.md)',
      ).argParser(readProfession),
    )
    .option('--ssin <number>', 'SSIN of the caller; the one in the keystore by default')
    .option(
      '--nihii <number>',
      'NIHII number of the caller; for an organisation the one in the keystore by default',
    )
    .option('--cbe <number>', 'CBE number of the caller; the one in the keystore by default')
    .option('--ehp <number>', 'EHP number of the caller; the one in the keystore by default')
    .option('--pharmacy <number>', 'NIHII number of the pharmacy of a pharmacist')
    .option('--holder <number>', 'SSIN of the holder of the pharmacy; the caller by default')
    .option('--site <number>', 'number of the campus of a hospital')
    .option('--quality <quality>', 'quality of a care professional without NIHII number')
    .option('--record <dir>', 'keep every exchange, byte for byte; the files hold patient data')
    .option('--debug', 'show what happens on the wire, on stderr: never content or secrets')
}

/** Adds what the national register is told beside who calls. */
export function addRegisterOptions(command: Command): Command {
  return command.option(
    '--application-id <id>',
    'Application ID that was issued for this environment; 0 for physicians by default',
  )
}

function readProfession(name: string): string {
  if (professionNames.some((known) => known === name)) return name
  const similar = nearest(name, professionNames)
  throw new InvalidArgumentError(
    similar === undefined
      ? t`Allowed choices are ${professionNames.join(', ')}.`
      : t`Did you mean ${similar}? The professions stand in docs/professions.md.`,
  )
}

/** Options of a command that say who calls, by the names of the settings. */
const callerOptions = [
  'ssin',
  'nihii',
  'cbe',
  'ehp',
  'pharmacy',
  'holder',
  'site',
  'quality',
] as const satisfies readonly (keyof CallerSettings)[]

/** The environment that the options name, with trust. */
export async function readEnvironment(options: ConnectionOptions): Promise<Environment> {
  if (options.simulator !== undefined)
    return (await readPersona(options.simulator, personaOf(options))).environment
  const configuration = await configurationOf(options)
  if (configuration.settings.environment === undefined)
    throw new UsageError('give --environment, --config or --simulator')
  return loadEnvironment(configuration)
}

/** The keystore file that the options name, open. */
export async function readKeystore(
  options: ConnectionOptions & { allowExpired?: boolean },
): Promise<Keystore> {
  const { allowExpired = false } = options
  if (options.simulator !== undefined) {
    const { keystore, password } = await readPersona(options.simulator, personaOf(options))
    return openKeystore({ bytes: keystore }, { password, allowExpired })
  }
  const configuration = await configurationOf(options)
  if (configuration.settings.keystore?.file === undefined)
    throw new UsageError('give --keystore, --config or --simulator')
  const { file, ...opening } = await loadKeystore(configuration, secrets())
  return openKeystore({ file }, { ...opening, allowExpired })
}

/** Connects as the options say. Whoever asked closes it; a token that is open already stays open. */
export async function openConnection(
  options: ConnectionOptions,
  opened?: Pkcs11Keystore,
): Promise<Connection> {
  refuseContradictions(options)
  const revocation = await readChecker(options)
  const own = opened === undefined ? await openToken(options) : undefined
  const token = opened ?? own
  try {
    const me = await connect({
      userAgent: `eHealthCommand/${version()}`,
      ...(revocation === undefined ? {} : { revocation }),
      ...(await connectOptionsOf(options, token)),
      on: (event) => {
        if (options.debug === true) showWire(event)
        reportRecording(event)
      },
    })
    me.session.ended.addEventListener('abort', () => void own?.close(), { once: true })
    return me
  } catch (error) {
    await own?.close()
    throw error
  }
}

async function connectOptionsOf(
  options: ConnectionOptions,
  token: Keystore | undefined,
): Promise<ConnectOptions<BusinessServiceName>> {
  const { simulator, record } = options
  if (simulator === undefined)
    return completeConfiguration(await configurationOf(options), {
      ...secrets(),
      ...(token === undefined ? {} : { token }),
    })
  const persona = await readPersona(simulator, personaOf(options))
  const { environment, keystore, password, identification, profession, numbers } = persona
  return {
    environment,
    keystore: { bytes: keystore, password },
    ...(identification === undefined ? {} : { identification }),
    as: callerOf(profession, numbers),
    // the simulator takes any licence
    mycarenet: { licence: { username: 'simulator', password: 'simulator' } },
    ...(record === undefined ? {} : { record }),
    ...(options.applicationId === undefined && options.legalContext === undefined
      ? {}
      : { nationalRegister: registerSettings(options) }),
  }
}

const registerSettings = ({ applicationId, legalContext }: ConnectionOptions): NationalRegisterSettings => ({
  ...(applicationId === undefined ? {} : { applicationId }),
  ...(legalContext === undefined ? {} : { legalContext }),
})

/** The settings of the options, of the variables `EHEALTH_…` and of the configuration file, in this order. */
export function configurationOf(options: ConnectionOptions): Promise<Configuration> {
  const { environment, trustSts, trustSigners, trustTls, config, record } = options
  return readConfiguration({
    ...(config === undefined ? {} : { file: config }),
    env: process.env,
    options: {
      environment,
      trust: { sts: trustSts, signers: trustSigners, tls: trustTls },
      keystore: {
        file: options.keystore,
        passwordEnv: options.passwordEnv,
        passwordFile: options.passwordFile,
      },
      as: {
        profession: options.as,
        ...Object.fromEntries(callerOptions.map((name) => [name, options[name]])),
      },
      record,
      nationalRegister: registerSettings(options),
    },
    nameOption: (path) => flags[path] ?? path,
  })
}

/** The options by the settings that they are. */
const flags: Readonly<Record<string, string>> = {
  environment: '--environment',
  'trust.sts': '--trust-sts',
  'trust.signers': '--trust-signers',
  'trust.tls': '--trust-tls',
  'keystore.file': '--keystore',
  'keystore.passwordEnv': '--password-env',
  'keystore.passwordFile': '--password-file',
  'as.profession': '--as',
  ...Object.fromEntries(callerOptions.map((name) => [`as.${name}`, `--${name}`])),
  record: '--record',
  'nationalRegister.applicationId': '--application-id',
  'nationalRegister.legalContext': '--legal-context',
}

/** Passwords come from variables, or from a person where one sits there. */
function secrets(): SecretSources {
  return {
    env: process.env,
    ...(process.stdin.isTTY
      ? { prompt: (path: string) => promptPassword(t`Password of the ${path}: `) }
      : {}),
  }
}

/** What would be ignored is refused: whoever wrote it meant it. */
export function refuseContradictions(options: ConnectionOptions): void {
  refuseTokenOptions(options)
  if (options.simulator === undefined) {
    if (options.persona !== undefined) throw new UsageError('--persona goes with --simulator')
    return
  }
  const names = [
    'config',
    'environment',
    'keystore',
    'as',
    ...callerOptions,
    'trustSts',
    'trustSigners',
    'trustTls',
    'passwordEnv',
    'passwordFile',
    'pkcs11',
  ] as const
  if (names.some((name) => options[name] !== undefined))
    throw new UsageError(
      '--simulator brings environment, keystore, identity and trust: give nothing beside it',
    )
}

function personaOf({ persona }: ConnectionOptions): string {
  if (persona === undefined) throw new UsageError('give --persona with --simulator')
  return persona
}
