/** Telling listeners what happens on the wire. */
import type { CallFact } from '../observability/events.js'
import { reasonOf } from '../observability/watch.js'

export { emitTo, notify } from '../observability/listeners.js'

/** The event of an attempt that ended badly: codes and ticket only, no texts. */
export function faultEvent(service: string, operation: string, error: unknown): CallFact {
  return { type: 'fault', service, operation, ...reasonOf(error) }
}
