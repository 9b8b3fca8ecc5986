import type { ErrorEntry } from './entry.js'

export const registrationErrors = {
  'registration.bank-account': {
    origin: 'client',
    meaning: 'The bank account of a registration is none.',
    hint: 'Give the IBAN as it stands on the bank statement; blanks do not matter.',
  },
} satisfies Record<string, ErrorEntry>
