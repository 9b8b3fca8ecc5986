/** The registration of a person as the official connector asks for it: served here, and the same as ours. */
import { readFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  RegisterPersonRequest,
  RegisterPersonResponse,
  registrationOperations,
} from '../../src/business/rnConsult/contract.js'
import { connect, type Connection } from '../../src/connect.js'
import { physician } from '../../src/professions/index.js'
import { startSimulator, type RefusedCall, type Simulator } from '../../src/simulator/index.js'
import { createTransport, parseEnvelope, type HttpRequest } from '../../src/technical/soap/index.js'
import { read } from '../../src/technical/xml/index.js'
import { available, peerRequest, vectors } from '../support/peerRequests.js'

if (!available) console.warn('SKIPPED: peer requests need ../shared/vectors; nothing was compared')

let simulator: Simulator
let me: Connection<'rnConsult'>
let sent: HttpRequest | undefined
const refused: RefusedCall[] = []

beforeAll(async () => {
  if (!available) return
  const file = (path: string): Buffer => readFileSync(vectors + path)
  const nihii = '19999024004'
  simulator = await startSimulator({
    http: true,
    trust: {
      signers: [file('etee/pki/root-ca.cer'), file('etee/pki/issuing-ca.cer')],
      sts: [file('wss/certs/sts.pem')],
    },
    register: {
      actors: [
        {
          name: 'sender',
          kind: 'person',
          displayName: 'SENDER ALPHA',
          profession: 'physician',
          certificateType: 'SSIN',
          certificateValue: '90010199794',
          ssin: '90010199794',
          nihii,
          qualities: ['DOCTOR'],
          certified: { 'urn:be:fgov:person:ssin:ehealth:1.0:doctor:nihii11': [nihii] },
        },
      ],
    },
    onRefusal: (one) => refused.push(one),
  })
  const { environment, runtime, personas } = simulator
  const { ssin, nihii: own, keystore, password } = personas.physician
  const transport = createTransport()
  me = await connect({
    environment,
    runtime,
    keystore: { bytes: keystore, password },
    as: physician({ ssin, nihii: own }),
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

/** What is said, without the identifier and the instant; the official connector writes days with a zone. */
function saying(root: Uint8Array | string): object {
  const { Id, IssueInstant, ...rest } = read(RegisterPersonRequest, parseEnvelope(root).payload, {
    strict: true,
  })
  expect(Id).toMatch(/^_[0-9a-f-]{36}$/)
  expect(IssueInstant).toBeInstanceOf(Date)
  return JSON.parse(JSON.stringify(rest).replace(/(\d{4}-\d\d-\d\d)Z/g, '$1')) as object
}

const person = {
  lastName: 'Exemple',
  givenNames: ['Testc'],
  nameSince: '2024-05-06',
  nationalities: [{ country: 111, since: '2024-05-06' }],
  birthDate: '1985-09-30',
  birthPlace: { country: 'FR', cityName: { text: 'Ville-Exemple', language: 'fr' } },
  gender: 'M',
  genderSince: '2024-05-06',
} as const

describe.runIf(available)('0034, a registration by the official connector', () => {
  it('is served: there is a new person with a number', async () => {
    const { dump } = peerRequest('0034')
    const { host: _, connection: __, 'content-length': ___, ...headers } = dump.headers
    const created = /<wsu:Created>([^<]+)</.exec(Buffer.from(dump.body).toString('latin1'))?.[1]
    simulator.clock.set(new Date(created!))
    const answer = await fetch(simulator.url + dump.startLine.split(' ')[1]!, {
      method: 'POST',
      headers,
      body: dump.body,
    })
    simulator.clock.release()
    expect(refused).toEqual([])
    expect(answer.status).toBe(200)
    const { payload } = parseEnvelope(await answer.text())
    const { Status, Result } = read(RegisterPersonResponse, payload, { strict: true })
    expect(Status.StatusCode.Value).toBe('urn:be:fgov:ehealth:2.0:status:Success')
    expect(Result?.NewlyRegisteredPerson).toMatchObject({ Register: 'BIS', Name: { LastName: 'EXEMPLE' } })
  })

  it('says the same as ours, which finds that person now', async () => {
    const { dump, message } = peerRequest('0034')
    const done = await me.rnConsult.register({ person, decision: 'searched-elsewhere' })
    expect(done.outcome).toBe('existing')
    expect(saying(done.meta.raw.request)).toEqual(saying(message.root))
    expect(sent!.headers['SOAPAction']).toBe(dump.headers['soapaction'])
    expect(new URL(sent!.url).pathname).toBe(dump.startLine.split(' ')[1])
    expect(registrationOperations.registerPerson.idempotent).toBe(false)
  })
})
