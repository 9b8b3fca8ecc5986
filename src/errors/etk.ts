import type { ErrorEntry } from './entry.js'

export const etkErrors = {
  'etk.not-found': {
    origin: 'partner',
    meaning: 'No encryption token is published for this actor.',
    hint: 'Check type, number and application; if they are right, the actor must register an encryption key before anybody can seal for it.',
  },
  'etk.ambiguous': {
    origin: 'partner',
    meaning: 'Several encryption tokens match.',
    hint: 'Name the application.',
  },
  'etk.malformed': {
    origin: 'partner',
    meaning: 'The bytes are not an encryption token.',
    hint: 'Fetch the token again.',
  },
  'etk.untrusted': {
    origin: 'partner',
    meaning: 'The encryption token does not verify.',
    hint: 'Do not seal for it; fetch it again and report it if it persists.',
  },
  'etk.expired': {
    origin: 'partner',
    meaning: 'A certificate inside the encryption token is not valid now.',
    hint: 'Fetch the token again; the actor must renew its certificate.',
  },
  'etk.subject': {
    origin: 'partner',
    meaning: 'The encryption token belongs to another actor than the one asked for.',
    hint: 'Do not seal for it; report it.',
  },
  'etk.revoked': {
    origin: 'partner',
    meaning: 'The certificate of the owner of the token, or one above it, has been revoked.',
    hint: 'Do not seal for it; ask the actor to register a new one.',
  },
  'etk.status-unknown': {
    origin: 'partner',
    meaning: 'Nobody could tell whether the certificate of the owner of the token has been revoked.',
    hint: 'See `details.causes`; with the policy `prefer` an unknown status is accepted.',
  },
  'etk.unknown-type': {
    origin: 'client',
    meaning: 'The ETK depot does not know the type of the identifier.',
    hint: 'Use one of the types in the documentation of the identifiers.',
  },
  'etk.invalid-number': {
    origin: 'client',
    meaning: 'The ETK depot finds the number impossible for its type.',
    hint: 'Check the number; see the platform code for which kind it is.',
  },
  'etk.unavailable': {
    origin: 'platform',
    meaning: 'The ETK depot had an internal error.',
    hint: 'Try later.',
    retryable: true,
  },
  'etk.unsupported-key': {
    origin: 'partner',
    meaning: 'The token holds a key for which no message format is known (EC).',
    hint: 'Ask for a token of another application of the actor.',
  },
  'etk.refused': {
    origin: 'platform',
    meaning: 'The ETK depot refused the request.',
    hint: 'See the platform code.',
  },
  'etk.own-key': {
    origin: 'client',
    meaning: 'No key of the session opens what others seal for its published encryption token.',
    hint: 'Give the keystore of the last renewal, or load its keys: session.keys.load().',
  },
} satisfies Record<string, ErrorEntry>
