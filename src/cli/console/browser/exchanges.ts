/** The live list of exchanges: newest on top, filtered, held still while somebody reads. */
import type { ExchangeLine } from '../contract.js'
import { empty } from './boxes.js'
import { askForToken } from './commands.js'
import { byId, field, fill, h } from './dom.js'
import { detailPane, markChosen } from './detail.js'
import { loadExchange } from './exchange.js'
import { exchangeRow, verdict } from './exchangeRow.js'
import { live, on } from './live.js'
import { currentRoute, type Section } from './routing.js'
import { walkRows } from './rows.js'

let paused = false
/** What came while the list was held. */
let waiting: ExchangeLine[] = []

const list = byId('exchange-list')
const pause = byId('pause')
const detail = detailPane('exchanges', () => 'exchanges', loadExchange)
const { adopt } = walkRows(list)

export const exchangesSection: Section = {
  name: 'exchanges',
  title: 'Exchanges',
  show: ({ item }) => {
    if (item === undefined) detail.close()
    else detail.open(item)
    markChosen(list, item)
  },
}

export function startExchanges(): void {
  on('reload', () => {
    waiting = []
    offer(
      'filter-service',
      [...live.exchanges.values()].map(({ service }) => service),
    )
    offer(
      'filter-caller',
      [...live.exchanges.values()].flatMap(({ caller }) => caller ?? []),
    )
    render()
  })
  on('exchange', (line) => {
    offer('filter-service', [line.service])
    if (line.caller !== undefined) offer('filter-caller', [line.caller])
    if (line.outcome === 'refused') announce(line)
    if (paused) waiting.push(line)
    else add(line)
    tell()
  })
  for (const id of ['filter-service', 'filter-caller', 'filter-outcome', 'filter-text'])
    byId(id).addEventListener('input', render)
  byId('filters').addEventListener('submit', (event) => event.preventDefault())
  byId('filters').addEventListener('reset', () => setTimeout(render))
  pause.addEventListener('click', () => {
    paused = !paused
    pause.setAttribute('aria-pressed', String(paused))
    if (!paused) render()
    tell()
  })
}

/** Is this a line that the filters let through? */
function wanted(line: ExchangeLine): boolean {
  const [service, caller, outcome] = ['service', 'caller', 'outcome'].map(
    (name) => field(`filter-${name}`).value,
  )
  const text = field('filter-text').value.trim().toLowerCase()
  const words = [line.service, line.operation, line.caller, line.code, line.trouble, String(line.status)]
  return (
    (service === '' || line.service === service) &&
    (caller === '' || line.caller === caller) &&
    (outcome === '' || (outcome === 'trouble' ? line.trouble !== undefined : line.outcome === outcome)) &&
    (text === '' || words.some((word) => word?.toLowerCase().includes(text) === true))
  )
}

function render(): void {
  const held = new Set(paused ? waiting.map(({ number }) => number) : [])
  if (!paused) waiting = []
  const lines = [...live.exchanges.values()].filter((line) => !held.has(line.number) && wanted(line))
  fill(list, ...lines.reverse().map(exchangeRow))
  markChosen(list, currentRoute().item)
  adopt()
  tell()
}

function add(line: ExchangeLine): void {
  if (!wanted(line)) return
  list.querySelector(`[data-item="${line.number}"]`)?.parentElement?.remove()
  const row = exchangeRow(line)
  row.classList.add('new')
  list.prepend(row)
  const oldest = live.exchanges.keys().next().value ?? 0
  const last = list.lastElementChild
  if (Number(last?.querySelector<HTMLElement>('[data-item]')?.dataset['item']) < oldest) last?.remove()
  adopt()
}

/** How many there are, and what to do where there are none. */
function tell(): void {
  const shown = list.childElementCount
  const all = live.exchanges.size
  byId('exchange-count').textContent = shown === all ? `${all} in the list` : `${shown} of ${all} in the list`
  pause.textContent = !paused ? 'Pause' : waiting.length === 0 ? 'Resume' : `Resume (${waiting.length} new)`
  const place = byId('exchange-empty')
  if (shown > 0 || live.state === undefined) place.replaceChildren()
  else if (all > 0) fill(place, empty('No exchange fits the filters.'))
  else
    fill(
      place,
      empty(
        'Nobody has called yet. Let a program call the platform at the address above, or type in another terminal:',
        askForToken(live.state),
      ),
    )
}

/** Adds choices to a filter, each once. */
function offer(id: string, values: readonly string[]): void {
  const select = byId(id) as HTMLSelectElement
  const there = new Set([...select.options].map(({ value }) => value))
  for (const value of new Set(values)) if (!there.has(value)) select.append(h('option', { value }, value))
}

function announce({ number, service, operation, caller, checks, code }: ExchangeLine): void {
  const who = caller === undefined ? '' : ` of ${caller}`
  const words = [`Refused: no. ${number}, ${service} ${operation ?? ''}${who}`, verdict(checks), code]
  byId('announcer').textContent = words.filter((word) => word !== undefined).join(', ')
}
