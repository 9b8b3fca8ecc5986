/** A mail loop for servers: looks, hands over, waits (docs/decisions/0023). */
import type { EHealthError } from '../../../errors.js'
import { monotonicOf, pause } from '../../../technical/environment/runtime.js'
import type { Session } from '../../../technical/session/types.js'
import { info } from '../info.js'
import { knownIds, messages } from '../list.js'
import type { ListedMessage } from '../listed.js'
import { storeCursor, type Cursor } from './cursor.js'
import { openFileCursor } from './fileCursor.js'
import { handOver, isOpen, type Loop } from './handOver.js'
import { checkWatchOptions, type WatchOptions, type WatchSummary } from './options.js'
import { pauseAfter } from './patience.js'

const usualInterval = 60_000

/** Messages that are held between listing and handing over; the oldest come first, the others with the next look. */
const mostAtOnce = 1000

/** Watches a folder. See {@link Ehbox.watch}. */
export async function watch(session: Session, options: WatchOptions): Promise<WatchSummary> {
  checkWatchOptions(options)
  const { every = usualInterval, once = false } = options
  const signal = AbortSignal.any([session.ended, ...(options.signal === undefined ? [] : [options.signal])])
  const { cursor, close } = await opened(options, session)
  const loop: Loop = { session, options, cursor, signal }
  const summary: WatchSummary = { handled: 0, failed: 0, setAside: 0, looks: 0 }
  let failures = 0
  try {
    while (!signal.aborted) {
      let more = false
      let wait = every
      try {
        more = await look(loop, summary)
        failures = 0
      } catch (error) {
        if (signal.aborted) break
        failures += 1
        const patience = once ? undefined : pauseAfter(error, failures, every, chanceOf(session))
        if (patience === undefined) throw error
        wait = patience
        tellWaiting(session, error as EHealthError, wait)
      }
      if (once && !more) break
      if (!more) await waiting(session, wait, signal)
    }
    return summary
  } finally {
    await close()
  }
}

async function opened(
  { cursor }: WatchOptions,
  session: Session,
): Promise<{ cursor: Cursor; close: () => Promise<void> }> {
  if (typeof cursor === 'string') {
    const file = await openFileCursor(cursor, session.runtime)
    return { cursor: file, close: () => file.close() }
  }
  // whoever brings a cursor closes it
  const close = async (): Promise<void> => undefined
  return 'entries' in cursor && 'ids' in cursor ? { cursor, close } : { cursor: storeCursor(cursor), close }
}

/** One look: lists the folder to its end, hands over what is open, oldest first. True when there is more at once. */
async function look(loop: Loop, summary: WatchSummary): Promise<boolean> {
  const { session, options, cursor, signal } = loop
  const { folder = 'INBOX', box, allBoxes, where } = options
  summary.looks += 1
  // the listeners hear of a box that fills up; mail that waits outside would never be seen here (§7.2)
  if (allBoxes !== true) await info(session, box === undefined ? {} : { box })
  const present = knownIds()
  const open: ListedMessage[] = []
  let dropped = 0
  const list = messages(session, {
    folder,
    signal,
    ...(box === undefined ? {} : { box }),
    ...(allBoxes === undefined ? {} : { allBoxes }),
    ...(where === undefined ? {} : { where }),
  })
  for await (const listed of list) {
    if (signal.aborted) return false
    present.add(listed.id)
    if (!isOpen(await cursor.get(listed.id), options)) continue
    open.push(detached(listed))
    if (open.length > mostAtOnce) {
      open.shift()
      dropped += 1
    }
  }
  await forgetGone(loop, present)
  let progress = false
  for (const listed of open.reverse()) {
    if (signal.aborted) return false
    const outcome = await handOver(loop, listed)
    if (outcome === 'handled') summary.handled += 1
    if (outcome === 'failed') summary.failed += 1
    if (outcome === 'set-aside') summary.setAside += 1
    if (outcome === 'handled' || outcome === 'set-aside') progress = true
  }
  return dropped > 0 && progress
}

const oneDay = 24 * 60 * 60 * 1000

/**
 * What the folder has not held for a day needs no mark: by then nobody can mistake a late answer of the platform for a new
 * message. Not under a filter, which shows a part of the folder.
 */
async function forgetGone(
  { cursor, session, options }: Loop,
  present: { has(id: string): boolean },
): Promise<void> {
  if (options.where !== undefined) return
  for (const id of cursor.ids?.() ?? []) {
    if (present.has(id)) continue
    const mark = await cursor.get(id)
    if (mark !== undefined && session.runtime.now().getTime() - Date.parse(mark.at) > oneDay)
      await cursor.delete(id)
  }
}

/** A listed message that does not keep the whole answer in memory that its texts were cut out of. */
const detached = (listed: ListedMessage): ListedMessage => structuredClone(listed)

const chanceOf = ({ runtime }: Session): number => (runtime.randomBytes(1)[0] ?? 0) / 255

function tellWaiting(session: Session, { code, platform }: EHealthError, wait: number): void {
  session.emit({
    type: 'mailbox',
    state: 'waiting',
    at: monotonicOf(session.runtime),
    pause: wait,
    code,
    ...(platform?.code === undefined ? {} : { platformCode: platform.code }),
  })
}

async function waiting(session: Session, milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await pause(session.runtime, milliseconds, { signal })
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
