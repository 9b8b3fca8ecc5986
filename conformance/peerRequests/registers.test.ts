/** The same questions asked by the official connector and by this one: they say the same. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { personOperations } from '../../src/business/rnConsult/contract.js'
import { ssinHistoryOperations } from '../../src/business/ssinHistory/contract.js'
import { connect, type Connection } from '../../src/connect.js'
import { physician } from '../../src/professions/index.js'
import { startSimulator, type Simulator } from '../../src/simulator/index.js'
import { createTransport, parseEnvelope, type HttpRequest } from '../../src/technical/soap/index.js'
import { descendants, read, textOf, type ElementDeclaration } from '../../src/technical/xml/index.js'
import { available, peerRequest } from '../support/peerRequests.js'

if (!available) console.warn('SKIPPED: peer requests need ../shared/vectors; nothing was compared')

let simulator: Simulator
let me: Connection<'rnConsult' | 'ssinHistory'>
let sent: HttpRequest | undefined

beforeAll(async () => {
  if (!available) return
  simulator = await startSimulator({ people: { count: 50 } })
  const { environment, runtime, personas } = simulator
  const transport = createTransport({ trust: environment.trust.tls ?? [] })
  const { ssin, nihii, keystore, password } = personas.physician
  me = await connect({
    environment,
    runtime,
    keystore: { bytes: keystore, password },
    as: physician({ ssin, nihii }),
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

/** The number in the recorded questions: one that somebody may have, so it stands in the recording only. */
function recordedSsin(): string {
  const { payload } = parseEnvelope(peerRequest('0035').message.root)
  return textOf([...descendants(payload)].find(({ local }) => local === 'Ssin')!)
}

type Work = () => Promise<{ meta: { raw: { request: string } } }>

describe.runIf(available)('a question of the official connector', () => {
  it.each<[string, { request: unknown }, Work]>([
    ['0032', personOperations.searchPersonBySsin, () => me.rnConsult.searchBySsin({ ssin: recordedSsin() })],
    [
      '0033',
      personOperations.searchPersonPhonetically,
      () =>
        me.rnConsult.searchPhonetically({
          lastName: 'Voorbeeld',
          givenNames: 'Ada',
          birthDate: '1990-00-00',
          variation: 2,
          gender: 'F',
          maximumResults: 20,
        }),
    ],
    [
      '0035',
      ssinHistoryOperations.consultCurrentSsin,
      () => me.ssinHistory.current({ ssin: recordedSsin() }),
    ],
    [
      '0036',
      ssinHistoryOperations.consultRelatedSsins,
      () => me.ssinHistory.related({ ssin: recordedSsin() }),
    ],
  ])('%s says the same as ours', async (number, operation, work) => {
    const declaration = operation.request as ElementDeclaration<unknown>
    const { dump, message } = peerRequest(number)
    const { meta } = await work()
    expect(saying(meta.raw.request, declaration)).toEqual(saying(message.root, declaration))
    expect(sent!.headers['SOAPAction']).toBe(dump.headers['soapaction'])
    expect(new URL(sent!.url).pathname).toBe(dump.startLine.split(' ')[1])
  })
})
