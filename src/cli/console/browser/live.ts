/** What the page knows, and how it hears of more: one stream of events, opened again when it breaks. */
import type { ConsoleState, ExchangeLine } from '../contract.js'
import { get, Refused } from './api.js'

/** So many exchanges are kept; the oldest go. */
const kept = 500
const pauseMilliseconds = 1500

export interface Live {
  state: ConsoleState | undefined
  /** When `state` came, by the clock of this machine. */
  stateAt: number
  /** By number, oldest first. */
  exchanges: Map<number, ExchangeLine>
  /** `moved`: another simulator answers here now, this page's address is no longer its. */
  connection: 'connecting' | 'live' | 'reconnecting' | 'moved'
}

interface Listeners {
  state: (state: ConsoleState) => void
  exchange: (line: ExchangeLine) => void
  /** The list is another one: after the start, and after every gap. */
  reload: () => void
  connection: (connection: Live['connection']) => void
}

export const live: Live = {
  state: undefined,
  stateAt: 0,
  exchanges: new Map(),
  connection: 'connecting',
}

const listeners: { [Kind in keyof Listeners]: Listeners[Kind][] } = {
  state: [],
  exchange: [],
  reload: [],
  connection: [],
}

/** Calls back whenever something of this kind happens. */
export function on<Kind extends keyof Listeners>(kind: Kind, listener: Listeners[Kind]): void {
  listeners[kind].push(listener)
}

export function takeState(state: ConsoleState): void {
  live.state = state
  live.stateAt = Date.now()
  for (const listener of listeners.state) listener(state)
}

export function listen(): void {
  const source = new EventSource('api/events')
  source.addEventListener('open', () => void catchUp())
  source.addEventListener('state', (event: MessageEvent<string>) =>
    takeState(JSON.parse(event.data) as ConsoleState),
  )
  source.addEventListener('exchange', (event: MessageEvent<string>) => {
    const line = JSON.parse(event.data) as ExchangeLine
    keep(line)
    for (const listener of listeners.exchange) listener(line)
  })
  source.addEventListener('error', () => {
    setConnection('reconnecting')
    if (source.readyState === EventSource.CLOSED) void comeAgain()
  })
}

/** The browser tries again by itself where nobody answers, but not where somebody refuses. */
async function comeAgain(): Promise<void> {
  try {
    await get<ConsoleState>('state')
  } catch (error) {
    if (error instanceof Refused) {
      setConnection('moved')
      return
    }
  }
  setTimeout(listen, pauseMilliseconds)
}

/** What was missed: after a restart of the simulator everything is another. */
async function catchUp(): Promise<void> {
  live.exchanges = new Map()
  try {
    const [state, lines] = await Promise.all([get<ConsoleState>('state'), get<ExchangeLine[]>('exchanges')])
    const early = [...live.exchanges.values()]
    live.exchanges = new Map()
    for (const line of [...lines, ...early]) keep(line)
    takeState(state)
    for (const listener of listeners.reload) listener()
    setConnection('live')
  } catch {
    setConnection('reconnecting')
  }
}

function keep(line: ExchangeLine): void {
  live.exchanges.set(line.number, line)
  if (live.exchanges.size <= kept) return
  const [oldest] = live.exchanges.keys()
  live.exchanges.delete(oldest!)
}

function setConnection(connection: Live['connection']): void {
  live.connection = connection
  for (const listener of listeners.connection) listener(connection)
}
