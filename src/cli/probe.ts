/** Reaches for an endpoint without calling a service: is it there, is its certificate trusted, what time is it there. */
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { rootCertificates } from 'node:tls'

import { Certificate } from '../technical/pki/index.js'

/** What came of it. */
export interface Probe {
  /** HTTP status; anything shows that the endpoint is there. */
  status?: number
  /** `Date` of the answer. */
  date?: Date
  milliseconds: number
  /** System code of the failure, for instance `ECONNREFUSED` or `CERT_HAS_EXPIRED`. */
  failure?: string
}

/** OPTIONS to a URL, as the official connector reads the platform's clock (spec sts-iam §1.6). Rejects only for trust that is none. */
export function probe(
  url: string,
  tls: readonly (string | Uint8Array)[] | undefined,
  timeout = 5000,
): Promise<Probe> {
  const start = performance.now()
  const elapsed = (): number => Math.round(performance.now() - start)
  const ca = tls?.flatMap((bytes) => Certificate.allFrom(bytes)).map((certificate) => certificate.toPem())
  return new Promise((resolve) => {
    const request = url.startsWith('https:')
      ? httpsRequest(url, { method: 'OPTIONS', timeout, agent: false, ca: ca ?? [...rootCertificates] })
      : httpRequest(url, { method: 'OPTIONS', timeout, agent: false })
    request.on('response', (response) => {
      response.resume()
      const date = new Date(response.headers.date ?? '')
      resolve({
        ...(response.statusCode === undefined ? {} : { status: response.statusCode }),
        ...(Number.isNaN(date.getTime()) ? {} : { date }),
        milliseconds: elapsed(),
      })
    })
    request.on('timeout', () => request.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })))
    request.on('error', (error: NodeJS.ErrnoException) =>
      resolve({ failure: error.code ?? 'unknown', milliseconds: elapsed() }),
    )
    request.end()
  })
}
