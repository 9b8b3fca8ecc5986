/** A hospital and a physician of one simulator. */
import { connect } from '../../../src/index.js'
import { hospital } from '../../../src/professions/index.js'
import type { Simulator } from '../../../src/simulator/index.js'
import { parseTrust } from '../../../src/technical/session/trust.js'

/** The hospital of the simulator, connected; both tell the same time. */
export function openHospital(simulator: Simulator, options: Partial<Parameters<typeof connect>[0]> = {}) {
  const { keystore, password, nihii } = simulator.personas.hospital
  return connect({
    environment: simulator.environment,
    runtime: simulator.runtime,
    keystore: { bytes: keystore, password },
    as: hospital({ nihii }),
    retry: { attempts: 1 },
    ...options,
  })
}

/** Trust of the environment with everything of today. */
export const trustOf = (simulator: Simulator) => parseTrust(simulator.environment.trust)
