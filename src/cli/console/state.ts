/** What stands at the top of the page. */
import type { Simulator } from '../../simulator/index.js'
import type { ConsoleState } from './contract.js'
import { shownPlan } from './faultPlans.js'
import { troubles } from './troubles.js'

/** What is needed for the state. */
export interface StateSource {
  readonly simulator: Simulator
  /** Directory of the simulator, as it was given. */
  readonly dir: string
}

export function stateOf({ simulator, dir }: StateSource): ConsoleState {
  const { url, services, clock, faults } = simulator
  const now = clock.now()
  return {
    url,
    dir,
    personas: simulator.enrolled().map(({ name, displayName, profession, ssin, nihii, cbe }) => ({
      name,
      displayName,
      profession,
      ...(ssin === undefined ? {} : { ssin }),
      ...(nihii === undefined ? {} : { nihii }),
      ...(cbe === undefined ? {} : { cbe }),
    })),
    services: [...services],
    clock: { now: now.toISOString(), held: clock.held, offsetMilliseconds: clock.offset },
    faults: faults.plans().map(shownPlan),
    troubles: troubles.map(({ kind, title, plan }) => ({ kind, title, plan: { ...plan } })),
  }
}

/** The state without what time alone changes: two of them differ where something happened. */
export function fixedPartOf({ clock, ...rest }: ConsoleState): string {
  const { held, now, offsetMilliseconds } = clock
  return JSON.stringify({ ...rest, held, at: held ? now : offsetMilliseconds })
}
