/** The doors through which time and randomness come in, so that tests and the simulator can hold them still. */
import { randomBytes, randomUUID } from 'node:crypto'

/** The present instant. */
export type Clock = () => Date

/** Time and randomness of a session or of the simulator. */
export interface Runtime {
  now: Clock
  /** Random UUID version 4, lower case. */
  uuid(): string
  randomBytes(count: number): Uint8Array
}

/** The machine's own clock and random source. */
export const systemRuntime: Runtime = {
  now: () => new Date(),
  uuid: () => randomUUID(),
  randomBytes: (count) => randomBytes(count),
}
