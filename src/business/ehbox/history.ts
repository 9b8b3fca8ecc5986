/** Earlier versions of a NEWS (spec ehealthbox §3.5). */
import type { Session } from '../../technical/session/types.js'
import { consultationOperations } from './contract.js'
import { readRequest, type MessageReference, type ReadOptions } from './read.js'
import { assertSuccess } from './status.js'

/** MessageIds of the earlier versions. See {@link Ehbox.history}. */
export async function history(
  session: Session,
  message: MessageReference,
  options: ReadOptions = {},
): Promise<string[]> {
  const { value, meta } = await session.call(
    consultationOperations.getMessageHistory,
    readRequest(session, message, options),
  )
  return assertSuccess(value, meta).MessageId ?? []
}
