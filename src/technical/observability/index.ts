/**
 * What the library tells of its work: events, logs, trace context. See docs/observability.md; spans of OpenTelemetry are
 * made by `ehealth-connectors/opentelemetry`.
 *
 * @module
 */
export type {
  ArchiveEvent,
  CallEvent,
  EtkEvent,
  EventListener,
  MailboxEvent,
  Phase,
  PhaseEvent,
  SealEvent,
  SessionEvent,
  SessionListener,
  TokenEvent,
  WireEvent,
} from './events.js'
export { allowedOnly, eventFields } from './fields.js'
export { emitTo } from './listeners.js'
export { logTo, type Logger, type LogLevel, type LogOptions } from './logger.js'
export { readTraceContext, type TraceContext } from './traceContext.js'
export type { Tracing } from './tracing.js'
