import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { EHealthError } from '../../../src/errors.js'
import type { Environment } from '../../../src/technical/environment/environment.js'
import {
  openService,
  type OpenedSoapService,
  type OpenServiceOptions,
} from '../../../src/technical/service/index.js'
import { parseEnvelope } from '../../../src/technical/soap/envelope.js'
import { samlNamespace } from '../../../src/technical/soap/namespaces.js'
import { createRecorder } from '../../../src/technical/soap/recording.js'
import type { SamlAssertion, WireEvent } from '../../../src/technical/soap/types.js'
import { verifyEnvelope } from '../../../src/technical/soap/wsSecurity/verify.js'
import { rawElement } from '../../../src/technical/xml/parse.js'
import { attribute, childNamed } from '../../../src/technical/xml/tree.js'
import { heldRuntime } from '../soap/messages.js'
import { startTestServer, type TestServer } from '../soap/testServer.js'
import { wssCertificate, wssClock, wssCredential, wssFile } from '../soap/wssFixtures.js'
import { everything, parcelsFile } from './support.js'

const secret = 'PATIENT-SECRET'
const envelope = (inner: string): string =>
  `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>${inner}</S:Body></S:Envelope>`
const sent = (attributes = '', number = '1'): string =>
  envelope(
    `<p:SendResponse xmlns:p="urn:test:parcels" xmlns:c="urn:test:parcels:core"${attributes}><c:Status>${secret}</c:Status><Number>${number}</Number></p:SendResponse>`,
  )
const fault = envelope(
  '<S:Fault><faultcode>S:Server</faultcode><faultstring>SOA-02001</faultstring><detail>' +
    '<e:SystemError xmlns:e="urn:be:fgov:ehealth:errors:soa:v1" Id="ticket-1"><Origin>Provider</Origin>' +
    `<Code>SOA-02001</Code><Message xml:lang="en">${secret}</Message></e:SystemError></detail></S:Fault>`,
)
const tracked = envelope(
  '<p:TrackResponse xmlns:p="urn:test:parcels"><At>2026-01-15T12:00:00Z</At><Steps>3</Steps></p:TrackResponse>',
)
const hostile = envelope(
  '<p:TrackResponse xmlns:p="urn:test:parcels"><At id="__proto__">x</At><__proto__ id="__proto__"><a>1</a></__proto__></p:TrackResponse>',
)

const answers: Record<string, { status?: number; type?: string; body: string }> = {
  '/track': { body: tracked },
  '/hostile': { body: hostile },
  '/parts': {
    type: 'multipart/related; boundary=x; type="text/xml"',
    body: `--x\r\nContent-Type: text/xml\r\n\r\n${tracked}\r\n--x\r\nContent-Type: text/plain\r\nContent-ID: <b@test>\r\n\r\npart\r\n--x--\r\n`,
  },
  '/fault': { status: 500, body: fault },
  '/html': { status: 503, type: 'text/html', body: '<html>Back soon</html>' },
  '/doctype': { body: `<!DOCTYPE a [<!ENTITY b "c">]>${tracked}` },
  '/twice': { body: tracked.replace('<p:Track', '<x/><p:Track') },
  '/cut': { body: tracked.slice(0, -30) },
  '/other': { body: envelope('<x/>') },
  '/mine': { body: sent(' InResponseTo="a1"') },
  '/another': { body: sent(' InResponseTo="a2"') },
}

let server: TestServer
const seen: { path: string; headers: Record<string, unknown>; body: string }[] = []

beforeAll(async () => {
  server = await startTestServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const path = incoming.url ?? ''
      seen.push({ path, headers: incoming.headers, body: Buffer.concat(chunks).toString() })
      if (path === '/parcels.wsdl') return void outgoing.writeHead(200).end(readFileSync(parcelsFile))
      if (path.startsWith('/types/'))
        return void outgoing.writeHead(200).end(readFileSync(join(parcelsFile, '..', path)))
      if (path === '/moved.wsdl') return void outgoing.writeHead(302, { Location: '/parcels.wsdl' }).end()
      const { status = 200, type = 'text/xml; charset=utf-8', body } = answers[path] ?? { body: sent() }
      outgoing.writeHead(status, { 'Content-Type': type }).end(body)
    })
  })
})
afterAll(() => server.close())
beforeEach(() => {
  seen.length = 0
})

