/** Telling listeners what happens on the wire, without ever letting them disturb it. */
import { EHealthError } from '../../errors.js'
import type { EventListener, WireEvent } from './types.js'

/** A listener that passes events on to all of `listeners`; what they throw is ignored. */
export function emitTo(listeners: Iterable<EventListener>): EventListener {
  return (event) => {
    for (const listener of listeners) notify(listener, event)
  }
}

/** Calls a listener; an observer that fails must not fail the call. */
export function notify(listener: EventListener, event: WireEvent): void {
  try {
    listener(event)
  } catch {
    // nobody to tell
  }
}

/** The event of a call that ended badly: codes and ticket only, no texts. */
export function faultEvent(service: string, operation: string, error: unknown): WireEvent {
  const known = error instanceof EHealthError ? error : undefined
  const { code: platformCode, id: ticket } = known?.platform ?? {}
  return {
    type: 'fault',
    service,
    operation,
    code: known?.code ?? 'unexpected',
    ...(platformCode === undefined ? {} : { platformCode }),
    ...(ticket === undefined ? {} : { ticket }),
  }
}
