/** GenericAsync and Registration as the official connector asks: served here, its signatures good, and said the same by this connector. */
import { readFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  ConfirmRequest,
  ConfirmResponse,
  GetRequest,
  GetResponse,
  PostRequest,
  PostResponse,
  signedDocument,
  tackBasis,
} from '../../src/business/genericAsync/contract.js'
import { contentOf, readKnownContent } from '../../src/business/mycarenet/index.js'
import {
  RegisterRequest,
  RegisterResponse,
  Registrations,
  RegistrationsAnswer,
} from '../../src/business/registration/contract.js'
import { connect, type Connection } from '../../src/connect.js'
import { physician } from '../../src/professions/index.js'
import { startSimulator, type RefusedCall, type Simulator } from '../../src/simulator/index.js'
import { servicePaths, type ServiceName } from '../../src/technical/environment/environment.js'
import { openDecryptionKeys } from '../../src/technical/keystore/index.js'
import { Certificate } from '../../src/technical/pki/certificate.js'
import { unseal } from '../../src/technical/seal/index.js'
import { octetsOf } from '../../src/technical/soap/attachments/content.js'
import { includeXop } from '../../src/technical/soap/attachments/xop.js'
import { createTransport, openBody, parseEnvelope, type HttpRequest } from '../../src/technical/soap/index.js'
import { verifyXml } from '../../src/technical/xades/index.js'
import { parseXml, read, type ElementDeclaration } from '../../src/technical/xml/index.js'
import { available, peerRequest, vectors } from '../support/peerRequests.js'

if (!available) console.warn('SKIPPED: peer requests need ../shared/vectors; nothing was served or compared')

const file = (path: string): Buffer => readFileSync(vectors + path)
const trust = (): Certificate[] => Certificate.allFrom(file('etee/pki/root-ca.cer'))

/** What a strict reader gets from a message, parts included. */
function valueIn<T>(
  declaration: ElementDeclaration<T>,
  contentType: string | undefined,
  body: Uint8Array,
): T {
  const message = openBody(contentType, body)
  const { payload } = parseEnvelope(message.root)
  includeXop(payload, message.attachments)
  return read(declaration, payload, { strict: true })
}
function recorded<T>(number: string, declaration: ElementDeclaration<T>): T {
  const { dump } = peerRequest(number)
  return valueIn(declaration, dump.headers['content-type'], dump.body)
}

const caller = () => {
  const { CareProvider } = recorded('0045', GetRequest).Origin
  return { ssin: CareProvider!.PhysicalPerson!.Ssin!, nihii: CareProvider!.Nihii!.Value! }
}

let refused: RefusedCall[] = []
async function simulatorOf(http: boolean): Promise<Simulator> {
  const { ssin, nihii } = caller()
  return startSimulator({
    http,
    insurersMailboxes: { answerDelay: 0, repeatDelay: 0 },
    mycarenet: { keystore: { keystore: file('etee/keystores/recipient-b.p12'), password: 'etee-alpha' } },
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
          certificateType: 'SSIN',
          certificateValue: ssin,
          ssin,
          nihii,
          qualities: ['DOCTOR'],
          certified: {
            'urn:be:fgov:person:ssin:doctor:boolean': ['true'],
            'urn:be:fgov:person:ssin:ehealth:1.0:doctor:nihii11': [nihii],
          },
        },
      ],
      tokens: [
        { type: 'SSIN', value: ssin, etk: file('etee/etk/sender.etk') },
        { type: 'CBE', value: '0820563481', application: 'MYCARENET', etk: file('etee/etk/recipient-b.etk') },
      ],
    },
    onRefusal: (one) => refused.push(one),
  })
}

