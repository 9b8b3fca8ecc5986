/** Asks OCSP responders over HTTP, for `unseal --ocsp receiver-…` (RFC 6960 appendix A.1). */
import { EHealthError } from '../errors.js'
import type { OcspResponder } from '../technical/seal/index.js'
import { createTransport } from '../technical/soap/index.js'

/** As the official library waits for an answer (spec etee §6.4). */
const timeout = 3000

/** POSTs a request to the responder that the certificate names. */
export const askOcspResponder: OcspResponder = async (request, { url }) => {
  if (url === undefined || !/^https?:/.test(url))
    throw new EHealthError('transport.connect', 'the certificate names no OCSP responder')
  const transport = createTransport({ timeout, maxResponseBytes: 256 * 1024 })
  try {
    const answer = await transport.post({
      url,
      headers: { 'Content-Type': 'application/ocsp-request', Accept: 'application/ocsp-response' },
      body: request,
    })
    if (answer.status !== 200)
      throw new EHealthError('transport.http', `the OCSP responder answered HTTP ${answer.status}`)
    return answer.body
  } finally {
    transport.close()
  }
}
