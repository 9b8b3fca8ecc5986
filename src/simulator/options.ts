/** Options of the simulator and what is checked of them. */
import { EHealthError } from '../errors.js'
import type { Runtime } from '../technical/environment/runtime.js'
import { isServiceName } from '../technical/environment/services.js'
import { Certificate } from '../technical/pki/certificate.js'
import type { FaultToWrite } from '../technical/soap/writeFault.js'
import type { AnyPersonaName } from './actors.js'
import { assertRegistered } from './enrolment.js'
import type { Exchange, RefusedCall } from './exchange.js'
import type { FaultPlan } from './faults.js'
import { peopleOptionNames, type PeopleOptions } from './register/settings.js'
import type { SimulatedService } from './service.js'
import { mailboxOptionNames, type MailboxOptions } from './services/ehbox/settings.js'
import { timestampOptionNames, type TimestampServiceOptions } from './services/timestamp/options.js'
import { insurersMailboxOptionNames, type InsurersMailboxOptions } from './services/genericAsync/settings.js'
import { mycarenetSimulationNames, type MyCareNetSimulation } from './services/memberData/index.js'
import type { DepotToken, RegisteredActor, RegisteredPatient } from './world.js'

/** Options of {@link startSimulator}; everything has a default. */
export interface SimulatorOptions {
  /** TCP port; 0, the default, takes any free one. */
  port?: number
  /** Address to listen on; `127.0.0.1`. Only loopback makes sense: everybody who reaches it may use it. */
  host?: '127.0.0.1' | 'localhost'
  /** Plain HTTP instead of HTTPS, for peers that cannot be given a trust anchor. Default false. */
  http?: boolean
  /**
   * Directory that keeps authorities, keystores and state: a simulator started there again is the same platform.
   * Writes `personas/<name>.p12` and `personas.json`. Without it everything is in memory.
   */
  dir?: string
  /** Directory that gets the exact octets of every exchange. */
  record?: string
  /** Source of time; the machine's clock by default. See {@link Simulator.clock} to hold or move it. */
  clock?: { now(): Date }
  /** Randomness, to hold it still. */
  runtime?: Partial<Pick<Runtime, 'uuid' | 'randomBytes'>>
  /** Certificates to believe besides the simulator's own, in PEM or DER: for requests of other peers. */
  trust?: {
    /** Anchors and issuing authorities of certificates that sign messages. */
    signers?: readonly (string | Uint8Array)[]
    /** Signers of assertions, pinned. */
    sts?: readonly (string | Uint8Array)[]
  }
  /** Who else shall have keys from the start; see {@link Simulator.persona}. */
  personas?: readonly AnyPersonaName[]
  /** Told each time that one of `personas` has keys: how many have by now, and how many there will be. */
  onKeys?: (made: number, total: number) => void
  /**
   * More people, organisations, tokens and patients than those that every simulator has. An entry of the same name
   * replaces the one there is.
   */
  register?: {
    actors?: readonly RegisteredActor[]
    tokens?: readonly DepotToken[]
    patients?: readonly RegisteredPatient[]
  }
  /** How many people the national register has, and what callers may know of them. */
  people?: PeopleOptions
  /**
   * Keystore of the KGSS, for requests that were sealed to another one than the simulator's own. Its token goes into
   * `register.tokens`.
   */
  kgss?: { keystore: Uint8Array; password: string }
  /** Sizes, delays, rights and open codes of the mailboxes. */
  mailboxes?: MailboxOptions
  /** Hospitals and form of the time stamps. */
  timestamps?: TimestampServiceOptions
  /**
   * Services by contracts of your own, made with {@link serveContract}: they are served with everything that the
   * simulator's own have. One that the simulator has already is replaced.
   */
  services?: readonly SimulatedService[]
  /** How long answers take in the mailboxes of the insurers, and how often these may be asked. */
  insurersMailboxes?: InsurersMailboxOptions
  /** Strictness, rights and keys of the brokers of MyCareNet. */
  mycarenet?: MyCareNetSimulation
  /** Scripted trouble from the start. See {@link Simulator.faults} for later. */
  faults?: readonly FaultPlan[]
  /** Refuse a missing, unquoted or wrong SOAPAction with SOA-03004, as some services of the platform do. */
  strictAction?: boolean
  /** Value of `Environment` in faults; `Acceptation`. */
  faultEnvironment?: FaultToWrite['environment']
  /** Longest life of a token in milliseconds; 24 hours. */
  maxTokenLifetime?: number
  /** Largest request in octets; 32 MiB. */
  maxRequestBytes?: number
  /** Told why a call was refused; the fault itself says no more than the platform would. */
  onRefusal?: (refused: RefusedCall) => void
  /** Told about every exchange before its answer leaves: octets, checks, caller. */
  onExchange?: (exchange: Exchange) => void
}

