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
  'service.not-offered': {
    origin: 'client',
    meaning: 'The platform does not offer the service to the profession of the caller.',
    hint: 'See docs/professions.md for who may use it; `customProfession` is for what that table does not know.',
  },
  'service.no-connector': {
    origin: 'client',
    meaning: 'The platform has the service, but this library has no connector for it.',
    hint: 'Call it by its WSDL: `technical.service(wsdl)` of the connection, see docs/any-service.md.',
  },
  'service.no-contract': {
    origin: 'client',
    meaning:
      'The platform has the service, but its contract is not public, so this library has no messages for it.',
    hint: 'Ask the integration support of the platform for the WSDL and schemas, then give them: see docs/rn-consult.md.',
  },
  'service.contract': {
    origin: 'client',
    meaning: 'A contract of your own cannot be used as it stands.',
    hint: 'See the path; docs/any-service.md shows what a contract consists of.',
  },
} satisfies Record<string, ErrorEntry>
