/** Business continuity of one process: the list, where calls go, and what is told about it (spec soap-security §6.9). */
import { EHealthError, type ErrorCode } from '../../errors.js'
import type { Cache } from '../environment/cache.js'
import type { Environment, ServiceName } from '../environment/environment.js'
import { pause, systemRuntime, type Runtime } from '../environment/runtime.js'
import type { ServiceListSource } from '../environment/environment.js'
import { serviceListSource } from '../environment/serviceLists.js'
import { Certificate } from '../pki/certificate.js'
import { assertTracing, tracingHeaders } from '../soap/requestHeaders.js'
import { createTransport, type HttpTransport } from '../soap/transport.js'
import type { EndpointRoutes } from '../soap/types.js'
import { keepLastGood, readLastGood } from './lastGood.js'
import { digestOf, fetchList } from './published.js'
import { Routes, type SwitchedService } from './routes.js'
import { readServiceList, type ServiceList } from './serviceList.js'

/** Something happened to the list or to an endpoint. Only these fields. */
export type ContinuityEvent =
  | { type: 'service-list'; state: 'loaded'; from: 'platform' | 'disk'; issuedAt: Date; services: number }
  | { type: 'service-list'; state: 'unchanged' }
  /** The list in use stays in use. */
  | { type: 'service-list'; state: 'refused'; from: 'platform' | 'disk'; code: ErrorCode }
  | ({ type: 'endpoint'; state: 'switched' } & SwitchedService)
  /** The usual endpoint is tried again. */
  | { type: 'endpoint'; state: 'returned'; service: ServiceName; from: string; to: string }

/** Options of {@link createBusinessContinuity}. */
export interface BusinessContinuityOptions {
  /** Its `trust.signers` lead to the signer of the list, its `trust.tls` to the server. */
  environment: Environment
  /** Where the last good list is kept; nowhere when omitted. */
  directory?: string
  /** Keeps answers of services for which the list (version 2) allows it; they may be patients' data. None by default. */
  answers?: Cache
  /** Milliseconds for which another endpoint stands in before the usual one is tried again; 15 minutes. */
  expiry?: number
  on?: (event: ContinuityEvent) => void
  /** A transport to share; its own otherwise. */
  transport?: HttpTransport
  runtime?: Runtime
  userAgent?: string
  from?: string
}

/** How things stand. */
export interface ContinuityState {
  /** The list in use; without one the endpoints are those configured. */
  readonly list: ServiceList | undefined
  /** When the platform was last asked with success. */
  readonly checkedAt: Date | undefined
  /** Code of what went wrong when it was last asked. */
  readonly problem: ErrorCode | undefined
  /** Services that go elsewhere because their usual endpoint did not answer. */
  readonly switched: readonly SwitchedService[]
  /** Services whose active endpoint in the list is not the default: the platform itself has switched. */
  readonly recovering: readonly string[]
}

