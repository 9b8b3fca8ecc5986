/** One HTTP request and its answer, with three clocks: connecting, silence, the whole. */
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { TLSSocket } from 'node:tls'

import type { HttpRequest, HttpResponse, StreamedContent, TransportMark } from '../types.js'
import type { Agents } from './agents.js'
import { isStreamed } from '../attachments/content.js'
import { readAnswer, wholeBody } from './readAnswer.js'
import { transportError } from './transportError.js'

/** What to send, and how long to wait. */
export interface Sending {
  method: 'POST' | 'GET' | 'OPTIONS'
  url: URL
  headers: Record<string, string>
  body?: Uint8Array | StreamedContent
  /** Milliseconds for everything. */
  timeout: number
  /** Milliseconds without an octet in either direction. */
  idleTimeout: number
  /** Octets. */
  maxResponseBytes: number
  signal?: AbortSignal | undefined
  /** Told how far the exchange has come. */
  onProgress?: ((mark: TransportMark) => void) | undefined
  /** Told how many octets of the body have gone. */
  onSent?: ((bytes: number) => void) | undefined
  /** Takes the answer while it comes in. */
  receive?: HttpRequest['receive']
  /** Holds a function that breaks this exchange off, while it lasts. */
  underWay: Set<() => void>
}

const failure = (code: string): Error => Object.assign(new Error(code), { code })

/**
 * Sends and reads to the end. Redirects are answers like others.
 *
 * @throws EHealthError `transport.*`
 */
export async function send(agents: Agents, sending: Sending): Promise<HttpResponse> {
  const { url, body, signal, underWay } = sending
  const secure = url.protocol === 'https:'
  const options = {
    method: sending.method,
    agent: secure ? agents.https : agents.http,
    headers: {
      ...sending.headers,
      'Accept-Encoding': 'gzip, deflate',
      ...(body === undefined ? {} : { 'Content-Length': String(body.length) }),
    },
  }
  const request = secure ? httpsRequest(url, options) : httpRequest(url, options)
  const connection = watchConnection(request, secure, sending.onProgress)
  let broken: Error | undefined
  const stop = (code: string) => (): void => {
    broken ??= failure(code)
    request.destroy(broken)
  }
  const timer = setTimeout(stop('ETIMEDOUT'), sending.timeout)
  const abort = stop('ERR_CANCELED')
  signal?.addEventListener('abort', abort, { once: true })
  underWay.add(abort)
  // silence: the socket's own clock, which octets of both directions wind up
  request.setTimeout(sending.idleTimeout, stop('EIDLETIMEOUT'))
  try {
    if (signal?.aborted === true) abort()
    const answer = await answered(request, body, sending.onSent)
    const head = { status: answer.statusCode ?? 0, headers: flat(answer) }
    const { receive } = sending
    return await readAnswer(answer, sending.maxResponseBytes, async (pieces) =>
      receive === undefined ? { ...head, body: await wholeBody(pieces) } : receive({ ...head, body: pieces }),
    )
  } catch (error) {
    // the reason for which the request was broken off tells more than that the answer broke
    throw transportError(broken ?? error, { host: url.host, connected: connection.stands })
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
    underWay.delete(abort)
  }
}

function answered(
  request: ClientRequest,
  body: Sending['body'],
  onSent: Sending['onSent'],
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    let answered = false
    request.once('response', (answer: IncomingMessage) => {
      answered = true
      resolve(answer)
    })
    // stays: a request that is broken off while its answer is read says so again
    request.on('error', reject)
    request.once('close', () => {
      if (!answered) reject(failure('ECONNRESET'))
    })
    if (body === undefined || (!isStreamed(body) && onSent === undefined)) return void request.end(body)
    // a file that cannot be read breaks the request off: half of a message must not pass for one
    pipeline(Readable.from(counted(body, onSent)), request).catch((error: Error) => {
      reject(error)
      request.destroy()
    })
  })
}

/** Small enough that a slow line shows how far it is. */
const pieceSize = 64 * 1024

/** The body in pieces; one counts when the next is asked for, that is when there is room for it on the way out. */
async function* counted(
  body: Uint8Array | StreamedContent,
  onSent: Sending['onSent'],
): AsyncGenerator<Uint8Array, void, undefined> {
  let sent = 0
  for await (const piece of isStreamed(body) ? body.stream() : piecesOf(body)) {
    yield piece
    sent += piece.length
    onSent?.(sent)
  }
}

function* piecesOf(body: Uint8Array): Generator<Uint8Array, void, undefined> {
  for (let at = 0; at < body.length; at += pieceSize) yield body.subarray(at, at + pieceSize)
}

/** Whether the connection stood, so that octets of the request may have arrived. */
function watchConnection(
  request: ClientRequest,
  secure: boolean,
  mark: Sending['onProgress'],
): { readonly stands: boolean } {
  const connection = { stands: false }
  mark?.('connecting')
  const stands = (): void => {
    connection.stands = true
    mark?.('connected')
  }
  request.once('socket', (socket: Socket & Partial<TLSSocket> & { secureConnecting?: boolean }) => {
    if (secure ? socket.secureConnecting === true : socket.connecting)
      socket.once(secure ? 'secureConnect' : 'connect', stands)
    else stands()
  })
  request.once('finish', () => mark?.('sent'))
  request.once('response', () => mark?.('answering'))
  return connection
}

function flat({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  )
}
