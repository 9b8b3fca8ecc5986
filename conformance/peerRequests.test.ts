/** Requests of the official Java connector, exact octets, posted to the simulator (`../shared/vectors/peer-requests`). */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  startSimulator,
  type DepotToken,
  type RefusedCall,
  type RegisteredActor,
  type Simulator,
} from '../src/simulator/index.js'
import { systemRuntime } from '../src/technical/environment/runtime.js'
import { GetKeyResponseContent, GetNewKeyResponseContent } from '../src/technical/kgss/contract.js'
import { openDecryptionKeys } from '../src/technical/keystore/index.js'
import { Certificate } from '../src/technical/pki/certificate.js'
import { readRecipients, unseal, type UnsealOptions } from '../src/technical/seal/index.js'
import { readFault } from '../src/technical/soap/fault.js'
import { parseHttpDump } from '../src/technical/soap/httpDump.js'
import { samlStatusOf } from '../src/technical/sts/index.js'
import { verifyTimestampToken } from '../src/technical/timestampToken/index.js'
import { base64Binary, read } from '../src/technical/xml/index.js'
import { parseXml } from '../src/technical/xml/parse.js'
import { attribute, descendants, textOf, type XmlElement } from '../src/technical/xml/tree.js'
import { shared } from './support/shared.js'

const vectors = shared('vectors/')
const available = existsSync(vectors)
if (!available)
  console.warn('SKIPPED: peer requests need ../shared/vectors; no request of another peer was posted')

const file = (...path: string[]): Buffer => readFileSync(join(vectors, ...path))

/** Actors of `etee/README.md` and addressees of the recorded messages. */
const actors: RegisteredActor[] = [
  person('sender', '90010199794', 'DOCTOR', '19999024004', {
    'urn:be:fgov:person:ssin:doctor:boolean': ['true'],
    'urn:be:fgov:person:ssin:ehealth:1.0:doctor:nihii11': ['19999024004'],
  }),
  person('recipient-c', '90010199726', 'NURSE'),
  person('addressee', '90010199627', 'DOCTOR', '19999123004'),
  {
    name: 'recipient-a',
    kind: 'organisation',
    displayName: 'HOSPITAL ALPHA',
    profession: 'hospital',
    certificateType: 'NIHII-HOSPITAL',
    certificateValue: '99990172',
    nihii: '99990172',
    qualities: ['HOSPITAL'],
    certified: {
      'urn:be:fgov:ehealth:1.0:hospital:nihii-number:recognisedhospital:boolean': ['true'],
    },
  },
]

function person(
  name: string,
  ssin: string,
  quality: string,
  nihii?: string,
  certified: RegisteredActor['certified'] = {},
): RegisteredActor {
  return {
    name,
    kind: 'person',
    displayName: name.toUpperCase(),
    profession: name,
    certificateType: 'SSIN',
    certificateValue: ssin,
    ssin,
    ...(nihii === undefined ? {} : { nihii }),
    qualities: [quality],
    certified,
  }
}

const depot = (): DepotToken[] => {
  const etk = (name: string): Uint8Array => file('etee', 'etk', `${name}.etk`)
  return [
    { type: 'SSIN', value: '90010199794', etk: etk('sender') },
    { type: 'SSIN', value: '90010199726', etk: etk('recipient-c') },
    { type: 'NIHII-HOSPITAL', value: '99990172', etk: etk('recipient-a') },
    { type: 'CBE', value: '0999990123', application: 'APP-1', etk: etk('recipient-b') },
    { type: 'CBE', value: '0999990123', application: 'APP-2', etk: etk('recipient-b') },
    { type: 'CBE', value: '0809394427', application: 'KGSS', etk: etk('kgss') },
  ]
}

let simulator: Simulator
let refused: RefusedCall[] = []
/** Challenges and key identifiers that later requests refer to: the simulator draws them instead of random octets. */
let draws: Buffer[] = []

