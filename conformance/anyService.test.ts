/**
 * Services by the official WSDLs, called over HTTPS: what arrives is judged by xmlsec1 (signature), by our strict verifier
 * (coverage) and by libxml2 with the official schemas (message); so is what is answered.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { startSimulator } from '../src/simulator/index.js'
import { servicePaths } from '../src/technical/environment/environment.js'
import { loadDocuments } from '../src/technical/service/documents.js'
import { fetchOver } from '../src/technical/service/fetchDocument.js'
import { openService, type OpenedSoapService } from '../src/technical/service/index.js'
import { readSchemas } from '../src/technical/service/schema/readSchemas.js'
import { readMessage } from '../src/technical/service/schema/readMessage.js'
import { writeMessage } from '../src/technical/service/schema/writeMessage.js'
import { readPorts, type WsdlOperation } from '../src/technical/service/wsdl.js'
import { parseContentType } from '../src/technical/soap/attachments/contentType.js'
import { parseMultipart } from '../src/technical/soap/attachments/multipart.js'
import { attachmentsOf } from '../src/technical/soap/attachments/swa.js'
import { includeXop } from '../src/technical/soap/attachments/xop.js'
import { parseEnvelope } from '../src/technical/soap/envelope.js'
import { samlNamespace } from '../src/technical/soap/namespaces.js'
import { verifyEnvelope } from '../src/technical/soap/wsSecurity/verify.js'
import { canonicalize } from '../src/technical/xml/canonicalize.js'
import { parseXml, rawElement } from '../src/technical/xml/parse.js'
import { attribute, childElements, childNamed, textOf } from '../src/technical/xml/tree.js'
import { heldRuntime } from '../test/technical/soap/messages.js'
import { startTestServer, type TestServer } from '../test/technical/soap/testServer.js'
import { wssCertificate, wssClock, wssCredential, wssFile } from '../test/technical/soap/wssFixtures.js'
import { sampleOf } from './support/sampleMessage.js'
import { shared } from './support/shared.js'
import { writeJudge } from './support/wsdlSchema.js'

const contracts = shared('contracts')
const tools = ['xmlsec1', 'xmllint'].filter((tool) => spawnSync(tool, ['--version']).status === 0)
const available = existsSync(contracts) && tools.length === 2
if (!available) console.warn('SKIPPED: services by WSDL need ../shared, xmlsec1 and xmllint')

const wsdls = !available
  ? []
  : readdirSync(contracts, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.wsdl'))
      .sort()

/** WSDLs that cannot be judged in full, and why; everything else is. */
const exceptions: Readonly<Record<string, 'doctype' | 'no ports' | 'schema' | 'abstract' | 'wildcard'>> = {
  // a document type declaration in its schema
  'wsdl/xkms2/xkms2.wsdl': 'doctype',
  // abstract messages only
  'recipe/wsdl/external/WSDL/MetadataExchange.wsdl': 'no ports',
  'recipe/wsdl/external/WSDL/ws-trust-1.3.wsdl': 'no ports',
  // schemas that no processor compiles (README of the contracts): written, sent and signed all the same
  'egelke/ebirth/ttp-proxy-medicalform-1_3.wsdl': 'schema',
  'egelke/ebirth/ttp-proxy-notification-1_3.wsdl': 'schema',
  'recipe/wsdl/ehealth-recipe-services/WSDL/RecipeWebService-executor-2_0.wsdl': 'schema',
  'recipe/wsdl/ehealth-recipe-services/WSDL/RecipeWebService-executor-3_0.wsdl': 'schema',
  'recipe/wsdl/ehealth-recipe/WSDL/RecipeWebService-executor-v3.wsdl': 'schema',
  // a mandatory element of an abstract type: only xsi:type makes it concrete, so it goes as XML
  'connector/WSDL/sts_v1.wsdl': 'abstract',
  'connector/ehealth-daas/WSDL/ehealth-daas-saml2-DataAttributeService-proxy-v1.wsdl': 'abstract',
  'connector/ehealth-daas/WSDL/ehealth-daas-saml2-DataAttributeService-proxy-v1_SamlHok.wsdl': 'abstract',
  'egelke/library-core/ehealth-iam-sts-saml1-v1.wsdl': 'abstract',
  'egelke/library-core/ehealth-iam-sts-saml1-v1_X509.wsdl': 'abstract',
  'recipe/wsdl/external/WSDL/PdpService.wsdl': 'abstract',
  'recipe/wsdl/external/WSDL/saml-2.0.wsdl': 'abstract',
  'recipe/wsdl/external/WSDL/xacml-2.0-saml.wsdl': 'abstract',
  'recipe/wsdl/external/WSDL/xacml-3.0-saml2.0.wsdl': 'abstract',
  'wsdl/saml-sts/ehealth-saml-sts.wsdl': 'abstract',
  // a mandatory element of one namespace, of which the schema has none
  'wsdl/ws/care-provider-sync.wsdl': 'wildcard',
}

