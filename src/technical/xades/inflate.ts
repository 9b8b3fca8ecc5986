/** The transform optional-deflate (spec xml-signature §4): whatever compression is recognised is undone, within limits. */
import { gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'

import { EHealthError } from '../../errors.js'

/** What compressed content may become. */
export interface InflateLimits {
  /** Most octets that come out; 64 MiB. */
  maxBytes?: number
  /** Most octets that come out for one that goes in, once there are more than a million of them; 250. */
  maxRatio?: number
}

const defaultBytes = 64 * 1024 * 1024
const defaultRatio = 250
/** Below this no ratio matters: small content of one character is no attack. */
const harmless = 1024 * 1024

/**
 * Undoes gzip, zlib and raw deflate (RFC 1952, 1950, 1951), recognised in this order. What is none of them is handed on as
 * it is: the name of the transform says optional.
 *
 * @param bytes Content of a blob, base64 undone.
 * @throws EHealthError `xml-signature.transform` for more than the limits allow
 *
 * @example
 * ```ts
 * import { deflateRawSync } from 'node:zlib'
 * import { inflateOptional } from 'ehealth-connectors/xml-signature'
 *
 * const sent = deflateRawSync('<record/>')
 * console.log(Buffer.from(inflateOptional(sent)).toString()) // <record/>
 * ```
 */
export function inflateOptional(bytes: Uint8Array, limits: InflateLimits = {}): Uint8Array {
  const most = limits.maxBytes ?? defaultBytes
  const byRatio = Math.max(harmless, bytes.length * (limits.maxRatio ?? defaultRatio))
  const maxOutputLength = Math.max(1, Math.min(most, byRatio))
  for (const [mayBe, undo] of ways) {
    if (!mayBe(bytes)) continue
    const result = attempt(undo, bytes, maxOutputLength)
    if (result !== undefined) return result
  }
  if (bytes.length > most) throw tooMuch()
  return bytes
}

type Way = [mayBe: (bytes: Uint8Array) => boolean, undo: typeof inflateSync]

const ways: readonly Way[] = [
  [(bytes) => bytes[0] === 0x1f && bytes[1] === 0x8b, gunzipSync],
  // CM = 8 and a header that is a multiple of 31 (RFC 1950 §2.2)
  [(bytes) => (bytes[0]! & 0x0f) === 8 && ((bytes[0]! << 8) | bytes[1]!) % 31 === 0, inflateSync],
  [(bytes) => bytes.length > 0, inflateRawSync],
]

function attempt(undo: Way[1], bytes: Uint8Array, maxOutputLength: number): Uint8Array | undefined {
  try {
    return undo(bytes, { maxOutputLength })
  } catch (error) {
    if (error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
      throw tooMuch()
    return undefined
  }
}

const tooMuch = (): EHealthError =>
  new EHealthError('xml-signature.transform', 'compressed content is larger than the limits')