beforeAll(async () => {
  if (!available) return
  simulator = await startSimulator({
    http: true,
    runtime: {
      randomBytes: (count) => (count === 24 ? draws.shift() : undefined) ?? systemRuntime.randomBytes(count),
    },
    trust: {
      signers: [file('etee', 'pki', 'root-ca.cer'), file('etee', 'pki', 'issuing-ca.cer')],
      sts: [file('wss', 'certs', 'sts.pem')],
    },
    kgss: { keystore: file('etee', 'keystores', 'kgss.p12'), password: 'etee-alpha' },
    register: { actors, tokens: depot() },
    timestamps: { hospitals: { tsa_0999000129_01: { type: 'NIHII-HOSPITAL', value: '99990172' } } },
    onRefusal: (one) => refused.push(one),
  })
})
afterAll(() => simulator?.close())

/** Posts a recorded request with its own headers, the clock held at its Timestamp. */
async function post(folder: string, number: string): Promise<{ status: number; payload: XmlElement }> {
  const name = readdirSync(join(vectors, 'peer-requests', folder)).find(
    (entry) => entry.startsWith(`${number}-`) && entry.endsWith('-request.http'),
  )
  const { startLine, headers, body } = parseHttpDump(file('peer-requests', folder, name!))
  const created = /<wsu:Created>([^<]+)<\/wsu:Created>/.exec(Buffer.from(body).toString('latin1'))?.[1]
  simulator.clock.set(new Date(created ?? '2026-11-22T21:50:30Z'))
  refused = []
  const { host: _, connection: __, 'content-length': ___, ...rest } = headers
  const answer = await fetch(simulator.url + startLine.split(' ')[1]!, {
    method: 'POST',
    headers: rest,
    body,
  })
  const text = await answer.text()
  const envelope = /<S:Envelope.*<\/S:Envelope>/s.exec(text)?.[0]
  const elements = [...descendants(parseXml(envelope!).root)]
  const payload = elements[elements.findIndex(({ local }) => local === 'Body') + 1]!
  if (payload.local === 'Fault') expect([readFault(payload).messages, refused]).toBeUndefined()
  return { status: answer.status, payload }
}

/** Every element with its text. The recorded stub marks the text of its error as synthetic. */
const outline = (payload: XmlElement): string[] =>
  [...descendants(payload)].map((element) => {
    const isLeaf = [...descendants(element)].length === 1
    return `{${element.namespace}}${element.local}${isLeaf ? `=${textOf(element).replace(' (synthetic)', '')}` : ''}`
  })

const named = (payload: XmlElement, local: string): XmlElement[] =>
  [...descendants(payload)].filter((element) => element.local === local)

function recordedChallenge(number: string): Buffer {
  const folder = join(vectors, 'peer-requests', 'technical')
  const name = readdirSync(folder).find((e) => e.startsWith(`${number}-`) && e.endsWith('-request.http'))
  const text = readFileSync(join(folder, name!), 'latin1')
  return Buffer.from(/<wst:Challenge>([^<]+)</.exec(text)![1]!, 'base64')
}

const dumpOf = (number: string, kind: 'request' | 'response') => {
  const name = readdirSync(join(vectors, 'peer-requests', 'technical')).find(
    (entry) => entry.startsWith(`${number}-`) && entry.endsWith(`-${kind}.http`),
  )
  return parseXml(parseHttpDump(file('peer-requests', 'technical', name!)).body).root
}
const recordedAnswer = (number: string, local: string): XmlElement =>
  named(dumpOf(number, 'response'), local)[0]!
const requestId = (number: string): string =>
  attribute(named(dumpOf(number, 'request'), 'Request')[0]!, 'RequestID')!
const attributesIn = (payload: XmlElement): string[][] =>
  named(payload, 'Attribute').map((each) => [
    attribute(each, 'AttributeNamespace')!,
    attribute(each, 'AttributeName')!,
    ...named(each, 'AttributeValue').map(textOf),
  ])

