/** Octets as text for the page: whole or cut, never an error. */
import { indented } from './indent.js'

/** Characters of one text, before it is indented; what is longer is cut. */
export const mostCharacters = 512 * 1024

/** A text as the page gets it. */
export interface ShownText {
  readonly text: string
  readonly cut: boolean
}

/** Octets as text: UTF-8 where they are some, else one character for each. */
export function shownText(octets: Uint8Array): ShownText {
  const head = octets.subarray(0, 4 * mostCharacters)
  const cut = head.length < octets.length
  const text = shownCharacters(utf8(head, cut) ?? latin1(head))
  return { ...text, cut: cut || text.cut }
}

/** Characters, cut where there are too many. */
export const shownCharacters = (text: string): ShownText => ({
  text: text.slice(0, mostCharacters),
  cut: text.length > mostCharacters,
})

/** Content where it is text, XML indented; `undefined` for a picture, a PDF and the like. */
export function textOfContent(octets: Uint8Array): string | undefined {
  const head = octets.subarray(0, 16 * 1024)
  const text = utf8(head, head.length < octets.length)
  const isText =
    text === undefined
      ? !/[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/.test(latin1(head))
      : !/[\u0000-\u0008\u000e-\u001f]/.test(text)
  if (!isText) return undefined
  const shown = shownText(octets).text
  return /^\s*</.test(shown) ? indented(shown) : shown
}

const latin1 = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('latin1')

/** A cut may go through a character. */
function utf8(octets: Uint8Array, cut: boolean): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets, { stream: cut })
  } catch {
    return undefined
  }
}