let server: TestServer
let place = ''
/** What arrived since it was last looked at, and what is answered to it. */
let arrived: string[] = []
let answer: { status: number; type: string; body: string } = { status: 200, type: 'text/xml', body: '' }

beforeAll(async () => {
  if (!available) return
  place = mkdtempSync(join(tmpdir(), 'any-service-'))
  server = await startTestServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      arrived.push(Buffer.concat(chunks).toString())
      outgoing.writeHead(answer.status, { 'Content-Type': answer.type }).end(answer.body)
    })
  })
})
afterAll(async () => {
  await server?.close()
  if (place !== '') rmSync(place, { recursive: true })
})

const envelope = (inner: string): string =>
  `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>${inner}</S:Body></S:Envelope>`
const good = (inner: string): typeof answer => ({ status: 200, type: 'text/xml', body: envelope(inner) })
const fault = {
  status: 500,
  type: 'text/xml',
  body: envelope(
    '<S:Fault><faultcode>S:Server</faultcode><faultstring>SOA-03006</faultstring><detail>' +
      '<e:BusinessError xmlns:e="urn:be:fgov:ehealth:errors:soa:v1" Id="ticket-1"><Origin>Consumer</Origin>' +
      '<Code>SOA-03006</Code><Message xml:lang="en">XSD compliance failure</Message>' +
      '<e:Environment>Acceptation</e:Environment></e:BusinessError></detail></S:Fault>',
  ),
}
const garbage = { status: 200, type: 'text/html', body: '<html><body>Back soon</body></html>' }

const assertion = (() => {
  const { document, security } = parseEnvelope(wssFile('envelopes/p04-saml-hok-rsa-sha256.xml'))
  const element = childNamed(security!, samlNamespace, 'Assertion')!
  return { id: attribute(element, 'AssertionID')!, xml: rawElement(document, element) }
})()

/** Forms that neither the specification nor the WSDL tells are tried with a token. */
async function opened(wsdl: string): Promise<OpenedSoapService> {
  const options = {
    endpoint: `${server.url}/`,
    trust: [server.authorities.root.certificate.toPem()],
    credential: wssCredential('holder-rsa'),
    assertion,
    runtime: heldRuntime(wssClock),
  }
  const service = await openService(join(contracts, wsdl), options)
  if (service.operations.every(({ security }) => security !== undefined)) return service
  service.close()
  return openService(join(contracts, wsdl), { ...options, security: 'saml-hok' })
}

const run = (tool: string, parameters: readonly string[]): { status: number | null; stderr: string } =>
  spawnSync(tool, parameters, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })

/** By the certificate of the sender, never by what the message brings along. */
function judgeSignature(message: string): void {
  const { security } = parseEnvelope(message)
  if (security === undefined) return
  const x509 = !message.includes('SAMLAssertionID')
  const verified = verifyEnvelope(parseEnvelope(message), {
    kind: x509 ? 'x509' : 'saml-hok',
    trust: [wssCertificate('ca')],
    sts: [wssCertificate('sts')],
    at: wssClock,
  })
  expect(verified.covered).toContain('body')
  const [file, certificate] = [join(place, 'message.xml'), join(place, 'sender.pem')]
  writeFileSync(file, message)
  writeFileSync(certificate, wssCertificate('holder-rsa').toPem())
  const ids = ['Body', 'Timestamp', 'BinarySecurityToken'].flatMap((local) => ['--id-attr:Id', local])
  const node = "/*/*[local-name()='Header']/*[local-name()='Security']/*[local-name()='Signature']"
  const { status, stderr } = run('xmlsec1', [
    '--verify',
    '--insecure',
    '--pubkey-cert-pem',
    certificate,
    ...ids,
    '--node-xpath',
    node,
    file,
  ])
  expect(stderr + String(status)).toMatch(/0$/)
}

/** Messages of one WSDL, judged together. */
function judgeMessages(judge: string, messages: readonly string[]): string[] {
  const folder = join(place, 'messages')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  const files = messages.map((message, index) => {
    const file = join(folder, `${index}.xml`)
    writeFileSync(file, message)
    return file
  })
  const { stderr } = run('xmllint', ['--noout', '--nonet', '--schema', judge, ...files])
  return stderr
    .split('\n')
    .filter((line) => /Schemas (validity|parser) error|failed to (load|compile)/.test(line))
}

