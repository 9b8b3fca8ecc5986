/** Measuring contenders in turns. */

/** What is compared, by name. */
export type Contenders = Record<string, () => unknown>

/** One run: milliseconds by the clock, and of processor in all threads of this process. */
export interface Run {
  clock: number
  processor: number
}

/**
 * Every run of every contender; round by round they run one after the other, each time another one first, and every other
 * round backwards: nobody always follows the one who leaves the caches cold.
 */
export async function turns(contenders: Contenders, rounds: number): Promise<Record<string, Run[]>> {
  const times = Object.fromEntries(Object.keys(contenders).map((name): [string, Run[]] => [name, []]))
  const order = Object.entries(contenders)
  // the first rounds only warm up
  const warm = Math.ceil(rounds / 10)
  for (let round = -warm; round < rounds; round++)
    for (let turn = 0; turn < order.length; turn++) {
      const place = round % 2 === 0 ? turn : order.length - turn
      const [name, run] = order[(round + warm + place) % order.length]!
      const used = process.cpuUsage()
      const start = performance.now()
      await run()
      const clock = performance.now() - start
      const { user, system } = process.cpuUsage(used)
      if (round >= 0) times[name]!.push({ clock, processor: (user + system) / 1000 })
    }
  return times
}

export const median = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[times.length >> 1]!