describe.runIf(available)('requests of the official connector', () => {
  let simulator: Simulator
  beforeAll(async () => {
    simulator = await simulatorOf(true)
  })
  afterAll(() => simulator?.close())

  /** Posts a recorded request with its own headers, the clock held at its Timestamp. */
  async function post<T>(number: string, service: ServiceName, answer: ElementDeclaration<T>): Promise<T> {
    const { dump } = peerRequest(number)
    const created = /<wsu:Created>([^<]+)</.exec(Buffer.from(dump.body).toString('latin1'))![1]!
    simulator.clock.set(new Date(created))
    refused = []
    const { host: _, connection: __, 'content-length': ___, ...headers } = dump.headers
    const response = await fetch(simulator.url + servicePaths[service], {
      method: 'POST',
      headers,
      body: dump.body,
    })
    const body = new Uint8Array(await response.arrayBuffer())
    expect([response.status, refused]).toEqual([200, []])
    return valueIn(answer, response.headers.get('content-type') ?? undefined, body)
  }

  it.each([
    ['0041', 'memberDataAsync', 'in clear'],
    ['0042', 'invoicingAsync', 'an invoice'],
  ] as const)('%s: posted to %s (%s), acknowledged', async (number, service, _) => {
    const { return: tack } = await post(number, service, PostResponse)
    const { Detail, CommonInput } = recorded(number, PostRequest)
    expect(tack.ResultMajor).toBe('urn:nip:tack:result:major:success')
    expect(tack.AppliesTo).toBe(`urn:nip:reference:input:${CommonInput.InputReference}`)
    expect(tackBasis(tack, { content: contentOf(Detail), sent: Detail.value })).toBe('content')
  })

  it('0044: posted sealed, opened by the region', async () => {
    const { return: tack } = await post('0044', 'memberDataAsync', PostResponse)
    expect([tack.ResultMajor, tack.ResultMessage]).toEqual(['urn:nip:tack:result:major:success', undefined])
  })

  it('0045: fetched: the answer to the sealed post is sealed for the token that was given', async () => {
    const { return: lying } = await post('0045', 'memberDataAsync', GetResponse)
    const sealed = lying.MsgResponse.filter(({ Detail }) => Detail.ContentEncryption !== undefined)
    expect([lying.MsgResponse.length, sealed.length, lying.TAckResponse.length]).toEqual([2, 1, 2])
    const keys = await openDecryptionKeys(
      { bytes: file('etee/keystores/sender.p12') },
      { password: 'etee-alpha' },
    )
    const opened = await unseal(sealed[0]!.Detail.value, {
      keys,
      trust: trust(),
      now: simulator.clock.now(),
    })
    expect(Buffer.from(readKnownContent(opened.content).BusinessContent.value).toString()).toContain(
      'ResponseList',
    )
  })

  it.each([
    ['0046', 'references'],
    ['0047', 'hashes'],
  ])('%s: confirmed by %s', async (number) => {
    expect(await post(number, 'memberDataAsync', ConfirmResponse)).toEqual({})
  })

  it('0048: registered', async () => {
    const { Return } = await post('0048', 'registration', RegisterResponse)
    const answer = read(RegistrationsAnswer, parseXml(contentOf(Return.Detail)).root, { strict: true })
    expect(answer.registrationAnswer).toMatchObject({ serviceName: 'GMD', status: 'SUCCESS' })
  })

  it.each([
    ['0041', PostRequest],
    ['0042', PostRequest],
    ['0048', RegisterRequest],
  ] as const)('%s: its signature covers the blob', async (number, declaration) => {
    const request = recorded(number, declaration as ElementDeclaration<unknown>) as {
      Detail: { Id: string; value: Uint8Array }
      Xades?: { value: Uint8Array }
      'Xades-t'?: { value: Uint8Array }
    }
    const { Id, value } = request.Detail
    const { errors, valid } = await verifyXml(signedDocument(Id, value), {
      signature: (request.Xades ?? request['Xades-t'])!.value,
      mustCover: Id,
      trust: trust(),
      at: new Date('2026-11-22T21:57:00Z'),
    })
    expect([errors, valid]).toEqual([[], true])
  })
})

