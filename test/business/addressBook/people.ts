/** Somebody who looks into the address book of one simulator, over HTTPS. */
import { connect, type Connection, type ConnectOptions } from '../../../src/connect.js'
import { EHealthError } from '../../../src/errors.js'
import { physician } from '../../../src/professions/index.js'
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../src/simulator/index.js'
import { createTransport } from '../../../src/technical/soap/transport.js'
import type { HttpResponse } from '../../../src/technical/soap/types.js'

type Services = 'ehbox' | 'eh2ebox' | 'addressBook'

export interface Reader {
  simulator: Simulator
  me: Connection<Services>
  close(): Promise<void>
}

export async function openReader(options: SimulatorOptions = {}): Promise<Reader> {
  const simulator = await startSimulator(options)
  const me = await connectTo(simulator)
  return {
    simulator,
    me,
    close: async () => {
      await me.close()
      await simulator.close()
    },
  }
}

export async function connectTo(
  simulator: Simulator,
  options: Partial<ConnectOptions<Services>> = {},
): Promise<Connection<Services>> {
  const { ssin, nihii, keystore, password } = simulator.personas.physician
  return connect({
    environment: simulator.environment,
    runtime: simulator.runtime,
    keystore: { bytes: keystore, password },
    as: physician({ ssin, nihii }),
    ...options,
  })
}

/** A connection whose answers of one service pass through `change` on their way. */
export async function connectThrough(
  simulator: Simulator,
  change: (answer: HttpResponse) => HttpResponse,
  path = '/AddressBook/v1',
): Promise<Connection<Services>> {
  const transport = createTransport({ trust: simulator.environment.trust.tls ?? [] })
  return connectTo(simulator, {
    transport: {
      post: async (request) => {
        const answer = await transport.post(request)
        return request.url.endsWith(path) ? change(answer) : answer
      },
      close: () => transport.close(),
    },
  })
}

/** Changes the text of an answer. */
export const rewritten =
  (change: (xml: string) => string) =>
  (answer: HttpResponse): HttpResponse => ({
    ...answer,
    body: Buffer.from(change(Buffer.from(answer.body).toString('utf8'))),
  })

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}

/** What a promise is refused with. */
export async function refusalOf(promise: Promise<unknown>): Promise<EHealthError> {
  const error: unknown = await promise.then(
    () => new Error('nothing was refused'),
    (reason: unknown) => reason,
  )
  if (error instanceof EHealthError) return error
  throw error
}
