import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { consultationOperations } from '../../src/business/ehbox/contract.js'
import { EHealthError } from '../../src/errors.js'
import type { Connection } from '../../src/index.js'
import { startSimulator, type Simulator } from '../../src/simulator/index.js'
import { servicePaths } from '../../src/technical/environment/environment.js'
import { createTransport } from '../../src/technical/soap/transport.js'
import type { Transport } from '../../src/technical/soap/types.js'
import {
  connectAs,
  flipped,
  interceptor,
  outcomeOf,
  region,
  spread,
  type HeldRequest,
  type Interceptor,
} from './support.js'

let simulator: Simulator
let network: Interceptor
let wire: Transport
let physician: Connection<'ehbox'>
let nurse: Connection<'ehbox'>
const refusals: (string | undefined)[] = []

beforeAll(async () => {
  simulator = await startSimulator({ onRefusal: ({ reason }) => refusals.push(reason) })
  simulator.clock.set(new Date())
  network = interceptor(simulator)
  wire = createTransport({ trust: simulator.environment.trust.tls ?? [] })
  physician = await connectAs('physician', simulator, network)
  nurse = await connectAs('nurse', simulator, network)
})
afterAll(async () => {
  await Promise.all([physician.close(), nurse.close()])
  network.close()
  wire.close()
  await simulator.close()
})

const places = 60
const refused = /^SOA-(01001|0300\d)$/

/** Outcomes of the request with one bit turned at each offset that were no refusal. */
async function acceptedAt(request: HeldRequest, offsets: number[], mask: number): Promise<string[]> {
  const accepted: string[] = []
  for (const offset of offsets) {
    const body = flipped(request.body, offset, mask)
    const outcome = await outcomeOf(wire.post({ ...request, body }))
    if (!refused.test(outcome)) accepted.push(`${offset}: ${outcome}`)
  }
  return accepted
}

/**
 * Where every octet counts. Left out, since another octet there says the same or is nobody's business: the last group
 * of a signature's base64 (the bits that it does not use), the KeyInfo of the assertion's own signature (the STS is
 * pinned, what the message says about it is not looked at), and the identifiers that nothing refers to.
 */
const common: Record<string, (body: Uint8Array) => [number, number]> = {
  Body: (body) => region(body, '<S:Body', '</S:Body>'),
  Timestamp: (body) => region(body, '<wsu:Timestamp', '</wsu:Timestamp>'),
  SignedInfo: (body) => region(body, '<ds:SignedInfo', '</ds:SignedInfo>', { after: 'Id="SIG-' }),
  SignatureValue: (body) =>
    region(body, '<ds:SignatureValue>', '</ds:SignatureValue>', {
      after: 'Id="SIG-',
      inner: true,
      cut: 4,
    }),
}
const assertion: typeof common = {
  'assertion, statements': (body) => region(body, '<Assertion', '</AttributeStatement>'),
  'assertion, SignedInfo': (body) =>
    region(body, '<ds:SignedInfo', '</ds:SignedInfo>', { after: '</AttributeStatement>' }),
  'assertion, SignatureValue': (body) =>
    region(body, '<ds:SignatureValue>', '</ds:SignatureValue>', {
      after: '</AttributeStatement>',
      inner: true,
      cut: 4,
    }),
}
const token: typeof common = {
  BinarySecurityToken: (body) => region(body, '<wsse:BinarySecurityToken', '</wsse:BinarySecurityToken>'),
}

const requests: [string, typeof common, string, () => Promise<unknown>][] = [
  [
    'a read (SAML holder-of-key)',
    { ...common, ...assertion },
    servicePaths.ehboxConsultation,
    () => physician.ehbox.info(),
  ],
  [
    'a publication with an annex beside the envelope',
    { ...common, ...assertion },
    servicePaths.ehboxPublication,
    () => physician.ehbox.send(message()),
  ],
  [
    'a request for a token (X.509)',
    { ...common, ...token },
    servicePaths.sts,
    async () => {
      const fresh = await connectAs('physician', simulator, network)
      return fresh.technical.token().finally(() => fresh.close())
    },
  ],
]

