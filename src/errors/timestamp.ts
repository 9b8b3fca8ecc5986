import type { ErrorEntry } from './entry.js'

export const timestampErrors = {
  'timestamp.unreadable': {
    origin: 'partner',
    meaning:
      'The bytes are neither a time stamp nor the answer of a time stamp authority, in none of the known encodings.',
    hint: 'Check that the whole token was kept, byte for byte.',
  },
  'timestamp.rejected': {
    origin: 'partner',
    meaning: 'The authority answered that it gives no time stamp.',
    hint: 'See `details.status` and `details.failure` for the reason, and ask again.',
  },
  'timestamp.not-a-timestamp': {
    origin: 'partner',
    meaning: 'The signed message is no time stamp of RFC 3161 with exactly one signer.',
    hint: 'Do not use it as proof.',
  },
  'timestamp.weak-digest': {
    origin: 'partner',
    meaning: 'The time stamp rests on a digest that is not accepted.',
    hint: 'Accept SHA-1 explicitly where an old archive has nothing else.',
  },
  'timestamp.other-data': {
    origin: 'partner',
    meaning: 'The time stamp is about other data.',
    hint: 'Check that the data are the very bytes that were stamped.',
  },
  'timestamp.altered': {
    origin: 'partner',
    meaning: 'What the time stamp says was changed after it was signed.',
    hint: 'Do not use it as proof.',
  },
  'timestamp.wrong-signer': {
    origin: 'partner',
    meaning: 'The time stamp names another certificate than the one that signed it, or none.',
    hint: 'Do not use it as proof.',
  },
  'timestamp.signature': {
    origin: 'partner',
    meaning: 'The signature of the time stamp does not verify.',
    hint: 'Do not use it as proof.',
  },
  'timestamp.unknown-signer': {
    origin: 'partner',
    meaning: 'The certificate of the authority is neither in the time stamp nor in the trust store.',
    hint: 'Keep the time stamp, add the certificate of the authority to the trust store if it is genuine, and verify again.',
  },
  'timestamp.not-an-authority': {
    origin: 'partner',
    meaning:
      'The signer may not make time stamps: its certificate lacks the critical purpose timeStamping, or has others beside it.',
    hint: 'Do not use it as proof.',
  },
  'timestamp.expired': {
    origin: 'partner',
    meaning: 'A certificate of the authority was not valid at the time of the stamp.',
    hint: 'Do not use it as proof.',
  },
  'timestamp.untrusted': {
    origin: 'partner',
    meaning: 'No certification path leads from the authority to the trust store.',
    hint: 'Keep the time stamp, add the certificate of the authority to the trust store if it is genuine, and verify again.',
  },
  'timestamp.revoked': {
    origin: 'partner',
    meaning: 'A certificate of the authority was revoked at the time of the stamp.',
    hint: 'Do not use it as proof; have the data stamped again.',
  },
  'timestamp.revocation-unknown': {
    origin: 'partner',
    meaning: 'Nobody told whether the authority was revoked at the time of the stamp.',
    hint: 'Verify again later, or give a revocation list.',
  },
  'timestamp.policy': {
    origin: 'partner',
    meaning: 'The time stamp was made under another policy than the accepted ones.',
    hint: 'Check with the authority what the policy promises, and add it to the accepted ones.',
  },
  'timestamp.future': {
    origin: 'partner',
    meaning: 'The time of the stamp lies in the future.',
    hint: 'Check the clock of this machine.',
  },
  'timestamp.nonce': {
    origin: 'partner',
    meaning: 'The time stamp answers another request.',
    hint: 'Ask again.',
  },
  'timestamp.stale': {
    origin: 'partner',
    meaning: 'The time of the stamp does not lie between sending and receiving.',
    hint: 'Check the clock of this machine.',
  },
  'timestamp.no-trust': {
    origin: 'client',
    meaning: 'There is no trust store to verify time stamps with.',
    hint: 'Give the certificates of the time stamp authorities: `trust.timestampAuthority` of the configuration.',
  },
} satisfies Record<string, ErrorEntry>
