/**
 * eHealthBox messages of the official connector, exact octets, posted to the simulator: what its recipients read through this
 * library, and what this library says for the same calls.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import * as contract from '../src/business/ehbox/contract.js'
import type { DocumentMessage, ListedMessage, Recipient } from '../src/business/ehbox/index.js'
import { connect, type Connection } from '../src/connect.js'
import { nurse, physician } from '../src/professions/index.js'
import { mailOf, type Letter } from '../src/simulator/services/ehbox/store.js'
import { startSimulator, type RegisteredActor, type Simulator } from '../src/simulator/index.js'
import { openDecryptionKeys } from '../src/technical/keystore/index.js'
import { Certificate } from '../src/technical/pki/certificate.js'
import { unseal } from '../src/technical/seal/index.js'
import { parseHttpDump } from '../src/technical/soap/httpDump.js'
import { createTransport } from '../src/technical/soap/transport.js'
import type { Transport } from '../src/technical/soap/types.js'
import { parseXml } from '../src/technical/xml/parse.js'
import { childElements, descendants, textOf, type XmlElement } from '../src/technical/xml/tree.js'
import { shared } from './support/shared.js'

const vectors = shared('vectors/')
const available = existsSync(vectors)
if (!available) console.warn('SKIPPED: eHealthBox messages of peers need ../shared/vectors; none was posted')

const file = (...path: string[]): Buffer => readFileSync(join(vectors, ...path))
const password = 'etee-alpha'

const certified = {
  doctor: {
    'urn:be:fgov:person:ssin:doctor:boolean': ['true'],
    'urn:be:fgov:person:ssin:ehealth:1.0:doctor:nihii11': ['19999024004'],
    'urn:be:fgov:person:ssin:ehealth:1.0:nihii:doctor:nihii11': ['19999024004'],
    'urn:be:fgov:person:ssin:ehealth:1.0:fpsph:doctor:boolean': ['true'],
  },
  nurse: { 'urn:be:fgov:person:ssin:nurse:boolean': ['true'] },
}

const person = (
  name: string,
  ssin: string,
  quality: string,
  rest: Partial<RegisteredActor> = {},
): RegisteredActor => ({
  name,
  kind: 'person',
  displayName: name.toUpperCase(),
  profession: name,
  certificateType: 'SSIN',
  certificateValue: ssin,
  ssin,
  qualities: [quality],
  certified: {},
  ...rest,
})

const actors: RegisteredActor[] = [
  person('sender', '90010199794', 'DOCTOR', { nihii: '19999024004', certified: certified.doctor }),
  person('recipient-c', '90010199726', 'NURSE', { certified: certified.nurse }),
  person('addressee', '90010199627', 'DOCTOR', { nihii: '19999123004' }),
  {
    ...person('recipient-a', '', 'HOSPITAL'),
    kind: 'organisation',
    certificateType: 'NIHII-HOSPITAL',
    certificateValue: '99990172',
    nihii: '99990172',
  },
]

let simulator: Simulator
let sender: Connection<'ehbox'>
let reader: Connection<'ehbox'>
let wire: Transport
/** Bodies of our own requests, in order. */
const said: string[] = []

beforeAll(async () => {
  if (!available) return
  const signers = [file('etee', 'pki', 'root-ca.cer'), file('etee', 'pki', 'issuing-ca.cer')]
  const etk = (name: string): Uint8Array => file('etee', 'etk', `${name}.etk`)
  simulator = await startSimulator({
    trust: { signers, sts: [file('wss', 'certs', 'sts.pem')] },
    register: {
      actors,
      tokens: [
        { type: 'SSIN', value: '90010199794', etk: etk('sender') },
        { type: 'SSIN', value: '90010199726', etk: etk('recipient-c') },
        { type: 'NIHII-HOSPITAL', value: '99990172', etk: etk('recipient-a') },
      ],
    },
  })
  simulator.clock.set(new Date('2026-11-22T21:50:30Z'))
  const { environment, runtime } = simulator
  wire = createTransport({ trust: environment.trust.tls ?? [] })
  const believing = {
    ...environment,
    trust: {
      ...environment.trust,
      signers: [...(environment.trust.signers ?? []), ...signers],
      registrationAuthority: registrationAuthorities(),
    },
  }
  const keystore = (name: string) => ({ bytes: file('etee', 'keystores', `${name}.p12`), password })
  sender = await connect({
    environment: believing,
    runtime,
    keystore: keystore('sender'),
    as: physician({ ssin: '90010199794', nihii: '19999024004' }),
    transport: {
      close: () => undefined,
      post: async (request) => {
        const text = Buffer.from(request.body as Uint8Array).toString('utf8')
        if (/ehBox/.test(request.url)) said.push(text)
        return wire.post(request)
      },
    },
  })
  reader = await connect({
    environment: believing,
    runtime,
    keystore: keystore('recipient-c'),
    as: asNumbered(nurse({ ssin: validNumber }), '90010199726'),
    transport: wire,
  })
})
afterAll(async () => {
  await sender?.close()
  await reader?.close()
  wire?.close()
  await simulator?.close()
})

