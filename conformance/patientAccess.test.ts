/** Consent, therapeutic links and exclusions against the official schemas, the samples and the peers' requests. */
import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { consentOperations } from '../src/business/consent/contract.js'
import { exclusionOperations } from '../src/business/exclusions/contract.js'
import { createExclusions } from '../src/business/exclusions/index.js'
import { readConsent } from '../src/business/consent/element.js'
import { kmehrTypes } from '../src/business/kmehr/contract.js'
import { readParty } from '../src/business/kmehr/index.js'
import { readLink } from '../src/business/therlink/link.js'
import { SignedTherapeuticLink, therlinkOperations } from '../src/business/therlink/contract.js'
import { connect } from '../src/connect.js'
import { physician } from '../src/professions/index.js'
import { startSimulator, type Simulator } from '../src/simulator/index.js'
import { addDays, belgianDay } from '../src/technical/environment/belgianCalendar.js'
import { createSession } from '../src/technical/session/index.js'
import { createRecorder } from '../src/technical/soap/recording.js'
import { read, write, type ElementDeclaration } from '../src/technical/xml/index.js'
import { parseXml } from '../src/technical/xml/parse.js'
import type { XmlElement } from '../src/technical/xml/tree.js'
import { outline } from './support/outline.js'
import { shared } from './support/shared.js'
import { hasXmllint, validate } from './support/xmllint.js'

const hubservices = shared('contracts/connector/ehealth-hubservices/XSD/hubservices_protocol-2_3.xsd')
const kmehr = (version: string) =>
  shared(`contracts/connector/ehealth-kmehr/XSD/kmehr_elements-${version.replace('.', '_')}.xsd`)
const samples = shared('vectors/consent-therlink/')
const peerRequests = shared('vectors/peer-requests/business/')

const available = existsSync(hubservices) && existsSync(samples) && existsSync(peerRequests) && hasXmllint()
if (!available)
  console.warn(
    'SKIPPED: patient access conformance needs ../shared (contracts, vectors) and xmllint; nothing was judged',
  )

const operations = [
  ...Object.values(consentOperations),
  ...Object.values(therlinkOperations),
  ...Object.values(exclusionOperations),
]
const declarations = new Map<string, ElementDeclaration<unknown>>(
  operations
    .flatMap(({ request, response }): ElementDeclaration<unknown>[] => [request, response])
    .concat(SignedTherapeuticLink, kmehrTypes('1.28').Message)
    .map((declaration) => [declaration.local, declaration]),
)
const declarationOf = ({ local }: XmlElement): ElementDeclaration<unknown> => {
  const declaration = declarations.get(local)
  if (declaration === undefined) throw new Error(`no contract for ${local}`)
  return declaration
}

const workplace = available ? mkdtempSync(join(tmpdir(), 'patient-')) : ''
afterAll(() => {
  if (workplace !== '') rmSync(workplace, { recursive: true })
})

const namesIn = (folder: string): string[] =>
  available ? readdirSync(join(samples, folder)).map((name) => `${folder}/${name}`) : []

describe.runIf(available)('the valid samples', () => {
  const names = ['consent', 'therlink', 'exclusion'].flatMap(namesIn)

  it('are there', () => {
    expect(names).toHaveLength(44)
  })

  it.each(names)('read strictly, write again the same and valid: %s', (name) => {
    const { root } = parseXml(readFileSync(join(samples, name)))
    const declaration = declarationOf(root)
    const { xml } = write(declaration, read(declaration, root, { strict: true }))
    expect(outline(parseXml(xml).root)).toEqual(outline(root))
    // the document that is signed for a proof has a root of the core schema, which 2_3 declares too
    validate(
      hubservices.replace('protocol', root.local === 'therapeuticlink' ? 'core' : 'protocol'),
      xml,
      workplace,
    )
  })

  it('a message of KMEHR reads without its folders being looked into', () => {
    const { root } = parseXml(readFileSync(join(samples, 'kmehr/01-kmehrmessage-skeleton.xml')))
    const { Message } = kmehrTypes('1.28')
    const message = read(Message, root, { strict: true })
    expect(message.header.standard.cd).toEqual({ S: 'CD-STANDARD', SV: '1.28', value: '20190301' })
    const folder = [
      ...readFileSync(join(samples, 'kmehr/01-kmehrmessage-skeleton.xml'), 'utf8').matchAll(
        /<k:folder>[^]*<\/k:folder>/g,
      ),
    ][0]![0]
    const { xml } = write(Message, {
      header: message.header,
      folder: [{ xml: folder.replace('<k:folder', `<k:folder xmlns:k="${root.namespace}"`) }],
    })
    validate(kmehr('1.28'), xml, workplace)
    expect(outline(parseXml(xml).root)).toEqual(outline(root))
  })
})

