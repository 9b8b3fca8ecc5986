/** Bad days on demand, and the clock. */
import type { ClockOrder, ConsoleState } from '../contract.js'
import { post, remove } from './api.js'
import { button, byId, field, fill, h } from './dom.js'
import { foreign } from './literally.js'
import { on, takeState } from './live.js'
import type { Section } from './routing.js'
import { reasonOf, say } from './status.js'
import { span } from './times.js'

export const faultsSection: Section = { name: 'faults', title: 'Faults and clock', show: () => undefined }

/** What the buttons were made of. */
let buttonsOf = ''

export function startFaults(): void {
  on('state', (state) => {
    const made = JSON.stringify([state.services, state.troubles])
    if (made !== buttonsOf) showButtons(state)
    buttonsOf = made
    showPlans(state)
  })
  byId('plan-form').addEventListener('submit', (event) => {
    event.preventDefault()
    void addWritten()
  })
  byId('clear-faults').addEventListener(
    'click',
    () => void order(() => remove<ConsoleState>('faults'), 'No plan is left.'),
  )
  startClock()
}

function showButtons({ services, troubles }: ConsoleState): void {
  const select = byId('fault-service')
  const chosen = field('fault-service').value
  select.replaceChildren(
    h('option', { value: '' }, 'every service'),
    ...services.map((name) => h('option', { value: name, selected: name === chosen }, name)),
  )
  fill(
    byId('troubles'),
    ...troubles.map((trouble) =>
      h(
        'li',
        {},
        button(trouble.title, () => void addTrouble(trouble.title, trouble.plan), {
          'data-key': `trouble ${trouble.kind} ${trouble.title}`,
        }),
      ),
    ),
  )
}

function addTrouble(title: string, plan: Record<string, unknown>): Promise<void> {
  const service = field('fault-service').value
  const times = field('fault-times').value
  const whole = {
    ...plan,
    ...(service === '' || plan['service'] !== undefined ? {} : { service }),
    ...(times === '1' ? {} : { times: times === 'always' ? times : Number(times) }),
  }
  return order(() => post<ConsoleState>('faults', whole), `Planned: ${title}`)
}

async function addWritten(): Promise<void> {
  let plan: unknown
  try {
    plan = JSON.parse(field('plan').value)
  } catch {
    problem('plan', 'This is no JSON. A plan looks like {"kind": "delay", "milliseconds": 500}.')
    return
  }
  await order(() => post<ConsoleState>('faults', plan), 'The plan is added.', 'plan')
}

function showPlans({ faults }: ConsoleState): void {
  fill(
    byId('plans'),
    ...faults.map(({ plan, left }) =>
      h(
        'li',
        {},
        h('code', {}, foreign(JSON.stringify(plan))),
        h('span', { class: 'tag' }, left === null ? 'until cleared' : left === 1 ? 'once' : `${left} times`),
      ),
    ),
    faults.length === 0 && h('li', { class: 'quiet' }, 'None: the platform has a good day.'),
  )
  const clear = byId('clear-faults') as HTMLButtonElement
  clear.setAttribute('aria-disabled', String(faults.length === 0))
}

function startClock(): void {
  const clock = (body: ClockOrder, done: string): void =>
    void order(() => post<ConsoleState>('clock', body), done, 'clock')
  const advance = (milliseconds: number): void =>
    clock(
      { order: 'advance', milliseconds },
      `The clock moved ${span(milliseconds)} ${milliseconds < 0 ? 'back' : 'ahead'}.`,
    )
  byId('clock-hold').addEventListener('click', () => clock({ order: 'hold' }, 'The clock is held.'))
  byId('clock-release').addEventListener('click', () =>
    clock({ order: 'release' }, 'The clock runs with this machine.'),
  )
  for (const one of byId('clock-steps').querySelectorAll<HTMLElement>('[data-milliseconds]'))
    one.addEventListener('click', () => advance(Number(one.dataset['milliseconds'])))
  byId('clock-form').addEventListener('submit', (event) => {
    event.preventDefault()
    const amount = field('clock-amount').valueAsNumber
    if (!Number.isFinite(amount) || amount === 0)
      problem('clock', 'How far? Give a number; below zero goes back.')
    else advance(amount * Number(field('clock-unit').value))
  })
}

/** Carries an order out and says what came of it: where it was given, or at the foot. */
async function order(act: () => Promise<ConsoleState>, done: string, place = 'fault'): Promise<void> {
  try {
    takeState(await act())
    problem(place, '')
    say(done)
  } catch (error) {
    problem(place, reasonOf(error))
  }
}

/** Says what is wrong with a field, beside it. */
function problem(place: string, text: string): void {
  byId(`${place}-problem`).textContent = text
  byId(place === 'clock' ? 'clock-amount' : place === 'plan' ? 'plan' : 'fault-service').setAttribute(
    'aria-invalid',
    String(text !== ''),
  )
}
