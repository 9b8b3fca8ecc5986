/** One question to the address book: called, and its status judged (spec ehealthbox §8). */
import type { Session } from '../../technical/session/types.js'
import { assertCommonsV2Status } from '../../technical/soap/status.js'
import type { CallResult, Operation } from '../../technical/soap/types.js'

/** Nobody found, as another service of the platform says it; of the address book itself it is (inferred). */
const nothingFound = 'urn:be:fgov:ehealth:2.0:status:DataNotFound'

/**
 * Calls an operation whose answer says success, or that there is nothing.
 *
 * @throws EHealthError `fault.business` with the platform's code, and what a call throws
 */
export async function ask<Request, Response>(
  session: Session,
  operation: Operation<Request, Response>,
  question: Omit<Request, 'Id' | 'IssueInstant'>,
): Promise<CallResult<Response>> {
  const { runtime } = session
  const request = { ...question, Id: `_${runtime.uuid()}`, IssueInstant: runtime.now() }
  const result = await session.call(operation, request as unknown as Request)
  const { httpStatus, correlationId } = result.meta
  assertCommonsV2Status(result.element, {
    accept: [nothingFound],
    httpStatus,
    ...(correlationId === undefined ? {} : { correlationId }),
  })
  return result
}
