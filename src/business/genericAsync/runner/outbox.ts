/** Posting once: what is written down before, after, and when nobody knows (docs/decisions/0032). */
import { EHealthError } from '../../../errors.js'
import type { TAck } from '../message.js'
import { digestOf, type OutboxEntry } from './records.js'
import type { RunnerParts } from './types.js'

/** What is to be posted. */
export interface PostToKeep {
  /** Name of the caller's: the same name is the same post, in this process and the next. Letters, digits, `.`, `_`, `-`. */
  name: string
  inputReference: string
  messageName: string
  contentType: string
  content: Uint8Array
}

const nameText = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$/

/**
 * Keeps a post; from then on it will be posted, whatever happens to the process.
 *
 * @returns the entry of before where the same post was kept already
 * @throws EHealthError `async.conflict` for another content under the same name
 */
export async function keepPost(
  { store, outbox }: Pick<RunnerParts, 'store' | 'outbox'>,
  { content, ...post }: PostToKeep,
): Promise<{ entry: OutboxEntry; known: boolean }> {
  if (typeof post.name !== 'string' || !nameText.test(post.name) || post.name.endsWith('.part'))
    throw new EHealthError('configuration.invalid', 'name: expected letters, digits, ".", "_" and "-"', {
      path: 'name',
    })
  const digest = digestOf(content)
  const known = outbox.get(post.name)
  if (known !== undefined) {
    if (known.digest !== digest)
      throw new EHealthError('async.conflict', 'another post has this name', { path: 'name' })
    return { entry: known, known: true }
  }
  // the content first: an entry without it could not be posted, a content without entry was never promised
  await store.write('content', post.name, content)
  const entry: OutboxEntry = { ...post, state: 'waiting', digest, attempts: 0 }
  await outbox.put(entry)
  return { entry, known: false }
}

/** Posts what waits, by name. What fails stays; the first failure of which it is known that nothing arrived is thrown. */
export async function postWaiting(parts: RunnerParts): Promise<void> {
  for (const entry of parts.outbox.all()) if (entry.state === 'waiting') await postEntry(parts, entry)
}

/** One attempt. `posting` is on disk before the first octet leaves, its outcome before anything else is done. */
export async function postEntry(parts: RunnerParts, entry: OutboxEntry): Promise<OutboxEntry> {
  const { store, outbox, mailbox, runtime, tell } = parts
  const { name, inputReference, messageName, contentType } = entry
  const content = await store.read('content', name)
  if (content === undefined || digestOf(content) !== entry.digest)
    throw new EHealthError('async.store', 'store: the content of a post is missing or damaged', {
      path: 'store',
    })
  const begun: OutboxEntry = {
    ...entry,
    state: 'posting',
    attempts: entry.attempts + 1,
    begunAt: runtime.now().toISOString(),
  }
  delete begun.code
  await outbox.put(begun)
  try {
    const tack = await mailbox.post({ inputReference, messageName, contentType, content })
    return await acknowledge(parts, begun, tack)
  } catch (error) {
    if (!(error instanceof EHealthError)) throw error
    const arrived = mayHaveArrived(error)
    const failed: OutboxEntry = { ...begun, state: arrived ? 'posting' : 'waiting', code: error.code }
    await outbox.put(failed)
    tell({ type: arrived ? 'uncertain' : 'failed', name, inputReference, code: error.code })
    if (!arrived) throw error
    return failed
  }
}

/** What the acknowledgement says, kept; it may come with the answer or lie in the mailbox. */
export async function acknowledge(parts: RunnerParts, entry: OutboxEntry, tack: TAck): Promise<OutboxEntry> {
  const { name, inputReference } = entry
  if (entry.state === 'posted' || entry.state === 'refused') return entry
  const state = tack.outcome === 'accepted' ? 'posted' : 'refused'
  const told: OutboxEntry = { ...entry, state, tack }
  delete told.code
  await parts.outbox.put(told)
  parts.tell({
    type: state,
    name,
    inputReference,
    ...(state === 'refused' && tack.resultMinor !== undefined ? { resultMinor: tack.resultMinor } : {}),
  })
  return told
}

/**
 * Whether a failed post may lie at the insurers all the same. Only what cannot have left, and what the platform refused
 * in so many words, did not arrive.
 */
export function mayHaveArrived({ code, origin, platform }: EHealthError): boolean {
  if (code === 'transport.connect' || code === 'transport.connect-timeout' || code === 'transport.tls')
    return false
  if (code === 'transport.proxy') return false
  // nothing was sent: configuration, keystore, certificate, token, contract
  if (origin === 'client') return code === 'transport.aborted'
  if (code.startsWith('token.') || code.startsWith('keystore.')) return false
  // a fault is an answer: refused, except where a queue may have taken it (spec soap-security §5.6)
  if (code.startsWith('fault.') || code === 'async.too-soon')
    return platform?.code === 'SOA-02001' || platform?.code === 'SOA-02002' || platform?.code === 'SOA-00001'
  return true
}
