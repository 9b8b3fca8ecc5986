/** What the page wants of the clock. */
import type { SimulatorClock } from '../../simulator/index.js'
import { ConsoleRefusal } from './refusal.js'

/** Years that certificates and messages can name. */
const limits = { from: Date.UTC(1970, 0), until: Date.UTC(9999, 0) }

/**
 * Carries out a {@link ClockOrder} of the contract.
 *
 * @throws ConsoleRefusal 400
 */
export function moveClock(clock: SimulatorClock, order: Record<string, unknown>): void {
  switch (order['order']) {
    case 'hold':
      return clock.set(instantOf(order['at'], clock))
    case 'advance': {
      const { milliseconds } = order
      if (typeof milliseconds !== 'number') throw refused('milliseconds: expected a number')
      assertPossible(clock.now().getTime() + milliseconds)
      return clock.advance(milliseconds)
    }
    case 'release':
      return clock.release()
    default:
      throw refused('order: expected hold, advance or release')
  }
}

function instantOf(at: unknown, clock: SimulatorClock): Date {
  if (at === undefined) return clock.now()
  if (typeof at !== 'string' || !/^\d{4}-\d\d-\d\dT/.test(at)) throw refused('at: expected an instant')
  const instant = new Date(at)
  assertPossible(instant.getTime())
  return instant
}

function assertPossible(time: number): void {
  if (!(time >= limits.from && time < limits.until)) throw refused('the clock cannot show that')
}

const refused = (message: string): ConsoleRefusal => new ConsoleRefusal(400, 'console.clock', message)
