/** One question to a register of the second generation: called, and its status judged (spec rn-consult §4). */
import type { Session } from '../../technical/session/types.js'
import type { CallOptions, CallResult, Operation } from '../../technical/soap/types.js'
import { refusalIn, type RegisterRefusal } from './refusal.js'

/** Options of every call. */
export type RegisterCallOptions = Pick<CallOptions, 'signal' | 'timeout' | 'traceContext'>

/** Their names. @internal */
export const registerCallOptions: readonly (keyof RegisterCallOptions)[] = [
  'signal',
  'timeout',
  'traceContext',
]

/**
 * Calls an operation; a refusal of the register is a part of what comes back.
 *
 * @throws EHealthError what a call throws; `contract.unreadable` for an answer without status
 * @internal
 */
export async function ask<Request, Response>(
  session: Session,
  operation: Operation<Request, Response>,
  question: Omit<Request, 'Id' | 'IssueInstant'>,
  { signal, timeout, traceContext }: RegisterCallOptions = {},
): Promise<CallResult<Response> & { refusal?: RegisterRefusal }> {
  const { runtime } = session
  const request = { ...question, Id: `_${runtime.uuid()}`, IssueInstant: runtime.now() }
  const result = await session.call(operation, request as unknown as Request, {
    ...(signal === undefined ? {} : { signal }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(traceContext === undefined ? {} : { traceContext }),
  })
  const refusal = refusalIn(result)
  return refusal === undefined ? result : { ...result, refusal }
}
