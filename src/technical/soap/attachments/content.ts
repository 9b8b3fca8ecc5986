/** Content that is in memory or read while it is sent. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'

import { EHealthError } from '../../../errors.js'
import type { StreamedContent } from '../types.js'

/**
 * The content of a file, read while it is sent: 64 KiB of it are in memory at a time.
 *
 * @throws EHealthError `configuration.invalid` when there is no such file. The call fails with `transport.reset` when
 *   the file has another size by then.
 *
 * @example
 * ```ts
 * import { fileContent } from 'ehealth-connectors/soap'
 *
 * const content = await fileContent('scan.pdf')
 * const attachments = [{ contentId: 'scan@example.test', contentType: 'application/pdf', content }]
 * ```
 */
export async function fileContent(path: string): Promise<StreamedContent> {
  const size = await stat(path).then(
    (found) => (found.isFile() ? found.size : undefined),
    () => undefined,
  )
  if (size === undefined)
    throw new EHealthError('configuration.invalid', 'the attachment is no file that can be read', {
      path: 'attachments',
    })
  return { length: size, stream: () => createReadStream(path) }
}

/** True for content that is read while it is sent. */
export function isStreamed(content: Uint8Array | StreamedContent): content is StreamedContent {
  return !(content instanceof Uint8Array)
}

/** One behind the other: in memory when all are, else streamed. */
export function joined(pieces: readonly (Uint8Array | StreamedContent)[]): Uint8Array | StreamedContent {
  const inMemory = pieces.filter((piece) => piece instanceof Uint8Array)
  if (inMemory.length === pieces.length) return Buffer.concat(inMemory)
  return {
    length: pieces.reduce((sum, { length }) => sum + length, 0),
    stream: () => inTurn(pieces),
  }
}

/** @throws EHealthError `transport.reset` when content is longer or shorter than it said: the message would be another */
async function* inTurn(pieces: readonly (Uint8Array | StreamedContent)[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    if (!isStreamed(piece)) {
      yield piece
      continue
    }
    let left = piece.length
    for await (const chunk of piece.stream()) {
      left -= chunk.length
      if (left < 0) break
      yield chunk
    }
    if (left !== 0) throw new EHealthError('transport.reset', 'streamed content is not as long as it said')
  }
}

/** All octets at once. */
export async function octetsOf(content: Uint8Array | StreamedContent): Promise<Uint8Array> {
  if (!isStreamed(content)) return content
  const chunks: Uint8Array[] = []
  for await (const chunk of content.stream()) chunks.push(chunk)
  return Buffer.concat(chunks)
}
