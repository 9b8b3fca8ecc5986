import type { ErrorEntry } from './entry.js'

export const xmlErrors = {
  'xml.malformed': {
    origin: 'partner',
    meaning: 'The bytes are not well-formed XML.',
    hint: 'Ask the sender; a gateway may have changed the message.',
  },
  'xml.doctype': {
    origin: 'partner',
    meaning: 'The document has a document type declaration, which is never accepted.',
    hint: 'Do not trust the message.',
  },
  'xml.limit': {
    origin: 'partner',
    meaning: 'The document is deeper or larger than the limits.',
    hint: 'Do not trust the message.',
  },
  'xml.envelope': {
    origin: 'partner',
    meaning: 'The document is not a SOAP 1.1 envelope with one body child.',
    hint: 'Do not trust the message.',
  },
} satisfies Record<string, ErrorEntry>
