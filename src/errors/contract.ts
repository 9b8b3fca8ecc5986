import type { ErrorEntry } from './entry.js'

export const contractErrors = {
  'contract.invalid': {
    origin: 'client',
    meaning: 'A message does not conform to its contract and was not sent.',
    hint: 'Correct the value at the path.',
  },
  'contract.unreadable': {
    origin: 'platform',
    meaning: 'An answer of the platform lacks something its contract promises.',
    hint: 'Keep the raw answer (meta.raw) and report it.',
  },
} satisfies Record<string, ErrorEntry>
