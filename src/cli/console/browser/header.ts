/** What stands above every section: the platform's address, its clock, whether the page hears from it. */
import { byId, fill, h } from './dom.js'
import { simulatedNow } from './clock.js'
import { live, on } from './live.js'
import { foreign } from './literally.js'
import { fullTime, span } from './times.js'

const words = {
  connecting: 'connecting',
  live: 'live',
  reconnecting: 'reconnecting: the simulator does not answer',
  moved: 'over: the simulator was started anew, open the address that it printed',
}

export function startHeader(): void {
  on('state', ({ url, faults }) => {
    fill(byId('platform'), foreign(url))
    const badge = byId('fault-count')
    badge.hidden = faults.length === 0
    badge.textContent = `${faults.length} pending`
    tick()
  })
  on('connection', (connection) => {
    const place = byId('connection')
    place.className = `connection ${connection}`
    fill(
      place,
      h('span', { class: 'dot', 'aria-hidden': 'true' }, connection === 'live' ? '●' : '○'),
      words[connection],
    )
  })
  setInterval(tick, 1000)
}

function tick(): void {
  if (live.state === undefined) return
  const { held, offsetMilliseconds } = live.state.clock
  const now = new Date(simulatedNow()).toISOString()
  const off =
    Math.abs(offsetMilliseconds) < 1000
      ? ''
      : `${span(offsetMilliseconds)} ${offsetMilliseconds > 0 ? 'ahead' : 'behind'}`
  for (const place of document.querySelectorAll<HTMLElement>('.simulated-time')) {
    place.textContent = fullTime(now)
    place.title = now
  }
  for (const place of document.querySelectorAll('.clock-state'))
    place.textContent = held ? `held${off && `, ${off}`}` : off || 'as this machine'
}
