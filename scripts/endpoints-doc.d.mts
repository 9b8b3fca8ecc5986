import type { PlatformAddress, HubData } from '../src/technical/environment/hosts.js'
import type { HostName, PlatformName, ServiceData } from '../src/technical/environment/services.js'

/** What the page is made of. */
export interface EndpointsData {
  hosts: Readonly<Record<HostName, Readonly<Partial<Record<PlatformName, string>>>>>
  recoveryHosts: Readonly<Record<string, Readonly<Partial<Record<PlatformName, string>>>>>
  serviceTables: Readonly<Record<string, Readonly<Record<string, ServiceData>>>>
  connectorServices: readonly string[]
  platformAddresses: Readonly<Record<string, PlatformAddress>>
  hubs: Readonly<Record<string, HubData>>
}

/** The page docs/endpoints.md for the service map. */
export function renderEndpointsPage(data: EndpointsData): string
