/** MyCareNet and MemberData against the official schemas, the samples, the peers' requests and xmlsec1. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { readResponse } from '../src/business/memberData/get.js'
import { outcomeOf } from '../src/business/memberData/outcome.js'
import {
  AttributeQuery,
  AttributeQueryList,
  MemberDataConsultationRequest,
  MemberDataConsultationResponse,
  memberDataFaultCodes,
  memberDataFaults,
  Response,
  ResponseList,
} from '../src/business/memberData/contract.js'
import {
  commonsV2,
  commonsV4,
  contentOf,
  deflate,
  EncryptedKnownContent,
  hashOf,
  inflate,
} from '../src/business/mycarenet/index.js'
import { connect, type Connection } from '../src/connect.js'
import { physician } from '../src/professions/index.js'
import { memberDataFaultPatients, startSimulator, type Simulator } from '../src/simulator/index.js'
import { openDecryptionKeys } from '../src/technical/keystore/index.js'
import { Certificate } from '../src/technical/pki/certificate.js'
import { unseal } from '../src/technical/seal/index.js'
import { createTransport, parseEnvelope } from '../src/technical/soap/index.js'
import {
  namespace,
  parseXml,
  rawElement,
  read,
  write,
  type ElementDeclaration,
  type XmlDocument,
  type XmlElement,
} from '../src/technical/xml/index.js'
import { outline } from './support/outline.js'
import { peerRequest } from './support/peerRequests.js'
import { shared } from './support/shared.js'
import { hasTool, isSigned } from './support/tools.js'
import { hasXmllint, validate } from './support/xmllint.js'

const contracts = shared('contracts/connector/')
const samples = shared('vectors/memberdata/')
const available = existsSync(contracts) && existsSync(samples) && hasXmllint()
if (!available)
  console.warn(
    'SKIPPED: MemberData conformance needs ../shared (contracts, vectors) and xmllint; nothing was judged',
  )

const workplace = available ? mkdtempSync(join(tmpdir(), 'memberdata-')) : ''
const schemas = {
  request: `${contracts}ehealth-mycarenet-memberdata/XSD/mycarenet-memberdata-protocol-1_0.xsd`,
  query: `${contracts}mycarenet-memberdata/XSD/Extensions-simplified.xsd`,
  businessContent: `${contracts}XSD/encryption/businessContent.xsd`,
  attest: `${contracts}ehealth-mycarenet-attest/XSD/mycarenet-attest-protocol-3_0.xsd`,
  registration: `${contracts}ehealth-mycarenetregistration/XSD/mycarenet-registration-protocol-1_0.xsd`,
  /** The official one lacks the type of the advice: with the reconstruction of the vectors, and the type of faults. */
  answer: join(workplace, 'answer.xsd'),
}

