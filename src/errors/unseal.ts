import type { ErrorEntry } from './entry.js'

export const unsealErrors = {
  'unseal.malformed': {
    origin: 'partner',
    meaning: 'The bytes are not a sealed message.',
    hint: 'Ask the sender to send again.',
  },
  'unseal.not-addressed': {
    origin: 'partner',
    meaning: 'No key of this keystore opens the message.',
    hint: 'Add older keystores, or ask the sender to use the current encryption token.',
  },
  'unseal.refused': {
    origin: 'partner',
    meaning: 'The sealed message opens but does not verify.',
    hint: 'Do not use the content; see the notifications in `details.errors`.',
  },
  'unseal.decryption': {
    origin: 'partner',
    meaning: 'The sealed message cannot be decrypted.',
    hint: 'Ask the sender to send again.',
  },
} satisfies Record<string, ErrorEntry>
