/** The same calls made by the official connector and by this one: what a reader gets from both is the same. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { OutgoingMessage } from '../../src/business/ehbox/index.js'
import {
  consultationOperations as consultation,
  publicationOperations,
  type SendMessageRequest,
} from '../../src/business/ehbox/contract.js'
import { connect, type Connection } from '../../src/connect.js'
import { physician } from '../../src/professions/index.js'
import { startSimulator, type RegisteredActor, type Simulator } from '../../src/simulator/index.js'
import { octetsOf } from '../../src/technical/soap/attachments/content.js'
import { openKeystore, type Keystore } from '../../src/technical/keystore/index.js'
import { unseal } from '../../src/technical/seal/index.js'
import {
  createTransport,
  openBody,
  parseEnvelope,
  type HttpRequest,
  type OpenedMessage,
} from '../../src/technical/soap/index.js'
import { read, type ElementDeclaration } from '../../src/technical/xml/index.js'
import { available, peerRequest, vectors } from '../support/peerRequests.js'

if (!available) console.warn('SKIPPED: peer requests need ../shared/vectors; nothing was compared')

const file = (path: string): Buffer => readFileSync(vectors + path)
/** Of every store of the vectors. */
const password = 'etee-alpha'
const senderSsin = '90010199794'
/** Its check digits are those of somebody born in 2090: this connector refuses it, so the sender takes his place. */
const unborn = '90010199726'
let simulator: Simulator
let me: Connection<'ehbox'>
let reader: Keystore
let sent: HttpRequest[] = []

const person = (name: string, ssin: string, quality: string, nihii?: string): RegisteredActor => ({
  name,
  kind: 'person',
  displayName: name.toUpperCase(),
  profession: name,
  certificateType: 'SSIN',
  certificateValue: ssin,
  ssin,
  ...(nihii === undefined ? {} : { nihii }),
  qualities: [quality],
  certified: {
    'urn:be:fgov:person:ssin:doctor:boolean': ['true'],
    'urn:be:fgov:person:ssin:ehealth:1.0:doctor:nihii11': [nihii ?? ''],
    'urn:be:fgov:person:ssin:ehealth:1.0:nihii:doctor:nihii11': [nihii ?? ''],
  },
})

