/** Fetching lists and OCSP answers over HTTP (RFC 5280 §4.2.1.13, RFC 6960 appendix A.1). */
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'

import { EHealthError } from '../../../errors.js'

/** One thing to fetch. */
export interface RevocationRequest {
  /** An address of HTTP or HTTPS that stands in a certificate. */
  readonly url: string
  /** The question to a responder, sent with POST; a list is fetched with GET when there is none. */
  readonly body?: Uint8Array
  readonly contentType?: string
  readonly accept: string
  /** Milliseconds to the complete answer. */
  readonly timeout: number
  /** Largest answer in octets. */
  readonly maxBytes: number
}

/**
 * The door to the network for revocation. What comes through it is not trusted: answers and lists are signed.
 *
 * @throws EHealthError `revocation.unavailable`, `revocation.too-large`
 */
export type RevocationFetcher = (request: RevocationRequest) => Promise<Uint8Array>

/**
 * Fetches over the network. Plain HTTP is how authorities publish: what they publish is signed, and to ask for the status of
 * the certificate of a server of HTTPS would ask the question again. Redirects are not followed, proxies of the process
 * environment are not used.
 *
 * @throws EHealthError `revocation.unavailable`, `revocation.too-large`
 */
export const fetchRevocation: RevocationFetcher = (request) =>
  new Promise((resolve, reject) => {
    const { url, body, contentType, accept, timeout, maxBytes } = request
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
      reject(unavailable('the address is not one of HTTP'))
      return
    }
    const send = url.startsWith('https:') ? httpsRequest : httpRequest
    const sent = send(url, {
      method: body === undefined ? 'GET' : 'POST',
      agent: false,
      // From the start to the last octet: an answer that trickles in would never end.
      signal: AbortSignal.timeout(timeout),
      headers: {
        Accept: accept,
        ...(body === undefined ? {} : { 'Content-Length': body.length }),
        ...(contentType === undefined ? {} : { 'Content-Type': contentType }),
      },
    })
    sent.on('response', (response) => {
      receive(response, maxBytes).then(resolve, (error: unknown) => {
        sent.destroy()
        reject(failure(error))
      })
    })
    sent.on('error', (error) => reject(failure(error)))
    sent.end(body)
  })

async function receive(response: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  if (response.statusCode !== 200) throw unavailable(`it answered HTTP ${response.statusCode}`)
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes)
      throw new EHealthError('revocation.too-large', `the answer has more than ${maxBytes} octets`)
    chunks.push(chunk)
  }
  if (!response.complete) throw unavailable('the answer broke off')
  return Buffer.concat(chunks, size)
}

function failure(error: unknown): EHealthError {
  if (error instanceof EHealthError) return error
  const { name, code = 'unknown reason' } = error as NodeJS.ErrnoException
  return unavailable(
    name === 'AbortError' || name === 'TimeoutError' ? 'it did not answer in time' : code,
    error,
  )
}

const unavailable = (why: string, cause?: unknown): EHealthError =>
  new EHealthError('revocation.unavailable', `no answer: ${why}`, cause === undefined ? {} : { cause })
