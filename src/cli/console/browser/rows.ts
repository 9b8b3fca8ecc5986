/** A list of links in which the arrow keys move; only one of them is a stop of the Tab key. */

/**
 * @returns `adopt`: to be called after rows came or went
 */
export function walkRows(list: HTMLElement): { adopt: () => void } {
  const rows = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>('[data-item]')]
  let stop: HTMLElement | undefined

  const stopAt = (row: HTMLElement | undefined): void => {
    if (stop !== undefined) stop.tabIndex = -1
    stop = row
    if (row !== undefined) row.tabIndex = 0
  }
  const adopt = (): void => {
    const focused = document.activeElement
    const all = rows()
    const held = all.find((row) => row === focused || row.getAttribute('aria-current') === 'true')
    stopAt(held ?? all[0])
  }
  list.addEventListener('focusin', (event) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-item]')
    if (row !== null) stopAt(row)
  })
  list.addEventListener('keydown', (event) => {
    const all = rows()
    const at = all.indexOf(document.activeElement as HTMLElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key]
    if (at < 0 || to === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    all[to]?.focus()
  })
  return { adopt }
}
