import type { ErrorEntry } from './entry.js'

export const kmehrErrors = {
  'kmehr.patient': {
    origin: 'client',
    meaning: 'A patient is not named as the services need it.',
    hint: 'Give the SSIN, one card at most, and first name and family name together.',
  },
  'kmehr.party': {
    origin: 'client',
    meaning: 'A provider, an organisation or software is not named as the services need it.',
    hint: 'Give a role of CD-HCPARTY and a number; of software the identifier and the name.',
  },
  'kmehr.author': {
    origin: 'client',
    meaning: 'The author of a request cannot be told from the session.',
    hint: 'Give `author` with the parties that act; a pharmacy names itself and its holder.',
  },
  'kmehr.date': {
    origin: 'client',
    meaning: 'A date is none, or lies where it must not.',
    hint: 'Give `yyyy-mm-dd` or a Date; the day counts as it is in Belgium.',
  },
} satisfies Record<string, ErrorEntry>
