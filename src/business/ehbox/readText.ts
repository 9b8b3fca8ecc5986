/** Fields and texts of a received message (spec ehealthbox §3.10). */
import { EHealthError } from '../../errors.js'
import { decodeText } from './decodeText.js'
import type { FieldOpener } from './unsealing.js'

/** What opening a field needs. */
export interface FieldContext {
  opener: FieldOpener
  encrypted: boolean
  /** Whether what cannot be read is left out and told, instead of refusing the message. */
  partial: boolean
  /** Findings are added here. */
  problems: string[]
}

/** The official connector does not seal empty content (§2.3 step 4), so an empty field of a sealed message is told, not refused. */
export async function openField(bytes: Uint8Array, path: string, context: FieldContext): Promise<Uint8Array> {
  if (context.encrypted && bytes.length === 0) {
    context.problems.push(`${path} is empty and not sealed: nobody vouches for its emptiness`)
    return bytes
  }
  return context.opener.open(bytes, path)
}

/** Reads texts; in a partial message one that cannot be opened is empty. */
export const textReader =
  (context: FieldContext) =>
  async (bytes: Uint8Array, path: string): Promise<string> => {
    try {
      const content = await openField(bytes, path, context)
      const text = decodeText(content)
      if (text !== undefined) return text
      context.problems.push(`${path} is not UTF-8`)
      return new TextDecoder().decode(content)
    } catch (error) {
      if (!context.partial || !(error instanceof EHealthError)) throw error
      context.problems.push(`${path} cannot be read: ${error.code}`)
      return ''
    }
  }
