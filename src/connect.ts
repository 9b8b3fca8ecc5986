/** The face of the library: who calls, where, with which keys. */
import { inspect } from 'node:util'

import { createAccess } from './business/access/index.js'
import { createAddressBook } from './business/addressBook/index.js'
import { createConsents } from './business/consent/index.js'
import { createEh2ebox } from './business/eh2ebox/index.js'
import { createEhbox } from './business/ehbox/index.js'
import { createExclusions } from './business/exclusions/index.js'
import { checkNationalRegisterOptions, type NationalRegisterOptions } from './business/registers/index.js'
import { createRnConsult } from './business/rnConsult/index.js'
import { createSsinHistory } from './business/ssinHistory/index.js'
import { createIdSupport } from './business/idSupport/index.js'
import { createGenericAsync } from './business/genericAsync/index.js'
import { createMemberDataAsync } from './business/memberData/batch/index.js'
import { createMemberData } from './business/memberData/index.js'
import { checkMyCareNetOptions, type MyCareNetOptions } from './business/mycarenet/index.js'
import { createRegistration } from './business/registration/index.js'
import { createTherapeuticLinks } from './business/therlink/index.js'
import { notAProfession, refusalOf } from './professions/refusal.js'
import type { BusinessServiceName, BusinessServices } from './professions/services.js'
import type { Profession } from './professions/types.js'
import type { Cache } from './technical/environment/cache.js'
import {
  environmentOf,
  type Environment,
  type EnvironmentName,
  type TrustMaterial,
} from './technical/environment/environment.js'
import type { Runtime } from './technical/environment/runtime.js'
import { applyOwnTokenPolicy, assertOwnTokenPolicy, type OwnTokenPolicy } from './technical/etk/ownToken.js'
import type { RevocationChecker, RevocationPolicy } from './technical/pki/index.js'
import {
  createSession,
  type CredentialOptions,
  type GivenToken,
  type RenewalMode,
  type Session,
  type SessionListener,
  type SessionOptions,
  type TokenStore,
} from './technical/session/index.js'
import { invalidOption, refuseUnknownOptions } from './technical/session/options.js'
import type { Tracing } from './technical/observability/tracing.js'
import { createRecorder } from './technical/soap/recording.js'
import type { TransportOptions } from './technical/soap/transport.js'
import type { EndpointRoutes, RetryOptions, Transport } from './technical/soap/types.js'
import { technicalConnector, type TechnicalConnector } from './technicalConnector.js'

