/**
 * Spans and trace context of OpenTelemetry. `@opentelemetry/api` is an optional peer dependency: only
 * {@link openTelemetry} loads it.
 *
 * @module
 */
import type * as api from '@opentelemetry/api'
import type { Context, Span, TimeInput, TracerProvider } from '@opentelemetry/api'

import { EHealthError } from '../../errors.js'
import type { SessionEvent, WireEvent } from './events.js'
import { callAttributes, operationAttributes, reasonAttributes } from './spanAttributes.js'
import type { Tracing } from './tracing.js'

export type { Tracing } from './tracing.js'

/** Options of {@link openTelemetry}. */
export interface OpenTelemetryOptions {
  /** Where spans go; the globally registered provider when omitted. */
  tracerProvider?: TracerProvider
}

type Api = typeof api

/**
 * Traces calls with OpenTelemetry: a client span per call with a child per phase, spans for token, look-ups and seals,
 * and the trace context in the headers of every request.
 *
 * Spans are made from events alone, so they hold what events hold: no payloads, no numbers of persons, no secrets.
 *
 * @throws EHealthError `configuration.unsupported` where `@opentelemetry/api` is not installed
 *
 * @example
 * ```ts
 * import { connect } from 'ehealth-connectors'
 * import { openTelemetry } from 'ehealth-connectors/opentelemetry'
 * import { physician } from 'ehealth-connectors/professions'
 *
 * await using me = await connect({
 *   environment: 'acceptance',
 *   keystore: { file: 'physician.acc-p12', password },
 *   as: physician({ ssin, nihii }),
 *   tracing: await openTelemetry(),
 * })
 * ```
 */
export async function openTelemetry(options: OpenTelemetryOptions = {}): Promise<Tracing> {
  const api = await loadApi()
  const tracer = (options.tracerProvider ?? api.trace).getTracer('ehealth-connectors')
  const open = new Map<string, OpenCall>()

  const begin = (event: CallOf<'call'>): void => {
    const wall = wallClock()
    const parent = api.context.active()
    const span = tracer.startSpan(
      `${event.service}/${event.operation}`,
      { kind: api.SpanKind.CLIENT, startTime: wall, attributes: callAttributes(event) },
      parent,
    )
    open.set(event.callId, { span, own: api.trace.setSpan(parent, span), wall, at: event.at })
  }
  const child = (call: OpenCall, event: CallOf<'phase'>): void => {
    const start = call.wall + (event.at - call.at)
    const span = tracer.startSpan(event.phase, { startTime: start }, call.own)
    if (event.failed === true) span.setStatus({ code: api.SpanStatusCode.ERROR })
    span.end(start + event.milliseconds)
  }
  const finish = (call: OpenCall, event: CallOf<'call'> & { state: 'ended' }): void => {
    const { span, wall } = call
    open.delete(event.callId)
    span.setAttributes({ 'ehealth.attempts': event.attempt })
    fail(api, span, event)
    span.end(wall + event.milliseconds)
  }
  /** What lasted beside calls: a span of its own where the caller is. */
  const lasted = (event: SessionEvent & { milliseconds: number }): void => {
    const end = wallClock()
    const span = tracer.startSpan(
      `ehealth ${event.type}`,
      { startTime: end - event.milliseconds, attributes: operationAttributes(event) },
      api.context.active(),
    )
    if ('code' in event) fail(api, span, event)
    span.end(end)
  }

  return {
    on: (event) => {
      if (!('callId' in event)) {
        if ('milliseconds' in event) lasted(event)
        return
      }
      if (event.type === 'call' && event.state === 'begun') return begin(event)
      const call = open.get(event.callId)
      if (call === undefined) return
      if (event.type === 'call') return finish(call, event)
      if (event.type === 'phase') return child(call, event)
      describe(call.span, event, call.wall + (event.at - call.at))
    },
    traceContext: (callId) => {
      const { span } = open.get(callId) ?? {}
      const context = span?.spanContext()
      if (context === undefined || !api.isSpanContextValid(context)) return undefined
      const tracestate = context.traceState?.serialize() ?? ''
      const flags = (context.traceFlags & api.TraceFlags.SAMPLED).toString(16).padStart(2, '0')
      return {
        traceparent: `00-${context.traceId}-${context.spanId}-${flags}`,
        ...(tracestate === '' ? {} : { tracestate }),
      }
    },
    run: (callId, work) => {
      const call = open.get(callId)
      return call === undefined ? work() : api.context.with(call.own, work)
    },
  }
}

interface OpenCall {
  span: Span
  /** The context in which the span is the active one. */
  own: Context
  /** Wall clock and monotonic clock when the call began. */
  wall: number
  at: number
}

type CallOf<Type extends WireEvent['type']> = Extract<WireEvent, { type: Type }>

/** Epoch milliseconds with their fractions: spans of a call must not all begin in the same millisecond. */
const wallClock = (): number => performance.timeOrigin + performance.now()

/** What happens on the way: attributes of the exchange, and events where something went wrong. */
function describe(span: Span, event: Exclude<WireEvent, CallOf<'call' | 'phase'>>, at: TimeInput): void {
  switch (event.type) {
    case 'request':
    case 'response':
      span.setAttributes(operationAttributes(event))
      return
    case 'clock':
      span.addEvent('ehealth clock', { 'ehealth.clock.skew': event.skew }, at)
      return
    default:
      span.addEvent(`ehealth ${event.type}`, reasonAttributes(event), at)
  }
}

function fail(api: Api, span: Span, event: { code?: string; platformCode?: string; ticket?: string }): void {
  if (event.code === undefined) return
  span.setAttributes(reasonAttributes(event))
  span.setStatus({ code: api.SpanStatusCode.ERROR, message: event.code })
}

async function loadApi(): Promise<Api> {
  try {
    return await import('@opentelemetry/api')
  } catch (cause) {
    throw new EHealthError('configuration.unsupported', 'the package @opentelemetry/api is not there', {
      path: 'tracing',
      hint: 'npm install @opentelemetry/api, and an SDK that takes the spans.',
      cause,
    })
  }
}
