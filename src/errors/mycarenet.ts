import type { ErrorEntry } from './entry.js'

export const mycarenetErrors = {
  'mycarenet.licence': {
    origin: 'client',
    meaning: 'The licence that CIN/NIC gave to the software is missing or unusable.',
    hint: 'Give it to connect(): `mycarenet: { licence: { username, password } }`, or configure mycarenet.username and mycarenet.passwordEnv.',
  },
  'mycarenet.care-provider': {
    origin: 'client',
    meaning: 'MyCareNet cannot be told who the care provider is: number or role is missing.',
    hint: 'Give the caller his NIHII number, or say it: `mycarenet: { careProvider: { nihii, quality } }`.',
  },
  'mycarenet.test-flag': {
    origin: 'client',
    meaning: 'The test flag does not go with the environment.',
    hint: 'Leave it out: it is false in production and true elsewhere; only for an environment of your own it must be said.',
  },
  'mycarenet.reference': {
    origin: 'client',
    meaning: 'The reference of a request is not one that MyCareNet takes.',
    hint: 'Leave it out, or give 14 to 36 letters and digits that were never used before.',
  },
  'mycarenet.day': {
    origin: 'client',
    meaning: 'A day is none of the calendar.',
    hint: 'Give yyyy-mm-dd, or a Date, whose day in Belgium is meant.',
  },
  'mycarenet.care-receiver': {
    origin: 'client',
    meaning: 'It cannot be told whom the request is about.',
    hint: 'Give an SSIN, or a registration number and its mutuality, or the mutuality alone where the service says so.',
  },
  'mycarenet.blob': {
    origin: 'platform',
    meaning: 'Content from MyCareNet is empty, or packed in a way that is not known.',
    hint: 'Report it with the reference of the request.',
  },
  'mycarenet.too-large': {
    origin: 'platform',
    meaning: 'Packed content from MyCareNet becomes larger than is allowed.',
    hint: 'Raise the limit if you expect content of that size.',
  },
  'mycarenet.hash': {
    origin: 'platform',
    meaning: 'Content from MyCareNet is not what its hash says.',
    hint: 'Do not use it; ask again, and report it if it persists.',
  },
  'mycarenet.sealed': {
    origin: 'platform',
    meaning: 'Sealed content from MyCareNet does not hold what it must.',
    hint: 'Report it with the reference of the request.',
  },
  'mycarenet.signature': {
    origin: 'platform',
    meaning: 'The signature of an answer of MyCareNet does not fit its content.',
    hint: 'Do not use the answer; ask again, and report it if it persists.',
  },
} satisfies Record<string, ErrorEntry>
