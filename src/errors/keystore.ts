import type { ErrorEntry } from './entry.js'

export const keystoreErrors = {
  'keystore.not-found': {
    origin: 'client',
    meaning: 'The keystore file cannot be read.',
    hint: 'Check the path, which counts from the working directory of the program, and the permissions.',
  },
  'keystore.malformed': {
    origin: 'client',
    meaning: 'The file is not a PKCS#12 keystore.',
    hint: 'Give the `.p12` file that the certificate manager made, as it is: no PEM and no certificate alone.',
  },
  'keystore.password': {
    origin: 'client',
    meaning: 'The password does not open the keystore.',
    hint: 'Check the password: capitals count, and an older copy of the file keeps its older password.',
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
  'keystore.signature': {
    origin: 'client',
    meaning: 'What a signer gave back is no signature of the algorithm that was asked for.',
    hint: 'Check the form of what the signer returns: raw octets, r‖s or DER as the algorithm says.',
  },
  'keystore.signer': {
    origin: 'client',
    meaning: 'The signer that the program brought failed.',
    hint: 'See the cause: it is the error of the signer itself.',
  },
  'keystore.signer-timeout': {
    origin: 'client',
    meaning: 'The signer that the program brought did not answer in time.',
    hint: 'Check the connection to the signer, or allow it more time.',
    retryable: true,
  },
  'keystore.addon': {
    origin: 'client',
    meaning: 'The package pkcs11js, which speaks to tokens, is not installed or was not built.',
    hint: 'Run npm install pkcs11js; see docs/credentials.md.',
  },
  'keystore.library': {
    origin: 'client',
    meaning: 'The PKCS#11 library cannot be loaded or started.',
    hint: 'Check its file, that it fits the processor, and that the software of the card or HSM is installed.',
  },
  'keystore.no-token': {
    origin: 'client',
    meaning: 'No slot holds the token asked for.',
    hint: 'Put the card into the reader; `ehealth keystore tokens` lists what is there.',
    retryable: true,
  },
  'keystore.ambiguous-token': {
    origin: 'client',
    meaning: 'Several tokens fit.',
    hint: 'Give the label, the serial number or the slot of one; `ehealth keystore tokens` lists them.',
  },
  'keystore.removed': {
    origin: 'client',
    meaning: 'The token was removed while it was in use.',
    hint: 'Put the card back: the next operation finds it again.',
    retryable: true,
  },
  'keystore.pin': {
    origin: 'client',
    meaning: 'The token refuses the PIN.',
    hint: 'Mind the attempts: after a few wrong ones the PIN is locked. `details.pinAttempts` says what the token tells.',
  },
  'keystore.pin-locked': {
    origin: 'client',
    meaning: 'The PIN is locked after too many wrong attempts.',
    hint: 'Unlock it with the PUK, with the software or the issuer of the card or HSM.',
  },
  'keystore.pin-expired': {
    origin: 'client',
    meaning: 'The PIN has expired.',
    hint: 'Change it with the software of the card or HSM.',
  },
  'keystore.pin-required': {
    origin: 'client',
    meaning: 'The token wants a PIN and none was given.',
    hint: 'Give `pin`: the PIN, or a function that asks the holder.',
  },
  'keystore.cancelled': {
    origin: 'client',
    meaning: 'The holder of the token gave no PIN or refused the operation.',
    hint: 'Ask again when the holder is ready.',
  },
  'keystore.mechanism': {
    origin: 'client',
    meaning: 'The token cannot do this operation, or not with this key.',
    hint: 'Check the usages of the key (CKA_SIGN, CKA_DECRYPT) and the mechanisms of the token.',
  },
  'keystore.no-key': {
    origin: 'client',
    meaning: 'The token does not hold that key.',
    hint: 'Check label and id; `ehealth keystore tokens` lists what the token holds.',
  },
  'keystore.device': {
    origin: 'client',
    meaning: 'The token, its reader or its driver failed.',
    hint: 'Take the card out and put it back, restart the software of the reader; `details.returnValue` is its code.',
    retryable: true,
  },
  'keystore.unloaded': {
    origin: 'client',
    meaning: 'The key was taken out of the session, or the session was closed.',
    hint: 'Load it again: session.keys.load().',
  },
} satisfies Record<string, ErrorEntry>
