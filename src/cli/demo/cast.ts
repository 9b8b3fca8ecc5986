/** Who acts in the demonstration: one connection per persona of the simulator. */
import { connect, type Connection } from '../../connect.js'
import { EHealthError } from '../../errors.js'
import { hospital, nurse, physician, type Profession } from '../../professions/index.js'
import type { Persona, Simulator } from '../../simulator/index.js'
import { english } from '../language/index.js'

/** The connections of a demonstration. */
export interface Cast {
  physician: Connection
  nurse: Connection
  hospital: Connection
  /** @throws EHealthError `recording.failed` when the recording has a hole */
  assertRecorded(): void
  close(): Promise<void>
}

/** Connects the three personas; nothing is called yet. */
export async function connectCast(simulator: Simulator, record: string | undefined): Promise<Cast> {
  const { personas, environment } = simulator
  let holes = 0
  const open = ({ keystore, password }: Persona, as: Profession): Promise<Connection> =>
    connect({
      environment,
      keystore: { bytes: keystore, password },
      as,
      on: ({ type }) => {
        if (type === 'recording') holes += 1
      },
      ...(record === undefined ? {} : { record }),
    })
  const cast = {
    physician: await open(
      personas.physician,
      physician({ ssin: personas.physician.ssin, nihii: personas.physician.nihii }),
    ),
    nurse: await open(personas.nurse, nurse({ ssin: personas.nurse.ssin, nihii: personas.nurse.nihii })),
    hospital: await open(personas.hospital, hospital({ nihii: personas.hospital.nihii })),
  }
  return {
    ...cast,
    assertRecorded: () => {
      if (holes > 0)
        throw new EHealthError('recording.failed', english`${holes} exchanges are missing in the recording`)
    },
    close: async () => {
      await Promise.all(Object.values(cast).map((connection) => connection.close()))
    },
  }
}
