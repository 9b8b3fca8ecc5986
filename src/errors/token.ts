import type { ErrorEntry } from './entry.js'

export const tokenErrors = {
  'token.refused': {
    origin: 'platform',
    meaning: 'The STS did not issue a token.',
    hint: 'See the platform code and message.',
  },
  'token.malformed': {
    origin: 'platform',
    meaning: 'The answer of the STS holds no usable assertion.',
    hint: 'Report it with the recording.',
  },
  'token.untrusted': {
    origin: 'platform',
    meaning: 'The assertion is not signed by the STS of the environment.',
    hint: 'Check the trust configuration; do not use the token.',
  },
  'token.expired': {
    origin: 'platform',
    meaning: 'The assertion is not valid at this time.',
    hint: 'Check the clock of this machine.',
  },
  'token.confirmation': {
    origin: 'platform',
    meaning: 'The assertion is bound to another key than the one of the session.',
    hint: 'Do not use the token; report it.',
  },
  'token.attribute': {
    origin: 'platform',
    meaning: 'A requested attribute was not granted.',
    hint: 'Check identity, quality and registration of the holder.',
  },
  'token.stored': {
    origin: 'client',
    meaning:
      'A stored token does not open: it was changed, cut, belongs to somebody else, or the key is another one.',
    hint: 'Do not use it; let the session ask for a new token.',
  },
  'token.store': {
    origin: 'client',
    retryable: true,
    meaning: 'The store of tokens failed or did not answer in time.',
    hint: 'Look at the store: the session goes on without it.',
  },
  'token.ended': {
    origin: 'client',
    meaning: 'The token of the session has ended, and the session may not ask for another one.',
    hint: 'Let the user identify again, and open a new session.',
  },
} satisfies Record<string, ErrorEntry>
