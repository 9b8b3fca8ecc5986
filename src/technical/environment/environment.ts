/** Where the platform is and whom to trust there. */
import { EHealthError } from '../../errors.js'
import { hosts } from './hosts.js'
import { nearest } from './nearest.js'
import { isServiceName, serviceNames, services, type PlatformName, type ServiceName } from './services.js'
import { baseUrlProblem, endpointProblem } from './url.js'

export { servicePaths, type ServiceName } from './services.js'

/** Trust anchors and pinned signers, each in PEM or DER. Public certificates only. */
export interface TrustMaterial {
  /** Roots (or intermediates) of the platform's TLS servers; omitted = the public roots that Node.js ships. */
  tls?: readonly (string | Uint8Array)[]
  /** Anchors of eHealth and eID certificates: signers of sealed messages, authentication certificates in tokens. */
  signers?: readonly (string | Uint8Array)[]
  /** The certificates with which the STS of this environment signs assertions; pinned (spec sts-iam §1.5). */
  sts?: readonly (string | Uint8Array)[]
  /** The registration authority that signs encryption tokens, where it is pinned (spec etee §2.3). */
  registrationAuthority?: readonly (string | Uint8Array)[]
  /** Anchors of timestamping authorities; omitted = `signers`. */
  timestampAuthority?: readonly (string | Uint8Array)[]
}

/** Where to find a service list and what to expect in it. */
export interface ServiceListSource {
  /** Address without ending: the list is at `.xml`, its digest at `.sha2`. */
  readonly url: string
  /** `Environment` of the list. */
  readonly environment: string
  /** Ten digits of the enterprise number of its signer. */
  readonly cbe: string
}

/** An environment of the platform. */
export interface Environment {
  /** `custom`: a server of one's own, a gateway for instance, that serves the platform's paths. */
  readonly name: PlatformName | 'simulation' | 'custom'
  /** Host part of every endpoint, for instance `https://services-acpt.ehealth.fgov.be`. */
  readonly baseUrl: string
  /** Endpoints that differ from `baseUrl` + the platform's path. */
  readonly endpoints?: Readonly<Partial<Record<ServiceName, string>>>
  readonly trust: TrustMaterial
  /** Where its service list is published, when not at the platform's address for that name. */
  readonly serviceList?: ServiceListSource
}

const names: readonly Environment['name'][] = [
  'acceptance',
  'integration',
  'production',
  'simulation',
  'custom',
]

/** Name of an environment whose hosts are known. */
export type EnvironmentName = PlatformName

/** The environments whose hosts are known. */
export const environmentNames = Object.keys(hosts.services) as readonly EnvironmentName[]

/**
 * The environment of that name with the caller's trust material and endpoints.
 *
 * The library ships no certificates of the platform: it publishes them on its portal and replaces them there.
 *
 * @throws EHealthError `configuration.invalid` for an unknown name, an address that is none, a service that nobody knows.
 *
 * @example
 * ```ts
 * import { environmentOf } from 'ehealth-connectors'
 *
 * const acceptance = environmentOf('acceptance', { sts: [stsPem], signers: [rootPem] })
 * const gateway = environmentOf({ name: 'custom', baseUrl: 'https://gateway.example.test', trust: {} })
 * ```
 */
export function environmentOf(
  environment: EnvironmentName | Environment,
  trust: TrustMaterial = {},
  endpoints: Environment['endpoints'] = {},
): Environment {
  assertEndpoints(endpoints, 'endpoints')
  if (typeof environment === 'string') {
    const baseUrl = Object.hasOwn(hosts.services, environment) ? hosts.services[environment] : undefined
    if (baseUrl === undefined)
      throw invalid('environment', 'unknown environment', {
        hint: `One of ${environmentNames.join(', ')}, or an Environment object.`,
      })
    return { name: environment, baseUrl, endpoints, trust }
  }
  assertEnvironment(environment)
  return {
    ...environment,
    endpoints: { ...environment.endpoints, ...endpoints },
    trust: { ...environment.trust, ...definedOnly(trust) },
  }
}

function assertEnvironment(environment: Environment): void {
  if (environment === null || typeof environment !== 'object')
    throw invalid('environment', 'expected a name or an object')
  if (!names.includes(environment.name))
    throw invalid('environment.name', 'unknown', { hint: `One of ${names.join(', ')}.` })
  const problem = baseUrlProblem(environment.baseUrl)
  if (problem !== undefined) throw invalid('environment.baseUrl', problem)
  assertEndpoints(environment.endpoints ?? {}, 'environment.endpoints')
}

function assertEndpoints(endpoints: NonNullable<Environment['endpoints']>, path: string): void {
  for (const [name, url] of Object.entries(endpoints)) {
    if (!isServiceName(name)) throw invalid(path, `there is no service ${name.slice(0, 60)}`, meant(name))
    const problem = endpointProblem(url)
    if (problem !== undefined) throw invalid(`${path}.${name}`, problem)
  }
}

function meant(name: string): { hint: string } {
  const similar = nearest(name, serviceNames)
  return {
    hint:
      similar === undefined
        ? 'The names of services stand in docs/endpoints.md.'
        : `Did you mean ${similar}?`,
  }
}

function invalid(path: string, problem: string, options: { hint?: string } = {}): EHealthError {
  return new EHealthError('configuration.invalid', `${path}: ${problem}`, { path, ...options })
}

function definedOnly(trust: TrustMaterial): TrustMaterial {
  return Object.fromEntries(Object.entries(trust).filter(([, value]) => value !== undefined))
}

/**
 * URL of a service in an environment.
 *
 * @throws EHealthError `configuration.no-endpoint` where the service has no known address there
 */
export function endpointOf(environment: Environment, service: ServiceName): string {
  const { name, endpoints, baseUrl } = environment
  const url = endpoints?.[service]
  if (url !== undefined) return url
  const { path } = services[service]
  if (name === 'simulation' || name === 'custom') return baseUrl + path
  const known = platformUrl(name, service, baseUrl)
  if (known !== undefined) return known
  throw new EHealthError('configuration.no-endpoint', `${service} has no known address in ${name}`, {
    path: `endpoints.${service}`,
  })
}

/** The platform's own address of a service; undefined where none is known. */
export function platformUrl(
  name: PlatformName,
  service: ServiceName,
  baseUrl = hosts.services[name],
): string | undefined {
  const { environments, host, path, urls } = services[service]
  if (environments[name] === undefined) return undefined
  const own = urls?.[name]
  if (own !== undefined) return own
  const server = host === 'services' ? baseUrl : hosts[host][name]
  return server === undefined ? undefined : server + path
}