describe.runIf(available)('requests of the official technical connector', () => {
  const values = (payload: XmlElement): string[] => named(payload, 'AttributeValue').map(textOf)
  const confirmations = (payload: XmlElement): string[] =>
    named(payload, 'ConfirmationMethod').map((method) => textOf(method).split(':').at(-1)!)

  it.each([
    ['0001', 'same key'],
    ['0003', 'same key, with its encryption token'],
    ['0004', 'two keys'],
    ['0005', 'always signed inside'],
    ['0006', 'before a renewal'],
    ['0007', 'renewal: a new request made from the old token'],
    ['0011', 'EC P-384 for both'],
    ['0033', 'of a session'],
  ])('%s: the STS of the SAML 1.1 profile issues a token (%s)', async (number) => {
    const { status, payload } = await post('technical', number)
    expect([status, payload.local]).toEqual([200, 'Response'])
    expect(samlStatusOf(payload)).toEqual({ success: true, codes: ['Success'] })
    expect(attribute(payload, 'InResponseTo')).toBe(requestId(number))
    expect(confirmations(payload)).toEqual(['holder-of-key'])
    // the recorded answer carries the same attributes in the same order, with the same values
    expect(attributesIn(payload)).toEqual(attributesIn(recordedAnswer(number, 'Response')))
    expect(values(payload)).not.toContain('')
  })

  it.each(['0009', '0010'])('%s: the STS issues a token for sender-vouches', async (number) => {
    const { status, payload } = await post('technical', number)
    expect([status, payload.local]).toEqual([200, 'Response'])
    expect(samlStatusOf(payload).success).toBe(true)
    expect(confirmations(payload)).toEqual(['sender-vouches'])
    expect(values(payload)).toEqual(['99990172', 'true'])
  })

  it('0008: the STS answers the number of somebody else with status Requester', async () => {
    const { status, payload } = await post('technical', '0008')
    expect([status, payload.local]).toEqual([200, 'Response'])
    const { codes, message } = samlStatusOf(payload)
    expect(codes).toEqual(samlStatusOf(recordedAnswer('0008', 'Response')).codes)
    expect(message).not.toMatch(/\d{8}/)
    expect(named(payload, 'Assertion')).toEqual([])
  })

  it.each([
    ['0012', 'same key'],
    ['0015', 'before a renewal'],
    ['0016', 'renewal'],
    ['0019', 'renewal with two keys'],
    ['0020', 'sender-vouches'],
    ['0055', 'EC P-384 for both'],
  ])('%s: the STS issues a token (%s)', async (number) => {
    const { status, payload } = await post('technical', number)
    expect(status).toBe(200)
    expect(named(payload, 'RequestedSecurityToken')).toHaveLength(1)
    const values = named(payload, 'AttributeValue').map(textOf)
    expect(values.length).toBeGreaterThan(0)
    expect(values).not.toContain('')
    expect(values).not.toContain('false')
  })

  it.each([
    ['0013', '0014'],
    ['0017', '0018'],
    ['0021', '0022'],
  ])('%s, %s: the STS poses a challenge and takes the answer', async (order, reply) => {
    draws = [recordedChallenge(reply)]
    const posed = await post('technical', order)
    expect(named(posed.payload, 'SignChallenge')).toHaveLength(1)
    const issued = await post('technical', reply)
    expect(named(issued.payload, 'RequestedSecurityToken')).toHaveLength(1)
  })

  it.each([
    ['0002', 'ETK'],
    ['0023', 'ETK'],
    ['0024', 'ETK'],
    ['0025', 'ETK'],
    ['0026', 'MatchingEtk'],
    ['0027', 'ETK'],
    ['0028', 'ETK'],
    ['0029', 'MatchingEtk'],
    ['0030', 'ETK'],
    ['0031', 'ETK'],
    ['0032', 'Error'],
    ['0034', 'ETK'],
    ['0035', 'ETK'],
  ])('%s: the depot answers with %s', async (number, outcome) => {
    const { status, payload } = await post('technical', number)
    expect(status).toBe(200)
    expect(named(payload, outcome).length).toBe(outcome === 'MatchingEtk' ? 2 : 1)
    // The recorded answer names the same: the same token, the same matches.
    const folder = join(vectors, 'peer-requests', 'technical')
    const name = readdirSync(folder).find((e) => e.startsWith(`${number}-`) && e.endsWith('-response.http'))
    const recorded = parseXml(parseHttpDump(readFileSync(join(folder, name!))).body).root
    for (const local of ['ETK', 'ApplicationID', 'Code'])
      expect(named(payload, local).map(textOf)).toEqual(named(recorded, local).map(textOf))
    // And says it in the same words: every element, its namespace, its place and its text.
    expect(outline(payload)).toEqual(outline(named(recorded, 'GetEtkResponse')[0]!))
  })
})

