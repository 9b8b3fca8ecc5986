import type { ErrorEntry } from './entry.js'

export const faultErrors = {
  'fault.not-authenticated': {
    origin: 'platform',
    meaning: 'SOA-01001: the platform did not accept the security header.',
    hint: 'Check the clock of this machine, the certificate and the token.',
  },
  'fault.not-authorised': {
    origin: 'platform',
    meaning: 'SOA-01002: the caller may not use this operation.',
    hint: 'Check the attributes of the token and the integration contract.',
  },
  'fault.unavailable': {
    origin: 'platform',
    meaning: 'SOA-02001: the service is not available.',
    hint: 'Try later or contact the service desk with the ticket.',
  },
  'fault.temporarily-unavailable': {
    origin: 'platform',
    meaning: 'SOA-02002: the service is temporarily not available.',
    hint: 'Try again after a pause.',
    retryable: true,
  },
  'fault.malformed': {
    origin: 'platform',
    meaning: 'SOA-03001 to 03005: the platform could not read the request.',
    hint: 'Report it with the recording.',
  },
  'fault.schema': {
    origin: 'platform',
    meaning: 'SOA-03006: the request does not conform to the schema.',
    hint: 'Report it with the recording.',
  },
  'fault.content': {
    origin: 'platform',
    meaning: 'SOA-03007: the content of the request was refused.',
    hint: 'Correct the content.',
  },
  'fault.business': {
    origin: 'platform',
    meaning: 'The service refused the request for a business reason.',
    hint: 'See the platform code.',
  },
  'fault.other': {
    origin: 'platform',
    meaning: 'The platform answered with a fault.',
    hint: 'See the platform code and text; quote the ticket to the service desk.',
  },
} satisfies Record<string, ErrorEntry>
