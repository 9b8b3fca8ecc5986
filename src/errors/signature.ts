import type { ErrorEntry } from './entry.js'

export const signatureErrors = {
  'signature.missing': {
    origin: 'partner',
    meaning: 'The message carries no signature where one is demanded.',
    hint: 'Do not trust the message.',
  },
  'signature.invalid': {
    origin: 'partner',
    meaning: 'A signature does not verify.',
    hint: 'Do not trust the message.',
  },
  'signature.digest': {
    origin: 'partner',
    meaning: 'Signed content was changed after signing.',
    hint: 'Do not trust the message.',
  },
  'signature.algorithm': {
    origin: 'partner',
    meaning: 'A signature uses an algorithm that is not accepted.',
    hint: 'Do not trust the message.',
  },
  'signature.coverage': {
    origin: 'partner',
    meaning: 'The signature does not cover a part that must be signed.',
    hint: 'Do not trust the message.',
  },
  'signature.structure': {
    origin: 'partner',
    meaning: 'The security header has a forbidden or ambiguous shape.',
    hint: 'Do not trust the message.',
  },
  'signature.key': {
    origin: 'partner',
    meaning: 'The signature was made with another key than the one demanded.',
    hint: 'Do not trust the message.',
  },
  'signature.timestamp': {
    origin: 'partner',
    meaning: 'The timestamp of the message is expired, in the future or missing.',
    hint: 'Check the clocks of both sides.',
  },
} satisfies Record<string, ErrorEntry>
