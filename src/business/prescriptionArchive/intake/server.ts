/** Intake over HTTP: an answer means that the prescription is on the disk. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { EHealthError } from '../../../errors.js'
import { invalidOption, refuseUnknownOptions } from '../../../technical/session/options.js'
import type { PrescriptionArchive } from '../archive.js'
import { answerFailure, answerJson, Unacceptable } from './answer.js'
import type { ArchiveStatus, Receipt } from '../types.js'

/** Options of {@link listenForPrescriptions}. */
export interface PrescriptionIntakeOptions {
  archive: Pick<PrescriptionArchive, 'add' | 'status'>
  /** TCP port; 0, the default, takes any free one. */
  port?: number
  /** Address to listen on; `127.0.0.1`. There is no TLS: put a proxy in front where others than this machine shall reach it. */
  host?: string
  /** What callers must send as `Authorization: Bearer …`; 16 characters at least. */
  token: string
  /** Milliseconds after which a prescription without a stamp makes the health check fail; 900 000. */
  alarmAfter?: number
  /** The present instant, for the health check. */
  now?: () => Date
}

/** A listening intake. */
export interface PrescriptionIntake {
  /** For instance `http://127.0.0.1:40123`. */
  readonly url: string
  /** Takes no more connections, and ends when those in hand have their answer, after five seconds at the latest. */
  close(): Promise<void>
}

/** Milliseconds. */
const patience = 5000

/**
 * Listens for prescriptions: `POST /prescriptions` with the prescription as body (source in `X-Source-System` and
 * `X-Source-Id`), `POST /digests` with `{ sha256, sourceSystem, sourceId }` as JSON, `GET /health`. Answers 201 with the
 * receipt when the prescription is on the disk, 200 when it was there already; 503 with `Retry-After` when it shall be
 * handed over again.
 *
 * @throws EHealthError `configuration.invalid`, also for a port that is taken
 *
 * @example
 * ```ts
 * import { listenForPrescriptions, openPrescriptionArchive } from 'ehealth-connectors/prescription-archive'
 *
 * await using archive = await openPrescriptionArchive({ file: 'archive.db', session })
 * const intake = await listenForPrescriptions({ archive, port: 8080, token: password })
 * await fetch(`${intake.url}/prescriptions`, {
 *   method: 'POST',
 *   headers: { authorization: `Bearer ${password}`, 'x-source-system': 'ward' },
 *   body: letter,
 * })
 * await intake.close()
 * ```
 */
export async function listenForPrescriptions(
  options: PrescriptionIntakeOptions,
): Promise<PrescriptionIntake> {
  refuseUnknownOptions(options, ['archive', 'port', 'host', 'token', 'alarmAfter', 'now'])
  const { port = 0, host = '127.0.0.1', token } = options
  if (typeof token !== 'string' || token.length < 16)
    throw invalidOption('token', 'expected 16 characters at least')
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw invalidOption('port', 'not a TCP port')
  const isAllowed = bearer(token)
  const server = createServer({ requestTimeout: 60_000, headersTimeout: 10_000 }, (request, response) => {
    serve(options, isAllowed, request, response).catch((error: unknown) => answerFailure(response, error))
  })
  server.listen(port, host)
  await once(server, 'listening').catch((error: unknown) => {
    throw new EHealthError('configuration.invalid', 'port: cannot listen there', {
      path: 'port',
      cause: error,
    })
  })
  const address = server.address() as AddressInfo
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return { url: `http://${name}:${address.port}`, close: () => close(server) }
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), patience)
  await closed
  clearTimeout(timer)
}

/** Compares digests, so that the time of the answer tells nothing of the token. */
function bearer(token: string): (request: IncomingMessage) => boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  const expected = digest(`Bearer ${token}`)
  return ({ headers }) => timingSafeEqual(digest(headers.authorization ?? ''), expected)
}

async function serve(
  options: PrescriptionIntakeOptions,
  isAllowed: (request: IncomingMessage) => boolean,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '').split('?')[0]
  const allowed = isAllowed(request)
  if (path === '/health' && request.method === 'GET') {
    const status = await options.archive.status()
    const health = healthOf(status, options)
    // numbers are for those who may hand in; whether all is well, for any probe
    answerJson(response, health === 'ok' ? 200 : 503, allowed ? { health, ...status } : { health })
    return
  }
  if (!allowed) throw new Unacceptable(401, 'unauthorised')
  if (path !== '/prescriptions' && path !== '/digests') throw new Unacceptable(404, 'not-found')
  if (request.method !== 'POST') throw new Unacceptable(405, 'method')
  const receipt =
    path === '/prescriptions' ? await takeContent(options, request) : await takeDigest(options, request)
  answerJson(response, receipt.resubmitted ? 200 : 201, receipt)
}

function healthOf(
  { halted, oldestUnstamped }: ArchiveStatus,
  {
    alarmAfter = 900_000,
    now = () => new Date(performance.timeOrigin + performance.now()),
  }: PrescriptionIntakeOptions,
): 'ok' | 'late' | 'halted' {
  if (halted !== undefined) return 'halted'
  const waiting = oldestUnstamped === undefined ? 0 : now().getTime() - oldestUnstamped.getTime()
  return waiting > alarmAfter ? 'late' : 'ok'
}

function takeContent({ archive }: PrescriptionIntakeOptions, request: IncomingMessage): Promise<Receipt> {
  const sourceSystem = headerOf(request, 'x-source-system')
  const sourceId = headerOf(request, 'x-source-id')
  return archive.add({
    content: request as AsyncIterable<Uint8Array>,
    ...(sourceSystem === undefined ? {} : { sourceSystem }),
    ...(sourceId === undefined ? {} : { sourceId }),
  })
}

function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' ? value : undefined
}

async function takeDigest(
  { archive }: PrescriptionIntakeOptions,
  request: IncomingMessage,
): Promise<Receipt> {
  const pieces: Uint8Array[] = []
  let octets = 0
  for await (const piece of request as AsyncIterable<Uint8Array>) {
    octets += piece.length
    if (octets > 4096) throw new Unacceptable(413, 'too-large')
    pieces.push(piece)
  }
  let given: unknown
  try {
    given = JSON.parse(Buffer.concat(pieces).toString('utf8'))
  } catch {
    throw new Unacceptable(400, 'json')
  }
  if (typeof given !== 'object' || given === null || 'content' in given) throw new Unacceptable(400, 'json')
  // what it says is judged by the archive
  return archive.add(given as { sha256: string })
}
