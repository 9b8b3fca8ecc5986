/** Telling listeners what happens, without ever letting them disturb it. */
import type { SessionEvent } from './events.js'

/** Hears nothing: where nobody listens, no event is made. */
export const nobody = (): void => undefined

/** A listener that passes events on to all of `listeners`; what they throw is ignored. */
export function emitTo<Event extends SessionEvent>(
  listeners: Iterable<(event: Event) => void>,
): (event: Event) => void {
  return (event) => {
    for (const listener of listeners) notify(listener, event)
  }
}

/** Calls a listener; an observer that fails must not fail the call. */
export function notify<Event>(listener: ((event: Event) => void) | undefined, event: Event): void {
  try {
    const answer: unknown = listener?.(event)
    // an asynchronous listener would end the process by a rejection that nobody handles
    if (answer instanceof Promise) answer.catch(() => undefined)
  } catch {
    // nobody to tell
  }
}
