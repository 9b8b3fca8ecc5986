/** The forms of a call that some services want: the Timestamp alone signed, MTOM, WS-Addressing, no SOAPAction, vouching. */
import { fileURLToPath } from 'node:url'

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { writeAssertion } from '../../../src/simulator/services/sts/assertion.js'
import {
  openService,
  type OpenedSoapService,
  type OpenServiceOptions,
} from '../../../src/technical/service/index.js'
import { parseContentType } from '../../../src/technical/soap/attachments/contentType.js'
import { parseMultipart } from '../../../src/technical/soap/attachments/multipart.js'
import { parseEnvelope, type ParsedEnvelope } from '../../../src/technical/soap/envelope.js'
import { soapNamespace, wsaNamespace, xopNamespace } from '../../../src/technical/soap/namespaces.js'
import type { SamlAssertion } from '../../../src/technical/soap/types.js'
import { verifyEnvelope, type SecurityPolicy } from '../../../src/technical/soap/wsSecurity/verify.js'
import { signEnveloped } from '../../../src/technical/xml/signature/index.js'
import {
  attribute,
  childElements,
  descendants,
  textOf,
  type XmlElement,
} from '../../../src/technical/xml/tree.js'
import { heldRuntime } from '../soap/messages.js'
import { startTestServer, type TestServer } from '../soap/testServer.js'
import { wssAssertion, wssCertificate, wssClock, wssCredential } from '../soap/wssFixtures.js'

const wsdl = fileURLToPath(new URL('../../../fixtures/service/mailbox.wsdl', import.meta.url))
/** A path that the specification knows as GenericAsync. */
const mailbox = '/mycarenet/bed/GenAsync/memberData'
const octets = Buffer.from('answered octets')
const answer = [
  '--b\r\nContent-Type: application/xop+xml; charset=utf-8; type="text/xml"\r\nContent-ID: <root@test>\r\n\r\n',
  `<S:Envelope xmlns:S="${soapNamespace}"><S:Body><m:postResponse xmlns:m="urn:test:mailbox"><m:Detail ContentType="x">`,
  `<x:Include xmlns:x="${xopNamespace}" href="cid:part@test"/></m:Detail></m:postResponse></S:Body></S:Envelope>`,
  `\r\n--b\r\nContent-Type: application/octet-stream\r\nContent-ID: <part@test>\r\n\r\n${octets.toString()}\r\n--b--\r\n`,
].join('')

interface Seen {
  headers: Record<string, string>
  body: Buffer
}
let server: TestServer
let seen: Seen[] = []
beforeAll(async () => {
  server = await startTestServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      seen.push({ headers: incoming.headers as Record<string, string>, body: Buffer.concat(chunks) })
      const type = 'multipart/related; boundary=b; type="application/xop+xml"; start="<root@test>"'
      outgoing.writeHead(200, { 'Content-Type': type }).end(answer)
    })
  })
})
afterAll(() => server.close())
beforeEach(() => {
  seen = []
})

const open = (path: string, options: OpenServiceOptions = {}): Promise<OpenedSoapService> =>
  openService(wsdl, {
    endpoint: server.url + path,
    trust: [server.authorities.root.certificate.toPem()],
    credential: wssCredential('holder-rsa'),
    assertion: wssAssertion('holder-rsa'),
    runtime: heldRuntime(wssClock),
    ...options,
  })

/** What arrived, taken apart as a stack that knows MTOM does. */
function arrived(): { envelope: ParsedEnvelope; parts: Map<string, Buffer>; headers: Seen['headers'] } {
  const { headers, body } = seen.at(-1)!
  const type = parseContentType(headers['content-type'])
  if (!type.mediaType.startsWith('multipart/'))
    return { envelope: parseEnvelope(body), parts: new Map(), headers }
  const { root, others } = parseMultipart(body, type)
  return {
    envelope: parseEnvelope(root.content),
    parts: new Map(others.map(({ contentId, content }) => [contentId!, Buffer.from(content)])),
    headers,
  }
}
const policy = (kind: SecurityPolicy['kind'], require?: SecurityPolicy['require']): SecurityPolicy => ({
  kind,
  trust: [wssCertificate('ca')],
  sts: [wssCertificate('sts')],
  at: wssClock,
  ...(require === undefined ? {} : { require }),
})
const blob = (content: Uint8Array) => ({ attributes: { ContentType: 'text/plain' }, $value: content })
const small = Buffer.from('small octets')
const locals = (elements: readonly { local: string }[]): string[] => elements.map(({ local }) => local)

