import type { ErrorEntry } from './entry.js'

export const revocationErrors = {
  'revocation.no-source': {
    origin: 'partner',
    meaning: 'The certificate names neither an OCSP responder nor a revocation list.',
    hint: 'Give the list of its issuer (`crls`), or accept an unknown status with the policy `prefer`.',
  },
  'revocation.unavailable': {
    origin: 'transport',
    meaning: 'The OCSP responder or the revocation list cannot be reached.',
    hint: 'Check network, proxy and firewall (port 80).',
    retryable: true,
  },
  'revocation.too-large': {
    origin: 'partner',
    meaning: 'The answer or the revocation list is larger than the limit.',
    hint: 'Report it to the authority.',
  },
  'revocation.refused': {
    origin: 'partner',
    meaning: 'The OCSP responder gave no answer but an error status.',
    hint: 'Try later; see `details.responseStatus`.',
  },
  'revocation.malformed': {
    origin: 'partner',
    meaning: 'The bytes are no revocation list or no OCSP response.',
    hint: 'Fetch it again; report it to the authority when it stays broken.',
  },
  'revocation.unsupported': {
    origin: 'partner',
    meaning:
      'A revocation list of a kind that is not used here: delta, indirect, partial, or with unknown critical extensions.',
    hint: 'Use the complete list of the issuer, or OCSP.',
  },
  'revocation.issuer': {
    origin: 'partner',
    meaning: 'The answer or the list is by somebody whom the issuer of the certificate gave no mandate.',
    hint: 'Do not rely on it; report it.',
  },
  'revocation.signature': {
    origin: 'partner',
    meaning: 'The signature of the answer or the list does not verify.',
    hint: 'Do not rely on it; report it.',
  },
  'revocation.not-yet-valid': {
    origin: 'partner',
    meaning: 'The answer or the list is of the future.',
    hint: 'Check the clock of this machine.',
  },
  'revocation.expired': {
    origin: 'partner',
    meaning: 'The answer or the list is not the present one.',
    hint: 'Fetch it again; check the clock of this machine.',
  },
  'revocation.nonce': {
    origin: 'partner',
    meaning: 'The OCSP response answers another question.',
    hint: 'Do not rely on it: it may have been replayed.',
  },
  'revocation.scope': {
    origin: 'partner',
    meaning: 'The answer or the list is not about this certificate.',
    hint: 'Use the list that the certificate names.',
  },
  'revocation.unknown': {
    origin: 'partner',
    meaning: 'The OCSP responder does not know the certificate.',
    hint: 'Do not rely on the certificate; ask its authority.',
  },
  'revocation.certificate-ended': {
    origin: 'partner',
    meaning: 'The certificate had ended when the answer was made: authorities forget such certificates.',
    hint: 'Keep the evidence of the time of signing with what was signed.',
  },
} satisfies Record<string, ErrorEntry>
