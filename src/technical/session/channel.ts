/** The way of one session to the platform: transport, clock, events, recording. */
import type { Runtime } from '../environment/runtime.js'
import { createClockWatch } from '../soap/clockWatch.js'
import { createTransport } from '../soap/transport.js'
import type { EventListener, PipelineContext } from '../soap/types.js'
import type { SessionOptions } from './sessionOptions.js'

/** What calls go through. */
export interface Channel {
  readonly context: PipelineContext
  /** Closes what the session has made itself. */
  close(): void
}

/** What of the options of a session concerns the wire. */
type WireOptions = Pick<
  SessionOptions,
  | 'environment'
  | 'transport'
  | 'http'
  | 'recorder'
  | 'tracing'
  | 'userAgent'
  | 'from'
  | 'businessContinuity'
  | 'correctClock'
>

export function openChannel(
  options: WireOptions,
  { runtime, emit }: { runtime: Runtime; emit: EventListener },
): Channel {
  const { recorder, tracing, userAgent, from, businessContinuity: routes, correctClock = false } = options
  const { tls } = options.environment.trust
  const own =
    options.transport === undefined
      ? createTransport({ ...options.http, ...(tls === undefined ? {} : { trust: tls }) })
      : undefined
  const clock = createClockWatch(runtime, { correct: correctClock })
  return {
    context: {
      transport: options.transport ?? own!,
      runtime: clock.runtime,
      clock,
      emit,
      ...(recorder === undefined ? {} : { recorder }),
      ...(tracing === undefined ? {} : { tracing }),
      ...(userAgent === undefined ? {} : { userAgent }),
      ...(from === undefined ? {} : { from }),
      ...(routes === undefined ? {} : { routes }),
    },
    close: () => own?.close(),
  }
}
