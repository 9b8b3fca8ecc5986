/** The people of the service tests: each connected to one simulator over HTTPS, with his own session. */
import { connect, type Connection } from '../../../src/connect.js'
import { hospital, nurse, physician } from '../../../src/professions/index.js'
import { startSimulator, type Simulator } from '../../../src/simulator/index.js'

export interface Cast {
  simulator: Simulator
  physician: Connection<'ehbox'>
  nurse: Connection<'ehbox'>
  hospital: Connection<'ehbox'>
  /** How to address the nurse and the hospital. */
  toNurse: { ssin: string; quality: 'NURSE' }
  toHospital: { nihii: string; quality: 'HOSPITAL' }
  close(): Promise<void>
}

export async function openCast(): Promise<Cast> {
  const simulator = await startSimulator()
  const { personas, environment, runtime } = simulator
  const as = { ssin: personas.physician.ssin, nihii: personas.physician.nihii }
  const common = { environment, runtime }
  const keystore = (name: keyof typeof personas) => ({
    bytes: personas[name].keystore,
    password: personas[name].password,
  })
  const cast = {
    physician: await connect({ ...common, keystore: keystore('physician'), as: physician(as) }),
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
    toNurse: { ssin: personas.nurse.ssin, quality: 'NURSE' },
    toHospital: { nihii: personas.hospital.nihii, quality: 'HOSPITAL' },
    close: async () => {
      await Promise.all(Object.values(cast).map((connection) => connection.close()))
      await simulator.close()
    },
  }
}
