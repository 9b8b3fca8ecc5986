/** HTTP of the simulator: paths, methods, limits, headers; the messages are the pipeline's. */
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'

import { EHealthError } from '../errors.js'
import { servicePaths } from '../technical/environment/environment.js'
import type { Runtime } from '../technical/environment/runtime.js'
import type { Recorder } from '../technical/soap/types.js'
import type { SimulatorClock } from './clock.js'
import { checksOf, type Exchange } from './exchange.js'
import type { EndpointRole } from './faults.js'
import type { Pipeline } from './pipeline.js'
import { sendAnswer, type Answer } from './sending.js'
import { listPath, recoveryPath, type ListPublisher } from './serviceList/index.js'
import type { SimulatedService } from './service.js'
import type { IdentityProvider } from './services/singleSignOn/index.js'
import { wsdlOf } from './wsdl/wsdlOf.js'

/** What the server needs. */
export interface ServerOptions {
  readonly host: string
  /** 0 = any free one. */
  readonly port: number
  /** Key and certificates in PEM; plain HTTP when omitted. */
  readonly tls?: { readonly key: string; readonly cert: string }
  readonly services: readonly SimulatedService[]
  readonly pipeline: Pipeline
  readonly clock: SimulatorClock
  readonly runtime: Runtime
  readonly recorder?: Recorder
  readonly onExchange?: (exchange: Exchange) => void
  readonly maxRequestBytes: number
  readonly serviceList: ListPublisher
  readonly identityProvider: IdentityProvider
}

/** A server that listens. */
export interface ListeningServer {
  /** Without slash at the end. */
  readonly url: string
  /** Requests received, by {@link countKey}. */
  readonly counts: ReadonlyMap<string, number>
  /** Connections that stand now. */
  connections(): number
  /** @throws the first error of the recorder, after everything is closed */
  close(): Promise<void>
}

/** @throws EHealthError `configuration.invalid` when the port cannot be had */
export async function listen(options: ServerOptions): Promise<ListeningServer> {
  const { tls, host } = options
  const counts = new Map<string, number>()
  const problems: unknown[] = []
  const context: Context = { options, counts, problems, exchanges: 0, url: () => url }
  const handler = (request: IncomingMessage, response: ServerResponse): void => {
    serve(request, response, context).catch(() => response.destroy())
  }
  const server: Server =
    tls === undefined
      ? createHttpServer(handler)
      : createHttpsServer({ key: tls.key, cert: tls.cert, minVersion: 'TLSv1.2' }, handler)
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.headersTimeout = 10_000
  server.requestTimeout = 60_000
  server.keepAliveTimeout = 5_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      const message = `the simulator cannot listen on port ${options.port}`
      const hint = 'Another program has the port: give another one, or none for any free one.'
      reject(new EHealthError('configuration.invalid', message, { path: 'port', hint, cause }))
    })
    server.listen(options.port, host, resolve)
  })
  const { port } = server.address() as AddressInfo
  const url = `${tls === undefined ? 'http' : 'https'}://${host}:${port}`
  return {
    url,
    counts,
    connections: () => sockets.size,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
      if (problems.length > 0) throw problems[0]
    },
  }
}

/** What is counted: requests of a service, of one of its operations, at both addresses or at one. */
export const countKey = (service: string, operation?: string, endpoint?: EndpointRole): string =>
  [service, operation ?? '*', endpoint ?? '*'].join('/')

interface Context {
  options: ServerOptions
  counts: Map<string, number>
  /** Errors of the recorder: a recording with holes must not pass for a whole one. */
  problems: unknown[]
  /** Exchanges so far. */
  exchanges: number
  url: () => string
}

async function serve(request: IncomingMessage, response: ServerResponse, context: Context): Promise<void> {
  const { options } = context
  response.sendDate = false
  response.setHeader('Date', options.clock.now().toUTCString())
  const target = new URL(request.url ?? '/', 'http://host')
  const asked = target.pathname.replace(/\/$/, '')
  if (asked.startsWith(listPath)) return list(request, response, asked.slice(listPath.length), options)
  if (asked.startsWith('/idp/')) return page(request, response, target, options)
  const endpoint: EndpointRole = asked.startsWith(`${recoveryPath}/`) ? 'recovery' : 'default'
  const path = endpoint === 'recovery' ? asked.slice(recoveryPath.length) : asked
  const service = options.services.find((candidate) => servicePaths[candidate.service] === path)
  const { recovering, recoveryAnswers } = options.serviceList
  const inactive =
    endpoint === 'recovery' && !recoveryAnswers && !recovering.includes(service?.service ?? 'sts')
  if (service === undefined || inactive) return plain(response, 404, 'No such service')
  if (request.method === 'GET' && /^\?wsdl$/i.test(target.search)) {
    response.writeHead(200, { 'Content-Type': 'text/xml; charset=utf-8' })
    response.end(wsdlOf(service, context.url() + servicePaths[service.service]))
    return
  }
  response.setHeader('Allow', 'OPTIONS, POST')
  // The official connector compares clocks by the Date header of OPTIONS (spec sts-iam §1.6).
  if (request.method === 'OPTIONS') return plain(response, 200, '')
  if (request.method !== 'POST') return plain(response, 405, 'SOAP messages are sent with POST')

  const body = await readBody(request, options.maxRequestBytes)
  if (body === undefined) {
    response.setHeader('Connection', 'close')
    return plain(response, 413, 'The message is too large')
  }
  await exchange(request, response, { service, endpoint, body }, context)
}

