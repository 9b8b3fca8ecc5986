/** What the intake answers, in JSON; errors without content. */
import type { ServerResponse } from 'node:http'

import { EHealthError } from '../../../errors.js'

/** A request that is none of ours. */
export class Unacceptable extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
  ) {
    super(reason)
  }
}

export function answerJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const body = Buffer.from(`${JSON.stringify(value)}\n`)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': body.length,
    'cache-control': 'no-store',
    ...headers,
  })
  response.end(body)
}

/** Seconds after which to hand it over again. */
const retryAfter = { 'retry-after': '1' }

/** Tells why not; whoever has gone is not told. */
export function answerFailure(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return
  }
  // what is left of the body is not read
  const closing = { connection: 'close' }
  if (error instanceof Unacceptable) {
    const challenge = error.status === 401 ? { 'www-authenticate': 'Bearer' } : undefined
    answerJson(response, error.status, { error: { code: error.reason } }, { ...closing, ...challenge })
    return
  }
  const body =
    error instanceof EHealthError
      ? error.toJSON()
      : { code: 'unexpected', message: 'the request was not carried out' }
  const status = error instanceof EHealthError ? statusOf(error) : 500
  answerJson(response, status, { error: body }, status === 503 ? { ...closing, ...retryAfter } : closing)
}

function statusOf({ code, retryable }: EHealthError): number {
  if (code === 'prescription-archive.too-large') return 413
  if (retryable || code === 'prescription-archive.closed') return 503
  return code === 'configuration.invalid' ? 400 : 500
}
