import type { ErrorEntry } from './entry.js'

export const rnConsultErrors = {
  'rn-consult.application-id': {
    origin: 'client',
    meaning: 'The registers are asked with an Application ID, and there is none that could be used.',
    hint: 'Give the one that was issued for this environment: `nationalRegister: { applicationId }` of connect(), or EHEALTH_APPLICATION_ID.',
  },
  'rn-consult.criteria': {
    origin: 'client',
    meaning: 'Nobody can be searched for by these criteria.',
    hint: 'Give a family name and a birth date; what is not searched by is left out.',
  },
} satisfies Record<string, ErrorEntry>