/** The service list or its digest. */
async function list(
  request: IncomingMessage,
  response: ServerResponse,
  ending: string,
  { serviceList }: ServerOptions,
): Promise<void> {
  if (ending !== '.sha2' && ending !== '.xml' && ending !== '') return plain(response, 404, 'No such service')
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return plain(response, 405, 'The list is fetched')
  const file = await serviceList.file(ending === '.sha2' ? ending : '.xml')
  if (file === undefined) return plain(response, 404, 'No list today')
  response.writeHead(200, { 'Content-Type': ending === '.sha2' ? 'text/plain' : 'application/xml' })
  response.end(file)
}

/** A page of the identity provider, for browsers. */
async function page(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  { identityProvider, maxRequestBytes }: ServerOptions,
): Promise<void> {
  const body = await readBody(request, maxRequestBytes)
  if (body === undefined) return plain(response, 413, 'The form is too large')
  const answer = identityProvider.serve({ method: request.method ?? '', url, body })
  if (answer === undefined) return plain(response, 404, 'No such page')
  response.writeHead(answer.status, { 'Content-Type': 'text/html; charset=utf-8', ...answer.headers })
  response.end(answer.html)
}

async function exchange(
  request: IncomingMessage,
  response: ServerResponse,
  { service, endpoint, body }: { service: SimulatedService; endpoint: EndpointRole; body: Uint8Array },
  context: Context,
): Promise<void> {
  const { options, counts, problems, url } = context
  const startedAt = performance.now()
  const answer = await options.pipeline(service, {
    contentType: request.headers['content-type'],
    soapAction: header(request, 'soapaction'),
    body,
    endpoint,
  })
  const operation = answer.operation ?? 'unknown'
  for (const key of new Set([
    countKey(service.service),
    countKey(service.service, operation),
    countKey(service.service, undefined, endpoint),
    countKey(service.service, operation, endpoint),
  ]))
    counts.set(key, (counts.get(key) ?? 0) + 1)
  const headers = {
    'Content-Type': answer.contentType,
    'Content-Length': String(answer.body.length),
    'X-CorrelationID': options.runtime.uuid(),
    Date: answer.at.toUTCString(),
  }
  if (options.recorder !== undefined) {
    try {
      await options.recorder.record({
        service: service.service,
        operation,
        url: url() + servicePaths[service.service],
        requestHeaders: flat(request.headers),
        request: body,
        status: answer.status,
        responseHeaders: headers,
        response: answer.body,
        milliseconds: Math.round(performance.now() - startedAt),
      })
    } catch (error) {
      problems.push(error)
    }
  }
  tell({ service, endpoint, body }, request, answer, performance.now() - startedAt, context)
  await sendAnswer(response, answer, headers)
}

/** Tells whoever watches. What he throws is his own affair: the caller gets his answer. */
function tell(
  { service, endpoint, body }: { service: SimulatedService; endpoint: EndpointRole; body: Uint8Array },
  { headers }: IncomingMessage,
  { operation, at, status, contentType, body: response, trail }: Answer,
  milliseconds: number,
  context: Context,
): void {
  const { caller, refused, trouble } = trail
  const soapAction = headers['soapaction']
  const number = ++context.exchanges
  try {
    context.options.onExchange?.({
      number,
      at,
      milliseconds,
      service: service.service,
      endpoint,
      request: {
        body,
        ...(headers['content-type'] === undefined ? {} : { contentType: headers['content-type'] }),
        ...(typeof soapAction === 'string' ? { soapAction } : {}),
      },
      response: { status, contentType, body: response },
      checks: checksOf(trail),
      ...(operation === undefined ? {} : { operation }),
      ...(caller === undefined ? {} : { caller }),
      ...(refused === undefined ? {} : { refused }),
      ...(trouble === undefined ? {} : { trouble }),
    })
  } catch {
    // nothing to do: there is nobody else to tell
  }
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' })
  response.end(text)
}

/** The whole body; undefined when it is larger than the limit. */
async function readBody(request: IncomingMessage, limit: number): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    // Read to the end, so that the client gets to see the answer, but keep nothing more; twice the limit is an attack.
    if (size > 2 * limit) return undefined
    if (size <= limit) chunks.push(chunk)
  }
  return size > limit ? undefined : Buffer.concat(chunks)
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value.join(', ') : value
}

const flat = (headers: IncomingMessage['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  )
