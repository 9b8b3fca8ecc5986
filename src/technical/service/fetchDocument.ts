/** Getting a WSDL from a server. */
import { EHealthError } from '../../errors.js'
import { createTransport } from '../soap/transport.js'
import type { FetchDocument } from './documents.js'

/** Options of {@link fetchOver}. */
export interface FetchOptions {
  /** Roots of the server in PEM or DER; omitted: the public ones. */
  trust?: readonly (string | Uint8Array)[]
  /** Milliseconds; 30 000. */
  timeout?: number
  /** Octets; 8 MiB. */
  maxBytes?: number
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Gets documents over HTTPS. Redirects are not followed; plain HTTP is for loopback only.
 *
 * @throws EHealthError `transport.*`, `configuration.invalid`
 */
export function fetchOver({
  trust,
  timeout = 30_000,
  maxBytes = 8 * 1024 * 1024,
}: FetchOptions): FetchDocument {
  return async (url) => {
    const { protocol, hostname } = new URL(url)
    if (protocol !== 'https:' && !(protocol === 'http:' && loopback.has(hostname)))
      throw new EHealthError('configuration.invalid', 'a WSDL comes from a file or over https', {
        path: 'wsdl',
      })
    const transport = createTransport({
      keepAlive: false,
      timeout,
      maxResponseBytes: maxBytes,
      ...(trust === undefined ? {} : { trust }),
    })
    try {
      const { status, body } = await transport.get({ url, headers: {} })
      if (status === 200) return body
      throw new EHealthError('transport.http', `HTTP status ${status} instead of a WSDL`, {
        platform: { httpStatus: status },
      })
    } finally {
      transport.close()
    }
  }
}
