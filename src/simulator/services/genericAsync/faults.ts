/** Faults of the mailboxes: with a detail of their own (spec memberdata-mycarenet §2.4, §2.6). */
import { GenericAsyncFault } from '../../../business/genericAsync/contract.js'
import { write } from '../../../technical/xml/index.js'
import { Refusal } from '../../refusal.js'

/** What a mailbox says instead of answering. The codes are the simulator's own (inferred); the texts are the known ones. */
export const asyncFaults = {
  tooSoon: { code: 'TOO_SOON', text: 'Not enough time between two identical requests' },
  origin: { code: 'INVALID_ORIGIN', text: 'The care provider is not the one of the token' },
  nothing: { code: 'INVALID_CONFIRM', text: 'Nothing to confirm' },
  encryption: { code: 'ENCRYPTION_ERROR', text: 'The token to answer to cannot be used' },
} as const

export function asyncRefusal({ code, text }: (typeof asyncFaults)[keyof typeof asyncFaults]): Refusal {
  const detail = write(GenericAsyncFault, {
    FaultCode: code,
    FaultSource: 'MYCARENET',
    Message: { value: text, lang: 'en' },
    Details: { Detail: [] },
  })
  return new Refusal({ kind: 'BusinessError', code, message: text, origin: 'Consumer', detail: detail.xml })
}