describe('a service that the specification knows as GenericAsync', () => {
  it('is called with the Timestamp alone signed, addressing and MTOM, without a word of the caller', async () => {
    using service = await open(mailbox, { port: 'Easy' })
    expect(service.operations[0]).toMatchObject({ name: 'post', security: 'saml-timestamp' })
    const { value } = await service.call<{ Detail: { $value: Uint8Array } }>('post', { Detail: blob(small) })
    expect(Buffer.from(value.Detail.$value)).toEqual(octets)

    const { envelope, parts, headers } = arrived()
    const { covered, timestamp } = verifyEnvelope(envelope, policy('saml-hok', ['timestamp']))
    expect(covered).toEqual(['timestamp'])
    expect(timestamp!.expires.getTime() - timestamp!.created.getTime()).toBe(30_000)
    const [security, ...addressing] = childElements(envelope.header!)
    expect(security!.local).toBe('Security')
    expect(addressing.map(({ namespace }) => namespace)).toEqual([wsaNamespace, wsaNamespace])
    expect(addressing.map((element) => [element.local, textOf(element)])).toEqual([
      ['Action', 'urn:test:mailbox:post:msg'],
      ['MessageID', expect.stringMatching(/^[0-9a-f-]{36}$/) as string],
    ])
    expect(attribute(addressing[0]!, 'mustUnderstand', soapNamespace)).toBe('1')

    expect(headers['content-type']).toMatch(/^multipart\/related.*type="application\/xop\+xml"/i)
    const [detail] = childElements(envelope.payload)
    const [include] = childElements(detail!)
    expect([include!.namespace, include!.local]).toEqual([xopNamespace, 'Include'])
    expect(parts.get(attribute(include!, 'href')!.replace('cid:', ''))).toEqual(small)
  })

  it('makes parts of what the schema expects as a medium, and of other octets above the threshold', async () => {
    using service = await open(mailbox)
    const large = Buffer.alloc(81_921, 'x')
    const data = { Detail: blob(small), Picture: small, Scan: small }
    const inline = async (more: object, options: object = {}): Promise<string[]> => {
      await service.call('post', { ...data, ...more }, options)
      const { envelope, parts } = arrived()
      const fields = childElements(envelope.payload)
      const kept = fields.filter((field) => childElements(field).length === 0)
      expect(parts.size).toBe(fields.length - kept.length)
      return locals(kept)
    }
    expect(await inline({ Xades: small })).toEqual(['Xades'])
    expect(await inline({ Xades: large })).toEqual([])
    expect(await inline({ Xades: small }, { xopThreshold: 4 })).toEqual([])
    // what is base64 already is text: nothing is decoded behind the caller's back
    expect(await inline({ Xades: large.toString('base64') })).toEqual(['Xades'])
    // attachments of one's own travel along
    const attachment = { contentId: 'mine@test', contentType: 'text/plain', content: small }
    await service.call('post', data, { attachments: [attachment] })
    expect(arrived().parts.get('mine@test')).toEqual(small)
    // a whole element as XML goes as it stands, in a package all the same
    await service.call('post', '<post xmlns="urn:test:mailbox"><Detail ContentType="x">AAAA</Detail></post>')
    expect(arrived()).toMatchObject({ parts: new Map() })
    expect(seen.at(-1)!.headers['content-type']).toMatch(/^multipart\/related/i)
  })

  it('takes the addressing of the caller, or none', async () => {
    using service = await open(mailbox)
    const addressing = { to: 'urn:nip:destination:io:300', messageId: 'mine', replyTo: 'urn:reply' }
    await service.call('post', { Detail: blob(small) }, { addressing })
    const [, ...blocks] = childElements(arrived().envelope.header!)
    const said = (block: XmlElement): string => textOf(childElements(block)[0] ?? block)
    expect(blocks.map((block) => [block.local, said(block)])).toEqual([
      ['Action', 'urn:test:mailbox:post:msg'],
      ['To', 'urn:nip:destination:io:300'],
      ['MessageID', 'mine'],
      ['ReplyTo', 'urn:reply'],
    ])
    await service.call('post', { Detail: blob(small) }, { addressing: false })
    expect(locals(childElements(arrived().envelope.header!))).toEqual(['Security'])
    seen = []
    await expect(service.call('postAgain', { Detail: blob(small) })).rejects.toMatchObject({
      code: 'configuration.invalid',
      path: 'addressing.action',
    })
    expect(seen).toEqual([])
    await service.call('postAgain', { Detail: blob(small) }, { addressing: { action: 'urn:mine' } })
    expect(textOf(childElements(arrived().envelope.header!)[1]!)).toBe('urn:mine')
  })
})

