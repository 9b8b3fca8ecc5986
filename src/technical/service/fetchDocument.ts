/** Getting a WSDL from a server. */
import { Agent } from 'node:https'

import axios from 'axios'

import { EHealthError } from '../../errors.js'
import { Certificate } from '../pki/certificate.js'
import { transportError } from '../soap/transportError.js'
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
    const { protocol, hostname, host } = new URL(url)
    if (protocol !== 'https:' && !(protocol === 'http:' && loopback.has(hostname)))
      throw new EHealthError('configuration.invalid', 'a WSDL comes from a file or over https', {
        path: 'wsdl',
      })
    const ca = trust?.flatMap((anchor) =>
      Certificate.allFrom(anchor).map((certificate) => certificate.toPem()),
    )
    const httpsAgent = new Agent({
      keepAlive: false,
      minVersion: 'TLSv1.2',
      ...(ca === undefined ? {} : { ca }),
    })
    // the timeout of the client is one of silence
    const deadline = AbortSignal.timeout(timeout + 1000)
    try {
      const { status, data } = await axios.get<Buffer>(url, {
        adapter: 'http',
        httpsAgent,
        proxy: false,
        maxRedirects: 0,
        maxContentLength: maxBytes,
        responseType: 'arraybuffer',
        timeout,
        signal: deadline,
        validateStatus: () => true,
        transitional: { clarifyTimeoutError: true },
      })
      if (status === 200) return data
      throw new EHealthError('transport.http', `HTTP status ${status} instead of a WSDL`, {
        platform: { httpStatus: status },
      })
    } catch (error) {
      if (error instanceof EHealthError) throw error
      const late = deadline.aborted ? Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' }) : error
      throw transportError(late, host)
    } finally {
      httpsAgent.destroy()
    }
  }
}
