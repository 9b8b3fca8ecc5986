/** HTTP of the console: loopback only, everything below a token in the path, nothing for other sites. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { EHealthError } from '../../errors.js'
import { systemRuntime } from '../../technical/environment/runtime.js'
import { answerApi, type ApiRequest, type ConsoleSources } from './api.js'
import { createEventStreams, type EventStreams } from './events.js'
import { assertOwnHost, assertOwnPage, assertOwnSite, belowToken, safeHeaders } from './guard.js'
import { pageFiles, type PageFile } from './page/files.js'
import { ConsoleRefusal, notFound, problemOf } from './refusal.js'
import { stateOf } from './state.js'

/** What the console shows, and where. */
export interface ConsoleOptions extends ConsoleSources {
  /** TCP port; 0, the default, takes any free one. */
  readonly port?: number
}

/** A console that listens. */
export interface SimulatorConsole extends AsyncDisposable {
  /** Address of the page, token included: whoever knows it may use the console. */
  readonly url: string
  /** Ends streams and connections, and frees the port. */
  close(): Promise<void>
}

/** Octets of a request. */
const mostOctets = 64 * 1024

/**
 * Starts the console of a simulator.
 *
 * @throws EHealthError `configuration.invalid` when the port cannot be had
 */
export async function startConsole(options: ConsoleOptions): Promise<SimulatorConsole> {
  const { port = 0, exchanges } = options
  const token = Buffer.from(systemRuntime.randomBytes(24)).toString('hex')
  const files = await pageFiles()
  const streams = createEventStreams(exchanges, () => stateOf(options))
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 }, (request, response) => {
    const { port: own } = server.address() as AddressInfo
    serve(request, response, { options, token, files, streams, port: own }).catch((error: unknown) =>
      refuse(request, response, error),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      streams.close()
      const message = `the console cannot listen on port ${port}`
      reject(new EHealthError('configuration.invalid', message, { path: 'ui-port', cause }))
    })
    server.listen(port, '127.0.0.1', resolve)
  })
  let closing: Promise<void> | undefined
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    streams.close()
    server.closeAllConnections()
    await closed
  }
  const closeOnce = (): Promise<void> => (closing ??= close())
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${token}/`,
    close: closeOnce,
    [Symbol.asyncDispose]: closeOnce,
  }
}

interface Context {
  options: ConsoleOptions
  token: string
  files: ReadonlyMap<string, PageFile>
  streams: EventStreams
  port: number
}

async function serve(request: IncomingMessage, response: ServerResponse, context: Context): Promise<void> {
  for (const [name, value] of Object.entries(safeHeaders)) response.setHeader(name, value!)
  const { headers, method = '', url = '' } = request
  assertOwnHost(headers, context.port)
  const [path = '', search = ''] = url.split(/\?(.*)/s)
  const below = belowToken(path, context.token)
  if (below === undefined) throw notFound()
  if (!below.startsWith('api/')) return sendFile(response, method, context.files.get(below))
  assertOwnSite(headers)
  if (below === 'api/events') {
    assertMethod(method, ['GET', 'HEAD'])
    if (method === 'HEAD') return sendJson(response, 200, {})
    return context.streams.open(response, lastSeen(headers['last-event-id']))
  }
  assertMethod(method, ['GET', 'HEAD', 'POST', 'DELETE'])
  const changes = method === 'POST' || method === 'DELETE'
  if (changes) assertOwnPage(headers)
  const asked: ApiRequest = {
    method: method === 'HEAD' ? 'GET' : (method as ApiRequest['method']),
    path: below.slice('api/'.length).split('/'),
    query: new URLSearchParams(search),
    ...(method === 'POST' ? { body: await readJson(request) } : {}),
  }
  const answer = await answerApi(asked, context.options)
  if (changes) context.streams.tellState()
  sendJson(response, 200, answer)
}

function sendFile(response: ServerResponse, method: string, file: PageFile | undefined): void {
  if (file === undefined) throw notFound()
  assertMethod(method, ['GET', 'HEAD'])
  response.writeHead(200, { 'Content-Type': file.contentType, 'Content-Length': file.body.length })
  response.end(file.body)
}

function sendJson(response: ServerResponse, status: number, content: unknown): void {
  const body = Buffer.from(JSON.stringify(content))
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': body.length,
  })
  response.end(body)
}

/** What is left of the request is thrown away, so that its sender gets to see the answer; then the connection ends. */
function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const { status, problem } = problemOf(error)
  response.setHeader('Connection', 'close')
  request.resume()
  sendJson(response, status, problem)
}

function assertMethod(method: string, allowed: readonly string[]): void {
  if (!allowed.includes(method))
    throw new ConsoleRefusal(405, 'console.method', `expected ${allowed.join(' or ')}`)
}

/** Where a page that comes again has stopped. */
const lastSeen = (id: string | string[] | undefined): number | undefined =>
  typeof id === 'string' && /^\d{1,15}$/.test(id) ? Number(id) : undefined

/** @throws ConsoleRefusal 400, 413 */
async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  // without destroying it: the answer goes by the same connection
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > mostOctets) throw new ConsoleRefusal(413, 'console.too-large', 'the request is too large')
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    throw new ConsoleRefusal(400, 'console.body', 'the request is no JSON')
  }
}
