/** Earlier versions of a NEWS (spec ehealthbox §3.5). */
import { refuseUnknownOptions } from '../../technical/session/options.js'
import type { Session } from '../../technical/session/types.js'
import { consultationOperations } from './contract.js'
import { readRequest, type MessageReference, type ReadOptions } from './read.js'
import { assertSuccess } from './status.js'

/** MessageIds of the earlier versions. See {@link Ehbox.history}. */
export async function history(
  session: Session,
  message: MessageReference,
  options: Pick<ReadOptions, 'box' | 'folder'> = {},
): Promise<string[]> {
  refuseUnknownOptions(options, ['box', 'folder'])
  const { value, meta } = await session.call(
    consultationOperations.getMessageHistory,
    readRequest(session, message, options),
  )
  return assertSuccess(value, meta).MessageId ?? []
}
