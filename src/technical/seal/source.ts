/** Octets from wherever they come. */

/** Octets that come in pieces: a Node.js or web stream, a generator, an array of pieces. */
export type ByteStream = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/** Reads a stream piece by piece; a single array of octets counts as one piece. */
export async function* piecesOf(
  source: Uint8Array | ByteStream,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (source instanceof Uint8Array) yield source
  else yield* source
}
