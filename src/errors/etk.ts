import type { ErrorEntry } from './entry.js'

export const etkErrors = {
  'etk.not-found': {
    origin: 'partner',
    meaning: 'No encryption token is published for this actor.',
    hint: 'Check type, number and application; the actor may not have registered an encryption key.',
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
} satisfies Record<string, ErrorEntry>
