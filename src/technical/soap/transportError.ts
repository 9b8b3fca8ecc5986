/** Failures of the network as typed errors. */
import { EHealthError, type ErrorCode } from '../../errors.js'

const connectCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'ECONNECTTIMEOUT',
])

const tlsCode =
  /^(ERR_TLS_|ERR_SSL_|ERR_OSSL_|EPROTO$|CERT_|CRL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_CA$|INVALID_PURPOSE$|HOSTNAME_MISMATCH$|PATH_LENGTH_EXCEEDED$)/

const messages: Partial<Record<ErrorCode, string>> = {
  'transport.connect': 'no connection to the endpoint',
  'transport.tls': 'the TLS connection was refused',
  'transport.timeout': 'the endpoint did not answer in time',
  'transport.reset': 'the connection broke before the answer was complete',
  'transport.too-large': 'the answer is larger than the limit',
  'transport.aborted': 'the call was aborted',
}

/**
 * What went wrong, as an error of this library. An error of the HTTP client holds the whole request: only its code and
 * text are kept as cause.
 */
export function transportError(error: unknown, host: string): EHealthError {
  if (error instanceof EHealthError) return error
  const { code = '', text } = particularsOf(error)
  const kind = kindOf(code, text)
  const cause = Object.assign(new Error(text), code === '' ? {} : { code })
  return new EHealthError(kind, `${messages[kind]} (${code === '' ? host : `${host}, ${code}`})`, { cause })
}

function particularsOf(error: unknown): { code?: string; text: string } {
  if (!(error instanceof Error)) return { text: 'unknown failure' }
  const { code, cause } = error as Error & { code?: unknown }
  const inner = (cause as { code?: unknown } | undefined)?.code
  // the client has codes of its own for some failures; the one of the system tells more
  const best = [inner, code].find((candidate) => typeof candidate === 'string')
  return best === undefined ? { text: error.message } : { code: best, text: error.message }
}

function kindOf(code: string, text: string): ErrorCode {
  if (code === 'ERR_CANCELED') return 'transport.aborted'
  if (connectCodes.has(code)) return 'transport.connect'
  if (tlsCode.test(code)) return 'transport.tls'
  if (code === 'ETIMEDOUT' || code === 'ECONNABORTED') return 'transport.timeout'
  if (text.startsWith('maxContentLength')) return 'transport.too-large'
  return 'transport.reset'
}