const validNumber = '84112399460'

/** The nurse of the vectors has the number of somebody who is not born yet: this library lets nobody call under it. */
const asNumbered = (profession: ReturnType<typeof nurse>, ssin: string): ReturnType<typeof nurse> =>
  JSON.parse(JSON.stringify(profession).replaceAll(validNumber, ssin)) as ReturnType<typeof nurse>

/** The authority that signed the tokens of the vectors comes along in them. */
function registrationAuthorities(): string[] {
  const folder = join(vectors, 'etee', 'pki')
  return readdirSync(folder)
    .filter((name) => /^etk-/.test(name) && /\.(cer|pem|crt)$/.test(name))
    .flatMap((name) => Certificate.allFrom(readFileSync(join(folder, name))).map((one) => one.toPem()))
}

const recorded = (number: string) => {
  const folder = join(vectors, 'peer-requests', 'business')
  const name = readdirSync(folder).find((each) => each.startsWith(number) && each.endsWith('-request.http'))!
  return parseHttpDump(readFileSync(join(folder, name)))
}

/** The payload of a message in text, whatever stands around its envelope. */
function payloadOf(text: string): XmlElement {
  const envelope = /<([\w-]+:)?Envelope.*<\/([\w-]+:)?Envelope>/s.exec(text)![0]
  const body = childElements(parseXml(envelope).root).find(({ local }) => local === 'Body')!
  return childElements(body)[0]!
}

/** Posts a recorded request; the clock stands at its Timestamp. */
async function post(number: string): Promise<XmlElement> {
  const { startLine, headers, body } = recorded(number)
  const created = /<wsu:Created>([^<]+)<\/wsu:Created>/.exec(Buffer.from(body).toString('latin1'))![1]!
  simulator.clock.set(new Date(created))
  const { host: _, connection: __, 'content-length': ___, ...rest } = headers
  const answer = await wire.post({ url: simulator.url + startLine.split(' ')[1]!, headers: rest, body })
  return payloadOf(Buffer.from(answer.body).toString('utf8'))
}

const codeOf = (payload: XmlElement): string =>
  textOf([...descendants(payload)].find(({ local }) => local === 'Code')!)

async function newest(who: Connection<'ehbox'>): Promise<ListedMessage> {
  for await (const listed of who.ehbox.messages()) return listed
  throw new Error('the box is empty')
}

const lastLetter = (): Letter =>
  [...mailOf(simulator.world).letters.values()].findLast(({ kind }) => kind === 'DOCUMENT')!

