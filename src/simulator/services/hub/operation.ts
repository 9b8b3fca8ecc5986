/** What was done to a link or an exclusion, as answers show it. */
import type { HubRequest, OperationContext, Proof } from '../../../business/kmehr/contract.js'

/** What was done, when, by whom and on what proof. */
export const shownOperation = (
  operation: OperationContext['operation'],
  { at, request, proofs = [] }: { at: Date; request?: HubRequest; proofs?: Proof[] },
): OperationContext => ({
  operation,
  recorddatetime: at,
  ...(request === undefined ? {} : { author: request }),
  proof: proofs,
})