function assertionOf(file: string): SamlAssertion {
  const { document, security } = parseEnvelope(wssFile(`envelopes/${file}`))
  const element = childNamed(security!, samlNamespace, 'Assertion')!
  return { id: attribute(element, 'AssertionID')!, xml: rawElement(document, element) }
}

const keys = {
  credential: wssCredential('holder-rsa'),
  assertion: assertionOf('p04-saml-hok-rsa-sha256.xml'),
  runtime: heldRuntime(wssClock),
}
const open = (path: string, options: OpenServiceOptions = {}): Promise<OpenedSoapService> =>
  openService(parcelsFile, {
    endpoint: server.url + path,
    trust: [server.authorities.root.certificate.toPem()],
    ...keys,
    ...options,
  })
const track = async (path: string, options: OpenServiceOptions = {}): Promise<unknown> => {
  using service = await open(path, { security: 'none', ...options })
  return (await service.call('Track', { Number: 7 })).value
}

describe('a call of a service by its WSDL', () => {
  it('sends what the schema says and gives plain data, with the raw messages beside it', async () => {
    using service = await open('/track', { security: 'none' })
    const { value, meta, attachments } = await service.call('Track', { Number: '9007199254740993' })
    expect(value).toEqual({ At: '2026-01-15T12:00:00Z', Steps: 3 })
    expect(meta).toMatchObject({ service: 'ParcelsService', operation: 'Track', httpStatus: 200 })
    expect(meta.raw).toEqual({ request: seen[0]!.body, response: tracked })
    expect(JSON.stringify(meta)).not.toContain('9007199254740993')
    expect(attachments.size).toBe(0)
    expect(seen[0]!.body).toContain(
      '<S:Body><n1:TrackRequest xmlns:n1="urn:test:parcels"><Number>9007199254740993</Number></n1:TrackRequest></S:Body>',
    )
    expect(seen[0]!.headers).toMatchObject({ soapaction: '""', 'content-type': 'text/xml; charset=utf-8' })
  })

  it('signs with the token where the policy of the WSDL asks for one', async () => {
    using service = await open('/mine')
    await service.call('Send', everything)
    const { covered, payload } = verifyEnvelope(parseEnvelope(seen[0]!.body), {
      kind: 'saml-hok',
      trust: [wssCertificate('ca')],
      sts: [wssCertificate('sts')],
      at: wssClock,
    })
    expect(covered).toEqual(['body', 'timestamp'])
    expect(payload.local).toBe('SendRequest')
    expect(seen[0]!.headers['soapaction']).toBe('"urn:test:parcels:Send"')
  })

  it('signs with the certificate where the policy asks for that, and as the caller says where he says it', async () => {
    using service = await open('/track')
    expect(service.operations.map(({ name, security }) => [name, security])).toEqual([
      ['Send', 'saml-hok'],
      ['Track', undefined],
      ['Certify', 'x509'],
      ['Shout', undefined],
      ['Tell', undefined],
    ])
    await service.call('Certify', { Number: 1 })
    await service.call('Track', { Number: 1 }, { security: 'x509', soapAction: 'urn:mine' })
    const policy = { kind: 'x509' as const, trust: [wssCertificate('ca')], sts: [], at: wssClock }
    for (const { body } of seen)
      expect(verifyEnvelope(parseEnvelope(body), policy).covered).toEqual(['body', 'timestamp', 'bst'])
    expect(seen[1]!.headers['soapaction']).toBe('"urn:mine"')
    await expect(service.call('Track', { Number: 1 })).rejects.toMatchObject({
      code: 'configuration.invalid',
      path: 'security',
    })
  })

  it('takes a whole element as XML, signed as it stands', async () => {
    using service = await open('/mine')
    const xml = `<?xml version="1.0"?><!-- mine --><q:SendRequest xmlns:q='urn:test:parcels' Id="a1"  Version = "1.0">\n <Sender/></q:SendRequest>`
    await service.call('Send', xml)
    expect(seen[0]!.body).toContain(xml.slice(xml.indexOf('<q:')))
    const policy = { kind: 'saml-hok' as const, trust: [], sts: [wssCertificate('sts')], at: wssClock }
    expect(
      verifyEnvelope(parseEnvelope(seen[0]!.body), { ...policy, trust: [wssCertificate('ca')] }).covered,
    ).toContain('body')
    await expect(service.call('Send', '<other/>')).rejects.toMatchObject({ code: 'contract.invalid' })
    await expect(service.call('Send', '<!DOCTYPE a><a/>')).rejects.toMatchObject({ code: 'xml.doctype' })
  })

  it('refuses what does not fit the schema before anything is sent', async () => {
    using service = await open('/track', { security: 'none' })
    const wrong = { Number: secret }
    await expect(service.call('Track', wrong)).rejects.toMatchObject({
      code: 'contract.invalid',
      path: 'TrackRequest.Number',
    })
    expect(seen).toEqual([])
  })

  it('takes the answer to another request for what it is', async () => {
    using service = await open('/another')
    await expect(service.call('Send', everything)).rejects.toMatchObject({ code: 'contract.unreadable' })
  })

  it.each<[string, object]>([
    [
      '/fault',
      { code: 'fault.unavailable', platform: { code: 'SOA-02001', id: 'ticket-1', httpStatus: 500 } },
    ],
    ['/html', { code: 'transport.http', platform: { httpStatus: 503 } }],
    ['/doctype', { code: 'xml.doctype' }],
    ['/twice', { code: 'xml.envelope' }],
    ['/cut', { code: 'xml.malformed' }],
    ['/other', { code: 'contract.unreadable' }],
  ])('ends in a typed error for the answer of %s, through node-soap as well', async (path, expected) => {
    await expect(track(path)).rejects.toMatchObject(expected)
    using service = await open(path, { security: 'none' })
    const client = await service.soap()
    await expect(client['TrackAsync']!({ Number: 7 })).rejects.toMatchObject(expected)
    await expect(client['TrackAsync']!({ Number: 7 })).rejects.toBeInstanceOf(EHealthError)
  })

  it('carries attachments there and back', async () => {
    using service = await open('/parts', { security: 'none' })
    const content = new Uint8Array([1, 2, 3])
    const sentAlong = { contentId: 'a@test', contentType: 'application/pdf', content }
    const { attachments } = await service.call('Track', { Number: 1 }, { attachments: [sentAlong] })
    expect(String(seen[0]!.headers['content-type'])).toMatch(/^multipart\/related/)
    expect(seen[0]!.body).toContain('Content-ID: a@test')
    expect(attachments.get('b@test')).toMatchObject({ contentType: 'text/plain' })
    expect(Buffer.from(attachments.get('b@test')!.content).toString()).toBe('part')
  })

  it('tells events and records exchanges, without a word of the content in the events', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'service-'))
    const events: WireEvent[] = []
    try {
      await track('/track', { on: (event) => events.push(event), recorder: createRecorder(directory) })
      expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['request', 'response']))
      expect(JSON.stringify(events)).not.toContain('TrackRequest')
      expect(readdirSync(directory).sort()).toEqual([
        '0001-parcelsservice-Track-request.xml',
        '0001-parcelsservice-Track-response.xml',
        '0001.json',
      ])
    } finally {
      rmSync(directory, { recursive: true })
    }
  })

  it.each(['Nothing', 'toString', ''])('knows no operation %j, and says which there are', async (name) => {
    using service = await open('/track')
    const error: unknown = await service.call(name).catch((caught: unknown) => caught)
    expect(error).toMatchObject({
      code: 'service.operation',
      details: { operations: ['Send', 'Track', 'Certify', 'Shout', 'Tell'] },
    })
  })

  it('refuses operations that are not document/literal with an answer', async () => {
    using service = await open('/track', { security: 'none' })
    for (const name of ['Shout', 'Tell'])
      await expect(service.call(name, {})).rejects.toMatchObject({ code: 'configuration.unsupported' })
  })

  it('says which key or token is missing', async () => {
    const bare = { trust: [server.authorities.root.certificate.toPem()], endpoint: `${server.url}/track` }
    using service = await openService(parcelsFile, bare)
    const refused = (path: string): object => ({ code: 'configuration.invalid', path })
    await expect(service.call('Certify', { Number: 1 })).rejects.toMatchObject(refused('credential'))
    using without = await openService(parcelsFile, { ...bare, credential: keys.credential })
    await expect(without.call('Send', everything)).rejects.toMatchObject(refused('assertion'))
    expect(seen).toEqual([])
  })
})

