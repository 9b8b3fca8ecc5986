/** Who asks MemberData in the tests: one simulator, connections as they are needed. */
import { connect, type Connection, type ConnectOptions } from '../../../src/connect.js'
import { isEHealthError, type EHealthError } from '../../../src/errors.js'
import { hospital, professionOf, type physician } from '../../../src/professions/index.js'
import type { BusinessServiceName } from '../../../src/professions/services.js'
import {
  startSimulator,
  type AnyPersonaName,
  type Simulator,
  type SimulatorOptions,
} from '../../../src/simulator/index.js'

export const licence = { username: 'synthetic-licence', password: 'synthetic-password' }

/** A Tuesday at noon: what insurers say of the first of a month is far from it. */
export const noon = new Date('2026-03-10T11:00:00Z')

export interface Asker {
  readonly simulator: Simulator
  readonly me: Connection<'memberData'>
  readonly ward: Connection<'memberData'>
  open(
    name: AnyPersonaName,
    more?: Partial<ConnectOptions<BusinessServiceName>>,
  ): Promise<Connection<'memberData'>>
  close(): Promise<void>
}

export async function openAsker(options: SimulatorOptions = {}): Promise<Asker> {
  const simulator = await startSimulator({ clock: { now: () => noon }, ...options })
  const opened: { close(): Promise<void> }[] = []
  const open: Asker['open'] = async (name, more = {}) => {
    const { profession, numbers, keystore, password } = await simulator.persona(name)
    const connection = await connect({
      environment: simulator.environment,
      runtime: simulator.runtime,
      keystore: { bytes: keystore, password },
      as: professionOf(profession, numbers) as ReturnType<typeof physician>,
      mycarenet: { licence, package: 'sample' },
      ...more,
    } as ConnectOptions<'memberData'>)
    opened.push(connection)
    return connection
  }
  return {
    simulator,
    open,
    me: await open('physician'),
    ward: await open('hospital', { as: hospital({ nihii: simulator.personas.hospital.nihii }) }),
    close: async () => {
      await Promise.all(opened.map((one) => one.close()))
      await simulator.close()
    },
  }
}

/** The refusal that a work ends with. */
export async function refusalOf(work: Promise<unknown>): Promise<EHealthError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (isEHealthError(error)) return error
  throw new Error('was not refused by an error of the library', { cause: error })
}
