/** One look into the mailbox: everything is on disk before it is confirmed (spec memberdata-mycarenet §2.6; docs/decisions/0032). */
import type { TAck } from '../message.js'
import { acknowledge, postEntry } from './outbox.js'
import { messageRecord, readMark, recordNameOf, type OutboxEntry } from './records.js'
import type { RunnerParts } from './types.js'

/** What a look found. */
export interface Look {
  /** Messages of this runner that lay there. */
  messages: number
  /** Those of them that were not known. */
  stored: number
  tacks: number
  /** The mailbox may hold more than it gave: look again at once. */
  more: boolean
}

/** Asks, keeps, confirms. */
export async function look(parts: RunnerParts): Promise<Look> {
  const { store, mailbox, tell, max } = parts
  const begunAt = parts.runtime.now()
  const { messages, tacks } = await mailbox.get(max)
  const ownTacks: TAck[] = []
  for (const tack of tacks) {
    const entry = entryOf(parts, tack)
    if (entry === undefined) continue
    await acknowledge(parts, entry, tack)
    ownTacks.push(tack)
  }
  const own = []
  let stored = 0
  for (const message of messages) {
    if (!(await parts.takes(message))) continue
    const record = recordNameOf(message.id)
    // known: it was kept before, and the confirmation did not arrive
    const known =
      (await readMark(store, record)) !== undefined || (await store.read('inbox', record)) !== undefined
    if (!known) {
      await store.write('inbox', record, messageRecord(message))
      stored += 1
    }
    own.push(message)
    const entry = entryOf(parts, message)
    if (entry?.state === 'posting') await parts.outbox.put({ ...entry, state: 'posted' })
  }
  if (own.length > 0 || ownTacks.length > 0) await mailbox.confirm({ messages: own, tacks: ownTacks })
  const found = { messages: own.length, stored, tacks: ownTacks.length }
  tell({ type: 'looked', ...found })
  // a mailbox that is full of what is not ours would be asked for ever
  const more = (messages.length >= max && own.length > 0) || (tacks.length >= max && ownTacks.length > 0)
  if (!more && tacks.length < max) await settle(parts, begunAt)
  return { ...found, more }
}

const entryOf = (
  { outbox }: RunnerParts,
  { inputReference }: { inputReference?: string },
): OutboxEntry | undefined => (inputReference === undefined ? undefined : outbox.byReference(inputReference))

/**
 * Posts of which nobody knows whether they arrived. All acknowledgements were seen, and those of them that did are told;
 * where enough time has passed, the others did not arrive: they are posted again, under the same reference.
 */
async function settle(parts: RunnerParts, lookedAt: Date): Promise<void> {
  for (const entry of parts.outbox.all()) {
    if (entry.state !== 'posting') continue
    const begun = Date.parse(entry.begunAt ?? '')
    if (lookedAt.getTime() - begun >= parts.settle) await postEntry(parts, entry)
  }
}
