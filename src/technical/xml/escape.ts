/** Escaping as Canonical XML writes it (C14N 1.0 §2.3). */
import { longText } from './characters.js'

const textCharacters = /[&<>\r]/g
const attributeCharacters = /[&<"\t\n\r]/g

const references: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
}

const slice = 64 * 1024

/** Character data. */
export function escapeText(text: string): string {
  // base64 and most other long texts have nothing to escape, and that is seen fastest one character after the other
  const plain =
    text.length >= longText &&
    !text.includes('&') &&
    !text.includes('<') &&
    !text.includes('>') &&
    !text.includes('\r')
  return plain ? text : escaped(text, textCharacters)
}

/** An attribute value, to stand in double quotes. */
export const escapeAttribute = (text: string): string => escaped(text, attributeCharacters)

/** In slices, since what becomes of millions of characters at once takes many times their length while it is made. */
function escaped(text: string, characters: RegExp): string {
  if (text.length <= slice) return text.replace(characters, (c) => references[c]!)
  let result = ''
  for (let at = 0; at < text.length; at += slice)
    result += text.slice(at, at + slice).replace(characters, (c) => references[c]!)
  return result
}
