/** What every section is made of: boxes of text, facts, tables, marks. */
import { copyButton } from './copy.js'
import { button, h, spoken, type Child } from './dom.js'
import { appendLiterally, foreign } from './literally.js'
import { colouredXml } from './xml.js'

/** Longer texts are shown up to here until somebody asks for the rest. */
const shownAtFirst = 40_000
/** Colouring makes an element of every word: longer texts stay plain. */
const coloured = 150_000

/** A long text in a box that scrolls, with what it is, how long it is, and a button that copies it. */
export function textBox(label: string, text: string, note?: Child): HTMLElement {
  const box = h('pre', { tabindex: '0', role: 'group', 'aria-label': label, 'data-key': `text ${label}` })
  const show = (part: string): void => {
    if (part.length <= coloured && /^\s*</.test(part)) box.replaceChildren(colouredXml(part))
    else {
      box.replaceChildren()
      appendLiterally(box, part)
    }
  }
  show(text.slice(0, shownAtFirst))
  const bar = h(
    'div',
    { class: 'textbar' },
    h('span', { class: 'quiet' }, ...(note === undefined ? [] : [note])),
  )
  if (text.length > shownAtFirst) {
    const all = button(`Show all ${count(text.length)} characters`, () => {
      show(text)
      all.remove()
      box.focus()
    })
    bar.append(all)
  }
  bar.append(copyButton(text, label))
  return h('div', { class: 'textbox' }, bar, box)
}

/** Terms and what is said of them; those without a word are left out. */
export function facts(...pairs: readonly (readonly [string, Child])[]): HTMLElement {
  const list = h('dl', { class: 'facts' })
  for (const [term, value] of pairs)
    if (value !== undefined && value !== '' && value !== false)
      list.append(h('div', {}, h('dt', {}, term), h('dd', {}, value)))
  return list
}

/** A table that scrolls sideways in its own box where the window is narrow. */
export function table(
  label: string,
  columns: readonly string[],
  rows: readonly (readonly Child[])[],
): HTMLElement {
  return h(
    'div',
    { class: 'tablebox', tabindex: '0', role: 'group', 'aria-label': label, 'data-key': `table ${label}` },
    h(
      'table',
      {},
      h('caption', { class: 'spoken' }, label),
      h('thead', {}, h('tr', {}, ...columns.map((column) => h('th', { scope: 'col' }, column)))),
      h('tbody', {}, ...rows.map((row) => h('tr', {}, ...row.map((cell) => h('td', {}, cell))))),
    ),
  )
}

/** Nothing is there yet, and a command that changes that. */
export function empty(words: string, ...commands: readonly string[]): HTMLElement {
  return h(
    'div',
    { class: 'empty' },
    h('p', {}, words),
    ...commands.map((command) =>
      h('p', { class: 'command' }, h('code', {}, foreign(command)), ' ', copyButton(command, 'command')),
    ),
  )
}

/** A mark for a state: a shape, a word for those who do not see it. */
export const mark = (shape: string, kind: string, word: string): HTMLElement =>
  h('span', { class: `mark ${kind}`, title: word }, h('span', { 'aria-hidden': 'true' }, shape), spoken(word))

export const count = (number: number): string => number.toLocaleString('en-GB')

export function octets(number: number): string {
  if (number < 10_000) return `${count(number)} ${number === 1 ? 'octet' : 'octets'}`
  return number < 1_000_000
    ? `${count(Math.round(number / 1000))} kB`
    : `${(number / 1_000_000).toFixed(1)} MB`
}
