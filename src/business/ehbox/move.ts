/** Moving and deleting (spec ehealthbox §3.7). */
import { EHealthError } from '../../errors.js'
import { refuseUnknownOptions } from '../../technical/session/options.js'
import type { Session } from '../../technical/session/types.js'
import { consultationOperations } from './contract.js'
import { boxField, type BoxOptions } from './info.js'
import { assertFolder, type Folder } from './listed.js'
import { idOf, type MessageReference } from './read.js'
import { assertSuccess } from './status.js'
import type { CallMeta } from '../../technical/soap/types.js'

/** Options of `move`. */
export interface MoveOptions extends BoxOptions {
  from: Folder
  to: Folder
}

/** Options of `delete`. */
export interface DeleteOptions extends BoxOptions {
  folder: Folder
}

/** Outcome of moving or deleting. */
export interface Handled {
  /** MessageIds that were moved or deleted. */
  done: string[]
  /** MessageIds that the platform lists as failed; list the folder again to see what became of them. */
  failed: string[]
}

/** Where messages of a folder may go: into its bin and back. */
export const allowedMoves: Readonly<Record<Folder, Folder>> = {
  INBOX: 'BININBOX',
  SENTBOX: 'BINSENTBOX',
  BININBOX: 'INBOX',
  BINSENTBOX: 'SENTBOX',
}

const mostPerCall = 100

/** Moves messages. See {@link Ehbox.move}. */
export async function move(
  session: Session,
  messages: readonly MessageReference[],
  options: MoveOptions,
): Promise<Handled> {
  refuseUnknownOptions(options, ['box', 'from', 'to'])
  const { from, to } = options
  assertFolder(from, 'from')
  assertFolder(to, 'to')
  if (allowedMoves[from] !== to)
    throw new EHealthError('ehbox.move', `messages cannot be moved from ${from} to ${to}`, {
      path: 'to',
      hint: `From ${from} they move to ${allowedMoves[from]} only.`,
    })
  return inBatches(messages, from, 'from', async (MessageId) => {
    const { value, meta } = await session.call(consultationOperations.moveMessage, {
      ...boxField(session, options),
      Source: from,
      Destination: to,
      MessageId,
    })
    return { value, meta }
  })
}

/** Deletes messages for good. See {@link Ehbox.delete}. */
export async function deleteMessages(
  session: Session,
  messages: readonly MessageReference[],
  options: DeleteOptions,
): Promise<Handled> {
  refuseUnknownOptions(options, ['box', 'folder'])
  const { folder } = options
  assertFolder(folder)
  return inBatches(messages, folder, 'folder', async (MessageId) => {
    const { value, meta } = await session.call(consultationOperations.deleteMessage, {
      ...boxField(session, options),
      Source: folder,
      MessageId,
    })
    return { value, meta }
  })
}

interface Answer {
  value: Parameters<typeof assertSuccess>[0] & { MessageId: string[] }
  meta: CallMeta
}

async function inBatches(
  messages: readonly MessageReference[],
  folder: Folder,
  path: string,
  handle: (ids: string[]) => Promise<Answer>,
): Promise<Handled> {
  messages.forEach((message, index) => {
    if (typeof message !== 'string' && message.folder !== folder)
      throw new EHealthError('ehbox.folder', `messages[${index}] was listed in ${message.folder}`, {
        path,
        hint: 'List the folder again: the message may have been moved since.',
      })
  })
  const ids = [...new Set(messages.map((message, index) => idOf(message, `messages[${index}]`)))]
  const outcome: Handled = { done: [], failed: [] }
  for (let at = 0; at < ids.length; at += mostPerCall) {
    const batch = ids.slice(at, at + mostPerCall)
    const { value: answer, meta } = await handle(batch)
    const listed = answer.MessageId ?? []
    assertSuccess(answer, meta, { done: outcome.done, listed, notAttempted: ids.slice(at + mostPerCall) })
    const failed = failedOf(batch, listed)
    outcome.failed.push(...failed)
    outcome.done.push(...batch.filter((id) => !failed.includes(id)))
  }
  return outcome
}

/**
 * The ids in a success are those that failed, as far as one can tell (§3.7); all of them at once cannot be meant so, that
 * would be no success.
 */
function failedOf(batch: readonly string[], listed: readonly string[]): string[] {
  const failed = batch.filter((id) => listed.includes(id))
  return failed.length === batch.length ? [] : failed
}
