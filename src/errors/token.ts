import type { ErrorEntry } from './entry.js'

export const tokenErrors = {
  'token.refused': {
    origin: 'platform',
    meaning: 'The STS did not issue a token.',
    hint: 'See the platform code and message.',
  },
  'token.failed': {
    origin: 'platform',
    meaning: 'The STS could not issue a token for a reason of its own (status Responder).',
    hint: 'Try again after a pause; quote the platform message to the service desk.',
    retryable: true,
  },
  'token.malformed': {
    origin: 'platform',
    meaning: 'The answer of the STS holds no usable assertion.',
    hint: 'Report it with the recording.',
  },
  'token.count': {
    origin: 'platform',
    meaning: 'The answer of the STS does not hold exactly one assertion, in the place of the protocol.',
    hint: 'Do not use the token; report it with the recording.',
  },
  'token.correlation': {
    origin: 'platform',
    meaning: 'The response of the STS answers another request.',
    hint: 'Do not use the token; look for a proxy or cache on the way to the STS.',
  },
  'token.unsigned': {
    origin: 'platform',
    meaning: 'The assertion carries no signature of its own.',
    hint: 'Do not use the token; report it.',
  },
  'token.untrusted': {
    origin: 'platform',
    meaning: 'The assertion is not signed by the STS of the environment.',
    hint: 'Check the trust configuration; do not use the token.',
  },
  'token.issuer': {
    origin: 'platform',
    meaning: 'The assertion names another issuer than the STS.',
    hint: 'Do not use the token; report it.',
  },
  'token.not-yet-valid': {
    origin: 'platform',
    meaning: 'The assertion starts later than now.',
    hint: 'Check the clock of this machine: it is behind.',
  },
  'token.expired': {
    origin: 'platform',
    meaning: 'The assertion has ended.',
    hint: 'Ask for a new token; check the clock of this machine.',
  },
  'token.method': {
    origin: 'platform',
    meaning:
      'The assertion is confirmed in another way than the one asked for (holder-of-key, sender-vouches).',
    hint: 'Do not use the token; report it.',
  },
  'token.confirmation': {
    origin: 'platform',
    meaning: 'The assertion is bound to another key than the one of the session.',
    hint: 'Do not use the token; report it.',
  },
  'token.identification': {
    origin: 'platform',
    meaning: 'An attribute that was asserted did not come back with its value.',
    hint: 'The value sent does not fit the certificate: compare the two.',
  },
  'token.attribute': {
    origin: 'platform',
    meaning: 'A requested attribute was not granted: absent, empty, `false`, or another number.',
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
