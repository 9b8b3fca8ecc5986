import type { ErrorEntry } from './entry.js'

export const keystoreErrors = {
  'keystore.not-found': {
    origin: 'client',
    meaning: 'The keystore file cannot be read.',
    hint: 'Check the path and the permissions.',
  },
  'keystore.malformed': {
    origin: 'client',
    meaning: 'The file is not a PKCS#12 keystore.',
    hint: 'Give the .p12 file that the certificate manager made.',
  },
  'keystore.password': {
    origin: 'client',
    meaning: 'The password does not open the keystore.',
    hint: 'Check the password.',
  },
  'keystore.unsupported': {
    origin: 'client',
    meaning: 'The keystore uses an algorithm this library does not know.',
    hint: 'Convert the keystore, or report it.',
  },
  'keystore.no-authentication': {
    origin: 'client',
    meaning: 'The keystore holds no authentication key with its certificate.',
    hint: 'Give the keystore with the entry `authentication`, or name the alias.',
  },
  'keystore.identity': {
    origin: 'client',
    meaning: 'The certificate does not name an actor of the platform.',
    hint: 'Use an eHealth certificate.',
  },
  'keystore.mismatch': {
    origin: 'client',
    meaning: 'A private key and a certificate do not belong together.',
    hint: 'Give the certificate that was issued for this key.',
  },
} satisfies Record<string, ErrorEntry>
