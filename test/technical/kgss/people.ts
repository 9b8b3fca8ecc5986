/** What the tests of the KGSS share: people of one simulator, and a network in which somebody stands in between. */
import { octetsOf } from '../../../src/technical/soap/attachments/content.js'
import { connect, type Connection } from '../../../src/index.js'
import { hospital, nurse, physician } from '../../../src/professions/index.js'
import type { PersonaName, RegisteredActor, Simulator } from '../../../src/simulator/index.js'
import {
  createTransport,
  type HttpRequest,
  type HttpResponse,
  type Transport,
} from '../../../src/technical/soap/index.js'

type Options = Partial<Parameters<typeof connect<'ehbox'>>[0]>

/** A persona of the simulator, connected; both tell the same time. */
export function open(
  simulator: Simulator,
  name: PersonaName,
  options: Options = {},
): Promise<Connection<'ehbox'>> {
  const { keystore, password, ssin, nihii } = simulator.personas[name]
  const as = {
    physician: () => physician({ ssin: ssin!, nihii: nihii }),
    nurse: () => nurse({ ssin: ssin!, nihii: nihii }),
    hospital: () => hospital({ nihii: nihii }),
  }
  return connect({
    environment: simulator.environment,
    runtime: simulator.runtime,
    keystore: { bytes: keystore, password },
    as: as[name](),
    ...options,
  })
}

/** Number of the sender of the shared vectors. */
export const senderSsin = '90010199794'

/** His NIHII number; made up here. */
export const senderNihii = '19999024004'

/** The KGSS of the shared vectors has a synthetic number. */
export const vectorsKgss = { type: 'CBE', value: '0998990132', application: 'KGSS' }

/** The sender of the shared vectors, as the register of the simulator has him. */
export const sender: RegisteredActor = {
  name: 'sender',
  kind: 'person',
  displayName: 'SENDER',
  profession: 'physician',
  certificateType: 'SSIN',
  certificateValue: senderSsin,
  ssin: senderSsin,
  nihii: senderNihii,
  qualities: ['DOCTOR'],
  certified: {
    'urn:be:fgov:person:ssin:doctor:boolean': ['true'],
    'urn:be:fgov:person:ssin:ehealth:1.0:doctor:nihii11': [senderNihii],
  },
}

/** A network in which answers (and requests) of the KGSS can be changed, and every exchange is seen. */
export interface Wire extends Transport {
  /** Changes the text of the next requests to the KGSS. */
  request: ((text: string) => string) | undefined
  /** Changes the text of the next answers of the KGSS. */
  answer: ((text: string) => string | Promise<string>) | undefined
  /** Texts of the exchanges with the KGSS. */
  readonly seen: { request: string; answer: string }[]
}

export function createWire(simulator: Simulator): Wire {
  const inner = createTransport({ trust: simulator.environment.trust.tls ?? [] })
  const wire: Wire = {
    request: undefined,
    answer: undefined,
    seen: [],
    post: async (request: HttpRequest): Promise<HttpResponse> => {
      if (!request.url.endsWith('/Kgss/v1')) return inner.post(request)
      const asked = Buffer.from(await octetsOf(request.body)).toString()
      const sent = wire.request?.(asked) ?? asked
      const response = await inner.post({ ...request, body: Buffer.from(sent) })
      const answered = Buffer.from(response.body).toString()
      wire.seen.push({ request: sent, answer: answered })
      const text = wire.answer === undefined ? answered : await wire.answer(answered)
      return { ...response, body: Buffer.from(text) }
    },
    close: () => inner.close(),
  }
  return wire
}

const sealedContent = /(<\w+:SealedContent>)([^<]*)(<)/

/** The sealed message in an exchange. */
export const sealedIn = (text: string): Buffer => Buffer.from(sealedContent.exec(text)![2]!, 'base64')

/** The exchange with another sealed message. */
export const withSealed = (text: string, sealed: Uint8Array): string =>
  text.replace(sealedContent, `$1${Buffer.from(sealed).toString('base64')}$3`)
