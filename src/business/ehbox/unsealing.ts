/** Opening the fields of a received message (spec ehealthbox §3.10). */
import { EHealthError } from '../../errors.js'
import type { Unsealed } from '../../technical/seal/index.js'
import { unsealAs, type Session } from '../../technical/session/index.js'

/** Opens one field after the other and remembers who sealed each. */
export interface FieldOpener {
  open(bytes: Uint8Array, path: string): Promise<Uint8Array>
  /** Every field opened, in order. Empty for a message that is not encrypted. */
  readonly opened: { path: string; unsealed: Unsealed }[]
}

/** Fields of a clear message are what they are; what looks like base64 is left alone (§9.8). */
export const clearFields = (): FieldOpener => ({ open: (bytes) => Promise.resolve(bytes), opened: [] })

/**
 * Opens fields with every decryption key of the session, old ones included.
 *
 * @throws EHealthError `ehbox.unsealed-field` for a field that is not sealed, `unseal.*` with the path of the field
 */
export async function sealedFields(session: Session): Promise<FieldOpener> {
  await session.keystore()
  // one instant for all fields of a message
  const options = { now: session.runtime.now(), nonRepudiation: true }
  const opened: FieldOpener['opened'] = []
  return {
    opened,
    open: async (bytes, path) => {
      const sealed = sealedBytes(bytes)
      if (sealed === undefined)
        throw new EHealthError('ehbox.unsealed-field', 'a field of an encrypted message is not sealed', {
          path,
        })
      try {
        const unsealed = await unsealAs(session, sealed, options)
        opened.push({ path, unsealed })
        return unsealed.content
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
    },
  }
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
