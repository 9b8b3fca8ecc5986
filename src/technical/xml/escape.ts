/** Escaping as Canonical XML writes it (C14N 1.0 §2.3). */

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

/** Character data. */
export const escapeText = (text: string): string => text.replace(textCharacters, (c) => references[c]!)

/** An attribute value, to stand in double quotes. */
export const escapeAttribute = (text: string): string =>
  text.replace(attributeCharacters, (c) => references[c]!)
