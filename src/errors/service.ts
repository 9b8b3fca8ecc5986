import type { ErrorEntry } from './entry.js'

export const serviceErrors = {
  'service.wsdl': {
    origin: 'client',
    meaning: 'A WSDL or one of its schemas cannot be loaded or used.',
    hint: 'See the message; keep the WSDL and its schemas in one directory tree.',
  },
  'service.operation': {
    origin: 'client',
    meaning: 'The WSDL has no such operation or port.',
    hint: 'The operations and ports that it has are listed in `details`.',
  },
} satisfies Record<string, ErrorEntry>