describe('a WSDL', () => {
  it.each([
    ['Demanding', 'xop', true],
    ['Extended', 'swa', true],
    ['Easy', 'swa', false],
  ] as const)(
    'that says so: port %s is called with %s, addressing %s',
    async (port, packaging, addressed) => {
      using service = await open('/unknown', { port, security: 'saml-hok' })
      await service.call('post', { Detail: blob(small) })
      const { envelope, parts } = arrived()
      expect(verifyEnvelope(envelope, policy('saml-hok')).covered).toEqual(['body', 'timestamp'])
      expect(parts.size).toBe(packaging === 'xop' ? 1 : 0)
      expect(locals(childElements(envelope.header!)).includes('Action')).toBe(addressed)
    },
  )

  it('has less to say than the caller', async () => {
    using service = await open('/unknown', { port: 'Demanding', security: 'saml-hok' })
    const off = { packaging: 'swa', addressing: false, soapAction: false, security: 'x509' } as const
    await service.call('post', { Detail: blob(small) }, off)
    const { envelope, parts, headers } = arrived()
    expect(verifyEnvelope(envelope, policy('x509')).covered).toEqual(['body', 'timestamp', 'bst'])
    expect(parts.size).toBe(0)
    expect(locals(childElements(envelope.header!))).toEqual(['Security'])
    expect(headers).not.toHaveProperty('soapaction')
    expect([...descendants(envelope.payload)].some(({ local }) => local === 'Include')).toBe(false)
    // and through node-soap
    const client = await service.soap<{ postAsync: (data: unknown, options: unknown) => Promise<unknown> }>()
    await client.postAsync({ Detail: blob(small) }, { ...off, packaging: 'xop' })
    expect(arrived().parts.size).toBe(1)
    expect(arrived().headers).not.toHaveProperty('soapaction')
  })
})

describe('whoever vouches for somebody', () => {
  const vouching = async (): Promise<SamlAssertion> => {
    const id = `_${'2'.repeat(32)}`
    const other = wssCertificate('holder-ec')
    const plain = writeAssertion({
      id,
      issuedAt: wssClock,
      notBefore: wssClock,
      notOnOrAfter: new Date(wssClock.getTime() + 3_600_000),
      identification: other,
      holderOfKey: other,
      attributes: [{ name: 'urn:test', namespace: 'urn:test', values: ['1'] }],
    }).replaceAll('cm:holder-of-key', 'cm:sender-vouches')
    const signed = await signEnveloped(plain, {
      idAttribute: 'AssertionID',
      credential: wssCredential('sts'),
    })
    return { id, xml: signed }
  }

  it('gives the assertion for one call, or for all', async () => {
    const assertion = await vouching()
    const security = 'saml-sender-vouches'
    using service = await open('/unknown', { port: 'Easy' })
    await service.call('post', { Detail: blob(small) }, { security, assertion })
    const one = verifyEnvelope(arrived().envelope, policy(security))
    using other = await open('/unknown', { port: 'Easy', security, assertion })
    await other.call('post', { Detail: blob(small) })
    const all = verifyEnvelope(arrived().envelope, policy(security))
    for (const verified of [one, all]) {
      expect(verified.covered).toEqual(['body', 'timestamp', 'bst'])
      expect(verified.assertion?.id).toBe(assertion.id)
    }
  })
})