describe.runIf(available)('what the samples say', () => {
  const sample = <T>(name: string, declaration: ElementDeclaration<T>): T =>
    read(declaration, parseXml(readFileSync(join(samples, name))).root, { strict: true })
  const doctor = {
    roles: ['persphysician'],
    number: '19999123004',
    firstName: 'Anna',
    familyName: 'Testarts',
  }
  const patient = { firstName: 'Jan', familyName: 'Testpatient', ids: [{ scheme: 'INSS' }] }

  it('is the consent that is documented', () => {
    const { response } = consentOperations.getPatientConsent
    const active = sample('consent/07-get-response-active.xml', response)
    expect(readConsent(active.consent!)).toMatchObject({
      patient,
      types: ['retrospective'],
      signDate: '2023-01-09',
      author: { parties: [doctor] },
    })
    const none = sample('consent/08-get-response-none.xml', response)
    expect([none.consent, none.acknowledge.error[0]?.cd[0]?.value]).toEqual([undefined, 'MH2.ACCESS.9'])
  })

  it.each([
    ['given', 'GIVEN', undefined],
    ['revoked', 'REVOKED', expect.stringMatching(/^\d{4}-\d\d-\d\d$/)],
    ['deceased', 'DECEASED', undefined],
  ])('is the status that is documented: %s', (name, status, revokeDate) => {
    const { response } = consentOperations.getPatientConsentStatus
    const { consent } = sample(`consent/10-getstatus-response-${name}.xml`, response)
    expect(consent?.status).toBe(status)
    expect(readConsent(consent!).revokeDate).toEqual(revokeDate)
  })

  it('is a declared link and one of the global medical file', () => {
    const { response } = therlinkOperations.getTherapeuticLink
    const { therapeuticlinklist } = sample('therlink/09-get-response-two-links.xml', response)
    expect(therapeuticlinklist!.therapeuticlink.map(readLink)).toMatchObject([
      {
        patient,
        providers: [doctor],
        type: 'gpconsultation',
        startDate: '2024-05-17',
        endDate: '2025-08-17',
        revocable: true,
        operations: [
          {
            operation: 'declaration',
            recordedAt: new Date('2024-05-17T07:30:16Z'),
            proofs: ['eidreading'],
            author: { parties: [doctor] },
          },
        ],
      },
      {
        type: 'gmd',
        startDate: '2024-01-02',
        endDate: '2026-12-31',
        revocable: false,
        operations: [{ recordedAt: new Date('2024-01-01T23:00:00Z'), proofs: [] }],
      },
    ])
  })

  it.each([
    ['true', true],
    ['false', false],
  ])('is whether there is a link: %s', (name, value) => {
    const { response } = therlinkOperations.hasTherapeuticLink
    expect(sample(`therlink/15-has-response-${name}.xml`, response).value).toBe(value)
  })

  it('is an exclusion of a practitioner by SSIN and of a pharmacy by NIHII, with its history', () => {
    const list = sample('exclusion/05-get-response.xml', exclusionOperations.getTherapeuticExclusion.response)
    const excluded = list.therapeuticexclusionlist!.therapeuticexclusion
    expect(excluded.map(({ hcparty }) => readParty(hcparty))).toMatchObject([
      { roles: ['persphysician'], ids: [{ scheme: 'INSS' }] },
      { roles: ['orgpharmacy'], number: '26999355', name: 'Apotheek Voorbeeld' },
    ])
    const history = sample(
      'exclusion/07-history-response.xml',
      exclusionOperations.getTherapeuticExclusionHistory.response,
    )
    const [only] = history.therapeuticexclusionlist!.therapeuticexclusion
    expect(only!.operationcontext.map(({ operation }) => operation)).toEqual(['declaration', 'revocation'])
  })
})