/** Options of {@link connect}. Everything but `environment`, `as` and where the keys come from has a default. */
export interface ConnectOptions<Services extends BusinessServiceName> extends CredentialOptions {
  /** Where the platform is: a name, or an environment of one's own such as the simulator's. */
  environment: EnvironmentName | Environment
  /** Endpoints that differ from the platform's, by the name of the service; https only. */
  endpoints?: Environment['endpoints']
  /** Certificates to trust. The library ships none: the platform publishes them and replaces them. */
  trust?: TrustMaterial
  /** Who calls, for instance `physician({ ssin, nihii })`. */
  as: Profession<Services>
  /** Lifetime to ask for a token, in milliseconds; 24 hours. */
  validity?: number
  /** A token to begin with: an assertion, or what `session.exportToken` made of one; see docs/sessions.md. */
  token?: GivenToken
  /** Keeps tokens beyond the process, encrypted, and shares them with others: `tokenStore({ cache, key })`. */
  tokenStore?: TokenStore
  /** When the token is renewed: `on-demand`, the default, `background` or `never`. */
  renew?: RenewalMode
  /** Milliseconds by which the clocks here and at the platform may differ; five minutes. */
  clockSkew?: number
  /**
   * Whether the published encryption token of the user must be one that his keys open: `require` refuses to connect
   * otherwise, `warn` tells by an event, `off` is the default.
   */
  checkOwnToken?: OwnTokenPolicy
  /** How the security token service is asked: over WS-Trust, or `{ profile: 'saml-1.1' }`. See docs/sts.md. */
  sts?: SessionOptions['sts']
  /** What may be shared between connections, for instance a Redis store; in memory by default. */
  cache?: Cache
  /**
   * What an unknown revocation of a sender's or recipient's certificate means: `require` refuses, `prefer` warns, `off`, the
   * default, asks nobody. Or a checker of one's own, from `ehealth-connectors/pki`.
   */
  revocation?: RevocationPolicy | RevocationChecker
  /** Told what happens on the wire and to the token, for logs and traces; never payloads or secrets. */
  on?: SessionListener
  /** Gives calls a place in a trace: `await openTelemetry()` of `ehealth-connectors/opentelemetry`. */
  tracing?: Tracing
  /** Directory that keeps every exchange, byte for byte. It will hold patient data. */
  record?: string
  /** Clock and randomness, for tests. */
  runtime?: Runtime
  /** Milliseconds for a call, repeated attempts included; 120 000. */
  timeout?: number
  /** Milliseconds for single services, by their names; they go before `timeout`. */
  timeouts?: SessionOptions['timeouts']
  /** How often a call is tried by itself; see docs/transport.md. */
  retry?: RetryOptions
  /** A transport to share between connections; whoever made it closes it. */
  transport?: Transport
  /** Time-outs, limits and proxy of the connection's own transport. Not with `transport`. */
  http?: Omit<TransportOptions, 'trust' | 'timeout'>
  /** Knows other endpoints when the usual ones fail: `createBusinessContinuity`, one per process. */
  businessContinuity?: EndpointRoutes
  /** Date messages by the platform's clock when this machine's is off; false. */
  correctClock?: boolean
  /** Products that call, for instance `Sample/1.0 Lab/2`: they stand before the library's own in `User-Agent`. */
  userAgent?: string
  /** Value of the `From` header: an e-mail address of whoever runs the software. */
  from?: string
  /** Application ID and legal context: needed by the services of the national register, at their first request. */
  nationalRegister?: NationalRegisterOptions
  /** Licence and particulars of MyCareNet: needed by `memberData` and its relatives, at their first request. */
  mycarenet?: MyCareNetOptions
}

const optionNames: readonly (keyof ConnectOptions<BusinessServiceName>)[] = [
  'environment',
  'endpoints',
  'trust',
  'keystore',
  'as',
  'identification',
  'holderOfKey',
  'encryption',
  'validity',
  'token',
  'tokenStore',
  'renew',
  'clockSkew',
  'checkOwnToken',
  'sts',
  'cache',
  'revocation',
  'on',
  'tracing',
  'record',
  'runtime',
  'timeout',
  'timeouts',
  'retry',
  'transport',
  'http',
  'businessContinuity',
  'correctClock',
  'userAgent',
  'from',
  'nationalRegister',
  'mycarenet',
]

/**
 * A connection of one user; which services it has, his profession decides. Another service of the platform is unknown to
 * the compiler, and at run time asking for it throws `service.not-offered` or `service.no-connector`.
 */
export type Connection<Services extends BusinessServiceName = BusinessServiceName> = ConnectionBase &
  Pick<BusinessServices, Services>

