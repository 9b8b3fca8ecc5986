/** A directory belongs to one simulator at a time: two would write over each other's addresses and mailboxes. */
import { mkdir } from 'node:fs/promises'
import path from 'node:path'

import { EHealthError } from '../errors.js'
import { lockFile, type FileLock } from '../technical/environment/fileLock.js'
import type { Runtime } from '../technical/environment/runtime.js'

/**
 * Makes the directory if it is not there, and takes it. One whose simulator was killed is taken over.
 *
 * @throws EHealthError `configuration.invalid` while another simulator has it
 */
export async function ownDirectory(directory: string, runtime: Runtime): Promise<FileLock> {
  try {
    await mkdir(directory, { recursive: true })
    return await lockFile(path.join(directory, 'simulator.lock'), runtime, () => inUse(directory))
  } catch (cause) {
    if (cause instanceof EHealthError) throw cause
    throw new EHealthError('configuration.invalid', `dir: ${directory} cannot be used`, {
      path: 'dir',
      cause,
    })
  }
}

function inUse(directory: string): EHealthError {
  const message = `dir: another simulator runs in ${directory}`
  const hint = 'Stop that one, use it as it runs, or give this one a directory of its own.'
  return new EHealthError('configuration.invalid', message, { path: 'dir', hint })
}