const payloadOf = (message: string): string => {
  const { document, payload } = parseEnvelope(message)
  return document.source.slice(payload.start, payload.end)
}

/** Calls every operation of a WSDL and gives what went over the wire. */
async function callAll(wsdl: string): Promise<{ messages: string[]; securities: Set<string | undefined> }> {
  const documents = await loadDocuments(join(contracts, wsdl), () => Promise.reject(new Error('fetched')))
  const schemas = readSchemas(documents)
  const [port] = readPorts(documents)
  using service = await opened(wsdl)
  const messages: string[] = []
  for (const { name, input, output } of port!.operations) {
    const sent = schemas.element(input!.namespace, input!.local)!
    const answered = schemas.element(output!.namespace, output!.local)!
    const reply = writeMessage(answered, sampleOf(answered))
    answer = good(reply)
    arrived = []
    const data = sampleOf(sent)
    // whatever the WSDL says of MTOM: libxml2 judges messages, not packages
    const { value, meta } = await service.call(name, data, { packaging: 'swa', addressing: false })
    expect(value, name).toEqual(readMessage(parseXml(reply).root, answered, schemas))
    expect(arrived, name).toEqual([meta.raw.request])
    judgeSignature(arrived[0]!)
    expect(payloadOf(arrived[0]!), name).toBe(writeMessage(sent, data))
    messages.push(payloadOf(arrived[0]!), reply)
  }
  return { messages, securities: new Set(service.operations.map(({ security }) => security)) }
}

const judged = wsdls.filter((name) => !['doctype', 'no ports'].includes(exceptions[name] ?? ''))

describe.runIf(available)('operations of the official WSDLs', () => {
  it.each(judged)('are called with sound signatures and valid messages: %s', async (wsdl) => {
    const { messages } = await callAll(wsdl)
    expect(messages.length).toBeGreaterThan(0)
    const documents = await loadDocuments(join(contracts, wsdl), () => Promise.reject(new Error('fetched')))
    const complaints = judgeMessages(writeJudge(documents, place), messages)
    const tolerated = { schema: /./, abstract: /type definition is abstract/, wildcard: /urn:sample/ }
    const kind = exceptions[wsdl] as keyof typeof tolerated | undefined
    const intolerable = complaints.filter((line) => kind === undefined || !tolerated[kind].test(line))
    expect(intolerable).toEqual([])
  })

  it.each(wsdls.filter((name) => exceptions[name] === 'doctype'))(
    'are refused with a word: %s',
    async (wsdl) => {
      await expect(openService(join(contracts, wsdl))).rejects.toMatchObject({ code: 'xml.doctype' })
    },
  )
})

describe.runIf(available)('the mailboxes of the insurers (GenericAsync)', () => {
  it('are called with the Timestamp alone signed, WS-Addressing and parts beside a valid message', async () => {
    const wsdl = join(contracts, 'wsdl/genasync/GenericAsync-V3.wsdl')
    const documents = await loadDocuments(wsdl, () => Promise.reject(new Error('fetched')))
    const schemas = readSchemas(documents)
    const [{ name, input, output }] = readPorts(documents)[0]!.operations as [WsdlOperation]
    const data = sampleOf(schemas.element(input!.namespace, input!.local)!)
    const answered = schemas.element(output!.namespace, output!.local)!
    answer = good(writeMessage(answered, sampleOf(answered)))
    using service = await openService(wsdl, {
      endpoint: `${server.url}/mycarenet/bed/GenAsync/memberData`,
      trust: [server.authorities.root.certificate.toPem()],
      credential: wssCredential('holder-rsa'),
      assertion,
      runtime: heldRuntime(wssClock),
    })
    arrived = []
    await service.call(name, data, { addressing: { to: 'urn:nip:destination:io:300' } })
    const boundary = /^--(\S+)/.exec(arrived[0]!)![1]!
    const { root, others } = parseMultipart(
      Buffer.from(arrived[0]!),
      parseContentType(`multipart/related; boundary="${boundary}"`),
    )
    const message = parseEnvelope(root.content)
    const policy = { kind: 'saml-hok', trust: [], sts: [wssCertificate('sts')], at: wssClock } as const
    expect(verifyEnvelope(message, { ...policy, require: ['timestamp'] }).covered).toEqual(['timestamp'])
    expect(childElements(message.header!).map(({ local }) => local)).toEqual([
      'Security',
      'Action',
      'To',
      'MessageID',
    ])
    expect(textOf(childElements(message.header!)[1]!)).toBe('urn:be:cin:nip:async:generic:post:msg')
    expect(others.length).toBeGreaterThan(0)
    // with the parts back in their places it is the message that the schema has
    includeXop(message.payload, attachmentsOf({ root, others }))
    expect(judgeMessages(writeJudge(documents, place), [canonicalize(message.payload)])).toEqual([])
  })
})