describe.runIf(available)('requests of the official technical connector to the KGSS', () => {
  const unsealedRequest = (number: string): string => {
    const folder = join(vectors, 'peer-requests', 'technical')
    const name = readdirSync(folder).find((e) => e.startsWith(number) && e.endsWith('-unsealed.xml'))
    return readFileSync(join(folder, name!), 'utf8')
  }
  const base64In = (xml: string, local: string): Buffer =>
    Buffer.from(new RegExp(`<${local}>([^<]+)<`).exec(xml)![1]!, 'base64')

  /** The answer as its reader opens it, by the trust of the recordings. */
  async function open(payload: XmlElement, opening: Pick<UnsealOptions, 'keys' | 'secretKey'>) {
    expect(named(payload, 'Status').map((status) => textOf(named(status, 'Code')[0]!))).toEqual(['200'])
    const sealed = base64Binary.parse(textOf(named(payload, 'SealedContent')[0]!))!
    const trust = Certificate.allFrom(file('etee', 'pki', 'root-ca.cer'))
    const opened = await unseal(sealed, { ...opening, trust, now: simulator.clock.now() })
    expect(opened).toMatchObject({ author: { type: 'CBE', application: 'KGSS' }, errors: [], warnings: [] })
    return { sealed, root: parseXml(opened.content).root }
  }

  let keys: UnsealOptions['keys']
  beforeAll(async () => {
    keys = await openDecryptionKeys(
      { bytes: file('etee', 'keystores', 'sender.p12') },
      { password: 'etee-alpha' },
    )
  })

  it('0036: a new key, sealed for the token of the requester', async () => {
    const { status, payload } = await post('technical', '0036')
    expect([status, payload.local]).toEqual([200, 'GetNewKeyResponse'])
    const { root } = await open(payload, { keys })
    const { NewKeyIdentifier, NewKey } = read(GetNewKeyResponseContent, root, { strict: true })
    expect([NewKeyIdentifier?.length, NewKey?.length]).toEqual([24, 16])
  })

  it.each([
    ['0038', 'the token of the reader'],
    ['0040', 'the key that goes along'],
  ])('%s: the key, sealed for %s', async (number) => {
    const request = unsealedRequest(number)
    // The recorded KGSS had a key of that identifier; this one makes it by the recorded request for a new key.
    draws = [base64In(request, 'KeyIdentifier')]
    const made = await open((await post('technical', '0036')).payload, { keys })
    const { NewKey } = read(GetNewKeyResponseContent, made.root)
    const { status, payload } = await post('technical', number)
    expect([status, payload.local]).toEqual([200, 'GetKeyResponse'])
    const opening = number === '0038' ? { keys } : { secretKey: base64In(request, 'KeyEncryptionKey') }
    const { sealed, root } = await open(payload, opening)
    expect(read(GetKeyResponseContent, root, { strict: true }).Key).toEqual(NewKey)
    expect(readRecipients(sealed).secretKeyIds).toHaveLength(number === '0038' ? 0 : 1)
  })
})

