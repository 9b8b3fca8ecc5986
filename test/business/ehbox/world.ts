/** The people of the service tests: each connected to one simulator over HTTPS, with his own session. */
import { connect, type Connection } from '../../../src/connect.js'
import { hospital, nurse, physician } from '../../../src/professions/index.js'
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../src/simulator/index.js'
import type { SessionEvent } from '../../../src/technical/session/index.js'

export interface Cast {
  simulator: Simulator
  physician: Connection<'ehbox'>
  nurse: Connection<'ehbox'>
  hospital: Connection<'ehbox'>
  /** What the physician's session has told. */
  events: SessionEvent[]
  /** How to address the nurse and the hospital. */
  toNurse: { ssin: string; quality: 'NURSE' }
  toHospital: { nihii: string; quality: 'HOSPITAL' }
  close(): Promise<void>
}

export async function openCast(options: SimulatorOptions = {}): Promise<Cast> {
  const simulator = await startSimulator(options)
  const events: SessionEvent[] = []
  const { personas, environment, runtime } = simulator
  const as = { ssin: personas.physician.ssin, nihii: personas.physician.nihii }
  const common = { environment, runtime }
  const keystore = (name: keyof typeof personas) => ({
    bytes: personas[name].keystore,
    password: personas[name].password,
  })
  const cast = {
    physician: await connect({
      ...common,
      keystore: keystore('physician'),
      as: physician(as),
      on: (event) => events.push(event),
    }),
    nurse: await connect({
      ...common,
      keystore: keystore('nurse'),
      as: nurse({ ssin: personas.nurse.ssin, nihii: personas.nurse.nihii }),
    }),
    hospital: await connect({
      ...common,
      keystore: keystore('hospital'),
      as: hospital({ nihii: personas.hospital.nihii }),
    }),
  }
  return {
    simulator,
    ...cast,
    events,
    toNurse: { ssin: personas.nurse.ssin, quality: 'NURSE' },
    toHospital: { nihii: personas.hospital.nihii, quality: 'HOSPITAL' },
    close: async () => {
      await Promise.all(Object.values(cast).map((connection) => connection.close()))
      await simulator.close()
    },
  }
}
