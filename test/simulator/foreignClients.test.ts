/** Clients that are not ours are served as well as ours (spec soap-security §1.3, §4, §9). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { connect } from '../../src/index.js'
import { physician } from '../../src/professions/index.js'
import { startSimulator, type RefusedCall, type Simulator } from '../../src/simulator/index.js'
import { servicePaths, type ServiceName } from '../../src/technical/environment/environment.js'
import {
  exchange,
  foreignEnvelope,
  foreignKey,
  sha256,
  type ForeignKey,
  type Style,
} from './foreignClient.js'

const at = new Date('2026-03-02T09:00:00.000Z')
let open: Simulator
let strict: Simulator
let key: ForeignKey
let strictKey: ForeignKey
let assertion: { id: string; xml: string }
let refused: RefusedCall[] = []

beforeAll(async () => {
  const options = { http: true, clock: { now: () => at }, onRefusal: (one: RefusedCall) => refused.push(one) }
  open = await startSimulator(options)
  strict = await startSimulator({ ...options, strictAction: true })
  const { keystore, password, ssin, nihii } = open.personas.physician
  key = foreignKey(keystore, password)
  strictKey = foreignKey(strict.personas.physician.keystore, strict.personas.physician.password)
  // a token of the platform; where it came from is not the matter here
  await using me = await connect({
    environment: open.environment,
    runtime: open.runtime,
    keystore: { bytes: keystore, password },
    as: physician({ ssin, nihii }),
  })
  const { id, xml } = await me.technical.token()
  assertion = { id, xml }
})
afterAll(async () => {
  await open.close()
  await strict.close()
})
beforeEach(() => {
  refused = []
})

const order = (simulator: Simulator): string =>
  '<t:RequestSecurityToken xmlns:t="http://docs.oasis-open.org/ws-sx/ws-trust/200512" Context="c-1">' +
  '<t:TokenType>http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1#SAMLV1.1</t:TokenType>' +
  '<t:RequestType>http://docs.oasis-open.org/ws-sx/ws-trust/200512/Issue</t:RequestType>' +
  '<t:Claims Dialect="http://docs.oasis-open.org/wsfed/authorization/200706/authclaims">' +
  '<auth:ClaimType xmlns:auth="http://docs.oasis-open.org/wsfed/authorization/200706" ' +
  'Uri="urn:be:fgov:ehealth:1.0:certificateholder:person:ssin">' +
  `<auth:Value>${simulator.personas.physician.ssin}</auth:Value></auth:ClaimType></t:Claims>` +
  '<t:KeyType>http://docs.oasis-open.org/ws-sx/ws-trust/200512/PublicKey</t:KeyType></t:RequestSecurityToken>'
const info = '<GetBoxInfoRequest xmlns="urn:be:fgov:ehealth:ehbox:consultation:protocol:v3"/>'

type Headers = [name: string, value: string][]

/** A POST as octets: headers in the order and spelling given. */
function post(service: ServiceName, headers: Headers, body: Uint8Array): (string | Uint8Array)[] {
  const all: Headers = [
    ['host', 'localhost'],
    ['connection', 'close'],
    ...headers,
    ['content-length', String(body.length)],
  ]
  const head = all.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return [`POST ${servicePaths[service]} HTTP/1.1\r\n${head}\r\n`, body]
}

/** Status, or the code of the fault. */
function outcome(answer: string): string {
  const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)![1]!
  return status === '500' ? /<Code>([^<]*)</.exec(answer)![1]! : status
}

const send = async (
  simulator: Simulator,
  service: ServiceName,
  headers: Headers,
  body: string | Uint8Array,
) => {
  const answer = await exchange(simulator.url, post(service, headers, Buffer.from(body)))
  if (outcome(answer) !== '200') expect(refused).toHaveLength(1)
  return answer
}

const xml: [string, string] = ['Content-Type', 'text/xml; charset=utf-8']