describe.runIf(available)('requests of the official business connectors', () => {
  it.each([
    ['0001', 'SendMessageResponse', '100'],
    ['0002', 'GetEtkResponse', '200'],
    ['0003', 'GetEtkResponse', '200'],
    ['0004', 'GetEtkResponse', '200'],
    ['0005', 'SendMessageResponse', '100'],
    ['0008', 'SendMessageResponse', '100'],
    ['0009', 'GetBoxInfoResponse', '100'],
    ['0010', 'GetMessagesListResponse', '100'],
    ['0014', 'GetAllEhboxesMessagesListResponse', '100'],
    ['0017', 'InsertOoOResponse', '100'],
    ['0018', 'GetOoOListResponse', '100'],
  ])('%s: accepted with %s, status %s', async (number, element, code) => {
    const { status, payload } = await post('business', number)
    expect([status, payload.local]).toEqual([200, element])
    expect(textOf(named(payload, 'Code')[0]!)).toBe(code)
  })

  // They name a message or an absence of the recording, which this box does not have: understood, and told so.
  it.each([
    ['0011', 'GetFullMessageResponse'],
    ['0012', 'GetMessageAcknowledgmentsStatusResponse'],
    ['0013', 'GetHistoryResponse'],
    ['0015', 'MoveMessageResponse'],
    ['0016', 'DeleteMessageResponse'],
    ['0019', 'DeleteOoOResponse'],
  ])('%s: understood, answered with %s', async (number, element) => {
    const { status, payload } = await post('business', number)
    expect([status, payload.local]).toEqual([200, element])
  })

  it.each([
    ['0037', 'SearchProfessionalsResponse', 'HealthCareProfessional'],
    ['0038', 'SearchOrganizationsResponse', 'HealthCareOrganization'],
    ['0039', 'GetProfessionalContactInfoResponse', 'EHealthBox'],
    ['0040', 'GetOrganizationContactInfoResponse', 'EHealthBox'],
  ])('%s: answered with %s, and %s in it', async (number, element, content) => {
    const { status, payload } = await post('business', number)
    expect([status, payload.local]).toEqual([200, element])
    expect(attribute(named(payload, 'StatusCode')[0]!, 'Value')).toBe(
      'urn:be:fgov:ehealth:2.0:status:Success',
    )
    expect(named(payload, content)).not.toEqual([])
  })
})

describe.runIf(available)('requests of the official connector for time stamps', () => {
  const trust = () =>
    simulator.environment.trust.timestampAuthority!.map((pem) => Certificate.from(pem as string))
  const recorded = (number: string, local: string): string =>
    textOf(named(dumpOf(number, 'request'), local).at(-1)!)

  it.each([
    ['0041', 'a document'],
    ['0042', 'a hash'],
    ['0043', 'a hash, with the action'],
  ])('%s: %s is stamped, and what was asked for', async (number) => {
    const archived = simulator.timestamps.documents.length
    const { status, payload } = await post('technical', number)
    expect([status, payload.local]).toEqual([200, 'SignResponse'])
    const request = named(dumpOf(number, 'request'), 'SignRequest')[0]!
    for (const name of ['RequestID', 'Profile'])
      expect(attribute(payload, name)).toBe(attribute(request, name))
    const token = Buffer.from(textOf(named(payload, 'RFC3161TimeStampToken')[0]!), 'base64')
    const about =
      number === '0041'
        ? { data: Buffer.from(recorded(number, 'Base64Data'), 'base64') }
        : {
            imprint: {
              algorithm: 'sha256' as const,
              digest: Buffer.from(recorded(number, 'DigestValue'), 'base64'),
            },
          }
    const verdict = await verifyTimestampToken(token, { ...about, trust: trust(), at: simulator.clock.now() })
    expect([verdict.errors, verdict.warnings]).toEqual([[], []])
    expect(simulator.timestamps.documents.length - archived).toBe(number === '0041' ? 1 : 0)
  })

  it('0044: the archive understands the question, and has no such stamp', async () => {
    const { status, payload } = await post('technical', '0044')
    expect([status, payload.local, named(payload, 'Error'), named(payload, 'TSBag')]).toEqual([
      200,
      'TSConsultTSBagResponse',
      [],
      [],
    ])
  })

  it('0045: INCOMPLETE, as in the recording, when the period has a stamp that the hospital does not know', async () => {
    // the stamp of another hospital is none of its business
    const period = { at: new Date(1709806800119) }
    await simulator.timestamps.stampFor('hospital', Buffer.from('<other/>'), period)
    await simulator.timestamps.stampFor(
      { type: 'NIHII-HOSPITAL', value: '99990172' },
      Buffer.from('<own/>'),
      { at: new Date(1709806800118) },
    )
    const { status, payload } = await post('technical', '0045')
    expect([status, payload.local]).toEqual([200, 'TSConsultResponse'])
    expect(named(payload, 'Status').map(textOf)).toEqual(['INCOMPLETE'])
    expect(named(payload, 'dateTime').map(textOf)).toEqual(
      named(dumpOf('0045', 'response'), 'dateTime').map(textOf),
    )
  })
})
