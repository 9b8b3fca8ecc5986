/** Written XML in pieces, so that a large message never stands in memory twice. */
import { encodeUtf8 } from './encode.js'

/** A piece of written XML: text, or octets that stand for their base64. */
export type WrittenPart = string | Uint8Array

/** Characters of a piece; a multiple of four, so that base64 can be cut there. */
const pieceLength = 64 * 1024

/** The text of written XML, no more than 64 Ki characters at a time. */
export function* textPieces(parts: readonly WrittenPart[]): Generator<string> {
  for (const part of parts)
    if (typeof part === 'string') yield* slices(part, pieceLength)
    else for (const octets of groups(part, pieceLength)) yield octets.toString('base64')
}

function* slices(text: string, most: number): Generator<string> {
  for (let at = 0; at < text.length;) {
    let end = at + most
    // both halves of a surrogate pair stay together
    if (end < text.length && (text.charCodeAt(end - 1) & 0xfc00) === 0xd800) end--
    yield text.slice(at, end)
    at = end
  }
}

/** Octets whose base64 has no more characters than that. */
function* groups(octets: Uint8Array, most: number): Generator<Buffer> {
  const bytes = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength)
  const length = (most / 4) * 3
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length)
}

/**
 * The octets of the text in UTF-8, a piece at a time. All pieces stand in one buffer: each is gone when the next is asked
 * for, so that a large text costs no memory of its size.
 */
export function* passingOctets(parts: readonly WrittenPart[]): Generator<Buffer> {
  // no character of a string takes more than three octets
  const room = Buffer.allocUnsafeSlow(3 * passingLength)
  for (const part of parts)
    if (typeof part === 'string')
      for (const piece of slices(part, passingLength)) yield room.subarray(0, room.write(piece, 'utf8'))
    else
      for (const octets of groups(part, passingLength))
        yield room.subarray(0, room.write(octets.toString('base64'), 'latin1'))
}

/** Characters of a piece that is gone with the next: small, so that it stays in the caches. */
const passingLength = 32 * 1024

/** The octets of the text in UTF-8, all at once: for what is small. Base64 is made where it is to stand. */
export function joinedOctets(parts: readonly WrittenPart[]): Buffer {
  const octets = Buffer.allocUnsafe(octetsOfParts(parts))
  let at = 0
  for (const part of parts)
    if (typeof part === 'string') at += octets.write(part, at, 'utf8')
    else
      for (const group of groups(part, passingLength))
        at += octets.write(group.toString('base64'), at, 'latin1')
  return octets
}

/** Octets of the text in UTF-8 at least, told without looking at a character. */
export const octetsAtLeast = (parts: readonly WrittenPart[]): number =>
  parts.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : base64Length(part)), 0)

const base64Length = ({ length }: Uint8Array): number => Math.ceil(length / 3) * 4

/** All of it as one text. */
export const textOfParts = (parts: readonly WrittenPart[]): string =>
  parts.every((part) => typeof part === 'string') ? parts.join('') : [...textPieces(parts)].join('')

/** Octets of the text in UTF-8. */
export const octetsOfParts = (parts: readonly WrittenPart[]): number =>
  parts.reduce(
    (sum, part) => sum + (typeof part === 'string' ? Buffer.byteLength(part) : base64Length(part)),
    0,
  )

/** The octets of the text in UTF-8, a piece at a time. */
export async function* encodedPieces(parts: readonly WrittenPart[]): AsyncGenerator<Buffer> {
  for (const piece of textPieces(parts)) yield encodeUtf8(piece)
}
