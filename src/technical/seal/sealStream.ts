/** Sealing content that is larger than memory should hold (spec etee §3.4). */
import { createHash } from 'node:crypto'

import { EHealthError } from '../../errors.js'
import { chunked } from './cms/write.js'
import { paddedLength } from './envelope.js'
import { frameOf, prepare, slices, type LayerPlan, type SealOptions } from './seal.js'
import { piecesOf, type ByteStream } from './source.js'

/** How to seal a stream. */
export interface SealStreamOptions extends SealOptions {
  /**
   * Number of octets that will come, where it is known. The message is then DER like that of `seal`; without it, and for
   * messages of 2 GiB and more, it is BER in chunks like that of the official library, some 1 % larger.
   */
  contentLength?: number
  /** Told the number of octets of content sealed so far. */
  onProgress?: (octets: number) => void
}

/** Larger definite lengths overflow the reader of the official library, which counts in 32 bits. */
const mostDefinite = 2 ** 31 - 1

/**
 * Seals content as it comes, in one pass and with a few hundred kilobytes of memory.
 *
 * The octets given out are a message only when the stream has ended without an error: write them where an error undoes
 * them. `options` are checked at once; recipients are wrapped for before the first octet is asked for.
 *
 * @returns the sealed message in pieces, for `pipeline`, `Readable.from` or `for await`
 * @throws EHealthError as `seal`; `seal.content-length` from the stream. Errors of the source pass through.
 *
 * @example
 * ```ts
 * import { createReadStream, createWriteStream } from 'node:fs'
 * import { pipeline } from 'node:stream/promises'
 * import { sealStream } from 'ehealth-connectors/seal'
 *
 * const sealed = sealStream(createReadStream('scan.dcm'), { credential, recipients: [token] })
 * await pipeline(sealed, createWriteStream('scan.dcm.sealed'))
 * ```
 */
export function sealStream(
  content: ByteStream,
  options: SealStreamOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { contentLength, onProgress } = options
  if (contentLength !== undefined && (!Number.isSafeInteger(contentLength) || contentLength < 0))
    throw new EHealthError('configuration.invalid', 'expected a number of octets', { path: 'contentLength' })
  const { author, sender, address } = prepare(options)
  const envelope = address()
  const lengths = lengthsOf()
  const inner = signed(counted(content, contentLength, onProgress), author, lengths?.content)
  const middle = enclosed(encrypted(inner), envelope.frame(lengths?.encrypted), lengths !== undefined)
  return signed(middle, sender, lengths?.middle)

  /** Lengths of what each layer holds, where all of them are known beforehand. */
  function lengthsOf(): { content: number; encrypted: number; middle: number } | undefined {
    const exact = author.signer.signatureLength.exact && sender.signer.signatureLength.exact
    if (contentLength === undefined || !exact) return undefined
    const around = measured(author, contentLength)
    const encryptedLength = paddedLength(around + contentLength)
    const { before, after } = envelope.frame(encryptedLength)
    const middleLength = before.length + encryptedLength + after.length
    if (middleLength + measured(sender, middleLength) > mostDefinite) return undefined
    return { content: contentLength, encrypted: encryptedLength, middle: middleLength }
  }

  async function* encrypted(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const piece of pieces) yield envelope.cipher.update(piece)
    yield envelope.cipher.final()
  }
}

/** Number of octets around the content of a layer. */
function measured(layer: LayerPlan, length: number): number {
  const { before, after } = frameOf(layer, layer.signer.measure(layer.unsignedAttributes), length)
  return before.length + after.length
}

async function* signed(
  content: AsyncIterable<Uint8Array>,
  layer: LayerPlan,
  length: number | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { signer, unsignedAttributes } = layer
  const hash = createHash('sha256')
  const { before } = frameOf(layer, signer.measure(unsignedAttributes), length)
  async function* hashed(): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const piece of content) {
      hash.update(piece)
      yield piece
    }
  }
  yield* enclosed(hashed(), { before, after: new Uint8Array(0) }, length !== undefined)
  const info = await signer.sign(hash.digest(), unsignedAttributes)
  yield frameOf(layer, info, length).after
}

/** Content between its head and its tail; in chunks where its length is not known. */
async function* enclosed(
  content: AsyncIterable<Uint8Array>,
  { before, after }: { before: Uint8Array; after: Uint8Array },
  definite: boolean,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield before
  if (definite) yield* content
  else {
    const chunks = chunked()
    for await (const piece of content) yield chunks.add(piece)
    yield chunks.end()
  }
  yield after
}

async function* counted(
  content: ByteStream,
  expected: number | undefined,
  onProgress: SealStreamOptions['onProgress'],
): AsyncGenerator<Uint8Array, void, undefined> {
  let octets = 0
  for await (const part of piecesOf(content))
    for (const piece of slices(part)) {
      octets += piece.length
      if (expected !== undefined && octets > expected) throw otherLength()
      yield piece
      onProgress?.(octets)
    }
  if (expected !== undefined && octets !== expected) throw otherLength()
}

const otherLength = (): EHealthError =>
  new EHealthError('seal.content-length', 'more or fewer octets came than were announced', {
    path: 'contentLength',
  })
