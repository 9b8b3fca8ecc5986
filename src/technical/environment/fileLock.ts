/** One process at a time: a file with the number of the process that has it. */
import { readFile, rename, unlink, writeFile } from 'node:fs/promises'

import type { EHealthError } from '../../errors.js'
import type { Runtime } from './runtime.js'

/** A lock that is held. */
export interface FileLock {
  release(): Promise<void>
}

/** Two processes may have the same number one after the other (in a container, always): they began at other times. */
const self = (): string => `${process.pid} ${Math.round(performance.timeOrigin)}`

/**
 * Takes the lock; one whose process has died is taken over.
 *
 * @param locked The error where another process that lives has it
 */
export async function lockFile(
  file: string,
  runtime: Pick<Runtime, 'uuid'>,
  locked: () => EHealthError,
): Promise<FileLock> {
  const own = `${self()} ${runtime.uuid()}`
  for (let attempt = 0; attempt < 10; attempt++) {
    try {
      await writeFile(file, own, { flag: 'wx', mode: 0o600 })
      return { release: () => release(file, own) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const holder = await content(file)
    if (holder === undefined) continue
    if (lives(holder)) throw locked()
    await takeAway(file, holder, runtime)
  }
  throw locked()
}

async function release(file: string, own: string): Promise<void> {
  if ((await content(file)) === own) await unlink(file).catch(() => undefined)
}

async function content(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined)
}

function lives(holder: string): boolean {
  const [pid, began] = holder.split(' ')
  // a lock without content: its process died, or is, between making and writing it; another look will tell
  if (pid === undefined || !/^\d+$/.test(pid)) return false
  if (Number(pid) === process.pid) return `${pid} ${began}` === self()
  try {
    process.kill(Number(pid), 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Renaming is what only one of two can do; who finds that he has taken somebody else's new lock puts it back. */
async function takeAway(file: string, holder: string, runtime: Pick<Runtime, 'uuid'>): Promise<void> {
  const aside = `${file}.${runtime.uuid()}`
  try {
    await rename(file, aside)
  } catch {
    return
  }
  if ((await content(aside)) === holder) await unlink(aside)
  else await rename(aside, file)
}
