/** From checked settings to what `connect()` takes: files are read, passwords are fetched. */
import { stat } from 'node:fs/promises'

import type { ConnectOptions } from '../connect.js'
import type { EHealthError } from '../errors.js'
import { isEHealthError } from '../errors.js'
import { professionNames, type BusinessServiceName } from '../professions/index.js'
import { environmentOf, type Environment } from '../technical/environment/environment.js'
import { openKeystore, type Keystore } from '../technical/keystore/index.js'
import { parseTrust } from '../technical/session/trust.js'
import { callerOf, needsIdentity } from './caller.js'
import { configurationError, refuse, type Fault } from './faults.js'
import { fileFailure, readLimited } from './files.js'
import { readConfiguration, type Configuration, type ConfigurationSources } from './read.js'
import type { KeystoreSettings, Settings } from './settings.js'
import type { Variables } from './variables.js'

/** Where passwords come from beside the settings. */
export interface SecretSources {
  /** Environment variables that `passwordEnv` may name. */
  env?: Variables
  /** Asks a person when no password is configured. `path` is `keystore` or `identification`. */
  prompt?: (path: string) => Promise<string>
  /** Keys on a token: they take the place of a keystore, or identify their holder beside the one that is configured. */
  token?: Keystore
}

/** Sources of a complete configuration. */
export interface LoadOptions extends ConfigurationSources, Pick<SecretSources, 'prompt'> {}

const relativeNames = 'Names of files in a configuration file are relative to its directory.'

/** A keystore and what opens it, as `connect()` takes it. */
export interface LoadedKeystore {
  file: string
  password: string
  alias?: string
}

/**
 * Reads a configuration and everything that it names, ready for `connect()`.
 *
 * The sources are merged as `readConfiguration` does. Certificates are read and parsed, the keystore must be there; it
 * is opened at first need, or here when its owner's number is not configured. What is no setting (`cache`, `on`,
 * `transport`, `runtime`, another `as`) is added by the program.
 *
 * @throws EHealthError `configuration.invalid` with everything that is wrong in `details.faults`;
 * `configuration.malformed`; `keystore.*` and `certificate.*` when the keystore must be opened for the number of its owner
 *
 * @example
 * ```ts
 * import { connect } from 'ehealth-connectors'
 * import { loadConfiguration } from 'ehealth-connectors/configuration'
 *
 * const options = await loadConfiguration({ file: 'ehealth.json', env: process.env })
 * await using me = await connect({ ...options, on: (event) => console.log(event.type) })
 * ```
 */
export async function loadConfiguration(options: LoadOptions): Promise<ConnectOptions<BusinessServiceName>> {
  const { prompt, ...sources } = options
  return completeConfiguration(await readConfiguration(sources), defined({ env: sources.env, prompt }))
}

/** What `loadConfiguration` does after reading. */
export async function completeConfiguration(
  configuration: Configuration,
  secrets: SecretSources,
): Promise<ConnectOptions<BusinessServiceName>> {
  const { settings } = configuration
  const { token } = secrets
  refuse(missing(configuration, token))
  const environment = await loadEnvironment(configuration)
  const alone = settings.keystore?.file === undefined ? token : undefined
  const keystore = alone ?? (await loadKeystore(configuration, secrets))
  const { profession = '', ...numbers } = settings.as ?? {}
  const opened =
    alone === undefined && 'file' in keystore && needsIdentity(profession, numbers)
      ? await openKeystore(
          { file: keystore.file },
          { password: keystore.password, ...(keystore.alias === undefined ? {} : { alias: keystore.alias }) },
        )
      : alone
  const { validity, timeout, timeouts, retry, correctClock, record, userAgent, from } = settings
  return {
    environment,
    keystore: opened ?? keystore,
    as: callerOf(profession, numbers, opened?.identity),
    ...(token !== undefined && alone === undefined ? { identification: token.authentication } : {}),
    ...(settings.identification === undefined
      ? {}
      : { identification: await loadKeystore(configuration, secrets, 'identification') }),
    ...defined({
      validity,
      timeout,
      timeouts,
      http: httpOf(settings),
      retry,
      correctClock,
      record,
      userAgent,
      from,
      nationalRegister: nationalRegisterOf(settings),
      mycarenet: await loadMyCareNet(configuration, secrets),
    }),
  }
}

