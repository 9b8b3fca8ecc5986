/** Asks OCSP responders, for `unseal --ocsp receiver-…` (RFC 6960 appendix A.1). */
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'

import { EHealthError } from '../errors.js'
import type { OcspResponder } from '../technical/seal/index.js'

/** As the official library waits for an answer (spec etee §6.4). */
const timeout = 3000
const maximumBytes = 256 * 1024

/**
 * POSTs a request to the responder that the certificate names. Plain HTTP is what responders speak: the answer is signed.
 * The library's own transport refuses it, since nothing else may go over it.
 */
export const askOcspResponder: OcspResponder = (body, { url }) => {
  if (url === undefined || !/^https?:/.test(url))
    return Promise.reject(new EHealthError('transport.connect', 'the certificate names no OCSP responder'))
  return new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? httpsRequest : httpRequest
    const request = send(url, {
      method: 'POST',
      agent: false,
      signal: AbortSignal.timeout(timeout),
      headers: {
        'Content-Type': 'application/ocsp-request',
        'Content-Length': body.length,
        Accept: 'application/ocsp-response',
      },
    })
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        chunks.push(chunk)
        if (size > maximumBytes) request.destroy(new Error('the answer is too large'))
      })
      response.on('end', () =>
        response.statusCode === 200
          ? resolve(Buffer.concat(chunks))
          : reject(
              new EHealthError('transport.http', `the OCSP responder answered HTTP ${response.statusCode}`),
            ),
      )
      response.on('error', reject)
    })
    request.on('error', (cause) =>
      reject(new EHealthError('transport.connect', 'the OCSP responder cannot be reached', { cause })),
    )
    request.end(body)
  })
}
