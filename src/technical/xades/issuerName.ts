/** Names of issuers as text (RFC 4514, and what senders make of it: spec xml-signature, trap 13). */
import type { DistinguishedName } from '../pki/name.js'

const keywords: Readonly<Record<string, string>> = {
  cn: '2.5.4.3',
  sn: '2.5.4.4',
  surname: '2.5.4.4',
  serialnumber: '2.5.4.5',
  c: '2.5.4.6',
  l: '2.5.4.7',
  st: '2.5.4.8',
  s: '2.5.4.8',
  street: '2.5.4.9',
  o: '2.5.4.10',
  ou: '2.5.4.11',
  t: '2.5.4.12',
  title: '2.5.4.12',
  gn: '2.5.4.42',
  g: '2.5.4.42',
  givenname: '2.5.4.42',
  dc: '0.9.2342.19200300.100.1.25',
  uid: '0.9.2342.19200300.100.1.1',
  e: '1.2.840.113549.1.9.1',
  email: '1.2.840.113549.1.9.1',
  emailaddress: '1.2.840.113549.1.9.1',
}

/** Type and value as they are compared; several attributes of one part are joined in a set order. */
type Part = string

/** True when the text names that issuer, whatever its order, blanks, case, escapes and keywords. */
export function namesIssuer(text: string, issuer: DistinguishedName): boolean {
  const named = parse(text)
  if (named === undefined) return false
  const asText = partsOf(issuer, ({ type, value }) => `${type}=${folded(value)}`)
  const asOctets = partsOf(issuer, ({ type, der }) => `${type}=#${Buffer.from(der).toString('hex')}`)
  const same = (order: readonly string[][]): boolean =>
    order.length === named.length &&
    order.every((part, i) => part.length === named[i]!.length && part.every((one) => fits(one, named[i]!)))
  const both = asText.map((part, i) => part.map((one, j) => `${one}\n${asOctets[i]![j]!}`))
  return same(both) || same(both.toReversed())
}

/** An attribute in its two forms, among those of a part. */
const fits = (forms: string, part: readonly Part[]): boolean =>
  forms.split('\n').some((form) => part.includes(form))

function partsOf(
  { rdns }: DistinguishedName,
  write: (attribute: { type: string; value: string; der: Uint8Array }) => string,
): string[][] {
  return rdns.map((part) => part.map(write))
}

/** Case and white space do not count (RFC 4518 in small). */
const folded = (value: string): string => value.trim().replace(/\s+/gu, ' ').toLowerCase()

/** Parts in the order of the text; undefined for what is no name. */
function parse(text: string): Part[][] | undefined {
  const parts: Part[][] = [[]]
  // value: quoted, hexadecimal, or with escapes up to the next separator
  const attribute =
    /\s*(?:oid\.)?([A-Za-z][A-Za-z0-9-]*|\d+(?:\.\d+)+)\s*=\s*(?:"((?:[^"\\]|\\[\s\S])*)"|(#(?:[0-9A-Fa-f]{2})+)|((?:[^,;+"\\]|\\[\s\S])*))\s*([,;+]|$)/iuy
  while (attribute.lastIndex < text.length) {
    const match = attribute.exec(text)
    if (match === null || text.length > longestName) return undefined
    const [, type = '', quoted, hexadecimal, plain = '', separator] = match
    const oid = keywords[type.toLowerCase()] ?? type
    const value = hexadecimal?.toLowerCase() ?? folded(unescaped(quoted ?? plain))
    parts.at(-1)!.push(`${oid}=${value}`)
    if (separator === ',' || separator === ';') parts.push([])
    if (separator === '') break
  }
  return parts.every((part) => part.length > 0) ? parts : undefined
}

const longestName = 4096

/** `\,` and octets of UTF-8 in hexadecimal digits. */
function unescaped(text: string): string {
  return text.replace(/(?:\\[0-9A-Fa-f]{2})+|\\([\s\S])/gu, (found, character: string | undefined) =>
    character === undefined || /^(?:\\[0-9A-Fa-f]{2})+$/.test(found)
      ? Buffer.from(found.replaceAll('\\', ''), 'hex').toString('utf8')
      : character,
  )
}
