/** Packing and unpacking of content (spec memberdata-mycarenet §5.1). */
import { deflateRawSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'

import { EHealthError } from '../../errors.js'

/** Raw deflate (RFC 1951), as MyCareNet means it by `deflate`. */
export const deflate = (content: Uint8Array): Uint8Array => deflateRawSync(content)

/** Octets that content may have, unpacked, unless the caller says otherwise. */
export const mostContent = 64 * 1024 * 1024

/**
 * Unpacks what is called `deflate`: gzip, zip (its first file), raw deflate or zlib, recognised in this order, as the
 * official connector does.
 *
 * @throws EHealthError `mycarenet.blob` for what is none of these, `mycarenet.too-large`
 */
export function inflate(packed: Uint8Array, maxBytes = mostContent): Uint8Array {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength)
  if (bytes[0] === 0x1f && bytes[1] === 0x8b)
    return unpack(() => gunzipSync(bytes, { maxOutputLength: maxBytes }))
  if (bytes.length > 30 && bytes.readUInt32LE(0) === 0x04034b50) return unpack(() => unzip(bytes, maxBytes))
  const raw = attempt(() => inflateRawSync(bytes, { maxOutputLength: maxBytes }))
  return raw ?? unpack(() => inflateSync(bytes, { maxOutputLength: maxBytes }))
}

/** The first file of an archive (APPNOTE 4.3.7). */
function unzip(bytes: Buffer, maxOutputLength: number): Uint8Array {
  const method = bytes.readUInt16LE(8)
  const start = 30 + bytes.readUInt16LE(26) + bytes.readUInt16LE(28)
  if (method === 8) return inflateRawSync(bytes.subarray(start), { maxOutputLength })
  const size = bytes.readUInt32LE(18)
  if (method !== 0 || start + size > bytes.length) throw new Error('method')
  if (size > maxOutputLength) throw tooLarge()
  return bytes.subarray(start, start + size)
}

function attempt(action: () => Uint8Array): Uint8Array | undefined {
  try {
    return action()
  } catch (error) {
    if (isTooLarge(error)) throw tooLarge(error)
    return undefined
  }
}

function unpack(action: () => Uint8Array): Uint8Array {
  const content = attempt(action)
  if (content === undefined) throw new EHealthError('mycarenet.blob', 'the content does not unpack')
  return content
}

const isTooLarge = (error: unknown): boolean =>
  error instanceof EHealthError || (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'

const tooLarge = (cause?: unknown): EHealthError =>
  new EHealthError('mycarenet.too-large', 'the content unpacks to more than is allowed', {
    ...(cause === undefined ? {} : { cause }),
  })
