/** Opening the fields of a received message (spec ehealthbox §3.10). */
import { open as openFile } from 'node:fs/promises'

import { EHealthError } from '../../errors.js'
import type { UnsealedMessage } from '../../technical/seal/index.js'
import { unsealAs, unsealFileAs, type Session } from '../../technical/session/index.js'

/** Opens one field after the other and remembers who sealed each. */
export interface FieldOpener {
  open(bytes: Uint8Array, path: string): Promise<Uint8Array>
  /** Opens a large field into a file; tells how many octets that has. */
  openTo(
    file: string,
    source: LargeField,
    path: string,
    onProgress?: (octets: number) => void,
  ): Promise<number>
  /** Every field opened, in order. Empty for a message that is not encrypted. */
  readonly opened: OpenedField[]
}

/** A field and what its seal proves. */
export interface OpenedField {
  path: string
  unsealed: UnsealedMessage
}

/** A field that need not be in memory. */
export interface LargeField {
  readonly length: number
  stream(): AsyncIterable<Uint8Array>
  bytes(): Promise<Uint8Array>
}

/** Fields of a clear message are what they are; what looks like base64 is left alone (§9.8). */
export const clearFields = (): FieldOpener => ({
  open: (bytes) => Promise.resolve(bytes),
  openTo: (file, source, _, onProgress) => writeTo(file, source.stream(), onProgress),
  opened: [],
})

/**
 * Opens fields with every decryption key of the session, old ones included.
 *
 * @throws EHealthError `ehbox.unsealed-field` for a field that is not sealed, `unseal.*` with the path of the field
 */
export async function sealedFields(session: Session): Promise<FieldOpener> {
  await session.keystore()
  // one instant for all fields of a message
  const options = { now: session.runtime.now(), nonRepudiation: true }
  const opened: OpenedField[] = []
  const open = async (bytes: Uint8Array, path: string): Promise<Uint8Array> => {
    const sealed = sealedBytes(bytes)
    if (sealed === undefined) throw notSealed(path)
    const unsealed = await naming(path, () => unsealAs(session, sealed, options))
    opened.push({ path, unsealed })
    return unsealed.content
  }
  return {
    opened,
    open,
    openTo: async (file, source, path, onProgress) => {
      // what some senders write instead of a sealed message is looked at as a whole
      if (!(await beginsAsSealed(source))) {
        const content = await open(await source.bytes(), path)
        return writeTo(file, [content], onProgress)
      }
      const progress = onProgress === undefined ? {} : { onProgress }
      const unsealed = await naming(path, () =>
        unsealFileAs(session, source, file, { ...options, ...progress }),
      )
      opened.push({ path, unsealed })
      return unsealed.bytes
    },
  }
}

const notSealed = (path: string): EHealthError =>
  new EHealthError('ehbox.unsealed-field', 'a field of an encrypted message is not sealed', { path })

/** Adds the path of the field to whatever is wrong with its seal. */
async function naming<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof EHealthError)) throw error
    const { details, hint } = error
    throw new EHealthError(error.code, error.message, {
      path,
      hint,
      cause: error,
      ...(details === undefined ? {} : { details }),
    })
  }
}

async function beginsAsSealed(source: LargeField): Promise<boolean> {
  for await (const piece of source.stream()) if (piece.length > 0) return piece[0] === asn1Sequence
  return false
}

/** Writes a new file for its owner's eyes only. */
async function writeTo(
  file: string,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  onProgress?: (octets: number) => void,
): Promise<number> {
  let octets = 0
  await using handle = await openFile(file, 'wx', 0o600)
  for await (const piece of pieces) {
    await handle.writeFile(piece)
    octets += piece.length
    onProgress?.(octets)
  }
  await handle.sync()
  return octets
}

const asn1Sequence = 0x30
const base64Text = /^[A-Za-z0-9+/]+={0,2}$/

/**
 * A sealed message is an ASN.1 SEQUENCE. Some senders put its base64 where its octets belong; undoing that is safe here,
 * where nothing but a sealed message can be meant. @internal
 */
export function sealedBytes(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes[0] === asn1Sequence && bytes[1] !== undefined && (bytes[1] & 0x80) !== 0) return bytes
  // without blanks first: a pattern with blanks at two places would take the square of their number
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1')
    .replace(/\s+/g, '')
  if (!base64Text.test(text)) return undefined
  const decoded = Buffer.from(text, 'base64')
  return decoded[0] === asn1Sequence ? decoded : undefined
}
