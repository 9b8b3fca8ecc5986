/** Reading a folder message by message, whatever is wrong with some of them (spec ehealthbox §9.9, §9.26). */
import { EHealthError, type ErrorFamily } from '../../errors.js'
import type { Session } from '../../technical/session/types.js'
import { messages, type ListOptions } from './list.js'
import type { ListedMessage } from './listed.js'
import { read } from './read.js'
import type { FullMessage } from './received.js'

/** A message of a folder: read, perhaps in part (see its `problems`), or not readable at all. */
export type ReadOutcome =
  | { listed: ListedMessage; message: FullMessage; problem?: undefined }
  | { listed: ListedMessage; message?: undefined; problem: EHealthError }

/** What can be wrong with one message; everything else (network, token, a closed session) concerns them all. */
const ofOneMessage: readonly ErrorFamily[] = ['ehbox', 'unseal', 'contract', 'certificate', 'signature']

export const concernsOneMessage = (error: unknown): error is EHealthError =>
  error instanceof EHealthError && ofOneMessage.includes(error.family)

/** Lists and reads. See {@link Ehbox.readAll}. */
export async function* readAll(session: Session, options: ListOptions = {}): AsyncGenerator<ReadOutcome> {
  for await (const listed of messages(session, options)) {
    yield await outcomeOf(session, listed)
  }
}

async function outcomeOf(session: Session, listed: ListedMessage): Promise<ReadOutcome> {
  try {
    return { listed, message: await read(session, listed, { partial: true }) }
  } catch (error) {
    if (!concernsOneMessage(error)) throw error
    return { listed, problem: error }
  }
}