/** What the national register is told in the environment of the settings. */
export function nationalRegisterOf({
  nationalRegister,
  environment,
}: Settings): ConnectOptions<BusinessServiceName>['nationalRegister'] {
  if (nationalRegister === undefined) return undefined
  const { applicationId, applicationIds = {}, legalContext } = nationalRegister
  const own = new Map(Object.entries(applicationIds)).get(environment ?? '') ?? applicationId
  return {
    ...(own === undefined ? {} : { applicationId: own }),
    ...(legalContext === undefined ? {} : { legalContext }),
  }
}

/** Settings of the transport, as `connect()` takes them. */
export function httpOf({ http }: Settings): ConnectOptions<BusinessServiceName>['http'] {
  if (http === undefined) return undefined
  const { proxy, ...times } = http
  const { url, bypass } = proxy ?? {}
  return {
    ...times,
    ...(url === undefined ? {} : { proxy: { url, ...(bypass === undefined ? {} : { bypass }) } }),
  }
}

function missing({ settings }: Configuration, token: Keystore | undefined): Fault[] {
  const faults: Fault[] = []
  if (settings.environment === undefined)
    faults.push({
      path: 'environment',
      problem: 'missing',
      hint: 'Say where to call and who calls: in a file (`--config`, `file`), in variables (EHEALTH_ENVIRONMENT, …) or by options; on the command line `--simulator DIR --persona NAME` stands for all of it.',
    })
  if (settings.keystore?.file === undefined && token === undefined)
    faults.push({ path: 'keystore.file', problem: 'missing' })
  if (settings.identification !== undefined && token !== undefined)
    faults.push({ path: 'identification', problem: 'the token identifies already' })
  if (settings.identification !== undefined && settings.identification.file === undefined)
    faults.push({ path: 'identification.file', problem: 'missing' })
  if (settings.http?.proxy !== undefined && settings.http.proxy.url === undefined)
    faults.push({ path: 'http.proxy.url', problem: 'missing' })
  if (settings.as?.profession === undefined)
    faults.push({
      path: 'as.profession',
      problem: 'missing',
      hint: `One of ${professionNames.join(', ')}.`,
    })
  return faults
}

/**
 * The environment of the settings, its certificates read and parsed.
 *
 * @throws EHealthError `configuration.invalid` with the path of each file that is not there or holds no certificate
 */
export async function loadEnvironment(configuration: Configuration): Promise<Environment> {
  const { environment, baseUrl, endpoints, trust = {} } = configuration.settings
  if (environment === undefined) throw configurationError([{ path: 'environment', problem: 'missing' }])
  const faults: Fault[] = []
  const material: Record<string, Uint8Array[]> = {}
  for (const [role, files] of Object.entries(trust)) {
    const source = configuration.origins[`trust.${role}`]
    material[role] = []
    for (const [index, file] of files.entries()) {
      const path = `trust.${role}[${index}]`
      try {
        const bytes = await readLimited(file, 16 * 1024 * 1024)
        // each role by itself: the path of what is wrong is then that of the file
        parseTrust({ signers: [bytes] })
        material[role].push(bytes)
      } catch (error) {
        const wrong = isEHealthError(error)
          ? {
              problem: 'no certificate in PEM or DER',
              hint: 'Java keystores must be exported: see docs/configuration.md.',
            }
          : { problem: fileFailure(error), hint: relativeNames }
        faults.push({ path, ...wrong, ...(source === undefined ? {} : { source }) })
      }
    }
  }
  refuse(faults)
  const own = environment === 'simulation' || environment === 'custom'
  const base: Environment = own
    ? { name: environment, baseUrl: baseUrl ?? '', trust: {} }
    : { ...environmentOf(environment), ...(baseUrl === undefined ? {} : { baseUrl }) }
  return environmentOf(base, material, endpoints)
}