const annex = 'An annex that travels beside the envelope.'
const message = () => ({
  to: [{ ssin: simulator.personas.nurse.ssin, quality: 'NURSE' }],
  title: 'Synthetic report',
  body: 'Dear colleague',
  annexes: [{ title: 'Annex', fileName: 'annex.txt', mimeType: 'text/plain', content: annex }],
})

describe.each(requests)('%s', (_, regions, path, work) => {
  let request: HeldRequest
  beforeAll(async () => {
    await physician.technical.token()
    request = await network.hold(path, work)
  })

  it.each(Object.keys(regions))('is refused with one bit turned anywhere in %s', async (name) => {
    const offsets = spread(regions[name]!(request.body), places)
    expect(new Set(offsets).size).toBeGreaterThanOrEqual(40)
    for (const mask of [0x01, 0x20]) expect(await acceptedAt(request, offsets, mask)).toEqual([])
  })

  it('was refused for the signature at most places, not for a slip of these tests', () => {
    const reasons = refusals.filter((reason) => reason?.startsWith('signature.'))
    expect(reasons.length).toBeGreaterThan(refusals.length / 2)
    expect(refusals).toContain('signature.digest')
  })

  it('is accepted as it was, once', async () => {
    refusals.length = 0
    expect(await outcomeOf(wire.post(request))).toBe('200')
    expect(await outcomeOf(wire.post(request))).toBe('SOA-01001')
    expect(await outcomeOf(wire.post({ ...request, headers: { ...request.headers, Pragma: 'again' } }))).toBe(
      'SOA-01001',
    )
    expect(refusals).toEqual(['signature.timestamp', 'signature.timestamp'])
  })
})

describe('what stands beside the envelope', () => {
  it('is protected by the digest in it: one bit of an annex gives 816', async () => {
    const before = (await nurse.ehbox.info()).currentSize
    for (const at of [0, 1, 20, annex.length - 1]) {
      const request = await network.hold(servicePaths.ehboxPublication, () => physician.ehbox.send(message()))
      const offset = Buffer.from(request.body).indexOf(annex) + at
      const { body } = await wire.post({ ...request, body: flipped(request.body, offset) })
      expect(Buffer.from(body).toString()).toContain('<Code>816</Code>')
    }
    expect((await nurse.ehbox.info()).currentSize).toBe(before)
  })
})

describe('sealed content', () => {
  it('is refused by its reader with one bit turned anywhere', async () => {
    await physician.ehbox.send({ ...message(), encrypt: true })
    let id = ''
    for await (const listed of nurse.ehbox.messages()) {
      id = listed.id
      break
    }
    const { value } = await nurse.session.call(consultationOperations.getFullMessage, {
      Source: 'INBOX',
      MessageId: id,
    })
    const sealed = value.Message!.ContentContext.Content.Document.EncryptableTextContent!
    const { content } = await nurse.technical.unseal(sealed)
    expect(Buffer.from(content).toString()).toBe('Dear colleague')
    const accepted: number[] = []
    // The root certificate in the message proves nothing and is not used.
    const root = Buffer.from(sealed).indexOf(rootOf(simulator))
    for (const offset of spread([0, sealed.length], 250)) {
      if (root >= 0 && offset >= root && offset < root + rootOf(simulator).length) continue
      const outcome = await nurse.technical.unseal(flipped(sealed, offset)).catch((error: unknown) => error)
      if (!(outcome instanceof EHealthError && outcome.code.startsWith('unseal.'))) accepted.push(offset)
    }
    expect(accepted).toEqual([])
  })
})

const rootOf = ({ environment }: Simulator): Buffer =>
  Buffer.from(String(environment.trust.signers![0]).replace(/-----.*-----|\s/g, ''), 'base64')
