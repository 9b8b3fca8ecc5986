/** Options of the commands that talk to a platform, and the connection that they name. */
import { Option, type Command } from 'commander'

import { connect, type Connection } from '../connect.js'
import { hospital, nurse, physician, type Profession } from '../professions/index.js'
import {
  environmentOf,
  type Environment,
  type EnvironmentName,
} from '../technical/environment/environment.js'
import { openKeystore, type Keystore } from '../technical/keystore/index.js'
import { readNamed, readPassword, type PasswordOptions } from './input.js'
import { listOption, type TakenLists } from './lists.js'
import { UsageError } from './output.js'
import { readPersona } from './personas.js'
import { version } from './version.js'
import { reportRecording, showWire } from './wire.js'

const professions = ['physician', 'nurse', 'hospital'] as const

type ProfessionName = (typeof professions)[number]

/** What {@link addConnectionOptions} adds; {@link addPlatformOptions} adds part of it. */
export interface ConnectionOptions extends PasswordOptions {
  environment?: EnvironmentName
  keystore?: string
  as?: ProfessionName
  ssin?: string
  nihii?: string
  trustSts?: string[]
  trustSigners?: string[]
  trustTls?: string[]
  simulator?: string
  persona?: string
  record?: string
  debug?: boolean
  json?: boolean
}

/** Adds the options that say where the platform is and with which keystore to go there. */
export function addPlatformOptions(command: Command, taken: TakenLists = []): Command {
  return command
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
    .option('--persona <name>', 'who calls, of that simulator: physician, nurse or hospital')
    .option('--json', 'print JSON')
}

/** Adds those options, who calls, and what is kept of it. */
export function addConnectionOptions(command: Command, taken: TakenLists = []): Command {
  return addPlatformOptions(command, taken)
    .addOption(new Option('--as <profession>', 'who calls').choices(professions))
    .option('--ssin <number>', 'SSIN of the caller; the one in the keystore by default')
    .option(
      '--nihii <number>',
      'NIHII number of the caller; for a hospital the one in the keystore by default',
    )
    .option('--record <dir>', 'keep every exchange, byte for byte; the files hold patient data')
    .option('--debug', 'show what happens on the wire, on stderr: never content or secrets')
}

/** The environment that the options name, with trust. */
export async function readEnvironment(options: ConnectionOptions): Promise<Environment> {
  if (options.simulator !== undefined)
    return (await readPersona(options.simulator, personaOf(options))).environment
  if (options.environment === undefined) throw new UsageError('give --environment or --simulator')
  const read = (files: string[] | undefined): Promise<Uint8Array[]> =>
    Promise.all((files ?? []).map(readNamed))
  return environmentOf(options.environment, {
    sts: await read(options.trustSts),
    signers: await read(options.trustSigners),
    ...(options.trustTls === undefined ? {} : { tls: await read(options.trustTls) }),
  })
}

/** The keystore that the options name, open. */
export async function readKeystore(
  options: ConnectionOptions & { allowExpired?: boolean },
): Promise<Keystore> {
  const { allowExpired = false } = options
  if (options.simulator !== undefined) {
    const { keystore, password } = await readPersona(options.simulator, personaOf(options))
    return openKeystore({ bytes: keystore }, { password, allowExpired })
  }
  if (options.keystore === undefined) throw new UsageError('give --keystore or --simulator')
  const bytes = await readNamed(options.keystore)
  return openKeystore({ bytes }, { password: await readPassword(options), allowExpired })
}

/** Connects as the options say. Whoever asked closes it. */
export async function openConnection(options: ConnectionOptions): Promise<Connection> {
  refuseContradictions(options)
  const environment = await readEnvironment(options)
  const keystore = await readKeystore(options)
  return connect({
    environment,
    keystore,
    as: await callerOf(options, keystore),
    userAgent: `ehealth-connectors/${version()}`,
    ...(options.record === undefined ? {} : { record: options.record }),
    on: (event) => {
      if (options.debug === true) showWire(event)
      reportRecording(event)
    },
  })
}

/** What would be ignored is refused: whoever wrote it meant it. */
export function refuseContradictions(options: ConnectionOptions): void {
  if (options.simulator === undefined) {
    if (options.persona !== undefined) throw new UsageError('--persona goes with --simulator')
    return
  }
  const names = [
    'environment',
    'keystore',
    'as',
    'ssin',
    'nihii',
    'trustSts',
    'trustSigners',
    'trustTls',
    'passwordEnv',
    'passwordFile',
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

async function callerOf(options: ConnectionOptions, { identity }: Keystore): Promise<Profession> {
  if (options.simulator !== undefined) {
    const { profession, ssin, nihii } = await readPersona(options.simulator, personaOf(options))
    return professionOf(profession, { ssin, nihii })
  }
  if (options.as === undefined) throw new UsageError(`give --as ${professions.join('|')}`)
  if (options.ssin === undefined && options.as !== 'hospital' && identity.type !== 'SSIN')
    throw new UsageError(
      `the keystore is that of a ${identity.type}, not of a ${options.as}: give another one, or --ssin`,
    )
  return professionOf(options.as, {
    ssin: options.ssin ?? (identity.type === 'SSIN' ? identity.value : undefined),
    nihii: options.nihii ?? (identity.type === 'NIHII-HOSPITAL' ? identity.value : undefined),
  })
}

function professionOf(
  name: string,
  numbers: { ssin: string | undefined; nihii: string | undefined },
): Profession {
  const needed = (option: 'ssin' | 'nihii'): string => {
    const value = numbers[option]
    if (value === undefined) throw new UsageError(`give --${option}`)
    return value
  }
  switch (name) {
    case 'physician':
      return physician({ ssin: needed('ssin'), nihii: needed('nihii') })
    case 'nurse':
      return nurse({ ssin: needed('ssin'), ...(numbers.nihii === undefined ? {} : { nihii: numbers.nihii }) })
    case 'hospital':
      return hospital({ nihii: needed('nihii') })
    default:
      throw new UsageError(`the profession ${name} is none of ${professions.join(', ')}`)
  }
}
