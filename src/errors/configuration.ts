import type { ErrorEntry } from './entry.js'

export const configurationErrors = {
  'configuration.invalid': {
    origin: 'client',
    meaning: 'An option is missing, unknown or has an impossible value.',
    hint: 'Correct the option that `path` names.',
  },
  'configuration.no-endpoint': {
    origin: 'client',
    meaning: 'The service has no known address in this environment.',
    hint: 'Give its address: the option `endpoints` with the name of the service.',
  },
  'configuration.malformed': {
    origin: 'client',
    meaning: 'A configuration file cannot be read: it breaks its syntax, refers to itself, or is too large.',
    hint: 'Correct the line that the message names.',
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
