import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { connect, type Connection } from '../../../src/index.js'
import { physician } from '../../../src/professions/index.js'
import { startSimulator, type Simulator } from '../../../src/simulator/index.js'
import { keysOf } from '../../../src/simulator/services/kgss/store.js'
import {
  GetKeyRequest,
  GetKeyRequestContent,
  GetKeyResponse,
  GetKeyResponseContent,
  GetNewKeyRequest,
  GetNewKeyRequestContent,
  GetNewKeyResponse,
  GetNewKeyResponseContent,
  kgssOperations,
} from '../../../src/technical/kgss/contract.js'
import { createKgss, readers } from '../../../src/technical/kgss/index.js'
import { readRecipients, unseal } from '../../../src/technical/seal/index.js'
import { parseXml, read, write, type ElementDeclaration } from '../../../src/technical/xml/index.js'
import { callOperation } from '../../simulator/support.js'
import { openVectors, withinMinutes } from '../seal/vectors.js'
import {
  createWire,
  sealedIn,
  sender,
  senderNihii,
  senderSsin,
  vectorsKgss,
  withSealed,
  type Wire,
} from './people.js'

const vectors = openVectors()
const identifier = vectorsKgss

let simulator: Simulator
let wire: Wire
const opened: Connection<'ehbox'>[] = []
beforeAll(async () => {
  const etk = (name: string) => vectors.read(`etk/${name}.etk`)
  simulator = await startSimulator({
    clock: { now: () => withinMinutes },
    kgss: { keystore: vectors.read('keystores/kgss.p12'), password: 'etee-alpha' },
    trust: { signers: vectors.trust.map((certificate) => certificate.der) },
    register: {
      actors: [sender],
      tokens: [
        { type: 'SSIN', value: senderSsin, etk: etk('sender') },
        { ...identifier, etk: etk('kgss') },
      ],
    },
  })
  wire = createWire(simulator)
})
afterAll(async () => {
  await Promise.all(opened.map((me) => me.close()))
  wire.close()
  await simulator.close()
})

/** The actor of the vectors, by his eHealth certificate or by his identity card. */
async function open(name: 'sender' | 'eid-like', alias: string): Promise<Connection<'ehbox'>> {
  const { trust } = simulator.environment
  const me = await connect({
    environment: {
      ...simulator.environment,
      trust: {
        ...trust,
        signers: [...trust.signers!, ...vectors.trust.map((certificate) => certificate.der)],
        registrationAuthority: [...trust.registrationAuthority!, vectors.certificate('etk-ra').der],
      },
    },
    keystore: await vectors.keystore(name, alias),
    as: physician({ ssin: senderSsin, nihii: senderNihii }),
    runtime: simulator.runtime,
    transport: wire,
  })
  opened.push(me)
  return me
}

describe('messages of the KGSS', () => {
  const again = <T>(element: ElementDeclaration<T>, xml: string | Uint8Array): T =>
    read(element, parseXml(xml).root, { strict: true })

  it('are read strictly, and written with the same meaning', () => {
    const request = again(GetNewKeyRequestContent, vectors.read('plain/kgss-new-key-request.xml'))
    expect(again(GetNewKeyRequestContent, write(GetNewKeyRequestContent, request).xml)).toEqual(request)
    expect([request.AllowedReader.length, request.ETK]).toEqual([1, vectors.read('etk/sender.etk')])
    const answer = again(GetNewKeyResponseContent, vectors.read('plain/kgss-new-key-response.xml'))
    expect(again(GetNewKeyResponseContent, write(GetNewKeyResponseContent, answer).xml)).toEqual(answer)
    expect(answer.NewKey).toEqual(Buffer.from('7VRvyYd1iOhissf3WJbglg==', 'base64'))
  })

  it('mix qualified elements with others that stand in no namespace', () => {
    const octets = Buffer.from('ABC')
    const outcome = { Status: { Code: '200', Message: 'Success' }, Error: [] }
    const error = [{ Code: 'NO_KEY_FOUND', Message: [{ value: 'x', Lang: 'EN' as const }, { value: 'y' }] }]
    const ns = 'xmlns:kgss="urn:be:fgov:ehealth:etee:kgss:1_0:protocol"'
    const status = '<Status><Code>200</Code><Message>Success</Message></Status>'
    const sealed = '<kgss:SealedContent>QUJD</kgss:SealedContent>'
    const SealedContent = octets
    for (const [xml, expected] of [
      [
        write(GetNewKeyRequest, { SealedNewKeyRequest: { SealedContent } }).xml,
        `<kgss:GetNewKeyRequest ${ns}><kgss:SealedNewKeyRequest>${sealed}</kgss:SealedNewKeyRequest></kgss:GetNewKeyRequest>`,
      ],
      [
        write(GetKeyRequest, { SealedKeyRequest: { SealedContent } }).xml,
        `<kgss:GetKeyRequest ${ns}><kgss:SealedKeyRequest>${sealed}</kgss:SealedKeyRequest></kgss:GetKeyRequest>`,
      ],
      [
        write(GetNewKeyResponse, { ...outcome, SealedNewKeyResponse: { SealedContent } }).xml,
        `<kgss:GetNewKeyResponse ${ns}>${status}<kgss:SealedNewKeyResponse>${sealed}</kgss:SealedNewKeyResponse></kgss:GetNewKeyResponse>`,
      ],
      [
        write(GetKeyResponse, { ...outcome, Error: error, Id: 'T' }).xml,
        `<kgss:GetKeyResponse ${ns} Id="T">${status}<Error><Code>NO_KEY_FOUND</Code><Message Lang="EN">x</Message><Message>y</Message></Error></kgss:GetKeyResponse>`,
      ],
      [
        write(GetKeyRequestContent, { KeyIdentifier: octets, KeyEncryptionKey: octets }).xml,
        `<kgss:GetKeyRequestContent ${ns}><kgss:KeyIdentifier>QUJD</kgss:KeyIdentifier><kgss:KeyEncryptionKey>QUJD</kgss:KeyEncryptionKey></kgss:GetKeyRequestContent>`,
      ],
      [
        write(GetNewKeyRequestContent, {
          AllowedReader: [{ Namespace: 'n', Name: 'm', Value: ['1', ''] }],
          ExludedReader: [{ Namespace: 'n', Name: 'o', Value: [] }],
          ETK: octets,
          DeletionStrategy: {},
        }).xml,
        `<kgss:GetNewKeyRequestContent ${ns}><kgss:AllowedReader><kgss:Namespace>n</kgss:Namespace><kgss:Name>m</kgss:Name>` +
          '<kgss:Value>1</kgss:Value><kgss:Value></kgss:Value></kgss:AllowedReader><kgss:ExludedReader><kgss:Namespace>n</kgss:Namespace>' +
          '<kgss:Name>o</kgss:Name></kgss:ExludedReader><kgss:ETK>QUJD</kgss:ETK><kgss:DeletionStrategy></kgss:DeletionStrategy>' +
          '</kgss:GetNewKeyRequestContent>',
      ],
      [
        write(GetKeyResponseContent, {}).xml,
        `<kgss:GetKeyResponseContent ${ns}></kgss:GetKeyResponseContent>`,
      ],
    ] as const)
      expect(xml).toBe(expected)
  })
})

