/**
 * Intake from a directory: whoever writes prescriptions there renames them in when they are complete; they are moved to
 * `done` when they are on the disk of the archive.
 */
import { createReadStream } from 'node:fs'
import { access, lstat, mkdir, open, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'

import { EHealthError } from '../../../errors.js'
import { pause, systemRuntime, type Runtime } from '../../../technical/environment/runtime.js'
import { invalidOption, refuseUnknownOptions } from '../../../technical/session/options.js'
import type { PrescriptionArchive } from '../archive.js'
import type { Receipt } from '../types.js'

/** Options of {@link watchPrescriptions}. */
export interface WatchPrescriptionsOptions {
  archive: Pick<PrescriptionArchive, 'add'>
  /** Where prescriptions arrive; `done` and `failed` are made in it. */
  directory: string
  /** Name of the system that writes there; `directory`. The name of a file is the number of its prescription. */
  sourceSystem?: string
  /** Milliseconds between two looks; 1000. A file is taken when it is the same at two of them. */
  every?: number
  /** Ends the watch. */
  signal: AbortSignal
  /** Told of each file that was taken in, or set apart. */
  on?: (watched: WatchedPrescription) => void
  /** Time and random names; the machine's own by default. */
  runtime?: Runtime
}

/** What became of a file. */
export type WatchedPrescription =
  { outcome: 'taken'; receipt: Receipt } | { outcome: 'set-apart' | 'waiting'; code: string }

/** Files that are handed over at the same time: they share a transaction. */
const together = 64

/**
 * Takes in what is put into a directory, until the signal. Names that begin with a dot or end in `.tmp`, `.part` or `~` are
 * left alone, as is what still grows. A file that was taken in is in `done`, beside it its receipt as `NAME.receipt.json`;
 * one that cannot be taken in (empty, too large) is in `failed`. A file that is found again after a crash keeps its number.
 *
 * @throws EHealthError `prescription-archive.watch`, `configuration.invalid`
 *
 * @example
 * ```ts
 * import { openPrescriptionArchive, watchPrescriptions } from 'ehealth-connectors/prescription-archive'
 *
 * const stop = new AbortController()
 * await using archive = await openPrescriptionArchive({ file: 'archive.db', session })
 * const watching = watchPrescriptions({ archive, directory: 'incoming', signal: stop.signal })
 * stop.abort()
 * await watching
 * ```
 */
export async function watchPrescriptions(options: WatchPrescriptionsOptions): Promise<void> {
  refuseUnknownOptions(options, ['archive', 'directory', 'sourceSystem', 'every', 'signal', 'on', 'runtime'])
  const { directory, every = 1000, signal, runtime = systemRuntime } = options
  if (typeof directory !== 'string' || directory === '') throw invalidOption('directory', 'missing')
  if (!(every >= 10 && every <= 60_000)) throw invalidOption('every', 'expected 10 to 60000 milliseconds')
  for (const name of ['done', 'failed']) await filing(() => mkdir(join(directory, name), { recursive: true }))
  let seen = new Map<string, string>()
  while (!signal.aborted) {
    const found = await filing(() => look(directory))
    const ready = [...found].filter(([name, form]) => seen.get(name) === form)
    for (let at = 0; at < ready.length && !signal.aborted; at += together) {
      const batch = ready.slice(at, at + together).map(([name, form]) => take(options, name, form))
      // one after the other: two files must not get the same new name
      for (const move of await Promise.all(batch)) await move()
    }
    seen = found
    await pause(runtime, every, { signal }).catch(() => undefined)
  }
}

const unfinished = /^\.|(\.tmp|\.part|~)$/i

/** Files by their names, with what would differ if one was still written. */
async function look(directory: string): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const name of (await readdir(directory)).sort()) {
    if (unfinished.test(name)) continue
    const form = await formOf(join(directory, name))
    if (form !== undefined) found.set(name, form)
  }
  return found
}

/** Undefined for what is no file, and for what has gone meanwhile. */
async function formOf(file: string): Promise<string | undefined> {
  const about = await lstat(file, { bigint: true }).catch(() => undefined)
  return about?.isFile() === true ? `${about.ino} ${about.size} ${about.mtimeNs}` : undefined
}

/** Hands a file over; gives what is to be done with it then. */
async function take(
  options: WatchPrescriptionsOptions,
  name: string,
  form: string,
): Promise<() => Promise<void>> {
  const { archive, directory, sourceSystem = 'directory', on } = options
  const file = join(directory, name)
  let receipt: Receipt
  try {
    // a name is shortened rather than refused: the digest tells files apart
    const sourceId = name.replace(/\p{Cc}/gu, '_').slice(0, 200)
    receipt = await archive.add({ content: unchanged(file, form), sourceSystem, sourceId })
  } catch (error) {
    const code = error instanceof EHealthError ? error.code : 'prescription-archive.watch'
    const isLasting = code === 'configuration.invalid' || code === 'prescription-archive.too-large'
    return async () => {
      if (isLasting) await filing(async () => rename(file, await freeName(directory, 'failed', name)))
      on?.({ outcome: isLasting ? 'set-apart' : 'waiting', code })
    }
  }
  return async () => {
    await filing(async () => {
      const done = await freeName(directory, 'done', name)
      await writeReceipt(`${done}.receipt.json`, receipt)
      await rename(file, done)
    })
    on?.({ outcome: 'taken', receipt })
  }
}

/** Its octets, unless it is not the same any more when the last has been read. */
async function* unchanged(file: string, form: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(file) as AsyncIterable<Uint8Array>
  if ((await formOf(file)) !== form)
    throw new EHealthError('prescription-archive.watch', 'a file changed while it was read')
}

async function freeName(directory: string, folder: string, name: string): Promise<string> {
  for (let count = 0; ; count += 1) {
    const candidate = join(directory, folder, count === 0 ? name : `${name}.${count}`)
    const isTaken = await access(candidate).then(
      () => true,
      () => false,
    )
    if (!isTaken) return candidate
  }
}

async function writeReceipt(file: string, receipt: Receipt): Promise<void> {
  const handle = await open(file, 'w', 0o600)
  try {
    await handle.writeFile(`${JSON.stringify(receipt)}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function filing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof EHealthError) throw error
    throw new EHealthError('prescription-archive.watch', 'the directory or a file in it cannot be used', {
      cause: error,
      details: { code: (error as NodeJS.ErrnoException).code },
    })
  }
}
