/** The clock of the simulator, as it ticks between two words of the server. */
import { live } from './live.js'

/** Milliseconds since 1970, by the simulator's clock. */
export function simulatedNow(): number {
  if (live.state === undefined) return Date.now()
  const { now, held } = live.state.clock
  return Date.parse(now) + (held ? 0 : Date.now() - live.stateAt)
}
