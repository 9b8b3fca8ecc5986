/** A section that is fetched when it is shown, and again when something happened meanwhile. */
import { byId } from './dom.js'
import { on } from './live.js'
import { reasonOf, say } from './status.js'

const pauseMilliseconds = 400

/** @returns fetches now; the same happens by itself after exchanges, as long as the section is shown */
export function refreshed(section: string, load: () => Promise<void>): () => void {
  const panel = byId(`panel-${section}`)
  let timer: number | undefined
  const now = (): void => {
    clearTimeout(timer)
    timer = undefined
    load().catch((error: unknown) => say(reasonOf(error)))
  }
  const later = (): void => {
    if (!panel.hidden) timer ??= setTimeout(now, pauseMilliseconds)
  }
  on('exchange', later)
  on('reload', later)
  return now
}