describe.runIf(available)('this connector', () => {
  let simulator: Simulator
  let me: Connection<'genericAsync' | 'registration'>
  let sent: HttpRequest[] = []
  beforeAll(async () => {
    simulator = await simulatorOf(false)
    const wire = createTransport({ trust: simulator.environment.trust.tls! })
    const { Package } = recorded('0045', GetRequest).Origin
    const { License } = Package
    me = await connect({
      environment: simulator.environment,
      runtime: simulator.runtime,
      transport: {
        close: () => wire.close(),
        post: (request) => {
          sent.push(request)
          return wire.post(request)
        },
      },
      keystore: { bytes: file('etee/keystores/sender.p12'), password: 'etee-alpha' },
      as: physician(caller()),
      mycarenet: {
        package: Package.Name!,
        licence: { username: License.Username, password: License.Password },
        careProvider: { name: recorded('0045', GetRequest).Origin.CareProvider!.PhysicalPerson!.Name! },
      },
    })
  })
  afterAll(async () => {
    await me?.close()
    await simulator?.close()
  })

  async function said<T>(declaration: ElementDeclaration<T>, work: () => Promise<unknown>): Promise<T> {
    sent = []
    await work()
    const request = sent.find(({ body }) => body !== undefined && isOf(declaration, body as Uint8Array))!
    const body = request.body instanceof Uint8Array ? request.body : await octetsOf(request.body)
    const headers = Object.entries(request.headers).find(([name]) => name.toLowerCase() === 'content-type')!
    return valueIn(declaration, headers[1], body)
  }
  const isOf = ({ local }: ElementDeclaration<unknown>, body: Uint8Array): boolean =>
    new RegExp(`<[\\w:]*${local}[ >]`).test(Buffer.from(body).toString('latin1'))

  /** Without what the official connector writes empty, and the second number of the person (§3.2). */
  function meant<T>(value: T): unknown {
    return JSON.parse(
      JSON.stringify(value, (key, inner: unknown) =>
        inner === '' ||
        (key === 'Sender' && Object.keys(inner as object).length === 0) ||
        ['Xades-t', 'Xades', 'InputReference', 'Id', 'IssueInstant', 'HashValue'].includes(key)
          ? undefined
          : key === 'PhysicalPerson'
            ? { ...(inner as object), Nihii: undefined }
            : inner,
      ),
    )
  }

  /** Without the content, where both are packed by compressors of their own. */
  const apart = ({ Detail, ...rest }: PostRequest): unknown =>
    meant({ ...rest, Detail: { ...Detail, value: '' } })

  it.each([
    ['0041', 'memberDataAsync'],
    ['0042', 'invoicingAsync'],
  ] as const)('posts the same: %s', async (number, mailbox) => {
    const theirs = recorded(number, PostRequest)
    const { MessageName, ContentType, ContentEncoding } = theirs.Detail
    const ours = await said(PostRequest, () =>
      me.genericAsync.post({
        mailbox,
        content: contentOf(theirs.Detail),
        messageName: MessageName,
        contentType: ContentType,
        encoding: (ContentEncoding ?? 'none') as 'none' | 'deflate',
        sign: true,
      }),
    )
    expect(apart(ours)).toEqual(apart(theirs))
    expect(contentOf(ours.Detail)).toEqual(contentOf(theirs.Detail))
    expect(ours['Xades-t']?.contentType).toBe(theirs['Xades-t']?.contentType)
  })

  it('fetches and confirms the same', async () => {
    const question = recorded('0045', GetRequest)
    const ours = await said(GetRequest, () =>
      me.genericAsync.get({
        mailbox: 'memberDataAsync',
        messageNames: ['MDA'],
        messages: 10,
        tacks: 10,
        replyTo: question['Reply-to-etk']!,
      }),
    )
    expect(meant(ours)).toEqual(meant(question))
    const messages = [{ reference: 'MSG-0001', hash: '7NHE84yHwReLL8urgfgp22U4hawUVsxf89acbafvcUw=' }]
    const tacks = [{ reference: 'TACK-0001', content: 'Jl1qDP5cMmAt/Cy9V2M5MbVjxVm+O193zXc8sjtf7GM=' }]
    for (const [number, by] of [
      ['0046', 'reference'],
      ['0047', 'hash'],
    ] as const) {
      const confirmed = await said(ConfirmRequest, () =>
        me.genericAsync.confirm({ mailbox: 'memberDataAsync', messages, tacks, by }),
      )
      expect(meant(confirmed)).toEqual(meant(recorded(number, ConfirmRequest)))
    }
  })

  it('registers the same', async () => {
    const theirs = recorded('0048', RegisterRequest)
    const asked = read(Registrations, parseXml(theirs.Detail.value).root, { strict: true })
    const { iban, bic } = asked.registration.bankAccount!
    simulator.clock.set(new Date(theirs.IssueInstant))
    const ours = await said(RegisterRequest, () =>
      me.registration.register({ insurer: '300', bankAccount: { iban, bic: bic! } }),
    )
    expect(read(Registrations, parseXml(ours.Detail.value).root, { strict: true })).toEqual(asked)
    const { Detail: _, ...rest } = ours
    const { Detail: __, ...others } = theirs
    expect(meant(rest)).toEqual(meant(others))
  })
})
