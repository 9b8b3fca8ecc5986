/** The pane beside a list: what was chosen there. Escape closes it, the focus goes back to where it came from. */
import { byId, fill, h, link, type Child } from './dom.js'
import { empty } from './boxes.js'
import { go } from './routing.js'
import { reasonOf } from './status.js'

export interface Detail {
  /** Fetches and shows what the route names; the same again does nothing. */
  open: (item: string) => void
  close: () => void
}

/**
 * @param section whose pane `detail-SECTION` it is
 * @param back the route of the list
 * @param load makes the title and the content of one item
 */
export function detailPane(
  section: string,
  back: () => string,
  load: (item: string) => Promise<{ title: Child; content: readonly Child[] }>,
): Detail {
  const pane = byId(`detail-${section}`)
  const panel = byId(`panel-${section}`)
  let shown: string | undefined

  const close = (): void => {
    const last = shown
    shown = undefined
    pane.hidden = true
    panel.classList.remove('split')
    if (last === undefined) return
    pane.replaceChildren()
    const row = [...panel.querySelectorAll<HTMLElement>('[data-item]')].find(
      (one) => one.dataset['item'] === last,
    )
    if (document.activeElement === document.body || document.activeElement === null)
      (row ?? byId(`tab-${section}`)).focus()
  }

  const render = (title: Child, content: readonly Child[]): void => {
    const heading = h('h2', { id: `title-${section}`, tabindex: '-1' }, title)
    const closing = link(back(), { class: 'button', 'data-key': 'close' }, 'Close')
    closing.append(h('kbd', { 'aria-hidden': 'true' }, 'Esc'))
    fill(pane, h('div', { class: 'detailhead' }, heading, closing), ...content)
    pane.scrollTop = 0
    heading.focus({ preventScroll: true })
    pane.scrollIntoView({ block: 'nearest' })
  }

  const open = async (item: string): Promise<void> => {
    if (shown === item) return
    shown = item
    pane.hidden = false
    panel.classList.add('split')
    try {
      const { title, content } = await load(item)
      if (shown === item) render(title, content)
    } catch (error) {
      if (shown === item) render('Nothing to show', [empty(reasonOf(error))])
    }
  }

  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || shown === undefined || panel.hidden || event.defaultPrevented) return
    const at = event.target
    if (at instanceof HTMLSelectElement || (at instanceof HTMLInputElement && at.value !== '')) return
    event.preventDefault()
    ;(document.activeElement as HTMLElement | null)?.blur()
    go(back())
  })
  return { open: (item) => void open(item), close }
}

/** Marks what is open in a list. */
export function markChosen(list: HTMLElement, item: string | undefined): void {
  for (const one of list.querySelectorAll<HTMLElement>('[data-item]'))
    if (one.dataset['item'] === item) one.setAttribute('aria-current', 'true')
    else one.removeAttribute('aria-current')
}
