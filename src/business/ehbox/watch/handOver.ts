/**
 * One message of a mail loop, from its mark to its bin. Each step is durable before the next begins, so that whatever
 * instant the process dies at, the next one knows what may have happened and what has not (docs/decisions/0023).
 */
import { isEHealthError } from '../../../errors.js'
import { monotonicOf, roundedMilliseconds } from '../../../technical/environment/runtime.js'
import type { Session } from '../../../technical/session/types.js'
import type { ListedMessage } from '../listed.js'
import { allowedMoves, deleteMessages, move } from '../move.js'
import { read } from '../read.js'
import { concernsOneMessage } from '../readAll.js'
import type { Cursor, Mark } from './cursor.js'
import type { WatchOptions } from './options.js'

/** What the parts of the loop work with. */
export interface Loop {
  session: Session
  options: WatchOptions
  cursor: Cursor
  signal: AbortSignal
}

/** What became of a message. */
export type Outcome = 'handled' | 'failed' | 'set-aside' | 'settled'

/** Whether a message has anything left to be done, by its mark. */
export const isOpen = (mark: Mark | undefined, { after = 'move' }: Pick<WatchOptions, 'after'>): boolean =>
  mark === undefined ||
  mark.state === 'begun' ||
  mark.state === 'failed' ||
  (mark.state === 'done' && after !== 'leave')

/**
 * Hands one message over.
 *
 * @throws what concerns more than this message: the loop waits and comes back to it
 */
export async function handOver(loop: Loop, listed: ListedMessage): Promise<Outcome> {
  const { session, options, cursor } = loop
  const mark = await cursor.get(listed.id)
  if (mark?.state === 'done') {
    // it was handled, and the process died (or the platform was not there) before it left its folder
    await settle(loop, listed)
    return 'settled'
  }
  if (mark?.state === 'aside') return 'settled'
  const interrupted = mark?.state === 'begun'
  const { tries: limit = 5 } = options
  const tries = mark?.tries ?? 0
  if (interrupted && options.interrupted === 'set-aside') return setAside(loop, listed, tries, 'interrupted')
  // a message over which the process dies every time is given up like one whose handler fails
  if (tries >= limit) return setAside(loop, listed, tries, mark?.code ?? 'interrupted')
  const start = monotonicOf(session.runtime)
  const lasted = () => ({
    at: start,
    milliseconds: roundedMilliseconds(monotonicOf(session.runtime) - start),
  })
  await cursor.set(listed.id, { state: 'begun', tries: tries + 1, at: now(session) })
  let failure: string | undefined
  try {
    failure = await attempt(loop, listed, { attempt: tries + 1, interrupted }, mark)
  } catch (error) {
    if (error instanceof Stopped) await cursor.set(listed.id, { state: 'begun', tries, at: now(session) })
    throw error
  }
  if (failure === undefined) {
    await cursor.set(listed.id, { state: 'done', tries: tries + 1, at: now(session) })
    session.emit({ type: 'mailbox', state: 'handled', ...lasted(), tries: tries + 1 })
    await settle(loop, listed)
    return 'handled'
  }
  if (tries + 1 >= limit) return setAside(loop, listed, tries + 1, failure)
  await cursor.set(listed.id, { state: 'failed', tries: tries + 1, at: now(session), code: failure })
  session.emit({ type: 'mailbox', state: 'failed', ...lasted(), tries: tries + 1, code: failure })
  return 'failed'
}

/** Reads and hands over. Gives the code of what went wrong with this very message. */
async function attempt(
  { session, options, cursor, signal }: Loop,
  listed: ListedMessage,
  about: { attempt: number; interrupted: boolean },
  before: Mark | undefined,
): Promise<string | undefined> {
  let message
  try {
    message = await read(session, listed, { partial: options.partial === true })
  } catch (error) {
    if (concernsOneMessage(error)) return error.code
    // not the fault of the message: as if it had not been begun
    if (before === undefined) await cursor.delete(listed.id)
    else await cursor.set(listed.id, before)
    throw error
  }
  try {
    await options.handle(message, { listed, key: listed.id, ...about, signal })
    return undefined
  } catch (error) {
    if (signal.aborted) throw new Stopped()
    return isEHealthError(error) ? error.code : 'handler'
  }
}

/** The handler gave up because the loop is to end: nobody knows how far it got, and it is not its fault. */
class Stopped extends Error {}

async function setAside(loop: Loop, listed: ListedMessage, tries: number, code: string): Promise<Outcome> {
  const { session, options, cursor } = loop
  const mark: Mark = { state: 'aside', tries, at: now(session), code }
  await cursor.set(listed.id, mark)
  session.emit({
    type: 'mailbox',
    state: 'set-aside',
    at: monotonicOf(session.runtime),
    milliseconds: 0,
    tries,
    code,
  })
  options.onSetAside?.(listed, mark)
  return 'set-aside'
}

/** Takes a handled message out of its folder; that somebody else has done so already is no failure. */
async function settle({ session, options }: Loop, listed: ListedMessage): Promise<void> {
  const { after = 'move' } = options
  if (after === 'leave') return
  const { folder } = listed
  const box = listed.box === undefined ? {} : { box: listed.box }
  try {
    if (after === 'delete') await deleteMessages(session, [listed], { folder, ...box })
    else await move(session, [listed], { from: folder, to: allowedMoves[folder], ...box })
  } catch (error) {
    // not there any more; where it is, the next look finds it done and tries again
    if (!isEHealthError(error, 'ehbox.refused')) throw error
  }
}

const now = (session: Session): string => session.runtime.now().toISOString()
