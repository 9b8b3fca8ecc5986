/** Those who ask the registers of one simulator, over HTTPS. */
import { connect, type Connection, type ConnectOptions } from '../../../src/connect.js'
import { hospital, physician, type BusinessServiceName } from '../../../src/professions/index.js'
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../src/simulator/index.js'
import { createTransport } from '../../../src/technical/soap/transport.js'

type Services = 'rnConsult' | 'ssinHistory'
type Options = Partial<ConnectOptions<BusinessServiceName>>

export interface Registry {
  simulator: Simulator
  physician(options?: Options): Promise<Connection<Services>>
  hospital(options?: Options): Promise<Connection<Services>>
  /** A physician whose answers pass through `change` on their way. */
  through(change: (xml: string) => string, options?: Options): Promise<Connection<Services>>
  close(): Promise<void>
}

export async function openRegistry(options: SimulatorOptions = {}): Promise<Registry> {
  const simulator = await startSimulator(options)
  const { environment, runtime, personas } = simulator
  const opened: Connection<Services>[] = []
  const open = async (
    { keystore, password }: { keystore: Uint8Array; password: string },
    as: ConnectOptions<BusinessServiceName>['as'],
    options: Options,
  ): Promise<Connection<Services>> => {
    const me = await connect({
      environment,
      runtime,
      keystore: { bytes: keystore, password },
      as,
      ...options,
    })
    opened.push(me)
    return me
  }
  const doctor = (options: Options = {}): Promise<Connection<Services>> =>
    open(
      personas.physician,
      physician({ ssin: personas.physician.ssin, nihii: personas.physician.nihii }),
      options,
    )
  return {
    simulator,
    physician: doctor,
    hospital: (options = {}) =>
      open(personas.hospital, hospital({ nihii: personas.hospital.nihii }), options),
    through: (change, options = {}) => {
      const transport = createTransport({ trust: environment.trust.tls ?? [] })
      return doctor({
        ...options,
        transport: {
          post: async (request) => {
            const answer = await transport.post(request)
            if (!/PersonService|SsinHistory/i.test(request.url)) return answer
            return { ...answer, body: Buffer.from(change(Buffer.from(answer.body).toString('utf8'))) }
          },
          close: () => transport.close(),
        },
      })
    },
    close: async () => {
      await Promise.all(opened.map((me) => me.close()))
      await simulator.close()
    },
  }
}
