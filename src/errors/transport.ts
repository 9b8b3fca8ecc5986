import type { ErrorEntry } from './entry.js'

export const transportErrors = {
  'transport.connect': {
    origin: 'transport',
    meaning: 'No connection to the endpoint.',
    hint: 'Check network, proxy and firewall (port 443).',
    retryable: true,
  },
  'transport.tls': {
    origin: 'transport',
    meaning: 'The TLS connection could not be trusted or negotiated.',
    hint: 'Check the trust anchors of the environment.',
    retryable: true,
  },
  'transport.connect-timeout': {
    origin: 'transport',
    meaning: 'The endpoint could not be reached in time; nothing was sent.',
    hint: 'Check network, proxy and firewall (port 443, recovery hosts 9443).',
    retryable: true,
  },
  'transport.proxy': {
    origin: 'transport',
    meaning: 'The proxy did not open the way to the endpoint; nothing was sent.',
    hint: 'Check address, credentials and rules of the proxy; `details.status` is its answer.',
  },
  'transport.idle-timeout': {
    origin: 'transport',
    meaning: 'The endpoint fell silent before the answer was complete.',
    hint: 'Whether the request was carried out is unknown: check before repeating a write.',
  },
  'transport.timeout': {
    origin: 'transport',
    meaning: 'The call was not complete within its time.',
    hint: 'Whether the request was carried out is unknown: check before repeating a write.',
  },
  'transport.reset': {
    origin: 'transport',
    meaning: 'The connection broke before the answer was complete.',
    hint: 'Whether the request was carried out is unknown: check before repeating a write.',
  },
  'transport.http': {
    origin: 'transport',
    meaning: 'The endpoint answered with an HTTP error without a SOAP message.',
    hint: 'Try later; a maintenance page answers like this.',
  },
  'transport.content': {
    origin: 'transport',
    meaning: 'The answer is not a SOAP message.',
    hint: 'Try later; a gateway or login page answers like this.',
  },
  'transport.multipart': {
    origin: 'partner',
    meaning: 'A multipart message is damaged or ambiguous.',
    hint: 'Report it with the recording; a gateway may have changed the message.',
  },
  'transport.attachment': {
    origin: 'partner',
    meaning: 'A message refers to an attachment that it does not carry.',
    hint: 'Ask for the message again; report it when it stays incomplete.',
  },
  'transport.encoding': {
    origin: 'transport',
    meaning: 'The compression of the answer is damaged or unknown.',
    hint: 'Report it; a gateway may have changed the answer.',
  },
  'transport.too-large': {
    origin: 'transport',
    meaning: 'The answer is larger than the limit, as received or decompressed.',
    hint: 'Raise `maxResponseBytes` if that is intended.',
  },
  'transport.aborted': {
    origin: 'client',
    meaning: 'The caller aborted the call.',
    hint: 'Nothing, if the abort was meant; otherwise look at the signal that was handed in.',
  },
} satisfies Record<string, ErrorEntry>
