/** Where the platform is and whom to trust there. */
import { EHealthError } from '../../errors.js'
import { servicePaths, type ServiceName } from './services.js'

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

/** An environment of the platform. */
export interface Environment {
  readonly name: 'acceptance' | 'integration' | 'production' | 'simulation'
  /** Host part of every endpoint, for instance `https://services-acpt.ehealth.fgov.be`. */
  readonly baseUrl: string
  /** Endpoints that differ from `baseUrl` + the platform's path. */
  readonly endpoints?: Partial<Record<ServiceName, string>>
  readonly trust: TrustMaterial
}

const baseUrls = {
  acceptance: 'https://services-acpt.ehealth.fgov.be',
  integration: 'https://services-int.ehealth.fgov.be',
  production: 'https://services.ehealth.fgov.be',
} as const

/** Name of an environment whose hosts are known. */
export type EnvironmentName = keyof typeof baseUrls

/**
 * The environment of that name with the caller's trust material.
 *
 * The library ships no certificates of the platform: it publishes them on its portal and replaces them there.
 *
 * @throws EHealthError `configuration.invalid` for an unknown name.
 */
export function environmentOf(
  environment: EnvironmentName | Environment,
  trust: TrustMaterial = {},
): Environment {
  if (typeof environment !== 'string')
    return { ...environment, trust: { ...environment.trust, ...definedOnly(trust) } }
  const baseUrl = Object.hasOwn(baseUrls, environment) ? baseUrls[environment] : undefined
  if (baseUrl === undefined)
    throw new EHealthError('configuration.invalid', 'unknown environment', {
      path: 'environment',
      hint: `One of ${Object.keys(baseUrls).join(', ')}, or an Environment object.`,
    })
  return { name: environment, baseUrl, trust }
}

function definedOnly(trust: TrustMaterial): TrustMaterial {
  return Object.fromEntries(Object.entries(trust).filter(([, value]) => value !== undefined))
}

/** URL of a service in an environment. */
export function endpointOf(environment: Environment, service: ServiceName): string {
  return environment.endpoints?.[service] ?? environment.baseUrl + servicePaths[service]
}
