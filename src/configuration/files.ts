/** Files that a configuration names: read within limits, and what went wrong in words. */
import { open } from 'node:fs/promises'

import { EHealthError } from '../errors.js'

const failures: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory',
  ENOTDIR: 'a part of the path is no directory',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EEXIST: 'it is there already',
  ENOSPC: 'the disk is full',
}

/** Why a file could not be read or written, in words. */
export function fileFailure(error: unknown): string {
  const { code = 'unknown reason' } = error as NodeJS.ErrnoException
  return failures[code] ?? code
}

/** Reads a file of at most `limit` octets. Rejects with the error of the system, or in words for a larger file. */
export async function readLimited(file: string, limit: number): Promise<Buffer> {
  const handle = await open(file, 'r')
  try {
    const chunks: Buffer[] = []
    for (let length = 0; ;) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(64 * 1024), 0, 64 * 1024, null)
      if (bytesRead === 0) return Buffer.concat(chunks)
      length += bytesRead
      if (length > limit) throw Object.assign(new Error('too large'), { code: 'it is too large' })
      chunks.push(buffer.subarray(0, bytesRead))
    }
  } finally {
    await handle.close()
  }
}

/** Reads a configuration file: at most 1 MiB. */
export async function readConfigurationBytes(file: string): Promise<Buffer> {
  try {
    return await readLimited(file, 1024 * 1024)
  } catch (error) {
    throw new EHealthError('configuration.invalid', `cannot read ${file}: ${fileFailure(error)}`, {
      path: 'file',
      hint: 'Give the name of a configuration file.',
    })
  }
}