describe('where a service is called', () => {
  const environment = (): Environment => ({
    name: 'simulation',
    baseUrl: server.url,
    trust: { tls: [server.authorities.root.certificate.toPem()] },
  })

  it('is the path of the platform on the host of the environment', async () => {
    using service = await openService(parcelsFile, { ...keys, environment: environment(), port: 'Other' })
    await service.call('Certify', { Number: 1 }).catch(() => undefined)
    expect(seen.map(({ path }) => path)).toEqual(['/Parcels/v1'])
  })

  it('is never an address of an example', async () => {
    for (const options of [{ environment: environment() }, {}]) {
      using service = await openService(parcelsFile, { ...keys, ...options })
      await expect(service.call('Certify', { Number: 1 })).rejects.toMatchObject({
        code: 'configuration.invalid',
        path: 'endpoint',
      })
    }
    expect(seen).toEqual([])
  })

  it('comes with a WSDL over https, whose imports come from the same server; a redirect is not followed', async () => {
    const options = {
      ...keys,
      trust: [server.authorities.root.certificate.toPem()],
      security: 'none' as const,
    }
    using service = await openService(`${server.url}/parcels.wsdl`, {
      ...options,
      endpoint: `${server.url}/track`,
    })
    expect(seen.map(({ path }) => path)).toEqual([
      '/parcels.wsdl',
      '/types/parcels.xsd',
      '/types/core.xsd',
      '/types/shared.xsd',
    ])
    expect((await service.call('Track', { Number: 1 })).value).toMatchObject({ Steps: 3 })
    const moved = openService(`${server.url}/moved.wsdl`, options)
    await expect(moved).rejects.toMatchObject({ code: 'transport.http', platform: { httpStatus: 302 } })
    const stranger = openService(`${server.url}/parcels.wsdl`, { ...options, trust: [] })
    await expect(stranger).rejects.toMatchObject({ family: 'transport' })
    const plain = openService('http://www.example.org/parcels.wsdl', options)
    await expect(plain).rejects.toMatchObject({ code: 'configuration.invalid' })
  })

  it('refuses options and ports that there are not', async () => {
    const wrong = openService(parcelsFile, { endpont: 'x' } as never)
    await expect(wrong).rejects.toMatchObject({ code: 'configuration.invalid', path: 'endpont' })
    await expect(openService(parcelsFile, { port: 'Third' })).rejects.toMatchObject({
      code: 'service.operation',
      details: { ports: ['Parcels', 'Other'] },
    })
  })
})

