/**
 * Unsealing content that is larger than memory should hold.
 *
 * Signatures come behind the content: the official library hands out plaintext before it has verified anything (spec
 * etee §4.1, §8 trap 14). Here it waits where nobody sees it until the whole message has been judged.
 */
import type { Readable } from 'node:stream'

import { systemRuntime } from '../environment/runtime.js'
import type { ContentSink } from './layers.js'
import { partialFile, spool } from './spool.js'
import type { ByteStream } from './source.js'
import {
  acceptedOnly,
  judgeStream,
  type Accepted,
  type RefusedMessage,
  type UnsealedMessage,
  type UnsealOptions,
} from './unseal.js'

/** How to unseal a stream. */
export interface UnsealStreamOptions extends UnsealOptions {
  /** Told the number of octets of content decrypted so far; they are not verified yet. */
  onProgress?: (octets: number) => void
}

/** A message that opened and verified, with its content as a stream. */
export interface UnsealedStream extends UnsealedMessage {
  /** The verified content. Read it to its end or destroy it: it holds a file open. */
  content: Readable
  /** Number of octets of content. */
  bytes: number
}

/** A message that opened and verified, with its content in a file. */
export interface UnsealedFile extends UnsealedMessage {
  /** Where the content is. */
  file: string
  /** Number of octets of content. */
  bytes: number
}

/** Outcome of {@link unsealFileReport}. */
export type UnsealFileReport = (Accepted & UnsealedFile) | RefusedMessage

/**
 * Opens a sealed message from a stream and verifies all of it before the first octet of its content is given out.
 *
 * Meanwhile the content is kept in a nameless temporary file, encrypted with a key that only this process knows.
 *
 * @param options.temporaryDirectory where that file is; the system's by default
 * @throws EHealthError as `unseal`; errors of the source and of the file system pass through
 *
 * @example
 * ```ts
 * import { createReadStream } from 'node:fs'
 * import { unsealStream } from 'ehealth-connectors/seal'
 *
 * const { author, content } = await unsealStream(createReadStream('scan.dcm.sealed'), { keys, trust })
 * for await (const piece of content) process.stdout.write(piece)
 * ```
 */
export async function unsealStream(
  sealed: ByteStream,
  options: UnsealStreamOptions & { temporaryDirectory?: string },
): Promise<UnsealedStream> {
  const { temporaryDirectory, ...rest } = options
  const kept = await spool(temporaryDirectory)
  try {
    const { sink, octets } = counting(kept.write, rest)
    const unsealed = acceptedOnly(await judgeStream(sealed, rest, sink))
    return { ...unsealed, content: kept.read(), bytes: octets() }
  } catch (error) {
    await kept.close()
    throw error
  }
}

/**
 * Opens a sealed message from a stream into a file, which appears (or replaces the one there) only when all of the
 * message has verified. Until then the content is beside it, readable by its owner only; a refusal removes it.
 *
 * @throws EHealthError as `unseal`; `configuration.invalid` where a device or a directory stands at the place of the file;
 * errors of the source and of the file system pass through
 *
 * @example
 * ```ts
 * import { createReadStream } from 'node:fs'
 * import { unsealFile } from 'ehealth-connectors/seal'
 *
 * const { author, bytes } = await unsealFile(createReadStream('scan.dcm.sealed'), 'scan.dcm', { keys, trust })
 * ```
 */
export async function unsealFile(
  sealed: ByteStream,
  file: string,
  options: UnsealStreamOptions,
): Promise<UnsealedFile> {
  return acceptedOnly(await unsealFileReport(sealed, file, options))
}

/**
 * Like {@link unsealFile}, but reports a refusal instead of throwing.
 *
 * @throws EHealthError `configuration.invalid` for impossible options; errors of the source and of the file system pass
 * through
 */
export async function unsealFileReport(
  sealed: ByteStream,
  file: string,
  options: UnsealStreamOptions,
): Promise<UnsealFileReport> {
  const { now } = options
  const runtime = now === undefined || now instanceof Date ? systemRuntime : now
  const partial = await partialFile(file, runtime.uuid())
  try {
    const { sink, octets } = counting(partial.write, options)
    const report = await judgeStream(sealed, options, sink)
    if (report.accepted) {
      await partial.commit()
      return { ...report, file, bytes: octets() }
    }
    await partial.discard()
    return report
  } catch (error) {
    await partial.discard()
    throw error
  }
}

function counting(
  write: (piece: Uint8Array) => Promise<void>,
  { onProgress }: Pick<UnsealStreamOptions, 'onProgress'>,
): { sink: ContentSink; octets: () => number } {
  let octets = 0
  return {
    sink: async (piece) => {
      await write(piece)
      octets += piece.length
      onProgress?.(octets)
    },
    octets: () => octets,
  }
}
