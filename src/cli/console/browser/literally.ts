/** Showing what others wrote: literally, in its own direction, with a name for every sign that nobody would see. */
import { h } from './dom.js'

/** Controls, and marks that turn the direction of a text around. */
const unseen =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** A short text of somebody else. */
export function foreign(text: string | undefined): HTMLElement {
  const element = h('bdi')
  appendLiterally(element, text ?? '')
  return element
}

/** Appends a text, its unseen signs by their code points. */
export function appendLiterally(parent: Node, text: string): void {
  let from = 0
  for (const match of text.matchAll(unseen)) {
    const code = match[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
    parent.appendChild(document.createTextNode(text.slice(from, match.index)))
    parent.appendChild(h('span', { class: 'unseen' }, `U+${code}`))
    from = match.index + 1
  }
  parent.appendChild(document.createTextNode(text.slice(from)))
}
