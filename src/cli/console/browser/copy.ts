import { button } from './dom.js'
import { say } from './status.js'

/** A button that copies a text as it is, unseen signs and all. */
export function copyButton(text: string, what: string): HTMLButtonElement {
  return button('Copy', () => void copy(text, what), { 'aria-label': `Copy ${what}`, class: 'small' })
}

async function copy(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    say(`Copied: ${what}`)
  } catch {
    say('The browser does not let the page copy; select the text instead.')
  }
}
