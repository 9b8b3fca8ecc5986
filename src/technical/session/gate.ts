/** A limit on what is done at the same time: a thousand sessions whose tokens end together ask the STS a few at a time. */
import { closedError } from './closed.js'

/** Lets so many through at once; the others wait in the order in which they came. */
export interface Gate {
  /**
   * Runs `action` when there is room. Whoever is closed while waiting leaves the queue.
   *
   * @throws EHealthError `configuration.closed` when the signal aborts before the turn comes
   */
  run<T>(action: () => Promise<T>, signal: AbortSignal): Promise<T>
  readonly running: number
  readonly waiting: number
}

/** No limit: for a session on its own. */
export const openGate: Pick<Gate, 'run'> = { run: (action) => action() }

export function createGate(limit: number): Gate {
  let running = 0
  // a Set keeps the order and forgets one in the middle at no cost
  const queue = new Set<() => void>()
  const enter = (signal: AbortSignal): Promise<void> | undefined => {
    if (running < limit && queue.size === 0) {
      running += 1
      return undefined
    }
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        queue.delete(next)
        reject(closedError())
      }
      const next = (): void => {
        queue.delete(next)
        signal.removeEventListener('abort', leave)
        resolve()
      }
      signal.addEventListener('abort', leave, { once: true })
      queue.add(next)
    })
  }
  return {
    run: async (action, signal) => {
      if (signal.aborted) throw closedError()
      // the place passes from the one that leaves to the first that waits
      await enter(signal)
      try {
        return await action()
      } finally {
        const [first] = queue
        if (first === undefined) running -= 1
        else first()
      }
    },
    get running() {
      return running
    },
    get waiting() {
      return queue.size
    },
  }
}
