/** Written XML in pieces, so that a large message never stands in memory twice. */
import { encodeUtf8 } from './encode.js'

/** A piece of written XML: text, or octets that stand for their base64. */
export type WrittenPart = string | Uint8Array

/** Characters of a piece; a multiple of four, so that base64 can be cut there. */
const pieceLength = 64 * 1024

/** The text of written XML, no more than 64 Ki characters at a time. */
export function* textPieces(parts: readonly WrittenPart[]): Generator<string> {
  for (const part of parts)
    if (typeof part === 'string') yield* slices(part)
    else for (const octets of groups(part)) yield octets.toString('base64')
}

function* slices(text: string): Generator<string> {
  for (let at = 0; at < text.length;) {
    let end = at + pieceLength
    // both halves of a surrogate pair stay together
    if (end < text.length && (text.charCodeAt(end - 1) & 0xfc00) === 0xd800) end--
    yield text.slice(at, end)
    at = end
  }
}

function* groups(octets: Uint8Array): Generator<Buffer> {
  const bytes = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength)
  const length = (pieceLength / 4) * 3
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length)
}

/** All of it as one text. */
export const textOfParts = (parts: readonly WrittenPart[]): string =>
  parts.every((part) => typeof part === 'string') ? parts.join('') : [...textPieces(parts)].join('')

/** Octets of the text in UTF-8. */
export const octetsOfParts = (parts: readonly WrittenPart[]): number =>
  parts.reduce(
    (sum, part) =>
      sum + (typeof part === 'string' ? Buffer.byteLength(part) : Math.ceil(part.length / 3) * 4),
    0,
  )

/** The octets of the text in UTF-8, a piece at a time. */
export async function* encodedPieces(parts: readonly WrittenPart[]): AsyncGenerator<Buffer> {
  for (const piece of textPieces(parts)) yield encodeUtf8(piece)
}
