import type { ErrorEntry } from './entry.js'

export const addressBookErrors = {
  'address-book.criteria': {
    origin: 'client',
    meaning: 'The address book cannot be searched by these criteria together.',
    hint: 'Give one of the combinations in `details.combinations`.',
  },
  'address-book.paging': {
    origin: 'platform',
    meaning: 'The address book answered a further page with the page before.',
    hint: 'Narrow the search, or ask for single pages; report it if it persists.',
  },
} satisfies Record<string, ErrorEntry>
