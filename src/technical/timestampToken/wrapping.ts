/** Finding the token in what old and new services give (spec timestamp §8, traps 7, 8 and 10). */
import { EHealthError } from '../../errors.js'
import { Asn1Error, bits, integer, readAsn1, tags, text, type Asn1Node } from '../asn1/index.js'

/** How a token was wrapped. */
export interface TimestampWrapping {
  /** Layers of base64 around the bytes: none, one, or the two of the first version's service. */
  readonly base64: 0 | 1 | 2
  /** True where a whole TimeStampResp stood instead of the token. */
  readonly response: boolean
}

/** A token without its wrapping. */
export interface Unwrapped {
  readonly token: Uint8Array
  readonly wrapping: TimestampWrapping
}

/** Tokens have some kilobytes; nothing of this size is one. */
const mostOctets = 1024 * 1024

const base64Only = /^[A-Za-z0-9+/\s]+={0,2}\s*$/

/**
 * @throws EHealthError `timestamp.unreadable`, `timestamp.rejected`
 */
export function unwrap(bytes: Uint8Array): Unwrapped {
  let octets = bytes
  for (const base64 of [0, 1, 2] as const) {
    if (octets.length > mostOctets) break
    const node = asSequence(octets)
    if (node !== undefined) return unwrapResponse(node, base64)
    // A token never looks like text, so decoding stops as soon as there is one.
    const characters = Buffer.from(octets).toString('latin1')
    if (!base64Only.test(characters)) break
    octets = Buffer.from(characters, 'base64')
  }
  throw unreadable()
}

function asSequence(octets: Uint8Array): Asn1Node | undefined {
  try {
    const node = readAsn1(octets)
    return node.is(tags.sequence) && node.children.length > 0 ? node : undefined
  } catch (error) {
    if (error instanceof Asn1Error) return undefined
    throw error
  }
}

/** A ContentInfo starts with an object identifier, a TimeStampResp with a PKIStatusInfo. */
function unwrapResponse(node: Asn1Node, base64: 0 | 1 | 2): Unwrapped {
  const [first, token, ...more] = node.children
  if (first!.is(tags.oid)) return { token: node.raw, wrapping: { base64, response: false } }
  if (!first!.is(tags.sequence) || more.length > 0) throw unreadable()
  assertGranted(first!)
  if (token === undefined) throw unreadable()
  return { token: token.raw, wrapping: { base64, response: true } }
}

/** PKIFailureInfo, by number of the bit (RFC 3161 §2.4.2). */
const failures = new Map([
  [0, 'badAlg'],
  [2, 'badRequest'],
  [5, 'badDataFormat'],
  [14, 'timeNotAvailable'],
  [15, 'unacceptedPolicy'],
  [16, 'unacceptedExtension'],
  [17, 'addInfoNotAvailable'],
  [25, 'systemFailure'],
])

/** PKIStatus 0 (granted) and 1 (granted with modifications) come with a token. */
function assertGranted(statusInfo: Asn1Node): void {
  let status: bigint
  const messages: { text: string }[] = []
  const failure: string[] = []
  try {
    const [code, ...rest] = statusInfo.children
    if (code === undefined) throw new Asn1Error('PKIStatusInfo ends early')
    status = integer(code)
    for (const part of rest) {
      if (part.is(tags.bitString)) failure.push(...failuresOf(part))
      else messages.push(...part.children.map((line) => ({ text: text(line) })))
    }
  } catch (error) {
    if (error instanceof Asn1Error) throw unreadable(error)
    throw error
  }
  if (status === 0n || status === 1n) return
  throw new EHealthError('timestamp.rejected', 'the authority rejected the request', {
    platform: { code: String(status), ...(messages.length === 0 ? {} : { messages }) },
    details: { status: Number(status), failure },
  })
}

function failuresOf(node: Asn1Node): string[] {
  const { bytes } = bits(node)
  return [...failures].flatMap(([bit, name]) =>
    ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) === 0 ? [] : [name],
  )
}

const unreadable = (cause?: unknown): EHealthError =>
  new EHealthError('timestamp.unreadable', 'not a time stamp', { cause })
