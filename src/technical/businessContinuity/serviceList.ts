/** A service list as data: who serves what where, in order (spec soap-security §6.5, §6.9). */
import { EHealthError } from '../../errors.js'
import { parseXml } from '../xml/parse.js'
import { read } from '../xml/read.js'
import type { XmlElement } from '../xml/tree.js'
import { serviceListNamespaces, ServiceListV1, ServiceListV2, type ServiceListVersion } from './contract.js'
import { parseDuration } from './duration.js'
import { verifyListSignature, type ListSigner, type VerifiedListSigner } from './signature.js'

/** One address of a service. */
export interface ListedEndpoint {
  readonly url: string
  readonly order: number
  readonly active: boolean
}

/** A service of the list. */
export interface ListedService {
  /** UDDI key, for instance `uddi:ehealth-fgov-be:business:etkdepot:v1`. */
  readonly id: string
  readonly name: string
  /** By their order; the first one is the default. */
  readonly endpoints: readonly ListedEndpoint[]
  /** Whether answers may be kept (version 2). `lifetime` in milliseconds; `undefined` = without end. */
  readonly cache?: {
    readonly strategy: 'ENDPOINT_FIRST' | 'CACHE_FIRST'
    readonly lifetime: number | undefined
  }
}

/** Something in a list that is not as it should be; the rest of the list stands. */
export interface ListWarning {
  readonly code: 'no-active-endpoint' | 'not-https' | 'twice' | 'no-endpoint' | 'cache-lifetime' | 'status'
  /** Id of the service. */
  readonly service: string
}

/** A list whose signature has been verified. */
export interface ServiceList {
  readonly version: ServiceListVersion
  readonly id: string
  /** `Production`, `Acceptation`, … */
  readonly environment: string
  readonly issuedAt: Date
  readonly services: readonly ListedService[]
  readonly warnings: readonly ListWarning[]
  readonly signer: VerifiedListSigner
}

/** A list of this size is no list. */
const largest = 4 * 1024 * 1024

/**
 * Verifies and reads a list. What is read is the very element that the signature covers.
 *
 * @throws EHealthError `service-list.malformed`, `service-list.signer`, `signature.*`, `certificate.*`, `xml.*`
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { readServiceList } from 'ehealth-connectors/business-continuity'
 *
 * const list = readServiceList(await readFile('servicelist.xml'), { trust, cbe: '0809394427', at: new Date() })
 * for (const { id, endpoints } of list.services) console.log(id, endpoints[0]?.url)
 * ```
 */
export function readServiceList(bytes: Uint8Array | string, signer: ListSigner): ServiceList {
  const { root } = parseXml(bytes, { maxBytes: largest })
  const verified = verifyListSignature(root, signer)
  const version = versionOf(root)
  const warnings: ListWarning[] = []
  const list = fieldsOf(root, version)
  const services = new Map<string, ListedService>()
  for (const { id, name, endpoints, cache } of list.services) {
    const warn = (code: ListWarning['code']): void => void warnings.push({ code, service: id })
    if (services.has(id)) {
      warn('twice')
      continue
    }
    const usable = endpoints
      .map(({ value, Order, Status }) => {
        if (Status !== 'ACTIVE' && Status !== 'INACTIVE') warn('status')
        return { url: value.trim(), order: Order, active: Status === 'ACTIVE' }
      })
      .filter(({ url }) => isSecure(url) || warn('not-https'))
      .sort((one, other) => one.order - other.order)
    if (usable.length === 0) {
      warn('no-endpoint')
      continue
    }
    if (!usable.some(({ active }) => active)) warn('no-active-endpoint')
    const kept = cache === undefined ? undefined : cacheOf(cache, () => warn('cache-lifetime'))
    services.set(id, { id, name, endpoints: usable, ...(kept === undefined ? {} : { cache: kept }) })
  }
  const { Id: id, Environment: environment, IssueInstant: issuedAt } = list.attributes
  return { version, id, environment, issuedAt, services: [...services.values()], warnings, signer: verified }
}

function versionOf(root: XmlElement): ServiceListVersion {
  const versions = Object.keys(serviceListNamespaces).map(Number) as ServiceListVersion[]
  const version = versions.find((candidate) => serviceListNamespaces[candidate] === root.namespace)
  if (version === undefined || root.local !== 'ServiceList')
    throw new EHealthError('service-list.malformed', 'the document is no service list of a known version')
  return version
}

type Endpoint = ServiceListV1['Service'][number]['Endpoint'][number]
type Cache = NonNullable<ServiceListV2['Service'][number]['Cache']>

interface ListFields {
  attributes: Pick<ServiceListV1, 'Id' | 'Environment' | 'IssueInstant'>
  services: { id: string; name: string; endpoints: Endpoint[]; cache: Cache | undefined }[]
}

function fieldsOf(root: XmlElement, version: ServiceListVersion): ListFields {
  try {
    if (version === 1) {
      const list = read(ServiceListV1, root)
      return {
        attributes: list,
        services: list.Service.map(({ Id, Name, Endpoint }) => ({
          id: Id,
          name: Name,
          endpoints: Endpoint,
          cache: undefined,
        })),
      }
    }
    const list = read(ServiceListV2, root)
    return {
      attributes: list,
      services: list.Service.map(({ Id, Name, EndpointList, Cache }) => ({
        id: Id,
        name: Name,
        endpoints: EndpointList.Endpoint,
        cache: Cache,
      })),
    }
  } catch (error) {
    if (!(error instanceof EHealthError)) throw error
    throw new EHealthError('service-list.malformed', `the service list is unusable: ${error.message}`, {
      cause: error,
    })
  }
}

function cacheOf({ Strategy, Expiry }: Cache, warn: () => void): ListedService['cache'] {
  const strategy = Strategy === 'CACHE_FIRST' ? 'CACHE_FIRST' : 'ENDPOINT_FIRST'
  if (Expiry.Type === 'none') return { strategy, lifetime: undefined }
  const lifetime = Expiry.Duration === undefined ? undefined : parseDuration(Expiry.Duration)
  if (lifetime !== undefined) return { strategy, lifetime }
  warn()
  return undefined
}

/** Plain HTTP on this machine is a test. */
const isSecure = (url: string): boolean =>
  URL.canParse(url) && /^(https:|http:\/\/(localhost|127\.0\.0\.1)(:|\/|$))/.test(url)
