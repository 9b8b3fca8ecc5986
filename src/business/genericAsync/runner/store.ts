/** Where a runner keeps what must outlive the process (docs/decisions/0032). */

/**
 * What is kept: `content` is what is to be posted, `outbox` how far that is, `inbox` messages that are not handled yet,
 * `mark` how far the handling of each message is, `batch` whatever a service keeps beside.
 */
export type AsyncRecordKind = 'content' | 'outbox' | 'inbox' | 'mark' | 'batch'

/** The kinds, for whoever makes a place for each. */
export const asyncRecordKinds: readonly AsyncRecordKind[] = ['content', 'outbox', 'inbox', 'mark', 'batch']

/**
 * A durable store of small records. A runner has it for itself; what is written is read back by the next process, whole or
 * not at all. It holds what the messages hold: data of patients.
 */
export interface AsyncStore {
  /** Names of the records of a kind, ascending. Letters, digits, `.`, `_` and `-`, at most 120 characters. */
  list(kind: AsyncRecordKind): Promise<readonly string[]>
  /** Undefined where there is no such record. */
  read(kind: AsyncRecordKind, name: string): Promise<Uint8Array | undefined>
  /** Makes the record or replaces it. It is durable when the promise resolves; at no instant is there half of it. */
  write(kind: AsyncRecordKind, name: string, content: Uint8Array): Promise<void>
  /** Durable as well; no error where there is none. */
  remove(kind: AsyncRecordKind, name: string): Promise<void>
  /** Gives the store free for another runner. */
  close(): Promise<void>
}

/** A record of JSON. */
export const toRecord = (value: unknown): Buffer => Buffer.from(JSON.stringify(value), 'utf8')

/** The value of a record of JSON; undefined for what is none. */
export function fromRecord(content: Uint8Array | undefined): unknown {
  if (content === undefined) return undefined
  try {
    return JSON.parse(Buffer.from(content).toString('utf8')) as unknown
  } catch {
    return undefined
  }
}
