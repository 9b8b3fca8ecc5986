import type { ErrorEntry } from './entry.js'

export const ssoErrors = {
  'sso.malformed': {
    origin: 'platform',
    meaning:
      'The answer of the single sign-on service does not hold exactly one token of the profile asked for.',
    hint: 'Report it with the recording.',
  },
  'sso.address': {
    origin: 'platform',
    meaning: 'The single sign-on service sends the browser elsewhere than to the identity provider.',
    hint: 'Do not open the address; check the environment and report it.',
  },
} satisfies Record<string, ErrorEntry>
