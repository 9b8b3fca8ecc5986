/** Handing messages over, each until it is said to be handled (docs/decisions/0032). */
import type { AsyncMessage } from '../message.js'
import { readMark, readMessage, writeMark } from './records.js'
import type { RunnerParts } from './types.js'

/** A message that a runner hands over. */
export interface Delivery {
  message: AsyncMessage
  /** Stable key of the message: a handler that writes under it writes once. */
  key: string
  /** Times that its handling was begun, this one included. */
  tries: number
  /** It was handed over before, and nobody said that it was handled: how far that went is not known. */
  interrupted: boolean
}

/**
 * Messages that are not handled, in no particular order. Asking for the next one says that this one is handled; whoever
 * leaves earlier, by an error or by dying, gets it again.
 */
export async function* deliveries(parts: RunnerParts): AsyncGenerator<Delivery, void> {
  const { store, runtime, tell } = parts
  for (const record of await store.list('inbox')) {
    const before = await readMark(store, record)
    if (before?.state !== 'done') {
      const message = await readMessage(store, record)
      if (message === undefined) continue
      const tries = (before?.tries ?? 0) + 1
      await writeMark(store, record, { state: 'begun', tries, at: runtime.now().toISOString() })
      yield { message, key: record, tries, interrupted: before !== undefined }
      await writeMark(store, record, { state: 'done', tries, at: runtime.now().toISOString() })
      tell({ type: 'handled', id: message.id, tries })
    }
    await store.remove('inbox', record)
  }
}

/** Days after which nobody sends a message again that was confirmed. */
const keptDays = 90

/** Forgets messages that were handled long ago. */
export async function forgetOldMarks({
  store,
  runtime,
}: Pick<RunnerParts, 'store' | 'runtime'>): Promise<void> {
  const before = runtime.now().getTime() - keptDays * 24 * 60 * 60_000
  for (const record of await store.list('mark')) {
    const mark = await readMark(store, record)
    if (mark?.state === 'done' && Date.parse(mark.at) < before) await store.remove('mark', record)
  }
}
