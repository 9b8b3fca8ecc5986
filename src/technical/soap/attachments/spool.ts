/** Content kept in memory while it is small, then in a temporary file. */
import { createReadStream } from 'node:fs'
import { mkdtemp, open, readFile, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'

import { EHealthError } from '../../../errors.js'
import type { StreamedContent } from '../types.js'

/** Content that was received and kept. */
export interface KeptContent extends StreamedContent {
  /** Where it is; absent when it is in memory. Gone when the message is closed. */
  readonly file?: string
  /** All of it at once. */
  bytes(): Promise<Uint8Array>
}

/** Keeps a part in memory while it is small, then in a file. */
export interface Keeper {
  write(octets: Buffer): Promise<void>
  end(): Promise<KeptContent>
}

/** @throws EHealthError `transport.too-large` from `write` */
export function keeper(folder: TemporaryFolder, spoolAbove: number, limit: number): Keeper {
  let chunks: Buffer[] = []
  let length = 0
  let file: { path: string; handle: FileHandle } | undefined
  return {
    write: async (octets) => {
      length += octets.length
      if (length > limit) throw tooLarge()
      // a piece of a larger buffer would keep all of that in memory
      if (file === undefined && length <= spoolAbove) {
        chunks.push(Buffer.from(octets))
        return
      }
      file ??= await folder.newFile()
      for (const chunk of [...chunks, octets]) await writeAll(file.handle, chunk)
      chunks = []
    },
    end: async () => {
      if (file !== undefined) await folder.close(file.handle)
      if (file === undefined) {
        const content = Buffer.concat(chunks)
        return {
          length,
          bytes: async () => content,
          stream: async function* () {
            yield content
          },
        }
      }
      const { path } = file
      return { length, file: path, bytes: () => readFile(path), stream: () => createReadStream(path) }
    },
  }
}

async function writeAll(handle: FileHandle, octets: Buffer): Promise<void> {
  for (let at = 0; at < octets.length;) at += (await handle.write(octets, at)).bytesWritten
}

/** Where the files of one message are. */
export interface TemporaryFolder {
  newFile(): Promise<{ path: string; handle: FileHandle }>
  /** A file that is written to its end. */
  close(handle: FileHandle): Promise<void>
  /** All files, open ones too. */
  readonly remove: () => Promise<void>
}

/** A folder for the user of this process alone, made with its first file; no name comes from the message. */
export function temporaryFolder(parent: string): TemporaryFolder {
  let made: Promise<string> | undefined
  let count = 0
  const handles = new Set<FileHandle>()
  return {
    newFile: async () => {
      made ??= mkdtemp(join(parent, 'ehealth-'))
      const path = join(await made, `part-${(count += 1)}`)
      const handle = await open(path, 'wx', 0o600)
      handles.add(handle)
      return { path, handle }
    },
    close: async (handle) => {
      handles.delete(handle)
      await handle.close()
    },
    remove: async () => {
      for (const handle of handles) await handle.close()
      handles.clear()
      if (made !== undefined) await rm(await made, { recursive: true, force: true })
    },
  }
}

/** The refusal of a message above a limit. */
export function tooLarge(): EHealthError {
  return new EHealthError('transport.too-large', 'the message is larger than the limit')
}
