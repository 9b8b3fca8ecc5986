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
  },
  'transport.timeout': {
    origin: 'transport',
    meaning: 'The endpoint did not answer in time.',
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
  'transport.too-large': {
    origin: 'transport',
    meaning: 'The answer is larger than the limit.',
    hint: 'Raise `maxResponseBytes` if that is intended.',
  },
  'transport.aborted': {
    origin: 'client',
    meaning: 'The caller aborted the call.',
    hint: 'Nothing, if the abort was meant; otherwise look at the signal that was handed in.',
  },
} satisfies Record<string, ErrorEntry>
