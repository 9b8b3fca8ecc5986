/** The clock of a simulator: runs with the machine, or is held still, or set ahead or back. */

/** Held by whoever started the simulator. */
export interface SimulatorClock {
  now(): Date
  /** Whether it stands still. */
  readonly held: boolean
  /** Milliseconds by which it is ahead of its source now; negative where it is behind. */
  readonly offset: number
  /** Stops the clock at this instant. */
  set(at: Date): void
  /** Moves the clock, whether it runs or stands. */
  advance(milliseconds: number): void
  /** Lets it run again with its source, without offset. */
  release(): void
}

/** A clock over `source`. */
export function createClock(source: () => Date): SimulatorClock {
  let held: number | undefined
  let offset = 0
  return {
    now: () => new Date(held ?? source().getTime() + offset),
    get held() {
      return held !== undefined
    },
    get offset() {
      return held === undefined ? offset : held - source().getTime()
    },
    set: (at) => {
      held = at.getTime()
    },
    advance: (milliseconds) => {
      if (held === undefined) offset += milliseconds
      else held += milliseconds
    },
    release: () => {
      held = undefined
      offset = 0
    },
  }
}