describe.runIf(available)('the invalid samples', () => {
  const faults: Record<string, string> = {
    '01-hcparty-in-core-namespace': 'PutPatientConsentRequest.request.author.hcparty',
    '02-missing-sv': 'PutPatientConsentRequest.consent.patient.id[0]@SV',
    '03-request-after-consent': 'PutPatientConsentRequest.request',
    '04-consent-cd-outside-enum': 'PutPatientConsentRequest.consent.cd[0]',
    '05-cd-before-id-in-hcparty': 'PutTherapeuticLinkRequest.therapeuticlink.hcparty[0].id',
    '06-firstname-without-familyname': 'PutTherapeuticLinkRequest.therapeuticlink.patient.familyname',
    '07-id-cbe-scheme-in-kmehr-1_17': 'HasTherapeuticLinkRequest.select.hcparty.id[0]@S',
    '08-error-description-without-language': 'PutPatientConsentResponse.acknowledge.error[0].description@L',
    '09-link-status-uppercase': 'GetTherapeuticLinkRequest.select.therapeuticlinkstatus',
    // of the hubs' family v3, which is another message under the same name
    '10-hcparty-name-in-v3-link': 'PutTherapeuticLinkRequest',
  }

  it.each(Object.entries(faults))('%s is refused at %s', (name, path) => {
    const { root } = parseXml(readFileSync(join(samples, `invalid/${name}.xml`)))
    expect(() => read(declarationOf(root), root, { strict: true })).toThrow(
      expect.objectContaining({ code: 'contract.invalid', path }) as Error,
    )
  })
})

describe.runIf(available)('what client and simulator put on the wire', () => {
  const recordings = { client: join(workplace, 'client'), simulator: join(workplace, 'simulator') }
  let simulator: Simulator
  beforeAll(async () => {
    simulator = await startSimulator({ record: recordings.simulator })
    await scenario(simulator, recordings.client)
  })
  afterAll(() => simulator.close())

  it.each(['client', 'simulator'] as const)(
    'is valid in every detail, as recorded by the %s',
    async (side) => {
      const seen = new Set(
        readdirSync(recordings[side]).map((name) => /^\d+-(\w+-\w+)-request/.exec(name)?.[1]),
      )
      for (const { service, name } of operations)
        expect(seen, name).toContain(`${service.toLowerCase()}-${name}`)
      const judged = await promisify(execFile)(
        shared('tools/judge'),
        [recordings[side], '--contracts', shared('contracts')],
        { maxBuffer: 64 * 1024 * 1024 },
      ).catch((error: unknown) => error as { stdout: string; stderr: string })
      expect(judged.stderr).toBe('')
      expect(judged.stdout).not.toMatch(/^FAILED/m)
      expect(judged.stdout).toMatch(/\b0 failed/)
      expect(judged.stdout).not.toMatch(/no schema for/)
    },
    120_000,
  )

  it('holds the signature of a patient that OpenSSL verifies, over the link itself', async () => {
    const request = readdirSync(recordings.client)
      .filter((name) => name.endsWith('-PutTherapeuticLink-request.xml'))
      .map((name) => readFileSync(join(recordings.client, name), 'utf8'))
      .find((text) => text.includes('eidsigning'))!
    const cms = Buffer.from(/<kmehr:Base64EncryptedValue[^>]*>([^<]+)</.exec(request)![1]!, 'base64')
    const anchors = join(workplace, 'root.pem')
    writeFileSync(anchors, simulator.environment.trust.signers!.join('\n'))
    const content = execFileSync(
      'openssl',
      ['cms', '-verify', '-inform', 'DER', '-binary', '-purpose', 'any', '-CAfile', anchors],
      { input: cms, stdio: ['pipe', 'pipe', 'pipe'] },
    ).toString()
    validate(hubservices.replace('protocol', 'core'), content, workplace)
    const part = (xml: string, name: string) => new RegExp(`<core:${name}[ >].*</core:${name}>`).exec(xml)![0]
    const link = /<core:therapeuticlink[ >].*<\/core:therapeuticlink>/.exec(request)![0]
    for (const name of ['patient', 'hcparty']) expect(part(content, name)).toBe(part(link, name))
  })
})

