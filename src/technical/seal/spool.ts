/** Where content waits until it is verified. */
import { createCipheriv, createDecipheriv } from 'node:crypto'
import { open, realpath, rename, stat, unlink, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'

import { EHealthError } from '../../errors.js'
import { systemRuntime } from '../environment/runtime.js'

const ownerOnly = 0o600
const readSize = 256 * 1024

/** Content kept on disk under a key that exists in this process only. */
export interface Spool {
  readonly write: (piece: Uint8Array) => Promise<void>
  /** What was written, from its start; the spool is closed with the stream. */
  read(): Readable
  /** May be called more than once. */
  close(): Promise<void>
}

/** A temporary file that has no name any more when this returns, so that it is gone with the process at the latest. */
export async function spool(directory: string = tmpdir()): Promise<Spool> {
  const name = join(directory, `.ehealth-${systemRuntime.uuid()}`)
  const file = await open(name, 'wx+', ownerOnly)
  await unlink(name)
  const key = systemRuntime.randomBytes(32)
  const iv = systemRuntime.randomBytes(16)
  const cipher = createCipheriv('aes-256-ctr', key, iv)
  const close = closingOnce(file, () => key.fill(0))
  async function* decrypted(): AsyncGenerator<Uint8Array, void, undefined> {
    const decipher = createDecipheriv('aes-256-ctr', key, iv)
    for (let position = 0; ;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(readSize), 0, readSize, position)
      if (bytesRead === 0) return
      position += bytesRead
      yield decipher.update(buffer.subarray(0, bytesRead))
    }
  }
  return {
    write: (piece) => writeAll(file, cipher.update(piece)),
    read: () => {
      const content = Readable.from(decrypted(), { objectMode: false })
      // Not in the generator: one that is given up before its first octet never runs.
      content.once('close', () => void close().catch(() => undefined))
      return content
    },
    close,
  }
}

function closingOnce(file: FileHandle, first: () => void = () => undefined): () => Promise<void> {
  let closed: Promise<void> | undefined
  return () => {
    if (closed === undefined) first()
    return (closed ??= file.close())
  }
}

/** A file in the making. */
export interface PartialFile {
  readonly write: (piece: Uint8Array) => Promise<void>
  /** Gives the file its name when all of it is on disk. */
  commit(): Promise<void>
  /** Removes it; may be called after a failed `commit`. */
  discard(): Promise<void>
}

/**
 * A file beside its final place, under a name of its own. A link at that place is followed.
 *
 * @param mode of the file, `0o600` where nothing else is said
 * @throws EHealthError `configuration.invalid` where something stands that is no file, such as a device
 */
export async function partialFile(place: string, unique: string, mode = ownerOnly): Promise<PartialFile> {
  const target = await finalPlace(place)
  const name = `${target}.${unique}.part`
  const file = await open(name, 'wx', mode)
  const close = closingOnce(file)
  return {
    write: (piece) => writeAll(file, piece),
    commit: async () => {
      await file.sync()
      await close()
      await rename(name, target)
    },
    discard: async () => {
      await close()
      await unlink(name)
    },
  }
}

async function finalPlace(place: string): Promise<string> {
  try {
    const target = await realpath(place)
    if ((await stat(target)).isFile()) return target
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return place
    throw error
  }
  throw new EHealthError('configuration.invalid', 'what stands at the place of the file is no file', {
    path: 'file',
  })
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let offset = 0; offset < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, offset)
    offset += bytesWritten
  }
}
