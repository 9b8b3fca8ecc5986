import type { ErrorEntry } from './entry.js'

export const configurationErrors = {
  'configuration.invalid': {
    origin: 'client',
    meaning: 'An option is missing, unknown or has an impossible value.',
    hint: 'Correct the option that `path` names.',
  },
  'configuration.closed': {
    origin: 'client',
    meaning: 'The session has been closed.',
    hint: 'Open a new session with connect().',
  },
  'configuration.unsupported': {
    origin: 'client',
    meaning: 'The combination asked for is not supported.',
    hint: 'See the message and the guide of the feature.',
  },
} satisfies Record<string, ErrorEntry>
