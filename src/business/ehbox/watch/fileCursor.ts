/**
 * A cursor in a file: a journal with a line for each change, on disk before anything goes on. Opening it rewrites it, so
 * that what a death in the middle of a line has left is gone (docs/decisions/0023).
 */
import { open, readFile, rename, type FileHandle } from 'node:fs/promises'
import path from 'node:path'

import { EHealthError } from '../../../errors.js'
import { syncDirectory } from '../../../technical/environment/durable.js'
import { lockFile, type FileLock } from '../../../technical/environment/fileLock.js'
import { systemRuntime, type Runtime } from '../../../technical/environment/runtime.js'
import { readMark, unreadableCursor, type Cursor, type Mark } from './cursor.js'

/** A cursor in a file, to look into and to close. */
export interface FileCursor extends Cursor {
  /** Every mark that is kept. */
  entries(): ReadonlyMap<string, Mark>
  ids(): Iterable<string>
  /** Gives the file free for another process. */
  close(): Promise<void>
}

/** Lines that may be superfluous before the journal is written anew. */
const superfluous = 2000

/**
 * Opens the cursor of a mail loop; makes the file when it is not there. Only one process may have it.
 *
 * @throws EHealthError `ehbox.cursor` for a file that is none, or cannot be read or written; `ehbox.cursor-locked`
 *
 * @example
 * ```ts
 * import { openFileCursor } from 'ehealth-connectors/ehbox'
 *
 * // what was set aside is to be tried once more
 * const cursor = await openFileCursor('inbox.cursor')
 * for (const [id, { state }] of cursor.entries()) if (state === 'aside') await cursor.delete(id)
 * await cursor.close()
 * ```
 */
export async function openFileCursor(
  file: string,
  runtime: Pick<Runtime, 'uuid'> = systemRuntime,
): Promise<FileCursor> {
  const lock = await lockFile(`${file}.lock`, runtime, locked).catch((error: unknown) => {
    throw error instanceof EHealthError ? error : unreadableCursor(error)
  })
  try {
    const marks = await readJournal(file)
    return cursorOver(file, marks, await rewritten(file, marks), lock)
  } catch (error) {
    await lock.release()
    throw error instanceof EHealthError ? error : unreadableCursor(error)
  }
}

const locked = (): EHealthError =>
  new EHealthError('ehbox.cursor-locked', 'another mail loop has this cursor')

function cursorOver(file: string, marks: Map<string, Mark>, journal: FileHandle, lock: FileLock): FileCursor {
  let handle = journal
  let lines = marks.size
  let last: Promise<void> = Promise.resolve()
  /** One change after the other, in the order in which they were asked for; after a failure none. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    last = last.then(work).catch((error: unknown) => {
      throw error instanceof EHealthError ? error : unreadableCursor(error)
    })
    // whoever waits for it is told; nobody need wait
    last.catch(() => undefined)
    return last
  }
  const append = (line: string): Promise<void> =>
    inTurn(async () => {
      await handle.appendFile(line)
      await handle.datasync()
      lines += 1
      if (lines - marks.size <= superfluous) return
      await handle.close()
      handle = await rewritten(file, marks)
      lines = marks.size
    })
  return {
    get: async (id) => marks.get(id),
    set: (id, mark) => {
      marks.set(id, mark)
      return append(lineOf(id, mark))
    },
    delete: async (id) => {
      if (marks.delete(id)) await append(lineOf(id, null))
    },
    ids: () => [...marks.keys()],
    entries: () => marks,
    close: async () => {
      await last.catch(() => undefined)
      await handle.close()
      await lock.release()
    },
  }
}

const header = '{"ehbox-watch":1}\n'
const lineOf = (id: string, mark: Mark | null): string => `${JSON.stringify([id, mark])}\n`

async function readJournal(file: string): Promise<Map<string, Mark>> {
  const marks = new Map<string, Mark>()
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  })
  if (text === '') return marks
  if (!text.startsWith(header)) throw unreadableCursor()
  const lines = text.slice(header.length).split('\n')
  // what follows the last line end is empty, or a line that the process died over: it was never promised to anybody
  lines.pop()
  for (const line of lines) {
    const [id, mark] = entryOf(line)
    if (mark === null) marks.delete(id)
    else marks.set(id, readMark(mark))
  }
  return marks
}

function entryOf(line: string): [id: string, mark: unknown] {
  try {
    const entry = JSON.parse(line) as unknown
    if (Array.isArray(entry) && entry.length === 2 && typeof entry[0] === 'string')
      return [entry[0], entry[1] as unknown]
  } catch {
    // told below
  }
  throw unreadableCursor()
}

/** Writes the journal beside the old one and puts it in its place: at no time is there less than before. */
async function rewritten(file: string, marks: ReadonlyMap<string, Mark>): Promise<FileHandle> {
  // the lock keeps others away: the name needs not be unique, and what is left of a death is written over
  const making = `${file}.part`
  const handle = await open(making, 'w', 0o600)
  await handle.writeFile(header + [...marks].map(([id, mark]) => lineOf(id, mark)).join(''))
  await handle.sync()
  await handle.close()
  await rename(making, file)
  await syncDirectory(path.dirname(file))
  return open(file, 'a', 0o600)
}
