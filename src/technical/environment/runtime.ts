/** The doors through which time and randomness come in, so that tests and the simulator can hold them still. */
import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'

/** The present instant. */
export type Clock = () => Date

/** Time and randomness of a session or of the simulator. */
export interface Runtime {
  now: Clock
  /** Random UUID version 4, lower case. */
  uuid(): string
  randomBytes(count: number): Uint8Array
  /**
   * Milliseconds that only ever grow, for durations: `now` may be set back while something is measured. The process's
   * own when omitted.
   */
  monotonic?(): number
  /** Waits; rejects when the signal aborts. With the machine's own timer when omitted. */
  sleep?(milliseconds: number, signal?: AbortSignal): Promise<void>
}

/** The machine's own clock and random source. */
export const systemRuntime: Runtime = {
  now: () => new Date(),
  uuid: () => randomUUID(),
  randomBytes: (count) => randomBytes(count),
  monotonic: () => performance.now(),
}

/** Monotonic milliseconds of a runtime, to a thousandth: what events carry. */
export function monotonicOf(runtime: Pick<Runtime, 'monotonic'>): number {
  return roundedMilliseconds(runtime.monotonic?.() ?? performance.now())
}

/** Milliseconds to a thousandth: more digits than that are noise. */
export const roundedMilliseconds = (milliseconds: number): number => Math.round(milliseconds * 1000) / 1000

/** Waits by the runtime. `idle`: a process that has nothing else to do may end meanwhile. */
export async function pause(
  runtime: Pick<Runtime, 'sleep'>,
  milliseconds: number,
  options: { signal?: AbortSignal | undefined; idle?: boolean } = {},
): Promise<void> {
  const { signal, idle = false } = options
  if (runtime.sleep !== undefined) return runtime.sleep(milliseconds, signal)
  await wait(milliseconds, undefined, { ref: !idle, ...(signal === undefined ? {} : { signal }) })
}
