/** Which identity provider a browser may be sent to (spec sts-iam §0.1, §4.1). */
import { EHealthError } from '../../errors.js'
import type { Environment } from '../environment/environment.js'
import { platformAddresses } from '../environment/hosts.js'

/** How the browser carries the token. */
export const signOnProfiles = ['post', 'artifact'] as const

export type SignOnProfile = (typeof signOnProfiles)[number]

const addresses = {
  post: platformAddresses.identityProviderPost.urls,
  artifact: platformAddresses.identityProviderArtifact.urls,
} as const satisfies Record<SignOnProfile, unknown>

/** Path of the identity provider, the same in every environment. */
export const identityProviderPaths: Readonly<Record<SignOnProfile, string>> = {
  post: new URL(addresses.post.production!).pathname,
  artifact: new URL(addresses.artifact.production!).pathname,
}

/**
 * Address of the identity provider of an environment: the platform's own, or on the server of a simulation or gateway.
 *
 * @throws EHealthError `configuration.no-endpoint` where none is known
 *
 * @example
 * ```ts
 * import { environmentOf } from 'ehealth-connectors'
 * import { identityProviderOf } from 'ehealth-connectors/sso'
 *
 * identityProviderOf(environmentOf('acceptance'), 'post') // https://wwwacc.ehealth.fgov.be/idp/profile/SAML2/Bearer/POST
 * ```
 */
export function identityProviderOf({ name, baseUrl }: Environment, profile: SignOnProfile): string {
  if (name === 'simulation' || name === 'custom') return baseUrl + identityProviderPaths[profile]
  const url = addresses[profile][name]
  if (url === undefined)
    throw new EHealthError(
      'configuration.no-endpoint',
      `no identity provider of ${name} is known for the profile ${profile}`,
      { path: 'environment' },
    )
  return url
}
