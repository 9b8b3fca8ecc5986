import type { ErrorEntry } from './entry.js'

export const sealErrors = {
  'seal.no-recipient': {
    origin: 'client',
    meaning: 'A sealed message needs at least one recipient.',
    hint: 'Give an encryption token or a secret key.',
  },
  'seal.unsupported-key': {
    origin: 'client',
    meaning: 'The key cannot be used for a sealed message.',
    hint: 'Use an RSA key of at least 2048 bits, or name a policy that allows the key.',
  },
  'seal.content-length': {
    origin: 'client',
    meaning: 'The content is not as long as was said; the sealed octets given out so far are no message.',
    hint: 'Give the exact number of octets, or leave it out.',
  },
  'seal.secret-key': {
    origin: 'client',
    meaning: 'The secret key must have 128 bits and an identifier.',
    hint: 'Give the key and key id that KGSS returned.',
  },
} satisfies Record<string, ErrorEntry>
