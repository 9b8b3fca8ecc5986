/** What a mail loop remembers of each message, so that it survives the process (docs/decisions/0023). */
import { EHealthError } from '../../../errors.js'

/**
 * How far a message is. `begun`: handed over, end unknown; found at a start, the process died in the middle. `failed`: to
 * be tried again. `done`: never again, even if it still lies there. `aside`: given up.
 */
export type MarkState = 'begun' | 'failed' | 'done' | 'aside'

/** What is remembered of one message: nothing that would name anybody. */
export interface Mark {
  state: MarkState
  /** How often it was begun. */
  tries: number
  /** ISO 8601. */
  at: string
  /** Why it failed the last time. */
  code?: string
}

/** Keeps marks by MessageId. A mark must be durable when `set` resolves: what is promised rests on it. */
export interface Cursor {
  get(id: string): Promise<Mark | undefined>
  set(id: string, mark: Mark): Promise<void>
  delete(id: string): Promise<void>
  /** Every id that is kept; where it is not known, marks end with their lifetime. */
  ids?(): Iterable<string>
  close?(): Promise<void>
}

/** A store of texts with lifetimes: a Keyv, the library's `Cache`, or anything like them. */
export interface CursorStore {
  get(key: string): Promise<unknown>
  set(key: string, value: string, milliseconds: number): Promise<unknown>
  delete(key: string): Promise<unknown>
}

/** A message is removed a year after its publication (spec ehealthbox §3.9): its mark may go after that. */
const lifetime = 400 * 24 * 60 * 60 * 1000

const keyOf = (id: string): string => `ehbox-watch:${id}`

/** A cursor in a store; one loop at a time per store. */
export const storeCursor = (store: CursorStore): Cursor => ({
  get: async (id) => {
    const text = await store.get(keyOf(id))
    return text === undefined || text === null ? undefined : readMark(text)
  },
  set: async (id, mark) => {
    await store.set(keyOf(id), JSON.stringify(mark), lifetime)
  },
  delete: async (id) => {
    await store.delete(keyOf(id))
  },
})

const states: readonly string[] = ['begun', 'failed', 'done', 'aside']

/** @throws EHealthError `ehbox.cursor` for what was never written by a cursor */
export function readMark(value: unknown): Mark {
  const mark = (typeof value === 'string' ? parsed(value) : value) as Partial<Mark> | null | undefined
  if (
    typeof mark !== 'object' ||
    mark === null ||
    !states.includes(String(mark.state)) ||
    !Number.isInteger(mark.tries) ||
    typeof mark.at !== 'string'
  )
    throw unreadableCursor()
  const { state, tries, at, code } = mark as Mark
  return { state, tries, at, ...(typeof code === 'string' ? { code } : {}) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export const unreadableCursor = (cause?: unknown): EHealthError =>
  new EHealthError(
    'ehbox.cursor',
    'what the mail loop remembers cannot be read or written',
    cause === undefined ? {} : { cause },
  )
