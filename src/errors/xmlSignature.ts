import type { ErrorEntry } from './entry.js'

export const xmlSignatureErrors = {
  'xml-signature.options': {
    origin: 'client',
    meaning: 'What is to be signed or verified, or how, was not said in a way that can be done.',
    hint: 'Correct the option that the path names.',
  },
  'xml-signature.missing': {
    origin: 'partner',
    meaning: 'The document has no XML signature.',
    hint: 'Do not trust the document.',
  },
  'xml-signature.structure': {
    origin: 'partner',
    meaning: 'The signature has a forbidden or ambiguous shape.',
    hint: 'Do not trust the document.',
  },
  'xml-signature.algorithm': {
    origin: 'partner',
    meaning: 'The signature uses an algorithm or a transform that is not accepted.',
    hint: 'Do not trust the document; SHA-1 of an old archive can be allowed explicitly.',
  },
  'xml-signature.reference': {
    origin: 'partner',
    meaning:
      'A reference of the signature leads to no element of the documents given, to several, or out of them.',
    hint: 'Do not trust the document; nothing is ever fetched.',
  },
  'xml-signature.transform': {
    origin: 'partner',
    meaning: 'The transforms of a reference cannot be applied to what it names, or make too much of it.',
    hint: 'Do not trust the document.',
  },
  'xml-signature.digest': {
    origin: 'partner',
    meaning: 'Signed content was changed after signing.',
    hint: 'Do not trust the document.',
  },
  'xml-signature.invalid': {
    origin: 'partner',
    meaning: 'The signature value does not verify with any certificate at hand.',
    hint: 'Do not trust the document.',
  },
  'xml-signature.coverage': {
    origin: 'partner',
    meaning: 'The signature does not cover what it must cover.',
    hint: 'Read nothing but what the report says is covered.',
  },
  'xml-signature.signer': {
    origin: 'partner',
    meaning: 'The signature comes without a usable certificate of its signer.',
    hint: 'Give the certificate of the signer, when you know it from elsewhere.',
  },
  'xml-signature.properties': {
    origin: 'partner',
    meaning: 'The signed properties are missing, not signed, or about another certificate.',
    hint: 'Do not trust the document.',
  },
  'xml-signature.signing-time': {
    origin: 'partner',
    meaning: 'The signed properties have no readable signing time.',
    hint: 'Do not trust the document.',
  },
  'xml-signature.expired': {
    origin: 'partner',
    meaning: 'A certificate was no longer valid at the time that counts.',
    hint: 'Ask the signer; only a time stamp proves that a signature is older than that.',
  },
  'xml-signature.not-yet-valid': {
    origin: 'partner',
    meaning: 'A certificate was not yet valid at the time that counts.',
    hint: 'Check the clocks of both sides.',
  },
  'xml-signature.key-usage': {
    origin: 'partner',
    meaning: 'The certificate of the signer is not meant for signatures.',
    hint: 'Do not trust the document.',
  },
  'xml-signature.untrusted': {
    origin: 'partner',
    meaning: 'The certificate of the signer leads to no trusted authority.',
    hint: 'Check the trust store; do not trust the document otherwise.',
  },
  'xml-signature.revoked': {
    origin: 'partner',
    meaning: 'The certificate of the signer had been revoked.',
    hint: 'Do not trust the document.',
  },
  'xml-signature.revocation-unknown': {
    origin: 'partner',
    meaning: 'Nobody said whether the certificate of the signer has been revoked.',
    hint: 'Give a revocation checker, or try again when its source answers.',
  },
  'xml-signature.timestamp-missing': {
    origin: 'partner',
    meaning: 'A time stamp is demanded, and the signature has none.',
    hint: 'Ask the signer for a time-stamped signature (XAdES-T).',
  },
  'xml-signature.timestamp-unreadable': {
    origin: 'partner',
    meaning: 'A time stamp of the signature is no time stamp token.',
    hint: 'Do not trust the document.',
  },
  'xml-signature.timestamp-invalid': {
    origin: 'partner',
    meaning: 'A time stamp is about something else, was changed, or its authority is not trusted.',
    hint: 'Check the trusted time stamp authorities; do not trust the document otherwise.',
  },
  'xml-signature.timestamp-order': {
    origin: 'partner',
    meaning: 'A time stamp and the claimed signing time do not fit together.',
    hint: 'Check the clock of the signer.',
  },
} satisfies Record<string, ErrorEntry>
