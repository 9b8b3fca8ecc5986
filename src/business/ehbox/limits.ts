/** The size of a message on the wire (spec ehealthbox §1.3). */
import { EHealthError } from '../../errors.js'
import type { GatheredMessage } from './gather.js'

/**
 * Most octets of a whole request: envelope, attachments and what separates them. The platform says 10 MB; that they are
 * MiB is (inferred).
 */
export const maximumMessageBytes = 10 * 1024 * 1024

const base64Length = (length: number): number => Math.ceil(length / 3) * 4

const octets = (content: string | Uint8Array): number =>
  typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength

/**
 * Refuses before anything is sealed what can only become larger. Names the part with which the limit is passed.
 *
 * @throws EHealthError `ehbox.too-large` with `details.bytes` and `details.limit`
 */
export function checkPlainSize(message: GatheredMessage): void {
  const { body, annexes = [] } = message
  const parts: [path: string, bytes: number][] = [
    ['body', base64Length(octets(typeof body === 'string' ? body : body.content))],
    ...annexes.map((annex, index): [string, number] => [
      `annexes[${index}]`,
      annex.as === 'inline' ? base64Length(octets(annex.content)) : octets(annex.content),
    ]),
  ]
  let bytes = 0
  for (const [path, size] of parts) {
    bytes += size
    if (bytes > maximumMessageBytes) throw tooLarge(bytes, path)
  }
}

/**
 * Refuses a request that is too large, by its exact size: envelope with security header, attachments and what separates
 * them, as it would be sent.
 *
 * @throws EHealthError `ehbox.too-large` with `details.bytes` and `details.limit`
 */
export function checkWireSize(bytes: number): void {
  if (bytes > maximumMessageBytes) throw tooLarge(bytes)
}

export function tooLarge(bytes: number, path?: string): EHealthError {
  return new EHealthError(
    'ehbox.too-large',
    `the message would have ${path === undefined ? '' : 'at least '}${bytes} octets, the limit is ${maximumMessageBytes}`,
    { ...(path === undefined ? {} : { path }), details: { bytes, limit: maximumMessageBytes } },
  )
}
