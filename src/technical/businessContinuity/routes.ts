/** Which endpoint of a service is called, and for how long another one stands in (spec soap-security §6.9). */
import type { ServiceName } from '../environment/environment.js'
import { serviceOfUddiKey } from '../environment/services.js'
import { normalised } from '../environment/url.js'
import type { ListedService, ServiceList } from './serviceList.js'

/** A service whose calls go to another endpoint, because its own did not answer. */
export interface SwitchedService {
  readonly service: ServiceName
  readonly from: string
  readonly to: string
  /** Code of the failure that led to it. */
  readonly code: string
  /** Until then; the usual endpoint is tried again afterwards. */
  readonly until: Date
}

/** Endpoints by list and experience. */
export class Routes {
  #list: ServiceList | undefined
  readonly #switched = new Map<ServiceName, SwitchedService>()

  constructor(
    private readonly options: {
      now: () => Date
      /** Milliseconds for which another endpoint stands in. */
      expiry: number
      onSwitch: (switched: SwitchedService) => void
      onReturn: (switched: SwitchedService) => void
    },
  ) {}

  /** The platform has spoken: what was found out before counts no more. */
  use(list: ServiceList): void {
    this.#list = list
    for (const switched of this.switched) this.#return(switched)
  }

  get switched(): SwitchedService[] {
    return [...this.#switched.values()]
  }

  /** The entry of a service: by its identifier, else by an address that it has in common with the configuration. */
  entryOf(service: ServiceName, configured: string): ListedService | undefined {
    const url = normalised(configured)
    const services = this.#list?.services ?? []
    return (
      services.find(({ endpoints }) => endpoints.some((endpoint) => normalised(endpoint.url) === url)) ??
      services.find(({ id }) => serviceOfUddiKey(id) === service)
    )
  }

  /** Best first. */
  endpointsOf(service: ServiceName, configured: string): string[] {
    const listed = this.#listed(service, configured)
    const switched = this.#switched.get(service)
    if (switched === undefined) return listed
    if (switched.until <= this.options.now() || !listed.includes(switched.to)) {
      this.#return(switched)
      return listed
    }
    return [switched.to, ...listed.filter((url) => url !== switched.to)]
  }

  answered(
    service: ServiceName,
    endpoint: string,
    failed: readonly { endpoint: string; code: string }[],
  ): void {
    const first = failed.find((attempt) => attempt.endpoint !== endpoint)
    const before = this.#switched.get(service)
    if (first === undefined || before?.to === endpoint) return
    if (before !== undefined && before.from === endpoint) return this.#return(before)
    const until = new Date(this.options.now().getTime() + this.options.expiry)
    // away from the usual one, over however many others
    const switched = {
      service,
      from: before?.from ?? first.endpoint,
      to: endpoint,
      code: first.code,
      until,
    }
    this.#switched.set(service, switched)
    this.options.onSwitch(switched)
  }

  /** Active ones by order, then the others; without an active one the default comes first. */
  #listed(service: ServiceName, configured: string): string[] {
    const entry = this.entryOf(service, configured)
    if (entry === undefined) return [configured]
    const ordered = [
      ...entry.endpoints.filter(({ active }) => active),
      ...entry.endpoints.filter(({ active }) => !active),
    ].map(({ url }) => url)
    // an address of one's own, for instance of a gateway, was configured on purpose
    const known = ordered.some((url) => normalised(url) === normalised(configured))
    return known ? ordered : [configured, ...ordered]
  }

  #return(switched: SwitchedService): void {
    this.#switched.delete(switched.service)
    this.options.onReturn(switched)
  }
}