beforeAll(async () => {
  if (!available) return
  const signers = [file('etee/pki/root-ca.cer'), file('etee/pki/issuing-ca.cer')]
  const token = (type: string, value: string, name: string) => ({
    type,
    value,
    etk: file(`etee/etk/${name}.etk`),
  })
  simulator = await startSimulator({
    trust: { signers },
    register: {
      actors: [
        { ...person('sender', senderSsin, 'DOCTOR', '19999024004'), qualities: ['DOCTOR', 'NURSE'] },
        person('addressee', '90010199627', 'DOCTOR', '19999123004'),
        {
          ...person('recipient-a', '', 'HOSPITAL'),
          kind: 'organisation',
          certificateType: 'NIHII-HOSPITAL',
          certificateValue: '99990172',
          nihii: '99990172',
        },
      ],
      tokens: [token('SSIN', senderSsin, 'sender'), token('NIHII-HOSPITAL', '99990172', 'recipient-a')],
    },
  })
  const { environment, runtime } = simulator
  reader = await openKeystore({ bytes: file('etee/keystores/sender.p12') }, { password })
  const transport = createTransport({ trust: environment.trust.tls ?? [] })
  me = await connect({
    environment: {
      ...environment,
      trust: { ...environment.trust, signers, registrationAuthority: [file('etee/pki/etk-ra.cer')] },
    },
    runtime,
    keystore: { bytes: file('etee/keystores/sender.p12'), password },
    as: physician({ ssin: senderSsin, nihii: '19999024004' }),
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
  await me?.close()
  await simulator?.close()
})

/** What a strict reader gets from a message. */
function valueOf<T>({ root, attachments }: OpenedMessage, declaration: ElementDeclaration<T>) {
  return { value: read(declaration, parseEnvelope(root).payload, { strict: true }), attachments }
}

/** The last request that this connector sends during `work`. */
async function ours(work: () => Promise<unknown>): Promise<{ request: HttpRequest; message: OpenedMessage }> {
  sent = []
  await work()
  const request = sent.at(-1)!
  const type = Object.entries(request.headers).find(([name]) => name.toLowerCase() === 'content-type')![1]
  return { request, message: openBody(type, await octetsOf(request.body)) }
}

/**
 * A message without what may differ: its PublicationId, `OoOProcessed` that says the same as its absence, whether content
 * travels inline or beside the envelope, and the sealing, which is random.
 */
async function essence({
  value,
  attachments,
}: {
  value: SendMessageRequest
  attachments: OpenedMessage['attachments']
}) {
  const { PublicationId: _, ...request } = value
  const { Content, ContentSpecification, CustomMeta } = request.ContentContext
  const open = async (octets: Uint8Array): Promise<string> => {
    if (!ContentSpecification.IsEncrypted) return Buffer.from(octets).toString('latin1')
    const { content } = await unseal(octets, {
      keys: reader.decryptionKeys,
      trust: me.session.trust.signers,
      now: simulator.runtime,
    })
    return Buffer.from(content).toString('latin1')
  }
  const transported = async (holder: {
    EncryptableBinaryContent?: string | undefined
    EncryptableTextContent?: Uint8Array | undefined
    DownloadFileName: string
    MimeType: string
    Digest: string
  }) => {
    const octets =
      holder.EncryptableTextContent ??
      attachments.get((holder.EncryptableBinaryContent ?? '').replace(/^cid:/, ''))?.content
    if (octets === undefined) throw new Error('an attachment is missing')
    expect(holder.Digest).toBe(createHash('sha256').update(octets).digest('base64'))
    return { name: holder.DownloadFileName, type: holder.MimeType, content: await open(octets) }
  }
  const { EncryptableFreeText, Table } = (Content.FreeInformations ?? {}) as {
    EncryptableFreeText?: Uint8Array
    Table?: { Title?: string; Row: { EncryptableLeftCell: Uint8Array; EncryptableRightCell: Uint8Array }[] }
  }
  return {
    ...request,
    DestinationContext: request.DestinationContext.map(addressee),
    ContentContext: {
      title: Content.Document.Title,
      document: await transported(Content.Document),
      freeText: EncryptableFreeText && (await open(EncryptableFreeText)),
      table: Table && {
        title: Table.Title,
        rows: await Promise.all(
          Table.Row.map(async (row) => [
            await open(row.EncryptableLeftCell),
            await open(row.EncryptableRightCell),
          ]),
        ),
      },
      patient: Content.EncryptableINSSPatient && (await open(Content.EncryptableINSSPatient)),
      annexes: await Promise.all(
        Content.Annex.map(async (annex) => ({
          title: await open(annex.EncryptableTitle),
          ...(await transported(annex)),
        })),
      ),
      ContentSpecification,
      CustomMeta,
    },
  }
}

function addressee({
  OoOProcessed = false,
  Id,
  User,
  ...rest
}: SendMessageRequest['DestinationContext'][number]) {
  const born = (number: string) => (number === unborn ? senderSsin : number)
  return { ...rest, Id: born(Id), User: User && { ...User, value: born(User.value) }, OoOProcessed }
}

type Essence = Awaited<ReturnType<typeof essence>>

const utf8 = (text: string): string => Buffer.from(text, 'latin1').toString('utf8')

/** The words of this connector for what the official one was told to send. */
function sameMessage({ DestinationContext, ContentContext }: Essence): OutgoingMessage {
  const { title, document, freeText, table, patient, annexes, ContentSpecification, CustomMeta } =
    ContentContext
  return {
    to: DestinationContext.map(({ Id, Type, SubType, Quality, User }) => ({
      id: Id,
      type: Type,
      ...(SubType === undefined ? {} : { subType: SubType }),
      quality: Quality,
      ...(User === undefined
        ? {}
        : { user: { ssin: User.value, firstName: User.FirstName, lastName: User.LastName } }),
    })),
    title,
    body: {
      content: Buffer.from(document.content, 'latin1'),
      mimeType: document.type,
      fileName: document.name,
    },
    ...(freeText === undefined ? {} : { freeText: utf8(freeText) }),
    ...(table === undefined
      ? {}
      : {
          table: {
            title: table.title!,
            rows: table.rows.map(([left, right]): [string, string] => [utf8(left!), utf8(right!)]),
          },
        }),
    ...(patient === undefined ? {} : { patient: { ssin: patient } }),
    annexes: annexes.map(({ title: name, content, type, name: fileName }) => ({
      title: utf8(name),
      fileName,
      mimeType: type,
      content: Buffer.from(content, 'latin1'),
    })),
    encrypt: ContentSpecification.IsEncrypted,
    receipts: {
      publication: ContentSpecification.PublicationReceipt,
      received: ContentSpecification.ReceivedReceipt,
      read: ContentSpecification.ReadReceipt,
    },
    ...(ContentSpecification.ApplicationName === undefined
      ? {}
      : { application: ContentSpecification.ApplicationName }),
    customMetas: CustomMeta.map(({ Key, Value }): [string, string] => [Key, Value]),
  }
}

describe.runIf(available)('a publication of the official connector', () => {
  it.each(['0001', '0005', '0008'])('%s says the same as ours', async (number) => {
    const { request: declaration } = publicationOperations.sendMessage
    const { dump, message } = peerRequest(number)
    const created = /<wsu:Created>([^<]+)</.exec(Buffer.from(dump.body).toString('latin1'))![1]!
    simulator.clock.set(new Date(created))
    const theirs = await essence(valueOf(message, declaration))
    const own = await ours(() => me.ehbox.send(sameMessage(theirs)))
    expect(await essence(valueOf(own.message, declaration))).toEqual(theirs)
  })
})

describe.runIf(available)('a consultation of the official connector', () => {
  const one = '9Y000AAA00001'
  const range = { StartIndex: 1, EndIndex: 100 }
  const inbox = { Source: 'INBOX' as const }
  const call = <Request, Response>(
    operation: Parameters<typeof me.session.call<Request, Response>>[0],
    request: Request,
  ) => me.session.call(operation, request)
  it.each<[string, keyof typeof consultation, () => Promise<unknown>]>([
    ['0009', 'getBoxInfo', () => me.ehbox.info()],
    ['0010', 'getMessagesList', () => me.ehbox.messages({ folder: 'INBOX' })[Symbol.asyncIterator]().next()],
    ['0011', 'getFullMessage', () => me.ehbox.read(one).catch(() => undefined)],
    ['0012', 'getMessageAcknowledgmentsStatus', () => me.ehbox.acknowledgements(one).catch(() => undefined)],
    ['0013', 'getMessageHistory', () => me.ehbox.history(one).catch(() => undefined)],
    [
      '0014',
      'getAllEhboxesMessagesList',
      () => call(consultation.getAllEhboxesMessagesList, { ...inbox, ...range }),
    ],
    [
      '0015',
      'moveMessage',
      () => me.ehbox.move([one], { from: 'INBOX', to: 'BININBOX' }).catch(() => undefined),
    ],
    ['0016', 'deleteMessage', () => me.ehbox.delete([one], { folder: 'BININBOX' }).catch(() => undefined)],
    [
      '0017',
      'insertOoO',
      () =>
        call(consultation.insertOoO, {
          StartDate: '2026-11-23Z',
          EndDate: '2026-11-30Z',
          Substitute: [{ Id: '19999123', Type: 'NIHII', Quality: 'DOCTOR' }],
        }),
    ],
    ['0018', 'getOoOList', () => call(consultation.getOoOList, {})],
    ['0019', 'deleteOoO', () => call(consultation.deleteOoO, { OoOId: ['OOO0000000001'] })],
  ])('%s says the same as ours: %s', async (number, name, work) => {
    simulator.clock.set(new Date('2026-11-22T21:56:30Z'))
    const declaration = consultation[name].request as ElementDeclaration<unknown>
    const { dump, message } = peerRequest(number)
    const own = await ours(work)
    expect(valueOf(own.message, declaration).value).toEqual(valueOf(message, declaration).value)
    expect(own.request.headers['SOAPAction']).toBe(dump.headers['soapaction'])
    expect(new URL(own.request.url).pathname).toBe(dump.startLine.split(' ')[1])
  })
})