/** Shared by the sessions of a process: hand it to `connect()`. */
export interface BusinessContinuity extends EndpointRoutes {
  readonly state: ContinuityState
  /**
   * Asks for the list once. What goes wrong is thrown, and changes nothing: the list in use stays in use.
   *
   * @returns whether there is another list than before
   * @throws EHealthError `transport.*`, `service-list.*`, `signature.*`, `certificate.*`, `xml.*`
   */
  refresh(signal?: AbortSignal): Promise<boolean>
  /**
   * Reads the kept list and asks from then on, the first time at once; failures are told as events only.
   *
   * @throws EHealthError `configuration.invalid` for an impossible interval, `configuration.closed`
   */
  start(options?: { interval?: number }): void
  /** Ends the asking; waits for a request under way to break off. */
  stop(): Promise<void>
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

const minute = 60_000
/** For lists without an end of the lifetime of answers. */
const year = 365 * 24 * 60 * minute

/**
 * Business continuity for the sessions of one process. Nothing is fetched before `refresh()` or `start()`; without a list
 * the endpoints are those configured.
 *
 * @throws EHealthError `configuration.invalid` when the environment has no service list or trusts no signer of one, or for an
 * impossible `expiry`
 *
 * @example
 * ```ts
 * import { connect, environmentOf } from 'ehealth-connectors'
 * import { createBusinessContinuity } from 'ehealth-connectors/business-continuity'
 *
 * await using continuity = createBusinessContinuity({
 *   environment: environmentOf('production', { sts: [stsPem], signers: [rootPem] }),
 *   directory: '/var/lib/sample',
 *   on: (event) => console.log(event.type, event.state),
 * })
 * continuity.start()
 * await using me = await connect({ ...options, businessContinuity: continuity })
 * ```
 */
export function createBusinessContinuity(options: BusinessContinuityOptions): BusinessContinuity {
  const { environment, directory, runtime = systemRuntime, answers, expiry = 15 * minute } = options
  const source = sourceOf(environment)
  assertTracing(options)
  assertDuration('expiry', expiry)
  const anchors = (environment.trust.signers ?? []).flatMap((item) => Certificate.allFrom(item))
  if (anchors.length === 0)
    throw new EHealthError('configuration.invalid', 'no signer of a service list is trusted', {
      path: 'trust.signers',
    })
  const tell = (event: ContinuityEvent): void => {
    try {
      options.on?.(event)
    } catch {
      // an observer must not disturb calls
    }
  }
  const routes = new Routes({
    now: runtime.now,
    expiry,
    onSwitch: (switched) => tell({ type: 'endpoint', state: 'switched', ...switched }),
    onReturn: ({ service, from, to }) =>
      tell({ type: 'endpoint', state: 'returned', service, from: to, to: from }),
  })
  const { tls } = environment.trust
  const own =
    options.transport === undefined ? createTransport(tls === undefined ? {} : { trust: tls }) : undefined
  const transport = options.transport ?? own!
  let list: ServiceList | undefined
  let digest: string | undefined
  let checkedAt: Date | undefined
  let problem: ErrorCode | undefined
  let closed = false
  let polling: { controller: AbortController; ended: Promise<void> } | undefined

  /** @throws EHealthError when it is not to be believed or not newer */
  const judge = (bytes: Uint8Array): ServiceList => {
    const read = readServiceList(bytes, { trust: anchors, cbe: source.cbe, at: runtime.now() })
    if (read.environment !== source.environment)
      throw new EHealthError('service-list.environment', 'the service list is that of another environment')
    if (list !== undefined && read.issuedAt < list.issuedAt)
      throw new EHealthError('service-list.rollback', 'the service list is older than the one in use')
    return read
  }
  const take = (read: ServiceList, itsDigest: string, from: 'platform' | 'disk'): void => {
    list = read
    digest = itsDigest
    routes.use(read)
    tell({
      type: 'service-list',
      state: 'loaded',
      from,
      issuedAt: read.issuedAt,
      services: read.services.length,
    })
  }
  const loadKept = async (): Promise<void> => {
    if (directory === undefined || list !== undefined) return
    const bytes = await readLastGood(directory, source.environment)
    if (bytes === undefined) return
    try {
      const read = judge(bytes)
      // a list that came from the platform meanwhile is not replaced by an older one
      take(read, digestOf(bytes), 'disk')
    } catch (error) {
      tell({ type: 'service-list', state: 'refused', from: 'disk', code: codeOf(error) })
    }
  }

  const refresh = async (signal?: AbortSignal): Promise<boolean> => {
    await loadKept()
    try {
      const fetched = await fetchList(transport, source.url, {
        known: digest,
        headers: { Accept: '*/*', ...tracingHeaders(options) },
        ...(signal === undefined ? {} : { signal }),
      })
      const read = fetched === undefined ? undefined : judge(fetched.bytes)
      checkedAt = runtime.now()
      problem = undefined
      if (read === undefined || fetched === undefined) {
        tell({ type: 'service-list', state: 'unchanged' })
        return false
      }
      take(read, fetched.digest, 'platform')
      if (directory !== undefined)
        // a disk that is full must not take the list away
        await keepLastGood(directory, source.environment, fetched.bytes, runtime.uuid()).catch(
          () => undefined,
        )
      return true
    } catch (error) {
      if (signal?.aborted !== true) {
        problem = codeOf(error)
        tell({ type: 'service-list', state: 'refused', from: 'platform', code: problem })
      }
      throw error
    }
  }

  const stop = async (): Promise<void> => {
    polling?.controller.abort()
    await polling?.ended
    polling = undefined
  }
  const close = async (): Promise<void> => {
    closed = true
    await stop()
    own?.close()
  }
  return {
    get state() {
      return {
        list,
        checkedAt,
        problem,
        switched: routes.switched,
        recovering: (list?.services ?? [])
          .filter(({ endpoints }) => endpoints.some(({ active }) => active) && endpoints[0]?.active === false)
          .map(({ id }) => id),
      }
    },
    refresh,
    start({ interval = 15 * minute } = {}) {
      assertDuration('interval', interval)
      if (closed) throw new EHealthError('configuration.closed', 'business continuity has been closed')
      if (polling !== undefined) return
      const controller = new AbortController()
      polling = { controller, ended: poll(refresh, runtime, interval, controller.signal) }
    },
    stop,
    close,
    [Symbol.asyncDispose]: close,
    endpointsOf: (service, configured) => routes.endpointsOf(service, configured),
    answered: (service, endpoint, failed) => routes.answered(service, endpoint, failed),
    keptAnswers(service, configured) {
      const cache = routes.entryOf(service, configured)?.cache
      if (answers === undefined || cache === undefined) return undefined
      return { strategy: cache.strategy, lifetime: cache.lifetime ?? year, store: answers }
    },
  }
}

/** A timer that is told nonsense, or more than it can count, goes off at once and for ever. */
function assertDuration(path: string, milliseconds: number): void {
  if (!(milliseconds >= 1 && milliseconds <= longestTimer))
    throw new EHealthError(
      'configuration.invalid',
      `${path}: expected milliseconds from 1 to ${longestTimer}`,
      {
        path,
      },
    )
}

const longestTimer = 2_147_000_000

async function poll(
  refresh: (signal: AbortSignal) => Promise<boolean>,
  runtime: Runtime,
  interval: number,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    // told as an event
    await refresh(signal).catch(() => undefined)
    const waited = await pause(runtime, interval, { signal, idle: true }).then(
      () => true,
      () => false,
    )
    // without a wait it would ask without end
    if (!waited) return
  }
}

function sourceOf(environment: Environment): ServiceListSource {
  const source = serviceListSource(environment)
  if (source === undefined)
    throw new EHealthError('configuration.invalid', 'the environment has no service list', {
      path: 'environment',
      hint: 'Give `environment.serviceList`: address, name of the environment, number of the signer.',
    })
  return source
}

const codeOf = (error: unknown): ErrorCode =>
  error instanceof EHealthError ? error.code : 'service-list.malformed'
