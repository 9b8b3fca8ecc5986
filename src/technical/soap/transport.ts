/** HTTPS to the platform: keep-alive, own trust anchors, limits, and errors that hold no payload (spec soap-security §6). */
import { EHealthError } from '../../errors.js'
import { Certificate } from '../pki/certificate.js'
import { createAgents, isLoopback } from './http/agents.js'
import { parseProxy, type ProxyOptions } from './http/proxy.js'
import { send } from './http/send.js'
import type { HttpRequest, HttpResponse, Transport } from './types.js'

/** Options of {@link createTransport}. Times are milliseconds. */
export interface TransportOptions {
  /** Roots of the servers in PEM or DER. Omitted: the public roots that Node.js ships. There is no "insecure". */
  trust?: readonly (string | Uint8Array)[]
  /** From the first step to the last octet of the answer; 120 000. A call may set its own. */
  timeout?: number
  /** Until a connection stands, proxy and TLS handshake included; 30 000, as the official connector. */
  connectTimeout?: number
  /** Without an octet in either direction; 30 000, the read time-out of the official connector. */
  idleTimeout?: number
  /** Largest answer in octets, as received and decompressed; 32 MiB. */
  maxResponseBytes?: number
  /** Keep connections for the next call; true. */
  keepAlive?: boolean
  /** How long an unused connection is kept; 4000, so that it is closed before the server does it. */
  keepAliveTimeout?: number
  /** Connections to one host at once; 64. Further calls wait for one. */
  maxSockets?: number
  /** Unused connections kept per host; 16. */
  maxFreeSockets?: number
  /** The way out, where there is only one. The environment of the process is not looked at: see `proxyFromVariables`. */
  proxy?: ProxyOptions
}

/** Milliseconds that a call may take when nobody says otherwise. */
export const defaultTimeout = 120_000

const positive = [
  'timeout',
  'connectTimeout',
  'idleTimeout',
  'maxResponseBytes',
  'keepAliveTimeout',
  'maxSockets',
  'maxFreeSockets',
] as const satisfies readonly (keyof TransportOptions)[]

const known: ReadonlySet<string> = new Set<keyof TransportOptions>([
  ...positive,
  'trust',
  'keepAlive',
  'proxy',
])

/** A transport over HTTPS; beside the calls it can fetch what the platform publishes. */
export interface HttpTransport extends Transport {
  /** Fetches a document. @throws EHealthError `transport.*`, as `post` */
  get(request: Omit<HttpRequest, 'body'>): Promise<HttpResponse>
  /** Reaches for an endpoint without calling a service (OPTIONS). @throws EHealthError `transport.*`, as `post` */
  options(request: Omit<HttpRequest, 'body'>): Promise<HttpResponse>
}

/**
 * A transport. It holds connections, so close it.
 *
 * TLS 1.2 is the least. Redirects are not followed and proxies of the process environment are not used: a SOAP request
 * carries a signature and often patient data, and goes to the endpoint named or nowhere. Plain HTTP is for loopback
 * only.
 *
 * @throws EHealthError `certificate.malformed` for a trust anchor that is none, `configuration.invalid` for an option
 * that is unknown or impossible
 *
 * @example
 * ```ts
 * import { createTransport } from 'ehealth-connectors/soap'
 *
 * const transport = createTransport({ timeout: 60_000, proxy: { url: 'http://proxy.example:3128' } })
 * try {
 *   await transport.post({ url, headers: { 'Content-Type': 'text/xml; charset=utf-8' }, body })
 * } finally {
 *   transport.close()
 * }
 * ```
 */
export function createTransport(options: TransportOptions = {}): HttpTransport {
  assertOptions(options)
  const { timeout = defaultTimeout, idleTimeout = 30_000, maxResponseBytes = 32 * 1024 * 1024 } = options
  const agents = createAgents({
    ...(options.trust === undefined ? {} : { ca: options.trust.flatMap(pemOf) }),
    connectTimeout: options.connectTimeout ?? 30_000,
    keepAlive: options.keepAlive ?? true,
    keepAliveTimeout: options.keepAliveTimeout ?? 4000,
    maxSockets: options.maxSockets ?? 64,
    maxFreeSockets: options.maxFreeSockets ?? 16,
    proxy: options.proxy === undefined ? undefined : parseProxy(options.proxy),
  })
  const underWay = new Set<() => void>()
  let closed = false
  const exchange = async (
    method: 'GET' | 'OPTIONS' | 'POST',
    request: Omit<HttpRequest, 'body'>,
    body?: HttpRequest['body'],
  ) => {
    if (closed) throw new EHealthError('configuration.closed', 'the transport has been closed')
    return send(agents, {
      method,
      url: secureUrl(request.url),
      headers: request.headers,
      ...(body === undefined ? {} : { body }),
      timeout: request.timeout ?? timeout,
      idleTimeout,
      maxResponseBytes,
      signal: request.signal,
      onProgress: request.onProgress,
      onSent: request.onSent,
      underWay,
      ...(request.receive === undefined ? {} : { receive: request.receive }),
    })
  }
  return {
    post: (request) => exchange('POST', request, request.body),
    get: (request) => exchange('GET', request),
    options: (request) => exchange('OPTIONS', request),
    close() {
      closed = true
      for (const breakOff of [...underWay]) breakOff()
      agents.destroy()
    },
  }
}

function assertOptions(options: TransportOptions): void {
  for (const name of Object.keys(options))
    if (!known.has(name))
      throw new EHealthError('configuration.invalid', `there is no option ${name}`, {
        path: name,
        hint: `Known here: ${[...known].join(', ')}.`,
      })
  for (const name of positive) {
    const value = options[name]
    if (value !== undefined && !(Number.isFinite(value) && value > 0))
      throw new EHealthError('configuration.invalid', `${name}: expected a number above 0`, { path: name })
  }
}

function pemOf(anchor: string | Uint8Array): string[] {
  const certificates = Certificate.allFrom(anchor)
  if (certificates.length === 0)
    throw new EHealthError('certificate.malformed', 'a trust anchor of the transport is no certificate')
  return certificates.map((certificate) => certificate.toPem())
}

function secureUrl(url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed?.protocol === 'https:') return parsed
  if (parsed?.protocol === 'http:' && isLoopback(parsed.hostname)) return parsed
  throw new EHealthError('configuration.invalid', 'an endpoint must be an https URL', { path: 'endpoint' })
}
