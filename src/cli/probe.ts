/** Reaches for an endpoint without calling a service: is it there, is its certificate trusted, what time is it there. */
import { EHealthError } from '../errors.js'
import type { HttpTransport } from '../technical/soap/transport.js'

/** What came of it. */
export interface Probe {
  /** HTTP status; anything shows that the endpoint is there. */
  status?: number
  /** `Date` of the answer. */
  date?: Date
  milliseconds: number
  /** System code of the failure, for instance `ECONNREFUSED` or `CERT_HAS_EXPIRED`; that of the library where there is none. */
  failure?: string
}

/**
 * OPTIONS to a URL, as the official connector reads the platform's clock (spec sts-iam §1.6), on the way that calls take:
 * with their trust anchors, through their proxy. Never rejects for what the network does.
 */
export async function probe(
  url: string,
  transport: Pick<HttpTransport, 'options'>,
  timeout = 5000,
): Promise<Probe> {
  const start = performance.now()
  const elapsed = (): number => Math.round(performance.now() - start)
  try {
    const { status, headers } = await transport.options({ url, headers: { Accept: '*/*' }, timeout })
    const date = new Date(headers['date'] ?? '')
    return {
      status,
      ...(Number.isNaN(date.getTime()) ? {} : { date }),
      milliseconds: elapsed(),
    }
  } catch (error) {
    if (!(error instanceof EHealthError) || error.family === 'configuration') throw error
    const { code } = (error.cause ?? {}) as { code?: unknown }
    return { failure: typeof code === 'string' ? code : error.code, milliseconds: elapsed() }
  }
}
