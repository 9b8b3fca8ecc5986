/**
 * XML for reading: line by line, indented, without changing a text. Works on the characters as they came, so that what is
 * wrong in a message stays visible: prefixes, order of attributes, what is missing or does not close.
 */

/** Deeper elements stay at this level: white space must not outgrow the message. */
const deepest = 24

type Kind = 'open' | 'close' | 'empty' | 'text' | 'other'

interface Piece {
  readonly text: string
  readonly kind: Kind
}

/** Markup that does not close comes out as it is, from there to the end. */
export function indented(xml: string): string {
  const pieces = piecesOf(xml)
  const mixed = mixedIn(pieces)
  const lines: string[] = []
  let depth = 0
  /** Elements with text of their own that are open: everything in them stays on the line. */
  let inline = 0
  pieces.forEach(({ text, kind }, at) => {
    if (kind === 'close') depth = Math.max(0, depth - 1)
    const closesEmpty = kind === 'close' && pieces[at - 1]?.kind === 'open'
    if (lines.length > 0 && (inline > 0 || closesEmpty)) lines.push(text)
    else if (kind !== 'text' || text.trim() !== '')
      lines.push(lines.length === 0 ? '' : '\n', '  '.repeat(Math.min(depth, deepest)), text)
    if (kind === 'close' && inline > 0) inline -= 1
    if (kind !== 'open') return
    if (inline > 0 || mixed.has(at)) inline += 1
    depth += 1
  })
  return lines.join('')
}

function piecesOf(xml: string): Piece[] {
  const pieces: Piece[] = []
  for (let at = 0; at < xml.length;) {
    const end = xml[at] === '<' ? endOfMarkup(xml, at) : (indexFrom(xml, '<', at) ?? xml.length)
    const text = xml.slice(at, end ?? xml.length)
    pieces.push({ text, kind: end === undefined ? 'text' : kindOf(text) })
    at += text.length
  }
  return pieces
}

const indexFrom = (xml: string, what: string, at: number): number | undefined => {
  const found = xml.indexOf(what, at)
  return found === -1 ? undefined : found
}

const delimited = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const

/** Behind the markup that begins here; `undefined` where it does not end. */
function endOfMarkup(xml: string, start: number): number | undefined {
  const long = delimited.find(([opening]) => xml.startsWith(opening, start))
  if (long !== undefined) {
    const end = indexFrom(xml, long[1], start + long[0].length)
    return end === undefined ? undefined : end + long[1].length
  }
  let quote = ''
  for (let at = start + 1; at < xml.length; at++) {
    const character = xml[at]!
    if (quote !== '') quote = character === quote ? '' : quote
    else if (character === '"' || character === "'") quote = character
    else if (character === '>') return at + 1
  }
  return undefined
}

function kindOf(text: string): Kind {
  if (!text.startsWith('<') || text.startsWith('<![CDATA[')) return 'text'
  if (text.startsWith('</')) return 'close'
  if (text.startsWith('<?') || text.startsWith('<!')) return 'other'
  return text.endsWith('/>') ? 'empty' : 'open'
}

/** The start tags of elements with text of their own: white space in them would change it. */
function mixedIn(pieces: readonly Piece[]): ReadonlySet<number> {
  const found = new Set<number>()
  const open: number[] = []
  pieces.forEach(({ text, kind }, at) => {
    if (kind === 'open') open.push(at)
    else if (kind === 'close') open.pop()
    else if (kind === 'text' && text.trim() !== '' && open.length > 0) found.add(open.at(-1)!)
  })
  return found
}