/** Every operation, with outcomes of every kind. */
async function scenario(simulator: Simulator, record: string): Promise<void> {
  const { personas, environment, runtime, world } = simulator
  const { ssin, nihii, keystore, password } = personas.physician
  const found = world.patients.find(({ name }) => name === 'adult')!
  const patient = {
    ssin: found.ssin,
    firstName: found.firstName,
    familyName: found.familyName,
    eidCard: found.cards[0]!.number,
  }
  const provider = { role: 'persphysician', ssin, nihii }
  const eid = await simulator.card('adult')
  await using me = await connect({
    environment,
    runtime,
    record,
    keystore: { bytes: keystore, password },
    as: physician({ ssin, nihii }),
  })
  const identification = 'urn:be:fgov:identification-namespace'
  await using citizen = createSession({
    environment,
    runtime,
    recorder: createRecorder(record),
    keystore: eid.keystore,
    actor: {
      profession: 'patient',
      quality: 'CITIZEN',
      kmehr: 'patient',
      ssin: found.ssin,
      demanded: [],
      attributes: ['urn:be:fgov:ehealth:1.0:certificateholder:person:ssin', 'urn:be:fgov:person:ssin'].map(
        (name) => ({ name, namespace: identification, values: [found.ssin] }),
      ),
    },
  })
  await me.consent.get({ patient })
  await me.consent.ensureDeclared({ patient })
  await me.consent.declare({ patient })
  await me.consent.get({ patient })
  await me.consent.status({ patient })
  await me.therlink.declare({ patient, proof: { type: 'eidsigning', credential: eid.signature } })
  await me.therlink.declare({ patient, type: 'consultation', comment: 'é & <>', proof: 'eidreading' })
  await me.therlink.declare({ patient, proof: 'eidreading' })
  const child = world.patients.find(({ name }) => name === 'child')!
  const { firstName, familyName, cards } = child
  await me.therlink.declareAll({
    links: [
      {
        patient: { ssin: child.ssin, firstName, familyName, isiCard: cards[0]!.number },
        endDate: addDays(belgianDay(runtime.now()), 30),
        proof: 'isireading',
      },
    ],
  })
  await me.therlink.list({ patient, providers: [provider], types: ['gpconsultation'], maxRows: 10 })
  await me.therlink.list({ patient, status: 'all' })
  await me.therlink.list({ patient, from: '2020-01-01', until: '2030-01-01' })
  await me.therlink.has({ patient, types: ['gpconsultation'] })
  const exclusions = createExclusions(citizen)
  await exclusions.exclude({ patient: { ssin: found.ssin }, provider })
  await exclusions.list({ patient: { ssin: found.ssin } })
  await me.therlink.declare({ patient, type: 'carepath', proof: 'eidreading' })
  await exclusions.revoke({ patient: { ssin: found.ssin }, provider })
  await exclusions.history({ patient: { ssin: found.ssin }, from: '2020-01-01' })
  await me.therlink.revoke({ patient, proof: 'eidreading' })
  await me.therlink.list({ patient, status: 'all' })
  await me.access.mayRead({ patient })
  await me.consent.revoke({ patient })
  await me.consent.status({ patient })
}
