/** How an answer leaves: whole, or as scripted trouble has it. */
import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { createDeflate, createGzip } from 'node:zlib'

import type { MessageBody } from '../technical/soap/index.js'
import type { Trail } from './exchange.js'

/** What becomes of an answer on its way. */
export type Delivery =
  | { kind: 'unanswered' | 'halfway' | 'stalled' }
  | { kind: 'trickling'; octets: number; milliseconds: number; from: number }
  | { kind: 'padded'; octets: number; coding: 'gzip' | 'deflate' | undefined }

/** What goes back over HTTP. */
export interface Answer extends MessageBody {
  readonly status: number
  /** Name of the operation, when the request named one. */
  readonly operation?: string
  /** Instant that the answer was made at. */
  readonly at: Date
  /** How far the request came. */
  readonly trail: Trail
  /** What becomes of it on its way; sent whole when absent. */
  readonly delivery?: Delivery
}

/** Sends the answer; resolves when nothing more will be written. */
export async function sendAnswer(
  response: ServerResponse,
  answer: Pick<Answer, 'status' | 'body' | 'delivery'>,
  headers: Record<string, string>,
): Promise<void> {
  const { delivery, body, status } = answer
  const half = body.subarray(0, Math.floor(body.length / 2))
  switch (delivery?.kind) {
    case 'unanswered':
      response.destroy()
      return
    case 'halfway':
      response.writeHead(status, headers)
      response.write(half, () => response.destroy())
      return
    case 'stalled':
      response.writeHead(status, headers)
      response.write(half)
      return
    case 'trickling':
      return trickle(response.writeHead(status, headers), body, delivery)
    case 'padded':
      return pad(response, answer, headers, delivery)
    default:
      response.writeHead(status, headers)
      response.end(body)
  }
}

async function trickle(
  response: ServerResponse,
  body: Uint8Array,
  { octets, milliseconds, from }: Extract<Delivery, { kind: 'trickling' }>,
): Promise<void> {
  response.write(body.subarray(0, from))
  for (let at = from; at < body.length && !response.destroyed; at += octets) {
    response.write(body.subarray(at, at + octets))
    await wait(milliseconds)
  }
  response.end()
}

const blanks = Buffer.alloc(64 * 1024, ' ')

/** White space behind the root is XML; nobody has to hold it to send it. */
async function pad(
  response: ServerResponse,
  { status, body }: Pick<Answer, 'status' | 'body'>,
  headers: Record<string, string>,
  { octets, coding }: Extract<Delivery, { kind: 'padded' }>,
): Promise<void> {
  const { 'Content-Length': _, ...others } = headers
  response.writeHead(status, { ...others, ...(coding === undefined ? {} : { 'Content-Encoding': coding }) })
  const compressor = coding === undefined ? undefined : coding === 'gzip' ? createGzip() : createDeflate()
  compressor?.pipe(response)
  const target = compressor ?? response
  target.on('error', () => undefined)
  target.write(body)
  for (let size = body.length; size < octets && !response.destroyed; size += blanks.length)
    if (!target.write(blanks)) await drained(target, response)
  if (response.destroyed) compressor?.destroy()
  else target.end()
}

/** Until more can be written, or nobody reads any more. */
function drained(target: NodeJS.WritableStream, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      target.removeListener('drain', done)
      response.removeListener('close', done)
      resolve()
    }
    target.once('drain', done)
    response.once('close', done)
  })
}
