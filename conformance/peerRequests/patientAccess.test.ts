/** Consent and links as the official connector asks for them: served here, and said the same by this connector. */
import { readFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { consentOperations } from '../../src/business/consent/contract.js'
import type { Author, Provider } from '../../src/business/kmehr/index.js'
import { therlinkOperations } from '../../src/business/therlink/contract.js'
import { connect, type Connection } from '../../src/connect.js'
import { physician } from '../../src/professions/index.js'
import { startSimulator, type Simulator } from '../../src/simulator/index.js'
import { octetsOf } from '../../src/technical/soap/attachments/content.js'
import {
  createTransport,
  openBody,
  parseEnvelope,
  type HttpRequest,
  type Operation,
} from '../../src/technical/soap/index.js'
import { read, type ElementDeclaration } from '../../src/technical/xml/index.js'
import { parseXml } from '../../src/technical/xml/parse.js'
import { descendants } from '../../src/technical/xml/tree.js'
import { available, peerRequest, vectors } from '../support/peerRequests.js'

if (!available) console.warn('SKIPPED: peer requests need ../shared/vectors; nothing was served or compared')

const file = (path: string): Buffer => readFileSync(vectors + path)
const operations = { ...consentOperations, ...therlinkOperations }
type Name = keyof typeof operations

/** What a strict reader gets from a recorded request. */
function recorded(number: string, name: Name) {
  const { message } = peerRequest(number)
  const { request } = operations[name] as Operation<unknown, unknown>
  return read(request, parseEnvelope(message.root).payload, { strict: true }) as Record<string, never>
}

/** Numbers and names of the recorded link, so that none of them stands here. */
const link = available ? (recorded('0024', 'putTherapeuticLink') as never as Recorded) : (undefined as never)
interface Recorded {
  therapeuticlink: {
    patient: { id: { S: string; value: string }[]; firstname: string; familyname: string }
    hcparty: { id: { S: string; value: string }[]; firstname: string; familyname: string }[]
  }
}
const idOf = ({ id }: { id: { S: string; value: string }[] }, scheme: string): string =>
  id.find(({ S }) => S === scheme)!.value

const sender = () => {
  const [party] = link.therapeuticlink.hcparty
  return {
    ssin: idOf(party!, 'INSS'),
    nihii: idOf(party!, 'ID-HCPARTY'),
    firstName: party!.firstname,
    familyName: party!.familyname,
  }
}
/** The card of the recordings: its check digits do not fit, and this connector would not send it. */
const recordedCard = () => idOf(link.therapeuticlink.patient, 'EID-CARDNO')
const patient = () => ({
  ssin: idOf(link.therapeuticlink.patient, 'INSS'),
  eidCard: '599000010438',
  firstName: link.therapeuticlink.patient.firstname,
  familyName: link.therapeuticlink.patient.familyname,
})

async function simulatorOf(http: boolean): Promise<Simulator> {
  const { ssin, nihii } = sender()
  const { eidCard, ...person } = patient()
  const cards = [eidCard, recordedCard()].map((number) => ({ scheme: 'EID-CARDNO' as const, number }))
  return startSimulator({
    http,
    trust: {
      signers: [file('etee/pki/root-ca.cer'), file('etee/pki/issuing-ca.cer')],
      sts: [file('wss/certs/sts.pem')],
    },
    register: {
      actors: [
        {
          name: 'sender',
          kind: 'person',
          displayName: 'SENDER',
          profession: 'physician',
          kmehr: 'persphysician',
          certificateType: 'SSIN',
          certificateValue: ssin,
          ssin,
          nihii,
          qualities: ['DOCTOR'],
          certified: {
            'urn:be:fgov:person:ssin:doctor:boolean': ['true'],
            'urn:be:fgov:person:ssin:ehealth:1.0:doctor:nihii11': [nihii],
            'urn:be:fgov:person:ssin:ehealth:1.0:nihii:doctor:nihii11': [nihii],
          },
        },
      ],
      patients: [{ name: 'recorded', ...person, cards }],
    },
  })
}

describe.runIf(available)('the simulator', () => {
  let simulator: Simulator
  beforeAll(async () => {
    simulator = await simulatorOf(true)
  })
  afterAll(() => simulator.close())

  /** Posts a recorded request with its own headers, the clock held at its Timestamp; reads the answer strictly. */
  async function post(number: string, name: Name) {
    const { dump } = peerRequest(number)
    const created = /<wsu:Created>([^<]+)</.exec(Buffer.from(dump.body).toString('latin1'))![1]!
    simulator.clock.set(new Date(created))
    const { host: _, connection: __, 'content-length': ___, ...headers } = dump.headers
    const url = simulator.url + dump.startLine.split(' ')[1]!
    const answer = await fetch(url, { method: 'POST', headers, body: dump.body })
    const { response } = operations[name] as Operation<unknown, unknown>
    const { root } = parseXml(Buffer.from(await answer.arrayBuffer()))
    const element = [...descendants(root)].find(({ local }) => local === response.local)
    expect([answer.status, element?.local]).toEqual([200, response.local])
    const value = read(response, element!, { strict: true }) as {
      response: { request: unknown }
      acknowledge: { iscomplete: boolean; error: { cd: { value: string }[] }[] }
    }
    // the request comes back as it was
    expect(value.response.request).toEqual(recorded(number, name)['request'])
    const codes = value.acknowledge.error.flatMap(({ cd }) => cd.map(({ value: code }) => code))
    return { ...value, complete: value.acknowledge.iscomplete, codes }
  }

  it('serves the consent requests of the official connector, in their order', async () => {
    expect(await post('0020', 'putPatientConsent')).toMatchObject({ complete: true, codes: [] })
    expect(await post('0021', 'getPatientConsent')).toMatchObject({
      complete: true,
      consent: { signdate: '2026-11-22', author: { hcparty: [{}, {}] } },
    })
    expect(await post('0022', 'getPatientConsentStatus')).toMatchObject({ consent: { status: 'GIVEN' } })
    expect(await post('0023', 'revokePatientConsent')).toMatchObject({ complete: true, codes: [] })
  })

  it('serves its link requests, in their order', async () => {
    expect(await post('0024', 'putTherapeuticLink')).toMatchObject({ complete: true, codes: [] })
    // a sound signature, but of a card that is not the patient's: nothing that the register could take
    const signed = await post('0025', 'putTherapeuticLink')
    expect(signed).toMatchObject({ complete: false, codes: ['TL.INPUT.77'] })
    // the list comes although no proof was wanted
    expect(await post('0026', 'getTherapeuticLink')).toMatchObject({
      complete: true,
      codes: ['NIP.INPUT.RequestValidation'],
      therapeuticlinklist: { therapeuticlink: [{ enddate: '2027-11-22', comment: 'synthetic comment' }] },
    })
    expect(await post('0027', 'hasTherapeuticLink')).toMatchObject({ complete: true, value: true })
    expect(await post('0028', 'revokeTherapeuticLink')).toMatchObject({ complete: true, codes: [] })
  })
})

describe.runIf(available)('this connector', () => {
  let simulator: Simulator
  let me: Connection<'consent' | 'therlink'>
  let sent: HttpRequest[] = []
  beforeAll(async () => {
    simulator = await simulatorOf(false)
    simulator.clock.set(new Date('2026-11-22T21:56:00Z'))
    const { environment, runtime } = simulator
    const transport = createTransport({ trust: environment.trust.tls ?? [] })
    const { ssin, nihii } = sender()
    me = await connect({
      environment,
      runtime,
      keystore: { bytes: file('etee/keystores/sender.p12'), password: 'etee-alpha' },
      as: physician({ ssin, nihii }),
      transport: {
        post: (request) => {
          sent.push(request)
          return transport.post(request)
        },
        close: () => transport.close(),
      },
    })
  })
  afterAll(async () => {
    await me.close()
    await simulator.close()
  })

  const software = { application: 'synthetic-peer', name: 'synthetic-peer' }
  const doctor = (): Provider => ({ role: 'persphysician', ...sender() })
  const author = (): Author => ({ parties: [software, doctor()] })
  const common = () => ({ patient: patient(), author: author() })

  /**
   * A message without what may differ: its identifier and time (the predecessor repeats the former and dates questions by
   * their search), zones of days, the order of identifiers, and in questions the card and the proof that nobody wants.
   */
  const essence = (value: unknown, question: boolean): unknown =>
    JSON.parse(
      JSON.stringify(value, (key, inner: unknown) => {
        if (key === 'time' || (question && (key === 'proof' || key === 'maxrows'))) return undefined
        if (key === 'id' && !Array.isArray(inner)) return undefined
        if (key === 'id' && Array.isArray(inner))
          return (inner as { S: string }[])
            .filter(({ S }) => !question || S !== 'EID-CARDNO')
            .sort((a, b) => (a.S < b.S ? -1 : 1))
        if (inner === recordedCard()) return patient().eidCard
        return typeof inner === 'string' ? inner.replace(/^(\d{4}-\d\d-\d\d)Z$/, '$1') : inner
      }),
    )

  it.each<[string, Name, () => Promise<unknown>]>([
    ['0020', 'putPatientConsent', () => me.consent.declare({ ...common(), signDate: '2026-11-22' })],
    ['0021', 'getPatientConsent', () => me.consent.get(common())],
    ['0022', 'getPatientConsentStatus', () => me.consent.status(common())],
    [
      '0023',
      'revokePatientConsent',
      () => me.consent.revoke({ ...common(), signDate: '2026-11-22', revokeDate: '2026-11-22' }),
    ],
    [
      '0024',
      'putTherapeuticLink',
      () =>
        me.therlink.declare({
          ...common(),
          endDate: '2027-11-22',
          comment: 'synthetic comment',
          proof: 'eidreading',
        }),
    ],
    [
      '0026',
      'getTherapeuticLink',
      () =>
        me.therlink.list({
          ...common(),
          providers: [doctor()],
          types: ['gpconsultation'],
          from: '2026-11-22',
          until: '2027-11-22',
          status: 'active',
          maxRows: 50,
        }),
    ],
    ['0027', 'hasTherapeuticLink', () => me.therlink.has(common())],
    [
      '0028',
      'revokeTherapeuticLink',
      () => me.therlink.revoke({ ...common(), comment: 'synthetic reason', proof: 'eidreading' }),
    ],
  ])('says the same as the official one: %s %s', async (number, name, work) => {
    sent = []
    await work()
    const { url, headers, body } = sent.at(-1)!
    const message = openBody(headers['Content-Type'] ?? headers['content-type'], await octetsOf(body))
    const { request } = operations[name] as { request: ElementDeclaration<unknown> }
    const own = read(request, parseEnvelope(message.root).payload, { strict: true })
    const question = /^(get|has)/.test(name)
    expect(essence(own, question)).toEqual(essence(recorded(number, name), question))
    const { dump } = peerRequest(number)
    expect(headers['SOAPAction']).toBe(dump.headers['soapaction'])
    expect(new URL(url).pathname).toBe(dump.startLine.split(' ')[1])
  })
})