/** What a letter says once its seals are opened, whichever way it was carried. */
async function meaningOf(letter: Letter): Promise<unknown> {
  const keys = await openDecryptionKeys({ bytes: file('etee', 'keystores', 'recipient-a.p12') }, { password })
  const trust = ['root-ca.cer', 'issuing-ca.cer'].flatMap((name) =>
    Certificate.allFrom(file('etee', 'pki', name)),
  )
  const plain = async (bytes: Uint8Array): Promise<string> => {
    if (!letter.encrypted) return Buffer.from(bytes).toString('base64')
    const { content, author } = await unseal(bytes, { keys, trust, now: simulator.clock.now() })
    expect(author).toMatchObject({ type: 'SSIN', value: '90010199794' })
    return Buffer.from(content).toString('base64')
  }
  const { freeInformations: free, document, annexes, patient } = letter
  const { key: _, sentAt: __, expiresAt: ___, size: ____, ...same } = letter
  return {
    ...same,
    document: { ...document, content: await plain(document.content.bytes) },
    annexes: await Promise.all(
      annexes.map(async ({ title, content, ...rest }) => ({
        ...rest,
        title: await plain(title),
        content: await plain(content.bytes),
      })),
    ),
    patient: patient === undefined ? undefined : await plain(patient),
    freeInformations:
      free?.EncryptableFreeText !== undefined
        ? await plain(free.EncryptableFreeText)
        : free?.Table === undefined
          ? undefined
          : {
              title: free.Table.Title,
              rows: await Promise.all(
                free.Table.Row.map(async (row) => [
                  await plain(row.EncryptableLeftCell),
                  await plain(row.EncryptableRightCell),
                ]),
              ),
            },
  }
}

/** Sends what a message read says, by our own words. */
async function sayAgain(message: DocumentMessage, publicationId: string, to: Recipient[]): Promise<void> {
  const outcome = await sender.ehbox.send({
    to,
    publicationId,
    title: message.title,
    body: { content: message.body.content, mimeType: message.body.mimeType, fileName: message.body.fileName },
    ...(message.freeText === undefined ? {} : { freeText: message.freeText }),
    ...(message.table === undefined ? {} : { table: message.table }),
    ...(message.patient === undefined ? {} : { patient: { ssin: message.patient.ssin } }),
    annexes: message.annexes.map(({ title, fileName, mimeType, content }) => ({
      title,
      fileName,
      mimeType,
      content,
    })),
    encrypt: message.encrypted,
    application: message.application!,
    customMetas: message.customMetas,
    receipts: lastLetter().receipts,
  })
  expect(outcome.outcome).toBe('sent')
}

/** The other recipient of the recordings cannot be written to: see `asNumbered`. */
const toHospital: Recipient[] = [{ nihii: '99990172', quality: 'HOSPITAL' }]

describe.runIf(available)('messages of the official connector', () => {
  it('0001: clear, with its attachments; ours says the same', async () => {
    expect(codeOf(await post('0001'))).toBe('100')
    const theirs = lastLetter()
    const meaning = await meaningOf(theirs)
    const listed = await listedIn('SENTBOX')
    const message = (await sender.ehbox.read(listed)) as DocumentMessage
    expect(message).toMatchObject({
      title: 'Synthetic document',
      freeText: 'Synthetic free text, éèü & more.',
      encrypted: false,
      annexes: [{ title: 'Synthetic annex', fileName: 'annex.txt', protection: 'transport' }],
      application: 'synthetic-peer',
    })
    await sayAgain(message, theirs.publicationId + 'X', [{ nihii: '19999123', quality: 'DOCTOR' }])
    expect(await meaningOf(lastLetter())).toEqual({
      ...(meaning as object),
      publicationId: theirs.publicationId + 'X',
    })
  })

  it.each([
    ['0005', { patient: { valid: true }, customMetas: [['synthetic-key', 'synthetic-value']] }],
    ['0008', { table: { title: 'Synthetic table' } }],
  ])(
    '%s: sealed; its recipient reads and verifies all of it; ours says the same',
    async (number, expected) => {
      expect(codeOf(await post(number))).toBe('100')
      const theirs = lastLetter()
      const meaning = await meaningOf(theirs)
      const message = (await reader.ehbox.read(await newest(reader))) as DocumentMessage
      expect(message).toMatchObject({
        ...expected,
        title: 'Synthetic document',
        encrypted: true,
        verification: { author: { type: 'SSIN', value: '90010199794' }, authorMatchesSender: true },
        annexes: [{ fileName: 'annex.pdf', mimeType: 'application/pdf', protection: 'sealed' }],
        problems: [],
      })
      expect(message.annexes[0]!.content.length).toBeGreaterThan(0)
      await sayAgain(message, theirs.publicationId + 'X', toHospital)
      expect(await meaningOf(lastLetter())).toEqual({
        ...(meaning as object),
        publicationId: theirs.publicationId + 'X',
        destinations: theirs.destinations.filter(({ Quality }) => Quality === 'HOSPITAL'),
      })
    },
  )
})

