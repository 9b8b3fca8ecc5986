import type { ErrorEntry } from './entry.js'

export const serviceListErrors = {
  'service-list.malformed': {
    origin: 'platform',
    meaning: 'The document is not a usable service list.',
    hint: 'The list in use stays in use; report it if it persists.',
  },
  'service-list.signer': {
    origin: 'partner',
    meaning: 'The service list is not signed by its owner.',
    hint: 'Do not use the list; check the pinned number if the platform has changed its signer.',
  },
  'service-list.environment': {
    origin: 'platform',
    meaning: 'The service list is that of another environment.',
    hint: 'Check the address from which the list is fetched.',
  },
  'service-list.rollback': {
    origin: 'partner',
    meaning: 'The service list is older than the one in use.',
    hint: 'The list in use stays in use; somebody on the way may give an old list.',
  },
  'service-list.digest': {
    origin: 'transport',
    meaning: 'The service list does not fit its digest file.',
    hint: 'Try again: the list may have been replaced between the two downloads.',
    retryable: true,
  },
} satisfies Record<string, ErrorEntry>
