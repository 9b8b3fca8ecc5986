/** Light colours for XML: one pass over the text, whatever is in it. */
import { h } from './dom.js'
import { appendLiterally } from './literally.js'

/** The text in coloured pieces; put together they are the text. */
export function colouredXml(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment()
  const piece = (kind: string, from: number, to: number): void => {
    if (from === to) return
    const span = h('span', { class: kind })
    appendLiterally(span, text.slice(from, to))
    fragment.append(span)
  }
  let at = 0
  while (at < text.length) {
    const start = text.indexOf('<', at)
    if (start < 0) break
    appendLiterally(fragment, text.slice(at, start))
    const aside = asides.find(([opening]) => text.startsWith(opening, start))
    const end = aside ? after(text, aside[1], start) : endOfTag(text, start)
    if (end < 0) {
      at = start
      break
    }
    if (aside) piece('xml-aside', start, end)
    else tag(text, start, end, piece)
    at = end
  }
  appendLiterally(fragment, text.slice(at))
  return fragment
}

const asides = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
  ['<!', '>'],
] as const

const after = (text: string, closing: string, from: number): number => {
  const found = text.indexOf(closing, from)
  return found < 0 ? -1 : found + closing.length
}

/** Behind the `>` that is in no quotes; -1 where there is none. */
function endOfTag(text: string, start: number): number {
  let quote = ''
  for (let at = start; at < text.length; at++) {
    const sign = text.charAt(at)
    if (quote !== '') quote = sign === quote ? '' : quote
    else if (sign === '>') return at + 1
    else if (sign === '"' || sign === "'") quote = sign
  }
  return -1
}

function tag(
  text: string,
  start: number,
  end: number,
  piece: (kind: string, from: number, to: number) => void,
): void {
  let at = start + 1
  while (at < end && !/[\s>/]/.test(text.charAt(at) === '/' && at === start + 1 ? 'x' : text.charAt(at))) at++
  piece('xml-name', start, at)
  while (at < end) {
    const sign = text.charAt(at)
    let to = at + 1
    if (sign === '"' || sign === "'") {
      to = text.indexOf(sign, at + 1) + 1
      piece('xml-value', at, to)
    } else {
      while (to < end && text.charAt(to) !== '"' && text.charAt(to) !== "'") to++
      piece(to === end ? 'xml-name' : 'xml-attribute', at, to)
    }
    at = to
  }
}
