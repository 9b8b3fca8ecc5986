import type { ErrorEntry } from './entry.js'

export const sessionErrors = {
  'session.pool-full': {
    origin: 'client',
    meaning: 'Every session of the pool is in use, and none was given back in time.',
    hint: 'Give sessions back as soon as possible, or allow more of them: maxSessions.',
    retryable: true,
  },
} satisfies Record<string, ErrorEntry>
