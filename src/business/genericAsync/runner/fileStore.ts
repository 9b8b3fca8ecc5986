/** A store in a directory: a file for each record, on disk before anything goes on (docs/decisions/0032). */
import { mkdir, readdir, readFile, unlink } from 'node:fs/promises'
import path from 'node:path'

import { EHealthError } from '../../../errors.js'
import { syncDirectory, writeDurably } from '../../../technical/environment/durable.js'
import { lockFile } from '../../../technical/environment/fileLock.js'
import { systemRuntime, type Runtime } from '../../../technical/environment/runtime.js'
import { asyncRecordKinds, type AsyncRecordKind, type AsyncStore } from './store.js'

const recordName = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,119}$/
/** What a death in the middle of writing has left: it was never promised to anybody. */
const unfinished = '.part'

/**
 * Opens the store of a runner in a directory; makes it when it is not there. Only one process may have it: files are its own
 * (mode 0600), and a lock of a dead process is taken over.
 *
 * @throws EHealthError `async.store-locked`; `async.store` where the directory cannot be used
 *
 * @example
 * ```ts
 * import { openFileStore } from 'ehealth-connectors/generic-async'
 *
 * await using store = await openFileStore('/var/lib/billing/mailbox')
 * console.log(await store.list('inbox'))
 * ```
 */
export async function openFileStore(
  directory: string,
  runtime: Pick<Runtime, 'uuid'> = systemRuntime,
): Promise<AsyncStore & AsyncDisposable> {
  if (typeof directory !== 'string' || directory === '')
    throw new EHealthError('configuration.invalid', 'store: expected a directory', { path: 'store' })
  const placeOf = (kind: AsyncRecordKind): string => path.join(directory, kind)
  const lock = await told(async () => {
    for (const kind of asyncRecordKinds) await mkdir(placeOf(kind), { recursive: true, mode: 0o700 })
    await syncDirectory(directory)
    return lockFile(path.join(directory, 'lock'), runtime, locked)
  })
  const fileOf = (kind: AsyncRecordKind, name: string): string => {
    if (!recordName.test(name) || name.endsWith(unfinished)) throw unusable('the name of a record')
    return path.join(placeOf(kind), name)
  }
  const close = (): Promise<void> => lock.release()
  return {
    list: (kind) =>
      told(async () => (await readdir(placeOf(kind))).filter((name) => !name.endsWith(unfinished)).sort()),
    read: (kind, name) => told(() => present(readFile(fileOf(kind, name)))),
    write: (kind, name, content) => told(() => writeDurably(fileOf(kind, name), content)),
    remove: (kind, name) =>
      told(async () => {
        await present(unlink(fileOf(kind, name)))
        await syncDirectory(placeOf(kind))
      }),
    close,
    [Symbol.asyncDispose]: close,
  }
}

const locked = (): EHealthError => new EHealthError('async.store-locked', 'another process has this store')

const unusable = (problem: string, cause?: unknown): EHealthError =>
  new EHealthError('async.store', `store: ${problem} cannot be used`, { path: 'store', cause })

async function present<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Errors of the system name files: they stay in the cause. */
async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof EHealthError ? error : unusable('a file', error)
  }
}
