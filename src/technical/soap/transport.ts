/** HTTPS to the platform: keep-alive, own trust anchors, limits, and errors that hold no payload (spec soap-security §6). */
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent, type AgentOptions } from 'node:https'
import { Readable } from 'node:stream'

import axios, { type AxiosResponse } from 'axios'

import { EHealthError } from '../../errors.js'
import { Certificate } from '../pki/certificate.js'
import { isStreamed } from './attachments/content.js'
import { transportError } from './transportError.js'
import { watchedAgent } from './transportProgress.js'
import type { HttpRequest, HttpResponse, Transport } from './types.js'

/** Options of {@link createTransport}. */
export interface TransportOptions {
  /** Roots of the servers in PEM or DER. Omitted: the public roots that Node.js ships. There is no "insecure". */
  trust?: readonly (string | Uint8Array)[]
  /** Milliseconds from sending to the complete answer; 30 000, as the official connector. */
  timeout?: number
  /** Milliseconds to connect, TLS handshake included; 30 000. */
  connectTimeout?: number
  /** Largest answer in octets, decompressed; 32 MiB. */
  maxResponseBytes?: number
  /** Keep connections for the next call; true. */
  keepAlive?: boolean
  /** Connections to one host at once; 64. */
  maxSockets?: number
}

/**
 * The client's own timeout is one of silence: an answer that trickles in would never end. This much later, so that a
 * connection that cannot be made keeps its own error.
 */
const trickleGrace = 1000

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * A transport. It holds connections, so close it.
 *
 * Redirects are not followed and proxies of the process environment are not used: a SOAP request carries a signature
 * and often patient data, and goes to the endpoint named or nowhere. Plain HTTP is for loopback only.
 *
 * @throws EHealthError `certificate.malformed` for a trust anchor that is none
 *
 * @example
 * ```ts
 * import { createTransport } from 'ehealth-connectors/soap'
 *
 * const transport = createTransport({ timeout: 60_000 })
 * try {
 *   await transport.post({ url, headers: { 'Content-Type': 'text/xml; charset=utf-8' }, body })
 * } finally {
 *   transport.close()
 * }
 * ```
 */
export function createTransport(options: TransportOptions = {}): Transport {
  const { timeout = 30_000, connectTimeout = 30_000, maxResponseBytes = 32 * 1024 * 1024 } = options
  const agentOptions: AgentOptions = {
    keepAlive: options.keepAlive ?? true,
    maxSockets: options.maxSockets ?? 64,
    minVersion: 'TLSv1.2',
    ...(options.trust === undefined ? {} : { ca: options.trust.flatMap(pemOf) }),
  }
  const httpsAgent = withConnectTimeout(new HttpsAgent(agentOptions), 'secureConnect', connectTimeout)
  const httpAgent = withConnectTimeout(
    new HttpAgent({ keepAlive: agentOptions.keepAlive, maxSockets: agentOptions.maxSockets }),
    'connect',
    connectTimeout,
  )
  const client = axios.create({
    adapter: 'http',
    httpsAgent,
    httpAgent,
    proxy: false,
    maxRedirects: 0,
    maxBodyLength: Infinity,
    maxContentLength: maxResponseBytes,
    responseType: 'arraybuffer',
    decompress: true,
    validateStatus: () => true,
    transformRequest: [],
    transformResponse: [],
    transitional: { clarifyTimeoutError: true },
  })
  let closed = false
  return {
    async post(request: HttpRequest): Promise<HttpResponse> {
      if (closed) throw new EHealthError('configuration.closed', 'the transport has been closed')
      assertSecure(request.url)
      const { host } = new URL(request.url)
      const limit = request.timeout ?? timeout
      const deadline = new AbortController()
      const timer = setTimeout(() => deadline.abort(), limit + trickleGrace)
      try {
        const { receive } = request
        const answer = await client.post<Buffer | Readable>(request.url, bodyOf(request.body), {
          headers: { ...request.headers, 'Content-Length': String(request.body.length) },
          timeout: limit,
          ...(request.onProgress === undefined
            ? {}
            : {
                httpsAgent: watchedAgent(httpsAgent, true, request.onProgress),
                httpAgent: watchedAgent(httpAgent, false, request.onProgress),
              }),
          signal: AbortSignal.any([
            deadline.signal,
            ...(request.signal === undefined ? [] : [request.signal]),
          ]),
          ...(receive === undefined ? {} : { responseType: 'stream' as const, maxContentLength: -1 }),
        })
        const { status, data } = answer
        const headers = headersOf(answer)
        if (data instanceof Buffer) return { status, headers, body: data }
        return await receive!({ status, headers, body: noMoreThan(maxResponseBytes, data as Readable) })
      } catch (error) {
        const late = deadline.signal.aborted && request.signal?.aborted !== true
        if (error instanceof EHealthError) throw error
        throw transportError(late ? Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' }) : error, host)
      } finally {
        clearTimeout(timer)
      }
    },
    close() {
      closed = true
      httpsAgent.destroy()
      httpAgent.destroy()
    },
  }
}

function pemOf(anchor: string | Uint8Array): string[] {
  const certificates = Certificate.allFrom(anchor)
  if (certificates.length === 0)
    throw new EHealthError('certificate.malformed', 'a trust anchor of the transport is no certificate')
  return certificates.map((certificate) => certificate.toPem())
}

function assertSecure(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed?.protocol === 'https:') return
  if (parsed?.protocol === 'http:' && loopback.has(parsed.hostname)) return
  throw new EHealthError('configuration.invalid', 'an endpoint must be an https URL', { path: 'endpoint' })
}

/** Tells a host that cannot be reached (nothing was sent) from one that does not answer (perhaps it acted). */
function withConnectTimeout<A extends HttpAgent>(
  agent: A,
  connected: 'connect' | 'secureConnect',
  milliseconds: number,
): A {
  const create = agent.createConnection.bind(agent)
  agent.createConnection = (options, callback) => {
    const socket = create(options, callback)
    if (socket === null || socket === undefined) return socket
    const timer = setTimeout(() => {
      socket.destroy(Object.assign(new Error('connect timeout'), { code: 'ECONNECTTIMEOUT' }))
    }, milliseconds)
    const stop = (): void => clearTimeout(timer)
    socket.once(connected, stop).once('close', stop)
    return socket
  }
  return agent
}

function bodyOf(body: HttpRequest['body']): Buffer | Readable {
  if (isStreamed(body)) return Readable.from(body.stream())
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength)
}

/** @throws EHealthError `transport.too-large` */
async function* noMoreThan(limit: number, body: Readable): AsyncGenerator<Uint8Array> {
  let left = limit
  for await (const chunk of body as AsyncIterable<Buffer>) {
    left -= chunk.length
    if (left < 0) throw new EHealthError('transport.too-large', 'the answer is larger than the limit')
    yield chunk
  }
}

function headersOf({ headers }: AxiosResponse): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers as Record<string, string | string[] | null | undefined>))
    if (value !== undefined && value !== null)
      flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value
  return flat
}