async function listedIn(folder: 'SENTBOX'): Promise<ListedMessage> {
  for await (const listed of sender.ehbox.messages({ folder })) return listed
  throw new Error('nothing was sent')
}

const id = '9Y000AAA00001'

/** A message or an absence as the recording had it. */
function asRecorded(folder: 'INBOX' | 'SENTBOX' | 'BININBOX'): void {
  const state = mailOf(simulator.world)
  state.copies = state.copies.filter(({ messageId }) => messageId !== id && messageId !== 'ANOTHER000001')
  const letter = lastLetter()
  const received = {
    publishedAt: letter.sentAt,
    receivedAt: letter.sentAt,
    destination: letter.destinations[0]!,
  }
  const key = `AS${folder}`
  state.letters.set(key, { ...letter, key, publicationId: key })
  const copies = [{ ...received, messageId: id, letter: key, box: 'sender/DOCTOR', folder }]
  if (folder === 'SENTBOX')
    copies.push({
      ...received,
      messageId: 'ANOTHER000001',
      letter: key,
      box: 'recipient-c/NURSE',
      folder: 'INBOX',
    })
  state.copies.push(...copies)
}

describe.runIf(available)('calls of the official connector', () => {
  beforeAll(async () => {
    await post('0005')
  })

  /** Instants and days as days: their writer adds a zone. */
  const outline = (element: XmlElement): unknown => {
    const children = childElements(element)
    return {
      name: `{${element.namespace}}${element.local}`,
      content:
        children.length > 0 ? children.map(outline) : textOf(element).replace(/^(\d{4}-\d\d-\d\d)Z$/, '$1'),
    }
  }
  const ehbox = () => sender.ehbox
  const drained = async (list: AsyncIterable<unknown>): Promise<void> => {
    for await (const one of list) void one
  }

  it.each<[string, string, (() => void) | undefined, () => Promise<unknown>]>([
    ['0009', 'getBoxInfo', undefined, () => ehbox().info()],
    ['0010', 'getMessagesList', undefined, () => drained(ehbox().messages())],
    ['0011', 'getFullMessage', () => asRecorded('INBOX'), () => ehbox().read(id)],
    [
      '0012',
      'getMessageAcknowledgmentsStatus',
      () => asRecorded('SENTBOX'),
      () => ehbox().acknowledgements(id),
    ],
    ['0013', 'getMessageHistory', () => asRecorded('INBOX'), () => ehbox().history(id)],
    ['0014', 'getAllEhboxesMessagesList', undefined, () => drained(ehbox().messages({ allBoxes: true }))],
    [
      '0015',
      'moveMessage',
      () => asRecorded('INBOX'),
      () => ehbox().move([id], { from: 'INBOX', to: 'BININBOX' }),
    ],
    [
      '0016',
      'deleteMessage',
      () => asRecorded('BININBOX'),
      () => ehbox().delete([id], { folder: 'BININBOX' }),
    ],
    [
      '0017',
      'insertOoO',
      () => void (mailOf(simulator.world).absences = []),
      () =>
        ehbox().absences.insert({
          from: '2026-11-23',
          to: '2026-11-30',
          substitutes: [{ nihii: '19999123', quality: 'DOCTOR' }],
        }),
    ],
    ['0018', 'getOoOList', undefined, () => ehbox().absences.list()],
    [
      '0019',
      'deleteOoO',
      () =>
        void (mailOf(simulator.world).absences = [
          {
            id: 'OOO0000000001',
            box: 'sender/DOCTOR',
            from: '2026-11-23',
            to: '2026-11-30',
            substitutes: [],
          },
        ]),
      () => ehbox().absences.delete(['OOO0000000001']),
    ],
  ])('%s (%s): answered with success, and ours says the same', async (number, operation, prepare, ours) => {
    prepare?.()
    const answer = await post(number)
    expect([answer.local, codeOf(answer)]).toEqual([
      contract.consultationOperations[operation as keyof typeof contract.consultationOperations].response
        .local,
      '100',
    ])
    prepare?.()
    said.length = 0
    await ours()
    const theirs = payloadOf(Buffer.from(recorded(number).body).toString('utf8'))
    expect(outline(payloadOf(said[0]!))).toEqual(outline(theirs))
  })
})
