/** The same questions asked by the official connector and by this one: they say the same, and get the same answer. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { addressBookOperations } from '../../src/business/addressBook/contract.js'
import { connect, type Connection } from '../../src/connect.js'
import { hospital } from '../../src/professions/index.js'
import { startSimulator, type Simulator } from '../../src/simulator/index.js'
import { createTransport, parseEnvelope, type HttpRequest } from '../../src/technical/soap/index.js'
import { read, type ElementDeclaration } from '../../src/technical/xml/index.js'
import { available, peerRequest } from '../support/peerRequests.js'

if (!available) console.warn('SKIPPED: peer requests need ../shared/vectors; nothing was compared')

let simulator: Simulator
let me: Connection<'addressBook'>
let sent: HttpRequest | undefined

beforeAll(async () => {
  if (!available) return
  simulator = await startSimulator()
  const { environment, runtime, personas } = simulator
  const transport = createTransport({ trust: environment.trust.tls ?? [] })
  me = await connect({
    environment,
    runtime,
    keystore: { bytes: personas.hospital.keystore, password: personas.hospital.password },
    as: hospital({ nihii: personas.hospital.nihii }),
    transport: {
      post: (request) => {
        sent = request
        return transport.post(request)
      },
      close: () => transport.close(),
    },
  })
})
afterAll(async () => {
  await me?.close()
  await simulator?.close()
})

/** What a strict reader gets from a request, without the identifier and the instant, which are new each time. */
function saying(root: Uint8Array | string, declaration: ElementDeclaration<unknown>): object {
  const value = read(declaration, parseEnvelope(root).payload, { strict: true }) as Record<string, unknown>
  const { Id, IssueInstant, ...rest } = value
  expect(Id).toMatch(/^_[0-9a-f-]{36}$/)
  expect(IssueInstant).toBeInstanceOf(Date)
  return rest
}

describe.runIf(available)('a question of the official connector', () => {
  it.each<
    [string, keyof typeof addressBookOperations, () => Promise<{ meta: { raw: { request: string } } }>]
  >([
    [
      '0037',
      'searchProfessionals',
      () => me.addressBook.pageOfProfessionals({ lastName: 'Voorbeeld*', profession: 'PHYSICIAN' }),
    ],
    [
      '0038',
      'searchOrganizations',
      () => me.addressBook.pageOfOrganisations({ name: 'Synthetic*', type: 'HOSPITAL' }),
    ],
    ['0039', 'getProfessionalContactInfo', () => me.addressBook.professional({ nihii: '19999024004' })],
    [
      '0040',
      'getOrganizationContactInfo',
      () => me.addressBook.organisation({ nihii: '99990172', type: 'HOSPITAL' }),
    ],
  ])('%s says the same as ours: %s', async (number, name, work) => {
    const declaration = addressBookOperations[name].request as ElementDeclaration<unknown>
    const { dump, message } = peerRequest(number)
    const { meta } = await work()
    expect(saying(meta.raw.request, declaration)).toEqual(saying(message.root, declaration))
    expect(sent!.headers['SOAPAction']).toBe(dump.headers['soapaction'])
    expect(new URL(sent!.url).pathname).toBe(dump.startLine.split(' ')[1])
  })
})
