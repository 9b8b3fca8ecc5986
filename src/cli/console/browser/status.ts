/** The line at the foot of the window: what was done, and what could not be done. Screen readers say it, too. */
import { byId } from './dom.js'

let timer: number | undefined

/** Says something for a while. */
export function say(text: string): void {
  const line = byId('status')
  line.textContent = text
  line.classList.add('shown')
  clearTimeout(timer)
  timer = setTimeout(() => line.classList.remove('shown'), 6000)
}

/** What a failed request is worth to the reader. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
