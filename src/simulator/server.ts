/** HTTP of the simulator: paths, methods, limits, headers; the messages are the pipeline's. */
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'

import { EHealthError } from '../errors.js'
import { servicePaths } from '../technical/environment/environment.js'
import type { Runtime } from '../technical/environment/runtime.js'
import type { Recorder } from '../technical/soap/types.js'
import type { SimulatorClock } from './clock.js'
import type { Answer, Pipeline } from './pipeline.js'
import type { SimulatedService } from './service.js'
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
  readonly maxRequestBytes: number
}

/** A server that listens. */
export interface ListeningServer {
  /** Without slash at the end. */
  readonly url: string
  /** Requests received, by service and `service/operation`. */
  readonly counts: ReadonlyMap<string, number>
  /** @throws the first error of the recorder, after everything is closed */
  close(): Promise<void>
}

/** @throws EHealthError `configuration.invalid` when the port cannot be had */
export async function listen(options: ServerOptions): Promise<ListeningServer> {
  const { tls, host } = options
  const counts = new Map<string, number>()
  const problems: unknown[] = []
  const context: Context = { options, counts, problems, url: () => url }
  const handler = (request: IncomingMessage, response: ServerResponse): void => {
    serve(request, response, context).catch(() => response.destroy())
  }
  const server: Server =
    tls === undefined
      ? createHttpServer(handler)
      : createHttpsServer({ key: tls.key, cert: tls.cert, minVersion: 'TLSv1.2' }, handler)
  server.headersTimeout = 10_000
  server.requestTimeout = 60_000
  server.keepAliveTimeout = 5_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      const message = `the simulator cannot listen on port ${options.port}`
      reject(new EHealthError('configuration.invalid', message, { path: 'port', cause }))
    })
    server.listen(options.port, host, resolve)
  })
  const { port } = server.address() as AddressInfo
  const url = `${tls === undefined ? 'http' : 'https'}://${host}:${port}`
  return {
    url,
    counts,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
      if (problems.length > 0) throw problems[0]
    },
  }
}

interface Context {
  options: ServerOptions
  counts: Map<string, number>
  /** Errors of the recorder: a recording with holes must not pass for a whole one. */
  problems: unknown[]
  url: () => string
}

async function serve(request: IncomingMessage, response: ServerResponse, context: Context): Promise<void> {
  const { options } = context
  response.sendDate = false
  response.setHeader('Date', options.clock.now().toUTCString())
  const target = new URL(request.url ?? '/', 'http://host')
  const path = target.pathname.replace(/\/$/, '')
  const service = options.services.find((candidate) => servicePaths[candidate.service] === path)
  if (service === undefined) return plain(response, 404, 'No such service')
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
  await exchange(request, response, service, body, context)
}

async function exchange(
  request: IncomingMessage,
  response: ServerResponse,
  service: SimulatedService,
  body: Uint8Array,
  { options, counts, problems, url }: Context,
): Promise<void> {
  const startedAt = performance.now()
  const answer = await options.pipeline(service, {
    contentType: request.headers['content-type'],
    soapAction: header(request, 'soapaction'),
    body,
  })
  const operation = answer.operation ?? 'unknown'
  for (const key of [service.service, `${service.service}/${operation}`])
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
  send(response, answer, headers)
}

function send(response: ServerResponse, answer: Answer, headers: Record<string, string>): void {
  if (answer.broken === 'unanswered') {
    response.destroy()
    return
  }
  response.writeHead(answer.status, headers)
  if (answer.broken === 'halfway') {
    response.write(answer.body.subarray(0, Math.floor(answer.body.length / 2)), () => response.destroy())
    return
  }
  response.end(answer.body)
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