beforeAll(() => {
  if (!available) return
  const supplement = readFileSync(`${samples}memberdata-advice-supplement.xsd`, 'utf8')
  writeFileSync(
    join(workplace, 'advice.xsd'),
    supplement.replace('"Extensions-simplified.xsd"', `"${schemas.query}"`),
  )
  writeFileSync(
    schemas.answer,
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
      <xs:import namespace="urn:be:cin:nippin:memberdata:saml:extension" schemaLocation="advice.xsd"/>
      <xs:import namespace="urn:be:cin:types:v1" schemaLocation="${contracts}mycarenet-commons/XSD/commonTypes-v1.4.xsd"/>
    </xs:schema>`,
  )
})
afterAll(() => {
  if (workplace !== '') rmSync(workplace, { recursive: true })
})

const sample = (name: string): Buffer => readFileSync(samples + name)

const attest = namespace('urn:be:fgov:ehealth:mycarenet:attest:protocol:v3', {
  prefix: 'att3',
  qualified: true,
})
const registration = namespace('urn:be:fgov:ehealth:mycarenet:registration:protocol:v1', {
  prefix: 'reg1',
  qualified: true,
})

/** Which sample is what, and by which schema it is judged. */
const kinds: readonly [
  pattern: RegExp,
  declaration: ElementDeclaration<unknown>,
  schema: keyof typeof schemas,
][] = [
  [/^attributequery-/, AttributeQuery, 'query'],
  [/^attributequerylist/, AttributeQueryList, 'query'],
  [/^samlresponse-/, Response, 'answer'],
  [/^responselist/, ResponseList, 'answer'],
  [/^mda-request-/, MemberDataConsultationRequest, 'request'],
  [/^mda-response-/, MemberDataConsultationResponse, 'request'],
  [/^encrypted-known-content/, EncryptedKnownContent, 'businessContent'],
  [/^commons-v4-/, attest.element('SendAttestationRequest', commonsV4.SendRequest), 'attest'],
  [
    /^registration-request/,
    registration.element('RegisterToMycarenetServiceRequest', commonsV2.SendRequest),
    'registration',
  ],
]
const named = (available ? readdirSync(samples) : []).flatMap((name) => {
  const kind = kinds.find(([pattern]) => pattern.test(name))
  return kind === undefined ? [] : [[name, kind] as const]
})

describe.runIf(available)('the samples', () => {
  it('are all there', () => {
    expect(named).toHaveLength(24)
  })

  it.each(named)('%s reads, writes again the same, and valid', (name, [, declaration, schema]) => {
    const document = parseXml(sample(name))
    const { xml } = write(declaration, writable(read(declaration, document.root), document))
    expect(sameInstants(outline(parseXml(xml).root))).toEqual(sameInstants(outline(document.root)))
    validate(schemas[schema], xml, workplace)
  })

  it('have the hashes and the deflated form that are expected', () => {
    const expected = JSON.parse(sample('expected-values.json').toString()) as {
      sha256: Record<string, string>
      rawDeflateStartsWithBase64: Record<string, string>
    }
    for (const [name, hash] of Object.entries(expected.sha256))
      expect(Buffer.from(hashOf(sample(name))).toString('base64')).toBe(hash)
    // compressed octets differ between libraries: Python's zlib makes the expected ones, and opens ours
    for (const [name, start] of Object.entries(expected.rawDeflateStartsWithBase64)) {
      const theirs = python(
        'c = zlib.compressobj(wbits=-15); out = c.compress(data) + c.flush()',
        sample(name),
      )
      expect(theirs.toString('base64').startsWith(start)).toBe(true)
      expect(Buffer.from(inflate(theirs))).toEqual(sample(name))
      expect(python('out = zlib.decompress(data, wbits=-15)', deflate(sample(name)))).toEqual(sample(name))
    }
    const { Return } = read(MemberDataConsultationResponse, parseXml(sample('mda-response-clear.xml')).root)
    expect(Buffer.from(contentOf(Return.Detail))).toEqual(sample('samlresponse-success.xml'))
  })

  it('hold the catalogue of faults that is ours', () => {
    const { entries } = JSON.parse(sample('mda-error-catalogue.json').toString()) as {
      entries: {
        detailCode: string
        status: string
        subStatus: string
        faultCode: string
        faultSource: string
        locations: string[]
      }[]
    }
    expect([...memberDataFaultCodes].sort()).toEqual(entries.map(({ detailCode }) => detailCode).sort())
    for (const { detailCode, status, subStatus, faultCode, faultSource, locations } of entries) {
      const ours = memberDataFaults[detailCode as keyof typeof memberDataFaults]
      expect(ours).toMatchObject({
        status,
        subStatus,
        faultCode,
        source: faultSource === 'MYCARENET' ? 'mycarenet' : 'io',
      })
      const [location] = locations
      const path = ours.location === '.' ? '' : ours.location === '/' ? '/' : `/${ours.location ?? ''}`
      if (location === undefined) expect(ours.location).toBeUndefined()
      else
        expect(ours.location === '/' ? '/' : `/AttributeQuery${path}`).toBe(
          location.replaceAll('urn:be:cin:nippin:', ''),
        )
    }
  })

  it.each([
    ['samlresponse-success.xml', 'complete'],
    ['samlresponse-two-periods-invoicing.xml', 'complete'],
    ['samlresponse-closed-deceased.xml', 'complete'],
    ['samlresponse-partial.xml', 'partial'],
    ['samlresponse-unauthorized-facet.xml', 'refused'],
    ['samlresponse-invalid-inss.xml', 'refused'],
    ['samlresponse-unknown-niss-routing.xml', 'not-answerable'],
  ])('say what is documented: %s is %s', (name, outcome) => {
    const response = readResponse(sample(name))
    const query = {
      ...read(AttributeQuery, parseXml(sample('attributequery-ssin.xml')).root),
      ID: response.InResponseTo!,
    }
    const asked = {
      query,
      from: '2024-11-01',
      until: '2025-02-01',
      facets: [],
      nameId: { Format: '', value: '' },
    }
    const read_ = outcomeOf(response, asked)
    expect(read_.outcome).toBe(outcome)
    if (name.includes('two-periods') && 'insurability' in read_)
      expect(read_.insurability).toMatchObject({
        state: 'insured',
        periods: [
          {
            from: '2024-11-01',
            until: '2025-01-01',
            ct1: '110',
            increasedReimbursement: false,
            paymentApproval: '00112233445566778899AABBCCDDEE',
          },
          { from: '2025-01-01', until: '2025-02-01', ct1: '111', increasedReimbursement: true },
        ],
      })
    if (name.includes('deceased') && 'insurability' in read_)
      expect(read_).toMatchObject({
        person: { deceasedDate: '2024-03-01' },
        insurability: {
          state: 'deceased',
          situation: { event: 'closedBefore', transferDates: ['2024-03-01'] },
        },
      })
    if (name.includes('partial') && 'warnings' in read_)
      expect(read_.warnings.map(({ code }) => code)).toEqual(['BO_MISSING_FACET', 'FACET_EXCEPTION'])
  })
})

/** Octets through Python's zlib. */
const python = (work: string, input: Uint8Array): Buffer =>
  execFileSync(
    'python3',
    ['-c', `import sys, zlib; data = sys.stdin.buffer.read(); ${work}; sys.stdout.buffer.write(out)`],
    { input },
  )

/** Instants with a zone are written in UTC, whatever zone they came in. */
const sameInstants = (document: unknown): unknown =>
  JSON.parse(
    JSON.stringify(document).replace(
      /"IssueInstant":"([^"]+(?:Z|[+-]\d\d:\d\d))"/g,
      (_, text: string) => `"IssueInstant":"${new Date(text).toISOString()}"`,
    ),
  )

/** Elements that were read in place of those that are written: the detail of a status. */
function writable(value: unknown, document: XmlDocument): unknown {
  if (Array.isArray(value)) return value.map((item) => writable(item, document))
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array || value instanceof Date)
    return value
  const { element } = value as { element?: XmlElement }
  if (element !== undefined) return { xml: rawElement(document, element) }
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, writable(inner, document)]))
}

describe.runIf(available)('what is asked and answered', () => {
  let simulator: Simulator
  let me: Connection<'memberData'>
  const licence = { username: 'synthetic-licence', password: 'synthetic-password' }
  beforeAll(async () => {
    if (!available) return
    // the directory keeps the keys of the brokers, with which the test opens what was sealed for them
    simulator = await startSimulator({ dir: join(workplace, 'platform') })
    const { personas, environment, runtime } = simulator
    const { ssin, nihii, keystore, password } = personas.physician
    me = await connect({
      environment,
      runtime,
      keystore: { bytes: keystore, password },
      as: physician({ ssin, nihii }),
      mycarenet: { licence, package: 'sample', site: '1', sender: { person: { ssin, name: 'S' } } },
    })
  })
  afterAll(async () => {
    await me?.close()
    await simulator?.close()
  })

  const patient = () => ({ ssin: simulator.world.patients[0]!.ssin })
  const payloadOf = (envelope: string): string => {
    const { document, payload } = parseEnvelope(envelope)
    return rawElement(document, payload)
  }

  it('is valid at every layer, in clear, whatever is asked', async () => {
    const facets = [
      'insurability',
      'globalMedicalFile',
      'carePath',
      { facet: 'urn:be:cin:nippin:maxInvoiced' },
    ] as const
    for (const question of [
      { patient: patient() },
      { patient: patient(), facets, from: '2024-01-01', until: '2024-03-01' },
      { patient: { registrationNumber: 'AB 12', mutuality: '319' } },
      ...memberDataFaultCodes
        .slice(0, 64)
        .filter((_, index) => index % 9 === 0)
        .map((code) => ({ patient: { ssin: memberDataFaultPatients[code] } })),
    ]) {
      const { meta, raw } = await me.memberData.get(question)
      validate(schemas.request, payloadOf(meta.raw.request), workplace)
      validate(schemas.request, payloadOf(meta.raw.response), workplace)
      const { Detail } = read(MemberDataConsultationRequest, parseEnvelope(meta.raw.request).payload, {
        strict: true,
      })
      validate(schemas.query, Buffer.from(contentOf(Detail)).toString(), workplace)
      validate(schemas.answer, raw.response, workplace)
    }
  })

  it('is valid at every layer when it is sealed', async () => {
    const { meta } = await me.memberData.get({ patient: patient() }, { region: 'walcarenet', encrypt: true })
    const keys = (await me.session.keystore()).decryptionKeys
    const trust = simulator.environment.trust.signers!.map((pem) => Certificate.from(pem))
    const { Return } = read(MemberDataConsultationResponse, parseEnvelope(meta.raw.response).payload)
    const { content } = await unseal(Return.Detail.value, { keys, trust, now: simulator.runtime })
    validate(schemas.businessContent, Buffer.from(content).toString(), workplace)
    const { Detail } = read(MemberDataConsultationRequest, parseEnvelope(meta.raw.request).payload, {
      strict: true,
    })
    expect(Detail).toMatchObject({ ContentEncoding: 'none', ContentEncryption: 'encryptedForKnownBED' })
    validate(schemas.request, payloadOf(meta.raw.request), workplace)
    const kept = (name: string): Buffer => readFileSync(join(workplace, 'platform', name))
    const passwords = JSON.parse(kept('pki/passwords.json').toString()) as { walcarenet: string }
    const broker = await openDecryptionKeys(
      { bytes: kept('pki/walcarenet.p12') },
      { password: passwords.walcarenet },
    )
    const asked = await unseal(Detail.value, { keys: broker, trust, now: simulator.runtime })
    validate(schemas.businessContent, Buffer.from(asked.content).toString(), workplace)
    const known = read(EncryptedKnownContent, parseXml(asked.content).root, { strict: true })
    validate(schemas.query, Buffer.from(known.BusinessContent.value).toString(), workplace)
  })

  it.runIf(hasTool('xmlsec1'))('is signed in a way that xmlsec1 verifies', async () => {
    const { meta } = await me.memberData.get({ patient: patient() })
    const { Return } = read(MemberDataConsultationResponse, parseEnvelope(meta.raw.response).payload)
    const blob = `<Detail Id="${Return.Detail.Id}">${Buffer.from(Return.Detail.value).toString('base64')}</Detail>`
    const signature = Buffer.from(Return.XadesT!.value)
      .toString()
      .replace(/^<\?xml[^>]*\?>/, '')
    const file = join(workplace, 'signed.xml')
    const anchor = join(workplace, 'root.pem')
    writeFileSync(anchor, simulator.environment.trust.signers![0]!)
    const judged = (text: string): boolean => {
      writeFileSync(file, `<Answer>${text}${signature}</Answer>`)
      return isSigned(file, anchor, 'Id Detail')
    }
    expect(judged(blob)).toBe(true)
    const content = Buffer.from(Return.Detail.value).toString()
    const other = Buffer.from(content.replace('Version="2.0"', 'Version="2.1"'))
    expect(judged(blob.replace(/>[^<]+/, `>${other.toString('base64')}`))).toBe(false)
  })
})

describe.runIf(available)('a question of the official connector', () => {
  let simulator: Simulator
  const etee = (path: string): Buffer => readFileSync(shared(`vectors/etee/${path}`))
  const patientSsin = available
    ? read(AttributeQuery, parseXml(sample('attributequery-ssin.xml')).root).Subject!.NameID!.value
    : ''
  const sender = '90010199794'
  beforeAll(async () => {
    if (!available) return
    simulator = await startSimulator({
      http: true,
      trust: {
        signers: [etee('pki/root-ca.cer'), etee('pki/issuing-ca.cer')],
        sts: [readFileSync(shared('vectors/wss/certs/sts.pem'))],
      },
      mycarenet: {
        keystore: { keystore: etee('keystores/recipient-b.p12'), password: 'etee-alpha' },
        // the identifier of the recorded question is not that of its message
        crossChecks: false,
      },
      register: {
        tokens: [{ type: 'SSIN', value: sender, etk: etee('etk/sender.etk') }],
        patients: [{ name: 'peer', ssin: patientSsin, firstName: 'Test', familyName: 'Exemple', cards: [] }],
      },
    })
  })
  afterAll(() => simulator?.close())

  async function post(number: string): Promise<string> {
    const { dump } = peerRequest(number)
    const created = /<wsu:Created>([^<]+)</.exec(Buffer.from(dump.body).toString('latin1'))![1]!
    simulator.clock.set(new Date(created))
    const { host: _, connection: __, 'content-length': ___, ...headers } = dump.headers
    const answer = await fetch(simulator.url + dump.startLine.split(' ')[1]!, {
      method: 'POST',
      headers,
      body: dump.body,
    })
    return answer.text()
  }

  it('0029 is answered, and says the same as ours', async () => {
    const { Return } = read(MemberDataConsultationResponse, parseEnvelope(await post('0029')).payload)
    const response = readResponse(contentOf(Return.Detail))
    expect(response.Status.StatusCode.Value).toMatch(/:Success$/)
    expect(response.Assertion.length).toBeGreaterThan(3)
    // what the chapter warns of is not ours: empty elements, the number twice, a period without a day in it
    const theirs = read(MemberDataConsultationRequest, peerPayload('0029'))
    const { SiteID, Sender, CareProvider } = theirs.CommonInput.Origin
    expect([SiteID, Sender, CareProvider!.PhysicalPerson!.Cbe]).toEqual(['', {}, ''])
    const ours = await ourQuestion(theirs)
    expectSameEnvelope(ours, theirs)
    expectSameQuery(queryIn(ours), queryIn(theirs), theirs)
  })

  it('0031, sealed for the broker, says the same as ours', async () => {
    const theirs = read(MemberDataConsultationRequest, peerPayload('0031'))
    const dir = join(workplace, 'peer')
    const ours = await ourQuestion(theirs, { encrypt: true, dir })
    expectSameEnvelope(ours, theirs)
    const opened = async (
      sealed: Uint8Array,
      keystore: Uint8Array,
      password: string,
      roots: Certificate[],
    ) => {
      const keys = await openDecryptionKeys({ bytes: keystore }, { password })
      const { content } = await unseal(sealed, { keys, trust: roots, now: new Date('2026-11-22T21:56:02Z') })
      return read(EncryptedKnownContent, parseXml(content).root)
    }
    const vectorRoots = ['pki/root-ca.cer', 'pki/issuing-ca.cer'].map((path) => Certificate.from(etee(path)))
    const known = await opened(
      theirs.Detail.value,
      etee('keystores/recipient-b.p12'),
      'etee-alpha',
      vectorRoots,
    )
    const passwords = JSON.parse(readFileSync(join(dir, 'pki/passwords.json'), 'utf8')) as {
      mycarenet: string
    }
    const root = Certificate.from(readFileSync(join(dir, 'pki/root.pem')))
    const broker = readFileSync(join(dir, 'pki/mycarenet.p12'))
    const own = await opened(ours.Detail.value, broker, passwords.mycarenet, [root])
    expect(Object.keys(own)).toEqual(Object.keys(known))
    const { value, ...attributes } = known.BusinessContent
    const { value: ownValue, ...ownAttributes } = own.BusinessContent
    expect(attributes).toEqual({ id: theirs.Detail.Id })
    // theirs leaves kind and encoding at their defaults (spec §5.2), ours says them, as the platform's sample does
    expect(ownAttributes).toEqual({ id: ours.Detail.Id, ContentType: 'text/xml', ContentEncoding: 'none' })
    const queryOf = (octets: Uint8Array) => read(AttributeQuery, parseXml(octets).root)
    expectSameQuery(queryOf(ownValue), queryOf(value), theirs)
  })

  /** The same but for what the chapter warns of: empty elements and the number twice. */
  function expectSameEnvelope(
    ours: MemberDataConsultationRequest,
    theirs: MemberDataConsultationRequest,
  ): void {
    const { CareProvider } = theirs.CommonInput.Origin
    const { Nihii: _, Cbe: __, ...person } = CareProvider!.PhysicalPerson!
    expect(ours.CommonInput).toEqual({
      ...theirs.CommonInput,
      Origin: {
        Package: theirs.CommonInput.Origin.Package,
        CareProvider: { ...CareProvider, PhysicalPerson: person },
      },
    })
    expect({ ...ours.Detail, value: '', Id: '' }).toEqual({ ...theirs.Detail, value: '', Id: '' })
    expect(ours.Detail.Id).toMatch(/^_[0-9a-f-]{36}$/)
  }

  /** The same but for the period, which has no day in it there, and the identifier, which is that of the message here. */
  function expectSameQuery(
    ours: AttributeQuery,
    asked: AttributeQuery,
    theirs: MemberDataConsultationRequest,
  ): void {
    expect(ours).toEqual({
      ...asked,
      ID: `_${theirs.CommonInput.InputReference}`,
      IssueInstant: expect.stringMatching(/^2026-11-22T22:56:01$/) as string,
      Subject: {
        ...asked.Subject,
        SubjectConfirmation: {
          ...asked.Subject!.SubjectConfirmation,
          SubjectConfirmationData: { NotBefore: '2026-11-22T00:00:00', NotOnOrAfter: '2026-11-23T00:00:00' },
        },
      },
    })
  }

  const queryIn = ({ Detail }: MemberDataConsultationRequest): AttributeQuery =>
    read(AttributeQuery, parseXml(contentOf(Detail)).root)

  /** The same question as this library asks it, taken where it leaves: who signs is another one, so it is never answered. */
  async function ourQuestion(
    theirs: MemberDataConsultationRequest,
    options: { encrypt?: boolean; dir?: string } = {},
  ): Promise<MemberDataConsultationRequest> {
    const { encrypt = false, dir } = options
    const at = new Date('2026-11-22T21:56:01.804Z')
    await using own = await startSimulator({
      clock: { now: () => at },
      ...(dir === undefined ? {} : { dir }),
    })
    const { personas, environment, runtime } = own
    const transport = createTransport({ trust: environment.trust.tls ?? [] })
    const sent: string[] = []
    const { Nihii, PhysicalPerson } = theirs.CommonInput.Origin.CareProvider!
    await using me = await connect({
      environment,
      runtime,
      keystore: { bytes: personas.physician.keystore, password: personas.physician.password },
      as: physician({ ssin: personas.physician.ssin, nihii: personas.physician.nihii }),
      mycarenet: {
        licence: { username: 'synthetic-licence', password: 'synthetic-password' },
        package: 'synthetic-peer',
        careProvider: { ssin: sender, nihii: Nihii.Value!, name: PhysicalPerson!.Name! },
      },
      transport: {
        post: (request) => {
          if (request.body instanceof Uint8Array) sent.push(Buffer.from(request.body).toString('utf8'))
          return transport.post(request)
        },
        close: () => transport.close(),
      },
    })
    const question = { patient: { ssin: patientSsin }, on: '2026-11-22' }
    const refusal = me.memberData.get(question, {
      reference: theirs.CommonInput.InputReference!,
      encrypt,
    })
    await expect(refusal).rejects.toMatchObject({ platform: { code: 'INCORRECT_INSS_DOCTOR_SAML' } })
    transport.close()
    return read(MemberDataConsultationRequest, parseEnvelope(sent.at(-1)!).payload, { strict: true })
  }

  const peerPayload = (number: string) => parseEnvelope(peerRequest(number).message.root).payload

  it('0031, sealed, is answered sealed for its sender', async () => {
    const { Return } = read(MemberDataConsultationResponse, parseEnvelope(await post('0031')).payload)
    expect(Return.Detail.ContentEncryption).toBe('encryptedForKnownRecipient')
    const keys = await openDecryptionKeys({ bytes: etee('keystores/sender.p12') }, { password: 'etee-alpha' })
    const { content } = await unseal(Return.Detail.value, {
      keys,
      trust: ['pki/root-ca.cer', 'pki/issuing-ca.cer'].map((path) => Certificate.from(etee(path))),
      now: simulator.runtime,
    })
    const known = read(EncryptedKnownContent, parseXml(content).root)
    const response = readResponse(known.BusinessContent.value)
    expect(response.Status.StatusCode.Value).toMatch(/:Success$/)
  })
})