describe('the client of node-soap', () => {
  it('gives what call gives, signed and sent in the same way', async () => {
    using service = await open('/mine')
    const client = await service.soap()
    expect(await service.soap()).toBe(client)
    expect(Object.keys(client.describe() as object)).toEqual(['ParcelsService'])
    const [value, rawResponse, , rawRequest] = await client['SendAsync']!(everything)
    expect(value).toEqual((await service.call('Send', everything)).value)
    expect(rawResponse).toBe(answers['/mine']!.body)
    expect(rawRequest).toBe(seen[0]!.body)
    expect(client.lastRequest).toBe(rawRequest)
    const [first, second] = seen.map(({ body }) => parseEnvelope(body))
    const policy = {
      kind: 'saml-hok' as const,
      trust: [wssCertificate('ca')],
      sts: [wssCertificate('sts')],
      at: wssClock,
    }
    for (const parsed of [first!, second!])
      expect(verifyEnvelope(parsed, policy).covered).toEqual(['body', 'timestamp'])
  })

  it('takes callbacks, ready-made XML, and many calls at once', async () => {
    using service = await open('/track', { security: 'none' })
    const client = await service.soap()
    const value = await new Promise((resolve, reject) => {
      client['Track']!({ Number: 1 }, (error: Error | null, result: unknown) =>
        error === null ? resolve(result) : reject(error),
      )
    })
    expect(value).toMatchObject({ Steps: 3 })
    const _xml = '<n:TrackRequest xmlns:n="urn:test:parcels"><Number>77</Number></n:TrackRequest>'
    await client['TrackAsync']!({ _xml })
    expect(seen[1]!.body).toContain(_xml)
    const numbers = Array.from({ length: 20 }, (_, index) => index + 100)
    await Promise.all(numbers.map((Number) => client['TrackAsync']!({ Number }) as Promise<unknown>))
    const arrived = seen.slice(2).map(({ body }) => Number(/<Number>(\d+)</.exec(body)![1]))
    expect(arrived.sort()).toEqual(numbers)
  })

  it('refuses a value that does not fit the schema, and headers of its own, before anything is sent', async () => {
    using service = await open('/track', { security: 'none' })
    const client = await service.soap()
    await expect(client['TrackAsync']!({ Number: secret })).rejects.toMatchObject({
      code: 'contract.invalid',
    })
    await expect(client['TrackAsync']!({ Number: 1 }, {}, { 'X-Mine': '1' })).rejects.toMatchObject({
      code: 'configuration.unsupported',
    })
    client.addSoapHeader('<a/>')
    await expect(client['TrackAsync']!({ Number: 1 })).rejects.toMatchObject({
      code: 'configuration.unsupported',
    })
    client.clearSoapHeaders()
    client.setSecurity({ toXML: () => '<b/>' })
    await expect(client['TrackAsync']!({ Number: 1 })).rejects.toMatchObject({
      code: 'configuration.unsupported',
    })
    expect(seen).toEqual([])
  })

  it('follows setEndpoint and setSOAPAction', async () => {
    using service = await open('/elsewhere', { security: 'none' })
    const client = await service.soap()
    client.setEndpoint(`${server.url}/track`)
    client.setSOAPAction('urn:mine')
    expect((await client['TrackAsync']!({ Number: 1 }))[0]).toMatchObject({ Steps: 3 })
    expect(seen).toMatchObject([{ path: '/track', headers: { soapaction: '"urn:mine"' } }])
  })

  it('leaves the objects of everybody else alone, whatever the answer names itself', async () => {
    using service = await open('/hostile', { security: 'none' })
    const client = await service.soap()
    await client['TrackAsync']!({ Number: 1 })
    expect(Object.keys(Object.prototype)).toEqual([])
    expect('obj' in {}).toBe(false)
  })
})

describe('a service that is closed or shown', () => {
  it('shows no key and sends nothing any more', async () => {
    const service = await open('/track', { security: 'none' })
    expect(inspect(service, { depth: 5 })).not.toContain('PRIVATE')
    service.close()
    await expect(service.call('Track', { Number: 1 })).rejects.toMatchObject({ code: 'configuration.closed' })
  })
})
