/** Where the messages of a service go: addresses in WSDLs are of any environment, or of none. */
import { EHealthError } from '../../errors.js'
import { endpointOf, servicePaths, type Environment, type ServiceName } from '../environment/environment.js'
import { isKnownPath } from './knownServices.js'

/** The platform's own servers, whatever the environment (spec soap-security §6.1). */
const platformHost = /^(services|www)[a-z-]*\.ehealth\.fgov\.be$/

/** An address that was decided. */
export interface Endpoint {
  readonly url: string
  /** The service of the platform whose endpoint it is, when it is one that this library has a name for. */
  readonly service?: ServiceName
}

/** What {@link decideEndpoint} goes by. */
export interface EndpointChoice {
  /** The caller's own word; it wins. */
  readonly endpoint?: string
  readonly environment?: Environment
  /** In the WSDL. */
  readonly address: string
  /** Where the WSDL came from. */
  readonly wsdlUrl: string
}

/**
 * The caller's endpoint; else, for a service of the platform, its path on the environment's host; else the address in
 * the WSDL if the very server that it names has handed the WSDL out. Any other address is not believed: those in
 * published WSDLs are examples, test hosts and placeholders.
 *
 * @throws EHealthError `configuration.invalid`
 */
export function decideEndpoint({ endpoint, environment, address, wsdlUrl }: EndpointChoice): Endpoint {
  if (endpoint !== undefined) return { url: endpoint }
  const url = URL.canParse(address) ? new URL(address) : undefined
  const path = url?.pathname.replace(/\/$/, '') ?? ''
  if (environment !== undefined) {
    const service = (Object.keys(servicePaths) as ServiceName[]).find(
      (name) => servicePaths[name].toLowerCase() === path.toLowerCase(),
    )
    if (service !== undefined) return { url: endpointOf(environment, service), service }
    if (isKnownPath(path) || (url !== undefined && path !== '' && platformHost.test(url.hostname)))
      return { url: environment.baseUrl + path }
  }
  if (url !== undefined && url.origin !== 'null' && url.origin === new URL(wsdlUrl).origin)
    return { url: url.href }
  throw new EHealthError('configuration.invalid', 'the address in the WSDL cannot be relied upon', {
    path: 'endpoint',
    hint:
      environment === undefined
        ? 'Give the endpoint, or the environment whose services are meant.'
        : 'Give the endpoint: the address is not one of the platform, so the environment does not tell it.',
  })
}