/** What every connection has. */
export interface ConnectionBase {
  /** The technical connector: encryption tokens, seals, and calls of services that have no connector here. */
  readonly technical: TechnicalConnector
  readonly session: Session
  /** Drops token and keys. Every later call fails with `configuration.closed`. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Connects a user to the platform.
 *
 * Cheap and lazy: no file is read and no call is made until one is needed. The token is asked for once, shared by
 * concurrent calls, renewed before it ends, and dropped on `close()`. Any number of connections may live in one
 * process; they share nothing but what is put into a common `cache` or `transport`.
 *
 * @throws EHealthError `configuration.invalid` for an option that is unknown, missing or impossible;
 * `certificate.malformed` for trust material that is none
 *
 * @example
 * ```ts
 * import { connect } from 'ehealth-connectors'
 * import { physician } from 'ehealth-connectors/professions'
 *
 * await using me = await connect({
 *   environment: 'acceptance',
 *   trust: { sts: [stsPem], signers: [rootPem] },
 *   keystore: { file: 'physician.acc-p12', password: process.env.EHEALTH_KEYSTORE_PASSWORD ?? '' },
 *   as: physician({ ssin, nihii }),
 * })
 * const token = await me.technical.etk.own()
 * ```
 */
export async function connect<Services extends BusinessServiceName>(
  options: ConnectOptions<Services>,
): Promise<Connection<Services>> {
  refuseUnknownOptions(options, optionNames)
  const {
    environment,
    endpoints,
    trust,
    as,
    record,
    checkOwnToken = 'off',
    nationalRegister,
    mycarenet,
    ...rest
  } = options
  if (environment === undefined) throw invalidOption('environment', 'missing')
  assertOwnTokenPolicy(checkOwnToken)
  if (nationalRegister !== undefined) checkNationalRegisterOptions(nationalRegister)
  if (mycarenet !== undefined) checkMyCareNetOptions(mycarenet)
  if (!Array.isArray(as?.services) || !Array.isArray(as.attributes)) throw notAProfession(as)
  if (record !== undefined && (typeof record !== 'string' || record === ''))
    throw invalidOption('record', 'expected the name of a directory')
  const session = createSession({
    ...rest,
    environment: environmentOf(environment, trust, endpoints),
    actor: as,
    ...(record === undefined ? {} : { recorder: createRecorder(record) }),
  })
  try {
    await applyOwnTokenPolicy(session, checkOwnToken)
  } catch (error) {
    await session.close()
    throw error
  }
  return openConnection(session, as, {
    ...(nationalRegister === undefined ? {} : { nationalRegister }),
    ...(mycarenet === undefined ? {} : { mycarenet }),
  })
}

/** What services are told beside the session. */
interface ServiceSettings {
  nationalRegister?: NationalRegisterOptions
  mycarenet?: MyCareNetOptions
}

const openers: {
  readonly [Name in BusinessServiceName]: (
    session: Session,
    settings: ServiceSettings,
  ) => BusinessServices[Name]
} = {
  ehbox: createEhbox,
  eh2ebox: createEh2ebox,
  addressBook: createAddressBook,
  consent: createConsents,
  therlink: createTherapeuticLinks,
  access: createAccess,
  idSupport: (session, { nationalRegister }) => createIdSupport(session, nationalRegister),
  exclusions: createExclusions,
  rnConsult: (session, { nationalRegister }) => createRnConsult(session, nationalRegister),
  ssinHistory: createSsinHistory,
  memberDataAsync: (session, { mycarenet }) => createMemberDataAsync(session, mycarenet),
  genericAsync: (session, { mycarenet }) => createGenericAsync(session, mycarenet),
  registration: (session, { mycarenet }) => createRegistration(session, mycarenet),
  memberData: (session, { mycarenet }) => createMemberData(session, mycarenet),
}

/**
 * The services of a profession on a session.
 *
 * @param options what services are told beside the session, and `close`: what closing the connection does, where it is
 * not the end of the session
 * @internal
 */
export function openConnection<Services extends BusinessServiceName>(
  session: Session,
  { profession, services }: Pick<Profession<Services>, 'profession' | 'services'>,
  options: ServiceSettings & { close?: () => Promise<void> } = {},
): Connection<Services> {
  const { close = (): Promise<void> => session.close(), ...settings } = options
  const base: ConnectionBase = {
    technical: technicalConnector(session),
    session,
    close,
    [Symbol.asyncDispose]: close,
  }
  const opened = Object.fromEntries(services.map((name) => [name, openers[name](session, settings)]))
  const connection = { ...opened, ...base }
  // What a careless console.log shows: no keys, no numbers.
  Object.defineProperty(connection, inspect.custom, {
    value: () => `Connection ${inspect({ services, session })}`,
    enumerable: false,
  })
  return refusingOthers(connection, profession) as Connection<Services>
}

/**
 * Says why a service is not there instead of `undefined`. Reading only: what the connection has, lists, spreads, prints
 * and awaits is its own properties, as of any object.
 */
function refusingOthers<T extends object>(connection: T, profession: string): T {
  return new Proxy(connection, {
    get: (target, name) => {
      if (typeof name === 'string' && !Object.hasOwn(target, name)) {
        const refusal = refusalOf(name, profession)
        if (refusal !== undefined) throw refusal
      }
      return Reflect.get(target, name) as unknown
    },
  })
}
