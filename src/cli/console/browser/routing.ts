/** The address after `#/` says what is shown: a section, and what is open in it. The browser's buttons work. */
import { byId } from './dom.js'

export interface Route {
  section: string
  /** What is open in it. */
  item: string | undefined
  query: URLSearchParams
}

export interface Section {
  name: string
  title: string
  /** Shows it; called whenever the route changes within it, too. */
  show: (route: Route) => void
}

export function currentRoute(): Route {
  const [path = '', query] = location.hash.replace(/^#\/?/, '').split('?', 2)
  const [section = '', item] = path.split('/', 2)
  return {
    section,
    item: item === undefined || item === '' ? undefined : decoded(item),
    query: new URLSearchParams(query ?? ''),
  }
}

export function go(route: string): void {
  location.hash = `#/${route}`
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Shows the section of the route now and after every change; arrow keys move between the tabs. */
export function startRouting(sections: readonly Section[]): void {
  const tabs = sections.map(({ name }) => byId(`tab-${name}`))
  const show = (): void => {
    const route = currentRoute()
    const active = sections.find(({ name }) => name === route.section) ?? sections[0]!
    for (const [index, { name }] of sections.entries()) {
      const selected = name === active.name
      tabs[index]!.setAttribute('aria-selected', String(selected))
      tabs[index]!.tabIndex = selected ? 0 : -1
      byId(`panel-${name}`).hidden = !selected
    }
    document.title = `${active.title} · eHealth simulator`
    active.show(route)
  }
  for (const [index, tab] of tabs.entries())
    tab.addEventListener('keydown', (event) => {
      const to = step(event.key, index, tabs.length)
      if (event.key === ' ') tab.click()
      else if (to === undefined) return
      else {
        tabs[to]!.focus()
        tabs[to]!.click()
      }
      event.preventDefault()
    })
  addEventListener('hashchange', show)
  show()
}

/** Where an arrow key leads in a row of tabs, which is a circle. */
function step(key: string, from: number, length: number): number | undefined {
  if (key === 'ArrowRight') return (from + 1) % length
  if (key === 'ArrowLeft') return (from + length - 1) % length
  if (key === 'Home') return 0
  return key === 'End' ? length - 1 : undefined
}