describe('what the official library sealed', () => {
  it('is served by the simulated KGSS that has the keys', async () => {
    const answer = await callOperation(
      simulator,
      kgssOperations.getNewKey,
      { SealedNewKeyRequest: { SealedContent: vectors.read('sealed/to-kgss/new-key-request.cms') } },
      { kind: 'none' },
    )
    const { decryptionKeys } = await vectors.keystore('sender')
    const { content, author } = await unseal(answer.value.SealedNewKeyResponse!.SealedContent, {
      keys: decryptionKeys,
      trust: vectors.trust,
      now: withinMinutes,
    })
    expect(author).toMatchObject(identifier)
    const made = read(GetNewKeyResponseContent, parseXml(content).root)
    expect(keysOf(simulator.world).get(Buffer.from(made.NewKeyIdentifier!).toString('base64'))).toMatchObject(
      {
        key: made.NewKey,
        author: `SSIN=${senderSsin}`,
        allowed: [
          {
            Namespace: 'urn:be:fgov:identification-namespace',
            Name: 'urn:be:fgov:person:ssin',
            Value: ['90010199726'],
          },
        ],
        excluded: [],
      },
    )
  })

  it('is taken for the answer of the KGSS', async () => {
    const me = await open('sender', 'authentication')
    wire.answer = (text) => withSealed(text, vectors.read('sealed/from-kgss/new-key-response.cms'))
    const key = await createKgss(me.session, { identifier }).newKey({ allowed: [readers.person(senderSsin)] })
    wire.answer = undefined
    expect(key.id).toBe('YWzzvhieQ6yyem1czKppKIg7s1/sU7jy')
    expect(Buffer.from(key.key).toString('base64')).toBe('7VRvyYd1iOhissf3WJbglg==')
  })
})

describe('a reader with an identity card alone', () => {
  it('gets the key sealed with a key of one time, and signs as a card can', async () => {
    const author = await open('sender', 'authentication')
    const key = await createKgss(author.session, { identifier }).newKey({
      allowed: [readers.person(senderSsin)],
    })
    const sealed = await author.technical.seal(Buffer.from('for one person'), { secretKey: key })
    const citizen = await open('eid-like', 'Authentication')
    const opened = await createKgss(citizen.session, { identifier }).unseal(sealed)
    expect(Buffer.from(opened.content).toString()).toBe('for one person')

    const { request, answer } = wire.seen.at(-1)!
    expect(readRecipients(sealedIn(answer))).toMatchObject({
      serialNumbers: [],
      secretKeyIds: [expect.any(String)],
    })
    const { decryptionKeys } = await vectors.keystore('kgss')
    const options = { keys: decryptionKeys, trust: vectors.trust, now: withinMinutes }
    const asked = await unseal(sealedIn(request), { ...options, policies: ['EID'] })
    expect(Buffer.from(asked.content).toString()).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8" standalone="yes"\?><kgss:GetKeyRequestContent .*<kgss:KeyEncryptionKey>[A-Za-z0-9+/]{22}==<\/kgss:KeyEncryptionKey><\/kgss:GetKeyRequestContent>$/,
    )
    await expect(unseal(sealedIn(request), { ...options, policies: ['EHEALTH_CERT'] })).rejects.toMatchObject(
      {
        code: 'unseal.refused',
      },
    )
  })
})
