/** Files that outlive the process and the power: on disk before anything goes on. */
import { open, rename } from 'node:fs/promises'
import path from 'node:path'

/** A name is durable when its directory is. Some systems do not let directories be opened. */
export async function syncDirectory(directory: string): Promise<void> {
  try {
    await using handle = await open(directory)
    await handle.sync()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EISDIR' && code !== 'EPERM' && code !== 'EINVAL') throw error
  }
}

/**
 * Writes a file beside the old one and puts it in its place: whoever looks finds the one or the other, never half of it.
 * When the promise resolves it is on disk. Only one may write a file of this name at a time.
 */
export async function writeDurably(file: string, content: Uint8Array | string): Promise<void> {
  const making = `${file}.part`
  const handle = await open(making, 'w', 0o600)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(making, file)
  await syncDirectory(path.dirname(file))
}
