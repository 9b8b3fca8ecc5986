import type { ErrorEntry } from './entry.js'

export const kgssErrors = {
  'kgss.reader': {
    origin: 'client',
    meaning: 'The access list of a key is missing, empty or names a reader that cannot be one.',
    hint: 'Name at least one allowed reader, for instance readers.doctor().',
  },
  'kgss.key-id': {
    origin: 'client',
    meaning: 'The identifier of a key is not octets or base64.',
    hint: 'Give the identifier that the message names: readRecipients(sealed).secretKeyIds.',
  },
  'kgss.own-token': {
    origin: 'client',
    meaning:
      'The answer of the KGSS could not be opened: the caller has no encryption key of a published token.',
    hint: 'Publish an encryption token for this keystore, or use the keystore that holds its key.',
  },
  'kgss.key-not-found': {
    origin: 'partner',
    meaning: 'The KGSS has no such key, or the caller is not among its readers; it does not tell which.',
    hint: 'Ask the author whom the key is meant for; check that the token grants the attribute of the access list.',
  },
  'kgss.refused': {
    origin: 'platform',
    meaning: 'The KGSS refused the request.',
    hint: 'See the platform code.',
  },
  'kgss.answer': {
    origin: 'platform',
    meaning: 'The sealed answer of the KGSS does not open, does not verify, or is too old.',
    hint: 'Do not use the key; check the clock and the trust material, and report it if it persists.',
  },
  'kgss.signer': {
    origin: 'platform',
    meaning: 'The sealed answer was signed by somebody else than the KGSS.',
    hint: 'Do not use the key; report it.',
  },
  'kgss.unusable-key': {
    origin: 'platform',
    meaning: 'The answer of the KGSS holds no AES key of 128 bits, or no identifier for it.',
    hint: 'Report it: messages are sealed with keys of 128 bits only.',
  },
  'kgss.destroyed': {
    origin: 'client',
    meaning: 'The key has been overwritten.',
    hint: 'Ask the KGSS again.',
  },
} satisfies Record<string, ErrorEntry>