const known: Record<keyof SimulatorOptions, true> = {
  port: true,
  host: true,
  http: true,
  dir: true,
  record: true,
  clock: true,
  runtime: true,
  trust: true,
  personas: true,
  onKeys: true,
  register: true,
  people: true,
  kgss: true,
  mailboxes: true,
  timestamps: true,
  services: true,
  insurersMailboxes: true,
  mycarenet: true,
  faults: true,
  strictAction: true,
  faultEnvironment: true,
  maxTokenLifetime: true,
  maxRequestBytes: true,
  onRefusal: true,
  onExchange: true,
}

/** @throws EHealthError `configuration.invalid` naming the option */
export function assertOptions(options: SimulatorOptions): void {
  const refuse = (path: string, problem: string): never => {
    throw new EHealthError('configuration.invalid', `${path}: ${problem}`, { path })
  }
  for (const name of Object.keys(options)) if (!Object.hasOwn(known, name)) refuse(name, 'unknown option')
  for (const [index, name] of (options.personas ?? []).entries()) assertRegistered(name, `personas[${index}]`)
  for (const name of Object.keys(options.mailboxes ?? {}))
    if (!mailboxOptionNames.some((known) => known === name)) refuse(`mailboxes.${name}`, 'unknown option')
  for (const name of Object.keys(options.timestamps ?? {}))
    if (!timestampOptionNames.some((known) => known === name)) refuse(`timestamps.${name}`, 'unknown option')
  for (const name of Object.keys(options.people ?? {}))
    if (!peopleOptionNames.some((known) => known === name)) refuse(`people.${name}`, 'unknown option')
  const { count = 1 } = options.people ?? {}
  if (!Number.isInteger(count) || count < 0 || count > 50_000)
    refuse('people.count', 'not a whole number of 0 to 50000')
  const named = (options.services ?? []).map(({ service }) => service)
  for (const [index, name] of named.entries()) {
    if (!isServiceName(String(name))) refuse(`services[${index}]`, 'the service map does not know it')
    if (named.indexOf(name) !== index) refuse(`services[${index}]`, 'another one has the same name')
  }
  for (const [name, value] of Object.entries(options.insurersMailboxes ?? {}))
    if (!insurersMailboxOptionNames.some((known) => known === name))
      refuse(`insurersMailboxes.${name}`, 'unknown option')
    else if (!(typeof value === 'number' && value >= 0))
      refuse(`insurersMailboxes.${name}`, 'not a number of milliseconds')
  for (const name of Object.keys(options.mycarenet ?? {}))
    if (!mycarenetSimulationNames.some((known) => known === name))
      refuse(`mycarenet.${name}`, 'unknown option')
  const { port = 0, host = '127.0.0.1', maxTokenLifetime = 1, maxRequestBytes = 1 } = options
  if (!Number.isInteger(port) || port < 0 || port > 65_535) refuse('port', 'not a TCP port')
  if (host !== '127.0.0.1' && host !== 'localhost') refuse('host', 'not a loopback address')
  if (!(maxTokenLifetime > 0)) refuse('maxTokenLifetime', 'not a positive number')
  if (!(maxRequestBytes > 0)) refuse('maxRequestBytes', 'not a positive number')
}

/** @throws EHealthError `certificate.malformed` */
export const certificatesOf = (items: readonly (string | Uint8Array)[] = []): Certificate[] =>
  items.flatMap((item) => {
    const certificates = Certificate.allFrom(item)
    if (certificates.length === 0)
      throw new EHealthError('certificate.malformed', 'no certificate among the trust material')
    return certificates
  })
