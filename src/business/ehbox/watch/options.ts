/** What a mail loop is told (docs/decisions/0023). */
import { invalidOption, longestTimeout, refuseUnknownOptions } from '../../../technical/session/options.js'
import type { Where } from '../filter.js'
import type { BoxOptions } from '../info.js'
import type { ListedMessage } from '../listed.js'
import type { FullMessage } from '../received.js'
import type { CursorStore, Mark } from './cursor.js'
import type { FileCursor } from './fileCursor.js'

/** What comes with a message that is handed over. */
export interface HandOver {
  listed: ListedMessage
  /** The same for every attempt at this message: what is written under it once is not written twice. */
  key: string
  /** Number of this attempt, from 1. */
  attempt: number
  /** An attempt before this one may have got anywhere: the process died in it. */
  interrupted: boolean
  /** Aborted when the loop is to end. */
  signal: AbortSignal
}

/** Takes a message over; when its promise resolves, the message is done for good. */
export type Handler = (message: FullMessage, handOver: HandOver) => Promise<void> | void

/** Options of `watch`. */
export interface WatchOptions extends BoxOptions {
  /** Default `INBOX`. */
  folder?: 'INBOX' | 'SENTBOX'
  /** Milliseconds between the end of one look and the next; 60 000. After a failure it takes longer. */
  every?: number
  /** The folder of all the caller's boxes. Not with `box`. */
  allBoxes?: boolean
  /** Only these messages; the others stay where they are. */
  where?: Where
  /**
   * What is remembered, and survives the process: the name of a file, an open file cursor, or a store such as Keyv. One
   * loop at a time for each.
   */
  cursor: string | FileCursor | CursorStore
  /** Takes each message over, oldest first, one after the other. */
  handle: Handler
  /** What becomes of a message when it has been handled: `move`, the default, to its bin; `delete`; `leave`. */
  after?: 'move' | 'delete' | 'leave'
  /** How often a message is tried before it is set aside; 5. */
  tries?: number
  /**
   * What to do with a message in whose handling the process died: `again`, the default (a handler that writes under `key`
   * writes once), or `set-aside`, for what must under no circumstances be done twice.
   */
  interrupted?: 'again' | 'set-aside'
  /** Give messages that can be read in part only to the handler too; see `read`. */
  partial?: boolean
  /** Told of a message that is given up; it stays in its folder. */
  onSetAside?: (listed: ListedMessage, mark: Mark) => void
  /** Ends the loop, after the message at hand. */
  signal?: AbortSignal
  /** Look once and return. */
  once?: boolean
}

/** What a mail loop has done. */
export interface WatchSummary {
  handled: number
  /** Attempts that failed. */
  failed: number
  setAside: number
  /** How often it has looked. */
  looks: number
}

const names: readonly (keyof WatchOptions)[] = [
  'box',
  'folder',
  'every',
  'allBoxes',
  'where',
  'cursor',
  'handle',
  'after',
  'tries',
  'interrupted',
  'partial',
  'onSetAside',
  'signal',
  'once',
]

/** @throws EHealthError `configuration.invalid` */
export function checkWatchOptions(options: WatchOptions): void {
  refuseUnknownOptions(options, names)
  const {
    folder = 'INBOX',
    every = 1,
    cursor,
    handle,
    after = 'move',
    tries = 1,
    interrupted = 'again',
  } = options
  if (folder !== 'INBOX' && folder !== 'SENTBOX') throw invalidOption('folder', 'expected INBOX or SENTBOX')
  if (!(every > 0 && every <= longestTimeout)) throw invalidOption('every', 'expected milliseconds')
  if (typeof handle !== 'function') throw invalidOption('handle', 'expected a function')
  if (!['move', 'delete', 'leave'].includes(after))
    throw invalidOption('after', 'expected move, delete or leave')
  if (!Number.isInteger(tries) || tries < 1) throw invalidOption('tries', 'expected a whole number above 0')
  if (interrupted !== 'again' && interrupted !== 'set-aside')
    throw invalidOption('interrupted', 'expected again or set-aside')
  const store = cursor as Partial<CursorStore> | undefined
  const isStore = [store?.get, store?.set, store?.delete].every((member) => typeof member === 'function')
  if ((typeof cursor !== 'string' || cursor === '') && !isStore)
    throw invalidOption('cursor', 'expected the name of a file, or a store')
}
