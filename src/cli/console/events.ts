/** Server-sent events: what happens while somebody watches. */
import type { ServerResponse } from 'node:http'

import type { ConsoleState, ExchangeLine } from './contract.js'
import type { ExchangeLog } from './exchanges.js'
import { ConsoleRefusal } from './refusal.js'
import { fixedPartOf } from './state.js'

/** Streams that are open at once. */
const mostStreams = 32
/** Octets that wait for a reader who is too slow; then he has to come again. */
const mostWaiting = 4 * 1024 * 1024
/** Milliseconds. */
const heartbeat = 15_000

/** The streams of a console. */
export interface EventStreams {
  /** Makes a stream of an answer whose headers are set. Lines after `seen` are told first. */
  open(response: ServerResponse, seen: number | undefined): void
  /** Tells the state where it has changed. */
  tellState(): void
  /** Ends all streams. */
  close(): void
}

export function createEventStreams(log: ExchangeLog, state: () => ConsoleState): EventStreams {
  const streams = new Set<ServerResponse>()
  let told = ''
  const write = (response: ServerResponse, text: string): void => {
    if (response.writableLength <= mostWaiting) {
      response.write(text)
      return
    }
    streams.delete(response)
    response.destroy()
  }
  const tell = (text: string): void => streams.forEach((response) => write(response, text))
  const tellState = (): void => {
    if (streams.size === 0) return
    const now = state()
    const fixed = fixedPartOf(now)
    if (fixed === told) return
    told = fixed
    tell(eventOf('state', now))
  }
  const unwatch = log.watch((line) => {
    if (streams.size === 0) return
    tell(eventOf('exchange', line))
    tellState()
  })
  const beat = setInterval(() => tell(':\n\n'), heartbeat)
  beat.unref()
  return {
    open: (response, seen) => {
      if (streams.size >= mostStreams)
        throw new ConsoleRefusal(503, 'console.streams', 'too many pages are open')
      response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' })
      response.on('close', () => streams.delete(response))
      streams.add(response)
      const now = state()
      told = fixedPartOf(now)
      write(response, eventOf('state', now))
      if (seen !== undefined)
        log.lines().forEach((line) => line.number > seen && write(response, eventOf('exchange', line)))
    },
    tellState,
    close: () => {
      unwatch()
      clearInterval(beat)
      streams.forEach((response) => response.end())
      streams.clear()
    },
  }
}

/** JSON has no line ends in it, so that one line holds it. The number of an exchange is where a reader goes on. */
function eventOf(...[name, content]: ['state', ConsoleState] | ['exchange', ExchangeLine]): string {
  const id = name === 'exchange' ? `id: ${content.number}\n` : ''
  return `event: ${name}\n${id}data: ${JSON.stringify(content)}\n\n`
}
