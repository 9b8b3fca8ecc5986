import type { ErrorEntry } from './entry.js'

export const consentErrors = {
  'consent.card-required': {
    origin: 'client',
    meaning: 'A professional declares or revokes a consent with the card of the patient only.',
    hint: 'Read the eID of the patient (or the ISI+ card) and give its number as `eidCard` or `isiCard`.',
  },
} satisfies Record<string, ErrorEntry>
