/** What the page asks for, by method and path below `api/` (see the contract). */
import type { Simulator } from '../../simulator/index.js'
import { accessView } from './access.js'
import { moveClock } from './clockOrder.js'
import { detailOf } from './detail.js'
import type { ExchangeLog } from './exchanges.js'
import { planOfJson } from './faultPlans.js'
import { mailboxViews, messageView } from './mailboxes.js'
import { registerEntry, registerPage } from './register.js'
import { ConsoleRefusal, notFound } from './refusal.js'
import { stateOf } from './state.js'

/** What the console shows. */
export interface ConsoleSources {
  readonly simulator: Simulator
  readonly exchanges: ExchangeLog
  /** Directory of the simulator, as it was given. */
  readonly dir: string
}

/** A question of the page. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Segments behind `api/`, not decoded: nothing that is asked for needs it. */
  readonly path: readonly string[]
  readonly query: URLSearchParams
  /** Of a POST. */
  readonly body?: unknown
}

type Handler = (request: ApiRequest, sources: ConsoleSources) => unknown

/** The last segment of some is a name: `:`. */
const handlers: Readonly<Record<string, Handler>> = {
  'GET state': (_, sources) => stateOf(sources),
  'GET exchanges': (_, { exchanges }) => exchanges.lines(),
  'GET exchanges/:': ({ path }, { exchanges, simulator }) => {
    const number = path[1] ?? ''
    const found = /^\d{1,15}$/.test(number) ? exchanges.find(Number(number)) : undefined
    if (found === undefined) throw notFound()
    return detailOf(simulator, found)
  },
  'GET mailboxes': (_, { simulator }) => mailboxViews(simulator),
  'GET mailboxes/message/:': ({ path }, { simulator }) => messageView(simulator, path[2] ?? ''),
  'GET access': (_, { simulator }) => accessView(simulator),
  'GET register': ({ query }, { simulator }) => registerPage(simulator, query),
  'GET register/:': ({ path }, { simulator }) => registerEntry(simulator, path[1] ?? ''),
  'POST faults': ({ body }, sources) => {
    sources.simulator.faults.add(planOfJson(body))
    return stateOf(sources)
  },
  'DELETE faults': (_, sources) => {
    sources.simulator.faults.clear()
    return stateOf(sources)
  },
  'POST clock': ({ body }, sources) => {
    moveClock(sources.simulator.clock, objectOf(body))
    return stateOf(sources)
  },
}

/**
 * The answer to a question of the page.
 *
 * @throws ConsoleRefusal, EHealthError `configuration.invalid`
 */
export async function answerApi(request: ApiRequest, sources: ConsoleSources): Promise<unknown> {
  const { method, path } = request
  const at = (segments: readonly string[]): string => segments.join('/')
  const whole = at(path)
  const named = at([...path.slice(0, -1), ':'])
  for (const key of [whole, named])
    if (Object.hasOwn(handlers, `${method} ${key}`)) return handlers[`${method} ${key}`]!(request, sources)
  const allowed = ['GET', 'POST', 'DELETE'].filter((other) =>
    [whole, named].some((key) => Object.hasOwn(handlers, `${other} ${key}`)),
  )
  if (allowed.length === 0) throw notFound()
  throw new ConsoleRefusal(405, 'console.method', `expected ${allowed.join(' or ')}`)
}

function objectOf(body: unknown): Record<string, unknown> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body))
    return body as Record<string, unknown>
  throw new ConsoleRefusal(400, 'console.body', 'expected a JSON object')
}