describe('an envelope of another stack', () => {
  const styles: Record<string, Style> = {
    'prefix SOAP-ENV, base64 wrapped with character references': { prefix: 'SOAP-ENV', wrapped: true },
    'prefix soapenv, indented': { indented: true },
    'the default namespace for the envelope': { prefix: '' },
    'the default namespace, wrapped and indented': { prefix: '', wrapped: true, indented: true },
    'an XML declaration in single quotes': { declaration: "<?xml version='1.0' encoding='UTF-8'?>\n" },
    'a byte order mark': { declaration: '\ufeff' },
  }

  it.each(Object.entries(styles))('is accepted with X.509: %s', async (_, style) => {
    const answer = await send(open, 'sts', [xml], foreignEnvelope(order(open), key, at, style))
    expect(outcome(answer)).toBe('200')
    expect(answer).toContain('RequestedSecurityToken')
  })

  it.each(Object.entries(styles))('is accepted with a token: %s', async (_, style) => {
    const envelope = foreignEnvelope(info, key, at, { ...style, assertion })
    const answer = await send(open, 'ehboxConsultation', [xml], envelope)
    expect(outcome(answer)).toBe('200')
    expect(answer).toContain('GetBoxInfoResponse')
  })

  it('is refused when it was changed on the way, or sent twice', async () => {
    const envelope = foreignEnvelope(order(open), key, at)
    const changed = envelope.replace(open.personas.physician.ssin, open.personas.nurse.ssin)
    expect(outcome(await send(open, 'sts', [xml], changed))).toBe('SOA-01001')
    expect(refused.map(({ reason }) => reason)).toEqual(['signature.digest'])
    expect(outcome(await send(open, 'sts', [xml], envelope))).toBe('200')
    refused = []
    expect(outcome(await send(open, 'sts', [xml], envelope))).toBe('SOA-01001')
    expect(refused.map(({ reason }) => reason)).toEqual(['signature.timestamp'])
  })

  it('loses its certificate to a gateway that writes line ends anew', async () => {
    const envelope = foreignEnvelope(order(open), key, at, { wrapped: true })
    const rewritten = envelope.replace(/&#(?:13|xD);\n/gi, '\r\n')
    expect(rewritten.length).toBeLessThan(envelope.length - 60)
    expect(outcome(await send(open, 'sts', [xml], rewritten))).toBe('SOA-01001')
    expect(refused.map(({ reason }) => reason)).toEqual(['signature.digest'])
  })

  it('can be in Latin-1 when the Content-Type says so', async () => {
    const payload = order(open).replace('Context="c-1"', 'Context="\u00e9\u00e8"')
    const octets = Buffer.from(foreignEnvelope(payload, key, at), 'latin1')
    const type: [string, string] = ['Content-Type', 'text/xml; charset=ISO-8859-1']
    const answer = await send(open, 'sts', [type], octets)
    expect(outcome(answer)).toBe('200')
    expect(answer).toContain('Context="\u00e9\u00e8"')
  })
})

describe('SOAPAction', () => {
  const action = 'urn:be:fgov:ehealth:sts:protocol:v1:RequestSecurityToken'
  const spellings: [string, Headers, strict: string][] = [
    ['quoted', [['SOAPAction', `"${action}"`]], '200'],
    ['quoted, in another case of its name', [['soapaction', `"${action}"`]], '200'],
    ['unquoted', [['SOAPAction', action]], 'SOA-03004'],
    ['in single quotes', [['SOAPAction', `'${action}'`]], 'SOA-03004'],
    ['absent', [], 'SOA-03004'],
    ['empty', [['SOAPAction', '']], 'SOA-03004'],
    ['two quotes', [['SOAPAction', '""']], 'SOA-03004'],
    [
      'of another operation',
      [['SOAPAction', '"urn:be:fgov:ehealth:sts:protocol:v1:Challenge"']],
      'SOA-03004',
    ],
    ['of another service', [['SOAPAction', '"urn:other"']], 'SOA-03004'],
  ]

  it.each(spellings)('%s: does not matter', async (_, headers) => {
    const answer = await send(open, 'sts', [xml, ...headers], foreignEnvelope(order(open), key, at))
    expect(outcome(answer)).toBe('200')
  })

  it.each(spellings)('%s: decides at a strict service', async (_, headers, expected) => {
    const envelope = foreignEnvelope(order(strict), strictKey, at)
    expect(outcome(await send(strict, 'sts', [xml, ...headers], envelope))).toBe(expected)
  })

  it('is absent or empty where the WSDL says empty, even at a strict service', async () => {
    const { ssin } = strict.personas.nurse
    const query =
      '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>' +
      '<GetEtkRequest xmlns="urn:be:fgov:ehealth:etkdepot:1_0:protocol"><SearchCriteria>' +
      `<Identifier><Type>SSIN</Type><Value>${ssin}</Value></Identifier></SearchCriteria></GetEtkRequest>` +
      '</s:Body></s:Envelope>'
    for (const headers of [[], [['SOAPAction', '']], [['SOAPAction', '""']]] as Headers[])
      expect(outcome(await send(strict, 'etkDepot', [xml, ...headers], query))).toBe('200')
    const other: Headers = [['SOAPAction', '"urn:other"']]
    expect(outcome(await send(strict, 'etkDepot', [xml, ...other], query))).toBe('SOA-03004')
  })
})

describe('HTTP of another stack', () => {
  const envelope = () => foreignEnvelope(info, key, at, { assertion })

  it('may come in chunks of any size, with extensions and a trailer', async () => {
    const body = Buffer.from(envelope())
    const pieces: (string | Uint8Array)[] = [
      `POST ${servicePaths.ehboxConsultation} HTTP/1.1\r\nHOST: localhost\r\nConnection: close\r\n`,
      'transfer-encoding: Chunked\r\ncontent-type:text/xml\r\n\r\n',
    ]
    for (let at = 0; at < body.length; at += 700) {
      const chunk = body.subarray(at, at + 700)
      pieces.push(`${chunk.length.toString(16).toUpperCase()};ext=1\r\n`, chunk, '\r\n')
    }
    pieces.push('0\r\nX-Trailer: 1\r\n\r\n')
    expect(outcome(await exchange(open.url, pieces))).toBe('200')
  })

  it.each<[string, Headers]>([
    ['header names in capitals', [['CONTENT-TYPE', 'TEXT/XML; CHARSET=UTF-8']]],
    ['a quoted charset', [['Content-type', 'text/xml;charset="utf-8"']]],
    ['no charset', [['content-type', 'text/xml']]],
    [
      'the headers of the official connector',
      [
        ['Accept', 'text/xml, text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2'],
        ['Content-type', 'text/xml; charset=utf-8'],
        ['Soapaction', '"urn:be:fgov:ehealth:ehbox:consultation:protocol:v3:getBoxInfo"'],
        ['User-agent', 'Harness/1.0 eHealthTechnical/4.7.3'],
        ['From', 'peer@example.test'],
        ['Cache-control', 'no-cache'],
        ['Pragma', 'no-cache'],
      ],
    ],
  ])('may have %s', async (_, headers) => {
    expect(outcome(await send(open, 'ehboxConsultation', headers, envelope()))).toBe('200')
  })
})

describe('attachments of another stack', () => {
  const id = '2f1c\u007e1@ehealth.fgov.be'
  const content = Buffer.from('%PDF\r\n--b-not\r\n\u0000\u00ff', 'latin1')

  /** A clear letter to the nurse whose document is the attachment. */
  const letter = (reference: string): string =>
    `<p:SendMessageRequest xmlns:p="urn:be:fgov:ehealth:ehbox:publication:protocol:v3"><DestinationContext>` +
    `<Id>${open.personas.nurse.ssin}</Id><Type>INSS</Type><Quality>NURSE</Quality></DestinationContext><ContentContext>` +
    `<Content><Document><Title>Letter</Title><EncryptableBinaryContent>${reference}</EncryptableBinaryContent>` +
    `<DownloadFileName>a.pdf</DownloadFileName><MimeType>application/pdf</MimeType><Digest>${sha256(content)}</Digest>` +
    '</Document></Content><ContentSpecification><ContentType>DOCUMENT</ContentType><IsImportant>false</IsImportant>' +
    '<IsEncrypted>false</IsEncrypted><PublicationReceipt>false</PublicationReceipt><ReceivedReceipt>false</ReceivedReceipt>' +
    '<ReadReceipt>false</ReadReceipt></ContentSpecification></ContentContext></p:SendMessageRequest>'

  interface Dialect {
    reference: string
    contentId: string
    type?: string
    rootHeaders?: string
    rootLast?: boolean
    encoding?: string
  }
  const related = 'multipart/related; boundary=b; type="text/xml"'
  const dialects: Record<string, Dialect> = {
    'Content-ID without angle brackets, as the official connector': {
      reference: `cid:${id}`,
      contentId: id,
    },
    'Content-ID in angle brackets': { reference: `cid:${id}`, contentId: `<${id}>` },
    'a reference with percent encoding': {
      reference: 'cid:2f1c%7E1%40ehealth.fgov.be',
      contentId: `<${id}>`,
    },
    'a reference without cid:': { reference: id, contentId: id },
    'a Content-ID that looks encoded': { reference: 'cid:a%20b', contentId: '<a%20b>' },
    'a start parameter': {
      reference: `cid:${id}`,
      contentId: `<${id}>`,
      type: `${related}; start="<root>"`,
      rootHeaders: 'Content-ID: <root>\r\n',
    },
    'the envelope last, named by start without brackets': {
      reference: `cid:${id}`,
      contentId: `<${id}>`,
      type: `${related}; start=root`,
      rootHeaders: 'Content-ID: <root>\r\n',
      rootLast: true,
    },
    'a quoted boundary and type in capitals': {
      reference: `cid:${id}`,
      contentId: id,
      type: 'Multipart/Related; Boundary="b"; Type=text/xml',
    },
    'base64 as transfer encoding': { reference: `cid:${id}`, contentId: id, encoding: 'base64' },
    'binary as transfer encoding': { reference: `cid:${id}`, contentId: id, encoding: 'binary' },
    'a package of MTOM': {
      reference: `cid:${id}`,
      contentId: `<${id}>`,
      type: 'multipart/related; boundary=b; type="application/xop+xml"; start-info="text/xml"',
      rootHeaders: 'Content-Type: application/xop+xml; charset=utf-8; type="text/xml"\r\n',
    },
  }

  it.each(Object.entries(dialects))('are found: %s', async (_, dialect) => {
    const {
      reference,
      contentId,
      type = related,
      rootHeaders = 'Content-Type: text/xml\r\n',
      encoding,
    } = dialect
    const envelope = foreignEnvelope(letter(reference), key, at, { assertion, prefix: 'SOAP-ENV' })
    const root = Buffer.from(`--b\r\n${rootHeaders}\r\n${envelope}\r\n`)
    const transfer = encoding === undefined ? '' : `Content-Transfer-Encoding: ${encoding}\r\n`
    const part = Buffer.concat([
      Buffer.from(`--b\r\nContent-Type: application/pdf\r\nContent-ID: ${contentId}\r\n${transfer}\r\n`),
      encoding === 'base64' ? Buffer.from(content.toString('base64').replace(/.{8}/g, '$&\r\n')) : content,
      Buffer.from('\r\n'),
    ])
    const parts = dialect.rootLast === true ? [part, root] : [root, part]
    const answer = await send(
      open,
      'ehboxPublication',
      [['Content-Type', type]],
      Buffer.concat([...parts, Buffer.from('--b--\r\n')]),
    )
    expect(outcome(answer)).toBe('200')
    // the digest of the letter was judged over the octets of the part
    expect(/<Code>([^<]*)</.exec(answer)![1]).toBe('100')
  })

  it('that are not there, or other ones, are told so', async () => {
    for (const [name, octets] of [
      ['other', content],
      [id, Buffer.from('other')],
    ] as const) {
      const envelope = foreignEnvelope(letter(`cid:${id}`), key, at, { assertion })
      const body = Buffer.concat([
        Buffer.from(`--b\r\n\r\n${envelope}\r\n--b\r\nContent-ID: ${name}\r\n\r\n`),
        octets,
        Buffer.from('\r\n--b--\r\n'),
      ])
      const answer = await send(open, 'ehboxPublication', [['Content-Type', related]], body)
      expect(outcome(answer)).toBe('200')
      expect(/<Code>([^<]*)</.exec(answer)![1]).not.toBe('100')
    }
  })
})
