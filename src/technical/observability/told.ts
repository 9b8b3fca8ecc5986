/** Telling of something that a session does beside its calls. */
import { monotonicOf, roundedMilliseconds, type Runtime } from '../environment/runtime.js'
import type { SessionListener } from './events.js'
import { reasonOf } from './watch.js'

/** When something began, how long it took and, if it failed, why. */
export interface Timing {
  at: number
  milliseconds: number
  code?: string
}

/**
 * Runs `work` and emits the event that `describe` makes of it; `result` is undefined when it failed.
 */
export async function told<T>(
  session: { readonly runtime: Runtime; readonly emit: SessionListener },
  work: () => Promise<T>,
  describe: (timing: Timing, result?: T) => Parameters<SessionListener>[0],
): Promise<T> {
  const at = monotonicOf(session.runtime)
  const timing = (): Timing => ({ at, milliseconds: roundedMilliseconds(monotonicOf(session.runtime) - at) })
  try {
    const result = await work()
    session.emit(describe(timing(), result))
    return result
  } catch (error) {
    session.emit(describe({ ...timing(), code: reasonOf(error).code }))
    throw error
  }
}
