/** The body of an answer, decompressed, within limits: whoever sends it may be a gateway, or an enemy of its. */
import type { IncomingMessage } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createInflate, type Zlib } from 'node:zlib'
import type { Duplex } from 'node:stream'

import { EHealthError } from '../../../errors.js'

type Decoder = () => Duplex & Zlib

/** The declarations know pipelines of a length fixed beforehand only. */
const run = pipeline as unknown as (steps: readonly unknown[]) => Promise<void>

/** Content codings (RFC 9110 §8.4.1); asked for are gzip and deflate. */
const decoders: Readonly<Record<string, Decoder>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

/** Two codings on top of each other are legal and nobody's habit. */
const mostCodings = 2

/**
 * Reads to the end; `take` gets the pieces while they come in.
 *
 * @param limit octets, as received and after each decompression; nothing beyond is kept
 * @throws EHealthError `transport.too-large`, `transport.encoding`; errors of the connection as they are
 */
export async function readAnswer<T>(
  answer: IncomingMessage,
  limit: number,
  take: (pieces: AsyncIterable<Buffer>) => Promise<T>,
): Promise<T> {
  if (Number(answer.headers['content-length'] ?? 0) > limit) {
    answer.destroy()
    throw tooLarge(limit)
  }
  const codings = codingsOf(answer)
  let taking: Promise<T> | undefined
  try {
    await run([
      answer,
      limited(limit),
      ...codings.flatMap((decoder) => [decoder(), limited(limit)]),
      async (source: AsyncIterable<Buffer>) => {
        await (taking = take(source))
      },
    ])
  } catch (error) {
    answer.destroy()
    // whoever takes it may have something to put away
    await taking?.catch(() => undefined)
    throw damaged(error) ? new EHealthError('transport.encoding', 'the answer cannot be decompressed') : error
  }
  if (taking === undefined) throw new EHealthError('transport.reset', 'the answer was not read to its end')
  return taking
}

/** Keeps the whole body. */
export async function wholeBody(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of pieces) chunks.push(chunk)
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
}

function limited(limit: number): (source: AsyncIterable<Buffer>) => AsyncGenerator<Buffer> {
  return async function* (source) {
    let size = 0
    for await (const chunk of source) {
      size += chunk.length
      if (size > limit) throw tooLarge(limit)
      yield chunk
    }
  }
}

function codingsOf(answer: IncomingMessage): Decoder[] {
  const names = (answer.headers['content-encoding'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity')
  if (names.length > mostCodings || names.some((name) => !Object.hasOwn(decoders, name))) {
    answer.destroy()
    throw new EHealthError('transport.encoding', 'the answer has a content coding that is not known')
  }
  // the last one named was applied last
  return names.reverse().map((name) => decoders[name]!)
}

const damaged = (error: unknown): boolean =>
  /^(Z_|ERR__ERROR_|ERR_BROTLI|ERR_PADDING)/.test((error as { code?: string } | undefined)?.code ?? '')

function tooLarge(limit: number): EHealthError {
  return new EHealthError('transport.too-large', `the answer is larger than ${limit} octets`, {
    details: { limit },
  })
}
