/** Failures of the network as typed errors. */
import { EHealthError, type ErrorCode } from '../../../errors.js'

const tlsCode =
  /^(ERR_TLS_|ERR_SSL_|ERR_OSSL_|EPROTO$|CERT_|CRL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_CA$|INVALID_PURPOSE$|HOSTNAME_MISMATCH$|PATH_LENGTH_EXCEEDED$)/

const ownMachine = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/

const messages: Partial<Record<ErrorCode, string>> = {
  'transport.connect': 'no connection to the endpoint',
  'transport.connect-timeout': 'the endpoint could not be reached in time',
  'transport.tls': 'the TLS connection was refused',
  'transport.timeout': 'the call was not complete within its time',
  'transport.idle-timeout': 'the endpoint fell silent',
  'transport.reset': 'the connection broke before the answer was complete',
  'transport.aborted': 'the call was aborted',
}

/**
 * What went wrong, as an error of this library. Errors of the system may hold more than they should: only code and
 * text are kept as cause.
 *
 * @param about `connected`: whether the connection stood, so that the request may have arrived
 */
export function transportError(error: unknown, about: { host: string; connected: boolean }): EHealthError {
  if (error instanceof EHealthError) return error
  const { code, text } = particularsOf(error)
  const kind = kindOf(code, about.connected)
  const cause = Object.assign(new Error(text), code === '' ? {} : { code })
  const place = code === '' ? about.host : `${about.host}, ${code}`
  const nobodyHere = kind === 'transport.connect' && code === 'ECONNREFUSED' && ownMachine.test(about.host)
  return new EHealthError(kind, `${messages[kind]} (${place})`, {
    cause,
    ...(nobodyHere
      ? {
          hint: 'Nothing listens there on this machine: start the simulator (`ehealth simulator`), or check the port.',
        }
      : {}),
  })
}

function particularsOf(error: unknown): { code: string; text: string } {
  if (!(error instanceof Error)) return { code: '', text: 'unknown failure' }
  const { code } = error as Error & { code?: unknown }
  // a host with several addresses that all fail: the first failure stands for them
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : []
  if (first instanceof Error) return particularsOf(first)
  return { code: typeof code === 'string' ? code : '', text: error.message }
}

function kindOf(code: string, connected: boolean): ErrorCode {
  if (code === 'ERR_CANCELED') return 'transport.aborted'
  if (code === 'ECONNECTTIMEOUT') return 'transport.connect-timeout'
  if (!connected && tlsCode.test(code)) return 'transport.tls'
  // the time of the call ended, wherever it was; without a connection nothing was sent
  if (code === 'ETIMEDOUT' || code === 'EIDLETIMEOUT') {
    if (!connected) return 'transport.connect-timeout'
    return code === 'ETIMEDOUT' ? 'transport.timeout' : 'transport.idle-timeout'
  }
  return connected ? 'transport.reset' : 'transport.connect'
}
