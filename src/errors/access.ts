import type { ErrorEntry } from './entry.js'

export const accessErrors = {
  'access.reason': {
    origin: 'client',
    meaning: 'Breaking the glass needs its reason and a place where it is recorded.',
    hint: 'Give 10 to 200 characters as `reason`, and a function `record` that keeps what it is told.',
  },
  'access.provider': {
    origin: 'client',
    meaning: 'It is not clear for whom is asked.',
    hint: 'Give `provider`: the session is not that of a provider.',
  },
} satisfies Record<string, ErrorEntry>