/**
 * A keystore of the settings with its password.
 *
 * @throws EHealthError `configuration.invalid` when the file is not there or nothing tells the password
 */
export async function loadKeystore(
  { settings, origins }: Configuration,
  secrets: SecretSources,
  path: 'keystore' | 'identification' = 'keystore',
): Promise<LoadedKeystore> {
  const { file, alias, ...ways } = settings[path] ?? {}
  const fault = (name: string, problem: string, hint?: string): EHealthError => {
    const source = origins[`${path}.${name}`]
    return configurationError([
      {
        path: `${path}.${name}`,
        problem,
        ...(source === undefined ? {} : { source }),
        ...(hint === undefined ? {} : { hint }),
      },
    ])
  }
  if (file === undefined) throw fault('file', 'missing')
  try {
    if (!(await stat(file)).isFile()) throw fault('file', 'it is no file')
  } catch (error) {
    if (isEHealthError(error)) throw error
    throw fault('file', fileFailure(error), relativeNames)
  }
  return { file, password: await passwordOf(ways, { path, secrets, fault }), ...defined({ alias }) }
}

/**
 * Licence and particulars of MyCareNet, where they are configured.
 *
 * @throws EHealthError `configuration.invalid` when nothing tells the user name or the password
 */
async function loadMyCareNet(
  { settings, origins }: Configuration,
  secrets: SecretSources,
): Promise<ConnectOptions<BusinessServiceName>['mycarenet']> {
  const { username, package: name, site, ...ways } = settings.mycarenet ?? {}
  // the name of the software alone asks for nothing
  if (username === undefined && Object.keys(ways).length === 0) return undefined
  const fault = (option: string, problem: string, hint?: string): EHealthError => {
    const source = origins[`mycarenet.${option}`]
    return configurationError([
      {
        path: `mycarenet.${option}`,
        problem,
        ...(source === undefined ? {} : { source }),
        ...(hint === undefined
          ? {}
          : { hint: hint.replace('EHEALTH_KEYSTORE_PASSWORD', 'EHEALTH_MYCARENET_PASSWORD') }),
      },
    ])
  }
  if (username === undefined) throw fault('username', 'missing')
  // a person is asked for the password of a keystore, not for that of the software
  const { prompt: _, ...sources } = secrets
  const password = await passwordOf(ways, { path: 'mycarenet', secrets: sources, fault })
  return { licence: { username, password }, ...defined({ package: name, site }) }
}

async function passwordOf(
  ways: Omit<KeystoreSettings, 'file' | 'alias'>,
  {
    path,
    secrets,
    fault,
  }: {
    path: string
    secrets: SecretSources
    fault: (name: string, problem: string, hint?: string) => EHealthError
  },
): Promise<string> {
  const { password, passwordEnv, passwordFile, emptyPassword } = ways
  if (password !== undefined) {
    const revealed = await password.reveal()
    if (typeof revealed !== 'string') throw fault('password', 'expected text')
    return revealed
  }
  if (passwordEnv !== undefined) {
    const value = secrets.env?.[passwordEnv]
    if (value === undefined) throw fault('passwordEnv', 'the environment variable that it names is not set')
    return value
  }
  if (passwordFile !== undefined)
    try {
      return (await readLimited(passwordFile, 64 * 1024)).toString('utf8').replace(/\r?\n$/, '')
    } catch (error) {
      throw fault('passwordFile', fileFailure(error), relativeNames)
    }
  if (emptyPassword === true) return ''
  if (secrets.prompt !== undefined) return secrets.prompt(path)
  throw fault(
    'password',
    'nothing tells it',
    'Give passwordEnv, passwordFile or emptyPassword, or the variable EHEALTH_KEYSTORE_PASSWORD.',
  )
}

/** Without the fields that are not there. */
function defined<T extends object>(fields: T): { [Name in keyof T]: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]: Exclude<T[Name], undefined>
  }
}
