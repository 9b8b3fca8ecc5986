import type { SessionEvent } from './events.js'
import type { TraceContext } from './traceContext.js'

/**
 * Gives calls a place in a trace: `openTelemetry()` of `ehealth-connectors/opentelemetry`, or one of your own.
 * What it throws is ignored, except from `run`.
 */
export interface Tracing {
  /**
   * The context to send with the call, asked for at every attempt, in the asynchronous context of the caller. Undefined,
   * or one that is not valid: no header is sent.
   */
  traceContext?(callId: string): TraceContext | undefined
  /** Receives every event; `begun` of a call comes before anything else that belongs to it. */
  on?(event: SessionEvent): void
  /** Runs a call, so that what happens inside of it knows where it belongs. Calls `work` once and gives its result. */
  run?<T>(callId: string, work: () => T): T
}
