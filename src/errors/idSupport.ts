import type { ErrorEntry } from './entry.js'

export const idSupportErrors = {
  'id-support.combination': {
    origin: 'client',
    meaning:
      'A card is verified by the SSIN of its holder with its number, or by what its barcode says alone.',
    hint: 'Give `ssin` and `cardNumber`, or `barcode` and nothing else.',
  },
} satisfies Record<string, ErrorEntry>
