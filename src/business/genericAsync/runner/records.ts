/** What a runner writes into its store, and how it reads it back. */
import { createHash } from 'node:crypto'

import { EHealthError } from '../../../errors.js'
import type { AsyncMessage, TAck } from '../message.js'
import { fromRecord, toRecord, type AsyncStore } from './store.js'

/**
 * How far a post is. `posting`: it was begun, and nobody knows yet whether it arrived; the acknowledgement in the mailbox
 * tells. `posted` and `refused` are what its acknowledgement says.
 */
export type PostState = 'waiting' | 'posting' | 'posted' | 'refused'

/** A post in the store of a runner. */
export interface OutboxEntry {
  /** As the caller called it. */
  name: string
  state: PostState
  inputReference: string
  messageName: string
  contentType: string
  /** SHA-256 of the content, base64. */
  digest: string
  /** Attempts that were begun. */
  attempts: number
  /** When the last attempt was begun, ISO 8601. */
  begunAt?: string
  /** Code of the error that the last attempt ended with. */
  code?: string
  tack?: TAck
}

/** How far the handling of a message is. */
export interface HandlingMark {
  state: 'begun' | 'done'
  /** Times that it was begun. */
  tries: number
  /** ISO 8601. */
  at: string
}

/** Name of a record for any text: the same text has the same. */
export const recordNameOf = (text: string): string => createHash('sha256').update(text).digest('hex')

export const digestOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('base64')

export const damaged = (): EHealthError =>
  new EHealthError('async.store', 'store: a record is damaged or not ours', { path: 'store' })

async function readEntry(store: AsyncStore, name: string): Promise<OutboxEntry | undefined> {
  const content = await store.read('outbox', name)
  if (content === undefined) return undefined
  const entry = fromRecord(content) as Partial<OutboxEntry> | undefined
  const states: readonly unknown[] = ['waiting', 'posting', 'posted', 'refused']
  if (entry?.name !== name || typeof entry.inputReference !== 'string' || !states.includes(entry.state))
    throw damaged()
  return entry as OutboxEntry
}

/** The posts of a store: small, so that all of them are known; their content is not. */
export interface Outbox {
  get(name: string): OutboxEntry | undefined
  byReference(inputReference: string): OutboxEntry | undefined
  /** By name, ascending. */
  all(): readonly OutboxEntry[]
  /** Durable when the promise resolves. */
  put(entry: OutboxEntry): Promise<void>
  /** Forgets a post and its content. */
  remove(name: string): Promise<void>
}

export async function readOutbox(store: AsyncStore): Promise<Outbox> {
  const entries = new Map<string, OutboxEntry>()
  const names = new Map<string, string>()
  const know = (entry: OutboxEntry): void => {
    entries.set(entry.name, entry)
    names.set(entry.inputReference, entry.name)
  }
  for (const name of await store.list('outbox')) {
    const entry = await readEntry(store, name)
    if (entry !== undefined) know(entry)
  }
  return {
    get: (name) => entries.get(name),
    byReference: (inputReference) => entries.get(names.get(inputReference) ?? ''),
    all: () => [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    put: async (entry) => {
      await store.write('outbox', entry.name, toRecord(entry))
      know(entry)
    },
    remove: async (name) => {
      await store.remove('outbox', name)
      await store.remove('content', name)
      names.delete(entries.get(name)?.inputReference ?? '')
      entries.delete(name)
    },
  }
}

export async function readMark(store: AsyncStore, record: string): Promise<HandlingMark | undefined> {
  const content = await store.read('mark', record)
  if (content === undefined) return undefined
  const mark = fromRecord(content) as Partial<HandlingMark> | undefined
  if (mark?.state !== 'begun' && mark?.state !== 'done') throw damaged()
  return mark as HandlingMark
}

export const writeMark = (store: AsyncStore, record: string, mark: HandlingMark): Promise<void> =>
  store.write('mark', record, toRecord(mark))

/** A message as a record: a line of JSON, the signature, the octets of the blob. */
export function messageRecord({ packed, signature, ...fields }: AsyncMessage): Buffer {
  const head = { ...fields, signatureLength: signature?.length ?? 0 }
  return Buffer.concat([
    Buffer.from(`${JSON.stringify(head)}\n`, 'utf8'),
    ...(signature === undefined ? [] : [signature]),
    packed,
  ])
}

export async function readMessage(store: AsyncStore, record: string): Promise<AsyncMessage | undefined> {
  const content = await store.read('inbox', record)
  if (content === undefined) return undefined
  const octets = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  const end = octets.indexOf(10)
  const head = fromRecord(octets.subarray(0, Math.max(0, end))) as
    (Omit<AsyncMessage, 'packed' | 'signature'> & { signatureLength?: unknown }) | undefined
  if (head === undefined || recordNameOf(head.id ?? '') !== record) throw damaged()
  const { signatureLength, ...fields } = head
  if (!Number.isSafeInteger(signatureLength)) throw damaged()
  const from = end + 1 + (signatureLength as number)
  return {
    ...fields,
    packed: octets.subarray(from),
    ...(signatureLength === 0 ? {} : { signature: octets.subarray(end + 1, from) }),
  }
}
