/** Who asks an OCSP responder for the official policies. */
import { EHealthError } from '../../errors.js'
import type { Certificate } from '../pki/certificate.js'
import { fetchRevocation } from '../pki/revocation/fetch.js'
import { ocspFetch } from '../pki/revocation/sources.js'

/** Asks a responder: takes an OCSPRequest in DER, gives the OCSPResponse. Injected, so that nothing here does network. */
export type OcspResponder = (
  request: Uint8Array,
  about: {
    certificate: Certificate
    issuer: Certificate
    /** From the certificate, when it names one. */ url?: string
  },
) => Promise<Uint8Array>

/**
 * Asks the responder that the certificate names over HTTP; for `ocspResponder` of `unseal`. Rejects with
 * `revocation.no-source`, `revocation.unavailable` or `revocation.too-large`.
 */
export const askOcspResponder: OcspResponder = async (body, { url }) => {
  if (url === undefined)
    throw new EHealthError('revocation.no-source', 'the certificate names no OCSP responder')
  return fetchRevocation(ocspFetch(url, body))
}
