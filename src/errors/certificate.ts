import type { ErrorEntry } from './entry.js'

export const certificateErrors = {
  'certificate.malformed': {
    origin: 'partner',
    meaning: 'The bytes are not an X.509 certificate.',
    hint: 'Check that the file is a certificate in DER or PEM.',
  },
  'certificate.expired': {
    origin: 'client',
    meaning: 'The certificate has ended.',
    hint: 'Renew the certificate with the certificate manager of the platform; keep the old encryption keys.',
  },
  'certificate.not-yet-valid': {
    origin: 'client',
    meaning: 'The certificate is not valid yet.',
    hint: 'Check the clock of this machine and the start date of the certificate.',
  },
  'certificate.untrusted': {
    origin: 'partner',
    meaning: 'No certification path leads from the certificate to a trust anchor.',
    hint: 'Add the issuing root to the trust anchors of the environment if it is genuine.',
  },
  'certificate.key-usage': {
    origin: 'partner',
    meaning: 'The certificate may not be used for this purpose.',
    hint: 'Use a certificate with the key usage that the operation demands.',
  },
} satisfies Record<string, ErrorEntry>
