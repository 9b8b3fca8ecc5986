/** Characters, names and references of XML 1.0 (fifth edition §2.2, §2.3, §4.1). */

/** U+0000 to U+001F without tab and line ends, and the two that are no characters. */
const forbidden = [
  ...'\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000b\u000c\u000e\u000f',
].concat([
  ...'\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f\ufffe\uffff',
])
const forbiddenPattern = new RegExp(`[${forbidden.join('')}]`)

/** From this length on, looking for one character after the other is faster than a pattern: each look is one `memchr`. */
export const longText = 2048

/** True when some character, or half of one, can stand in no document, not even as a reference. */
export function hasForbiddenCharacter(text: string): boolean {
  if (!text.isWellFormed()) return true
  if (text.length < longText) return forbiddenPattern.test(text)
  return text.length < 8 * sliceLength ? holdsForbidden(text) : hasForbiddenSlice(text)
}

const holdsForbidden = (text: string): boolean => forbidden.some((character) => text.includes(character))

/** Characters of a slice: its octets stay in the innermost cache while they are looked at. */
const sliceLength = 8192

/**
 * Looks at four characters at once. The lower octets of the characters are copied out, and 0x20 is taken off each: whatever
 * is forbidden has the top bit then, U+FFFE and U+FFFF too (half a character was found before). A slice where no octet has it
 * is sound; any other one, with a line end or an accent in it for instance, is looked at exactly.
 */
function hasForbiddenSlice(text: string): boolean {
  const octets = Buffer.alloc(sliceLength, ' ')
  const words = new Int32Array(octets.buffer, octets.byteOffset, sliceLength / 4)
  for (let at = 0; at < text.length; at += sliceLength) {
    const slice = text.slice(at, at + sliceLength)
    octets.write(slice, 'latin1')
    if (standsOut(words) && holdsForbidden(slice)) return true
  }
  return false
}

/** Whether some octet less 0x20 has the top bit: every one below 0x20, many above 0x7f. Four sums, so that none waits for another. */
function standsOut(words: Int32Array): boolean {
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  for (let i = 0; i < words.length; i += 4) {
    const w = words[i]!
    const x = words[i + 1]!
    const y = words[i + 2]!
    const z = words[i + 3]!
    a |= w - 0x20202020
    b |= x - 0x20202020
    c |= y - 0x20202020
    d |= z - 0x20202020
  }
  return ((a | b | c | d) & 0x80808080) !== 0
}

const nameStart =
  'A-Z_a-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02ff\\u0370-\\u037d\\u037f-\\u1fff\\u200c\\u200d\\u2070-\\u218f' +
  '\\u2c00-\\u2fef\\u3001-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\ufffd\\u{10000}-\\u{effff}'
// the longest name of the platform's schemas has 60 characters; a pattern may not be led astray by a name of megabytes
const ncName = `[${nameStart}][${nameStart}\\-.0-9\\u00b7\\u0300-\\u036f\\u203f\\u2040]{0,1023}`

/** A qualified name at one place: prefix and local name are its groups (Namespaces in XML 1.0 §4). */
const qualifiedName = new RegExp(`(?:(${ncName}):)?(${ncName})`, 'uy')

/** A name as it stands in a document. */
export interface QualifiedName {
  /** Empty when there is none. */
  prefix: string
  local: string
  /** Offset behind it. */
  end: number
}

/** The name that begins at this offset. */
export function nameAt(source: string, at: number): QualifiedName | undefined {
  qualifiedName.lastIndex = at
  const match = qualifiedName.exec(source)
  if (match === null) return undefined
  return { prefix: match[1] ?? '', local: match[2]!, end: qualifiedName.lastIndex }
}

const entities = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

/** The longest reference that makes sense has eight characters; zeros in front of a number are legal. */
const longestReference = 40

/** Text with its references replaced; undefined when one is malformed, unknown or of no character. */
export function dereferenced(text: string): string | undefined {
  if (!text.includes('&')) return text
  let from = 0
  // joined now and then: a string of millions of pieces takes many times its length
  let result = ''
  let pieces: string[] = []
  for (let at = text.indexOf('&'); at !== -1; at = text.indexOf('&', from)) {
    const end = text.indexOf(';', at)
    if (end === -1 || end - at > longestReference) return undefined
    const character = characterOf(text.slice(at + 1, end))
    if (character === undefined) return undefined
    pieces.push(text.slice(from, at), character)
    from = end + 1
    if (pieces.length < 10_000) continue
    result += pieces.join('')
    pieces = []
  }
  return result + pieces.join('') + text.slice(from)
}

function characterOf(reference: string): string | undefined {
  const entity = entities.get(reference)
  if (entity !== undefined) return entity
  const match = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(reference)
  if (match === null) return undefined
  const code = match[1] === undefined ? parseInt(match[2]!, 10) : parseInt(match[1], 16)
  if (code > 0x10ffff) return undefined
  const character = String.fromCodePoint(code)
  return hasForbiddenCharacter(character) ? undefined : character
}

/** Line ends as a reader sees them (XML 1.0 §2.11). */
export const normalizedLineEnds = (text: string): string =>
  text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text

/** True for white space and for nothing. */
export const isBlank = (text: string): boolean => !/[^ \t\r\n]/.test(text)

/** Offset of the first character that is no white space, from this one on. */
export function skipBlanks(source: string, from: number): number {
  let at = from
  for (;;) {
    const code = source.charCodeAt(at)
    if (code !== 0x20 && code !== 0x0a && code !== 0x09 && code !== 0x0d) return at
    at++
  }
}
