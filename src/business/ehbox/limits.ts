/** The size of a message on the wire (spec ehealthbox §1.3). */
import { EHealthError } from '../../errors.js'
import type { Attachment } from '../../technical/soap/types.js'
import type { OutgoingMessage } from './outgoing.js'

/** Most octets of a whole request: envelope, attachments and what separates them. */
export const maximumMessageBytes = 10 * 1024 * 1024

const base64Length = (length: number): number => Math.ceil(length / 3) * 4

const octets = (content: string | Uint8Array): number =>
  typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength

/**
 * Refuses before anything is sealed what can only become larger. Names the part with which the limit is passed.
 *
 * @throws EHealthError `ehbox.too-large` with `details.bytes` and `details.limit`
 */
export function checkPlainSize(message: OutgoingMessage): void {
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

/** Size of the request as it will be on the wire. */
export interface WireSize {
  /** The message as written, in octets. */
  message: number
  /** The SAML assertion of the security header, in octets. */
  assertion: number
  attachments: readonly Attachment[]
}

// Everything of the envelope that is neither message nor assertion (two digests, a signature of at most 512 octets,
// namespaces), and boundary plus headers of one part. Rounded up: a message refused here by some hundred octets would
// have been refused by the platform after an upload of ten million.
const envelopeBytes = 6 * 1024
const partBytes = 384

/** Octets of the whole request, exact but for the rounding of the security header's frame. */
export function wireBytes({ message, assertion, attachments }: WireSize): number {
  const parts = attachments.reduce(
    (sum, { content, contentType, contentId }) =>
      sum + content.byteLength + partBytes + contentType.length + contentId.length,
    0,
  )
  return envelopeBytes + message + assertion + (attachments.length === 0 ? 0 : partBytes) + parts
}

/** @throws EHealthError `ehbox.too-large` */
export function checkWireSize(size: WireSize): void {
  const bytes = wireBytes(size)
  if (bytes > maximumMessageBytes) throw tooLarge(bytes)
}

function tooLarge(bytes: number, path?: string): EHealthError {
  return new EHealthError(
    'ehbox.too-large',
    `the message would have at least ${bytes} octets, the limit is ${maximumMessageBytes}`,
    { ...(path === undefined ? {} : { path }), details: { bytes, limit: maximumMessageBytes } },
  )
}
