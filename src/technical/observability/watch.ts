/** Watching one call: every event of it gets its call id, attempt and time here, and passes the allow-list. */
import { EHealthError } from '../../errors.js'
import { monotonicOf, roundedMilliseconds, type Runtime } from '../environment/runtime.js'
import type { CallFact, EventListener, Phase, WireEvent } from './events.js'
import { allowedOnly } from './fields.js'
import { nobody, notify } from './listeners.js'
import { checkedTraceContext, validTraceContext, type TraceContext } from './traceContext.js'
import type { Tracing } from './tracing.js'

/** What {@link watchCall} needs. */
export interface WatchOptions {
  service: string
  operation: string
  context: { runtime: Runtime; emit: EventListener; tracing?: Tracing }
  /** Given by the caller for this call. */
  traceContext?: TraceContext
}

/** One call under observation. */
export interface Watch {
  /** Tells listeners, with what joins the events of the call. A `retry` begins the next attempt. */
  readonly emit: (fact: CallFact) => void
  /** Runs `work` and tells how long it took, also when it fails. */
  readonly time: <T>(phase: Phase, work: () => T) => T
  /** Tells a phase that was measured elsewhere and ends now. */
  readonly ended: (phase: Phase, since: number, failed: boolean) => void
  /** Monotonic milliseconds. */
  readonly now: () => number
  /** `traceparent` and `tracestate`, where there are any. */
  readonly traceHeaders: () => Record<string, string>
}

/**
 * Runs a call and tells its beginning and its end.
 *
 * @throws EHealthError `configuration.invalid` for a trace context that is none; otherwise what `work` throws
 */
export async function watchCall<T>(options: WatchOptions, work: (watch: Watch) => Promise<T>): Promise<T> {
  const { service, operation, context } = options
  const { runtime, tracing } = context
  const given = options.traceContext === undefined ? undefined : checkedTraceContext(options.traceContext)
  const callId = runtime.uuid()
  const now = (): number => monotonicOf(runtime)
  const since = (start: number): number => roundedMilliseconds(now() - start)
  const unheard = context.emit === nobody && tracing?.on === undefined
  let attempt = 1
  const emit = (fact: CallFact): void => {
    if (fact.type === 'retry') attempt += 1
    if (unheard) return
    const event = allowedOnly({ at: now(), ...fact, service, operation, callId, attempt })
    notify(context.emit, event)
    notify((heard: WireEvent) => tracing?.on?.(heard), event)
  }
  const ended = (phase: Phase, start: number, failed: boolean): void =>
    emit({ type: 'phase', phase, at: start, milliseconds: since(start), ...(failed ? { failed } : {}) })
  const watch: Watch = {
    emit,
    now,
    ended,
    time: (phase, measured) => timed(measured, now(), (start, failed) => ended(phase, start, failed)),
    traceHeaders: () => ({ ...(given ?? activeContext(tracing, callId)) }),
  }
  const begun = now()
  emit({ type: 'call', state: 'begun', at: begun })
  try {
    const result = await (tracing?.run === undefined ? work(watch) : tracing.run(callId, () => work(watch)))
    emit({ type: 'call', state: 'ended', milliseconds: since(begun) })
    return result
  } catch (error) {
    emit({ type: 'call', state: 'ended', milliseconds: since(begun), ...reasonOf(error) })
    throw error
  }
}

/** Why something ended badly: codes and ticket only, no texts. */
export function reasonOf(error: unknown): { code: string; platformCode?: string; ticket?: string } {
  if (!(error instanceof EHealthError)) return { code: 'unexpected' }
  const { code: platformCode, id: ticket } = error.platform ?? {}
  return {
    code: error.code,
    ...(platformCode === undefined ? {} : { platformCode }),
    ...(ticket === undefined ? {} : { ticket }),
  }
}

/** Calls `end` when `work` has come to its end, whether it is asynchronous or not. */
function timed<T>(work: () => T, start: number, end: (start: number, failed: boolean) => void): T {
  let result: T
  try {
    result = work()
  } catch (error) {
    end(start, true)
    throw error
  }
  if (!(result instanceof Promise)) {
    end(start, false)
    return result
  }
  return result.then(
    (value: unknown) => {
      end(start, false)
      return value
    },
    (error: unknown) => {
      end(start, true)
      throw error
    },
  ) as T
}

/** What is active around us must not break a call: a context that is none is left out. */
function activeContext(tracing: Tracing | undefined, callId: string): TraceContext | undefined {
  try {
    return validTraceContext(tracing?.traceContext?.(callId))
  } catch {
    return undefined
  }
}
