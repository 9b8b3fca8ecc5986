/** A simulator and a care provider with a mailbox at the insurers, for the tests of GenericAsync and its users. */
import { connect, type Connection, type ConnectOptions } from '../../../src/connect.js'
import { physician } from '../../../src/professions/index.js'
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../src/simulator/index.js'

export const licence = { username: 'example-licence', password: 'example-secret' }

/** Half a minute and a bit: the insurers may be asked again. */
export const later = 31_000

type Services = 'genericAsync' | 'memberDataAsync' | 'registration'

export interface MailboxWorld {
  simulator: Simulator
  me: Connection<Services>
  /** Another connection of the same care provider. */
  open(options?: Partial<ConnectOptions<Services>>): Promise<Connection<Services>>
  close(): Promise<void>
}

export async function openMailboxWorld(options: SimulatorOptions = {}): Promise<MailboxWorld> {
  const simulator = await startSimulator(options)
  const { ssin, nihii, keystore, password } = simulator.personas.physician
  const opened: Connection<Services>[] = []
  const open: MailboxWorld['open'] = async (more) => {
    const connection = await connect({
      environment: simulator.environment,
      runtime: simulator.runtime,
      keystore: { bytes: keystore, password },
      as: physician({ ssin, nihii }),
      mycarenet: { licence },
      ...more,
    })
    opened.push(connection)
    return connection
  }
  return {
    simulator,
    me: await open(),
    open,
    close: async () => {
      await Promise.all(opened.map((connection) => connection.close()))
      await simulator.close()
    },
  }
}

/** What a question about a patient says of who asks. */
export const issuerOf = ({ simulator }: MailboxWorld): { issuer: string; now: Date } => ({
  issuer: simulator.personas.physician.nihii,
  now: simulator.clock.now(),
})