/** The services of issue and chapters, with the security that the specification or the WSDL tells. */
const main: readonly [wsdl: string, security: string][] = [
  ['wsdl/etk/EtkDepot-v1.wsdl', 'none'],
  ['wsdl/ehealthbox/ehBoxConsultation-v3.wsdl', 'saml-hok'],
  ['wsdl/ehealthbox/ehBoxPublication-v3.wsdl', 'saml-hok'],
  ['wsdl/consent/Consent_v1.wsdl', 'saml-hok'],
  ['wsdl/therlink/TherLink_v1.wsdl', 'saml-hok'],
  ['wsdl/addressbook/addressbook-v1.wsdl', 'saml-hok'],
  ['wsdl/gen-ins/GenericInsurabilityWebService-1_0.wsdl', 'saml-hok'],
  ['wsdl/memberdata/MyCareNetMemberData_v1.wsdl', 'saml-hok'],
  ['wsdl/tarification/MyCareNetTarification_v1.wsdl', 'saml-hok'],
  ['connector/ehealth-timestamping/WSDL/timestamp-authority-v2.wsdl', 'x509'],
  ['egelke/library-core/ehealth-iam-sts-ws-trust-1.3-proxy-v1.wsdl', 'x509'],
  ['connector/ehealth-etee/WSDL/kgss-proxy-v1.wsdl', 'none saml-hok'],
]

describe.runIf(available)('the services most wanted', () => {
  it.each(main)(
    'say how they are signed, and take faults, garbage and node-soap: %s',
    async (wsdl, security) => {
      using service = await opened(wsdl)
      const told = new Set(service.operations.map((operation) => operation.security))
      expect([...told].sort().join(' ')).toBe(security)

      const documents = await loadDocuments(join(contracts, wsdl), () => Promise.reject(new Error('fetched')))
      const schemas = readSchemas(documents)
      const { name, input, output } = readPorts(documents)[0]!.operations[0]!
      const data = sampleOf(schemas.element(input!.namespace, input!.local)!)
      const answered = schemas.element(output!.namespace, output!.local)!

      answer = fault
      await expect(service.call(name, data)).rejects.toMatchObject({
        family: 'fault',
        platform: { code: 'SOA-03006', id: 'ticket-1', environment: 'Acceptation' },
      })
      answer = garbage
      await expect(service.call(name, data)).rejects.toMatchObject({ code: 'transport.content' })
      answer = good('<a:Other xmlns:a="urn:other"/>')
      await expect(service.call(name, data)).rejects.toMatchObject({ code: 'contract.unreadable' })

      const reply = writeMessage(answered, sampleOf(answered))
      answer = good(reply)
      const client = await service.soap<Record<string, (data: unknown) => Promise<[unknown]>>>()
      arrived = []
      const [value] = await client[`${name}Async`]!(data)
      expect(value).toEqual((await service.call(name, data)).value)
      const [first, second] = arrived.map(payloadOf)
      expect(first).toBe(second)
      arrived.forEach(judgeSignature)
      answer = fault
      await expect(client[`${name}Async`]!(data)).rejects.toMatchObject({ platform: { code: 'SOA-03006' } })
    },
  )
})

describe.runIf(available)('the WSDLs that the simulator makes', () => {
  it('have schemas that others compile, and that judge messages as the contracts do', async () => {
    const simulator = await startSimulator()
    let judgedServices = 0
    try {
      const trust = simulator.environment.trust.tls!
      for (const path of Object.values(servicePaths)) {
        const wsdl = `${simulator.url}${path}?wsdl`
        const documents = await loadDocuments(wsdl, fetchOver({ trust })).catch(() => undefined)
        if (documents === undefined) continue
        judgedServices += 1
        const folder = mkdtempSync(join(place, 'simulator-'))
        const schemas = readSchemas(documents)
        const names = readPorts(documents)[0]!.operations.flatMap(({ input, output }) => [input!, output!])
        const elements = names.map(({ namespace, local }) => schemas.element(namespace, local)!)
        const messages = elements.map((element) => writeMessage(element, sampleOf(element)))
        const judge = writeJudge(documents, folder)
        expect(judgeMessages(judge, messages), wsdl).toEqual([])
        const broken = messages.map((message) => message.replace(/^<(\S+)([^>]*)>/, '<$1$2><Foreign/>'))
        expect(judgeMessages(judge, broken).length, wsdl).toBeGreaterThanOrEqual(broken.length)
      }
      expect(judgedServices).toBeGreaterThanOrEqual(4)
    } finally {
      await simulator.close()
    }
  })
})
