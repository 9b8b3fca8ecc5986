/** Judging what is handed in, and its digest. */
import { createHash } from 'node:crypto'

import { EHealthError } from '../../../errors.js'
import { invalidOption, refuseUnknownOptions } from '../../../technical/session/options.js'
import type { Prescription } from '../types.js'

/** What goes into the journal. */
export interface NewEntry {
  sha256: Uint8Array
  sourceSystem: string
  sourceId: string
}

/**
 * Checks a prescription and takes its digest; content that comes in pieces is never held.
 *
 * @throws EHealthError `configuration.invalid` with the path, `prescription-archive.too-large`
 */
export async function entryOf(prescription: Prescription, maxBytes: number): Promise<NewEntry> {
  refuseUnknownOptions(prescription, ['content', 'sha256', 'sourceSystem', 'sourceId'])
  const { content, sha256, sourceSystem = 'default', sourceId = '' } = prescription
  assertText('sourceSystem', sourceSystem, 1, 100)
  assertText('sourceId', sourceId, 0, 200)
  if ((content === undefined) === (sha256 === undefined))
    throw invalidOption('content', 'give either the content or its sha256')
  return {
    sha256: content === undefined ? digestGiven(sha256) : await digestOf(content, maxBytes),
    sourceSystem,
    sourceId,
  }
}

function assertText(path: string, text: unknown, least: number, most: number): void {
  if (typeof text !== 'string' || text.length < least || text.length > most)
    throw invalidOption(path, `expected a text of ${least} to ${most} characters`)
  if (/\p{Cc}/u.test(text)) throw invalidOption(path, 'control characters have no place in it')
}

/** SHA-256 of octets that may come in pieces. */
export async function digestOf(
  content: Uint8Array | AsyncIterable<Uint8Array>,
  maxBytes = Infinity,
): Promise<Uint8Array> {
  const hash = createHash('sha256')
  let octets = 0
  const take = (piece: Uint8Array): void => {
    if (!(piece instanceof Uint8Array)) throw invalidOption('content', 'expected octets')
    octets += piece.length
    if (octets > maxBytes)
      throw new EHealthError('prescription-archive.too-large', `more than ${maxBytes} octets`, {
        path: 'content',
        details: { limit: maxBytes },
      })
    hash.update(piece)
  }
  if (content instanceof Uint8Array) take(content)
  else if (typeof content?.[Symbol.asyncIterator] === 'function')
    for await (const piece of content) take(piece)
  else throw invalidOption('content', 'expected octets, or pieces of octets')
  if (octets === 0) throw invalidOption('content', 'an empty prescription proves nothing')
  return hash.digest()
}

/**
 * A digest as octets, base64 or hexadecimal.
 *
 * @throws EHealthError `configuration.invalid`
 */
export function digestGiven(sha256: unknown, path = 'sha256'): Uint8Array {
  if (sha256 instanceof Uint8Array && sha256.length === 32) return sha256
  if (typeof sha256 === 'string') {
    if (/^[0-9a-f]{64}$/i.test(sha256)) return Buffer.from(sha256, 'hex')
    if (/^[A-Za-z0-9+/]{43}=$/.test(sha256)) return Buffer.from(sha256, 'base64')
  }
  throw invalidOption(path, 'expected the 32 octets of a SHA-256, or their base64 or hexadecimal text')
}
