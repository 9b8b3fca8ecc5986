/**
 * The KGSS before outside judges: what is sealed inside of its messages is valid by the official schemas (libxml2), and
 * answers that OpenSSL made for the official connector are taken by this client.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { connect, type Connection } from '../src/connect.js'
import { physician } from '../src/professions/index.js'
import { startSimulator, type Simulator } from '../src/simulator/index.js'
import {
  GetKeyRequestContent,
  GetKeyResponseContent,
  GetNewKeyRequestContent,
  GetNewKeyResponseContent,
} from '../src/technical/kgss/contract.js'
import { createKgss, readers } from '../src/technical/kgss/index.js'
import { openKeystore, type Keystore } from '../src/technical/keystore/index.js'
import { Certificate } from '../src/technical/pki/certificate.js'
import { unseal } from '../src/technical/seal/index.js'
import { parseHttpDump } from '../src/technical/soap/httpDump.js'
import { write } from '../src/technical/xml/index.js'
import {
  createWire,
  sealedIn,
  sender,
  senderNihii,
  senderSsin,
  vectorsKgss,
  type Wire,
} from '../test/technical/kgss/people.js'
import { shared } from './support/shared.js'

const vectors = shared('vectors/')
const schemas = shared('contracts/connector/')
const available = existsSync(vectors) && existsSync(schemas)
const hasXmllint = spawnSync('xmllint', ['--version']).status === 0
if (!available) console.warn('SKIPPED: the KGSS needs ../shared (contracts, vectors); nothing was judged')
if (!hasXmllint) console.warn('SKIPPED: no xmllint command on this machine')

const password = 'etee-alpha'
const identifier = vectorsKgss
const file = (...path: string[]): Buffer => readFileSync(join(vectors, ...path))
const recorded = (number: string, ending: string): Buffer => {
  const folder = join(vectors, 'peer-requests', 'technical')
  return readFileSync(
    join(
      folder,
      readdirSync(folder).find((e) => e.startsWith(number) && e.endsWith(ending))!,
    ),
  )
}

const directory = mkdtempSync(join(tmpdir(), 'kgss-'))
/** The one-time key of the recorded reader: drawn instead of random octets. */
let draws: Buffer[] = []
let simulator: Simulator
let wire: Wire
let me: Connection<'ehbox'>
let kgssKeys: Keystore

beforeAll(async () => {
  if (!available) return
  const open = (name: string) =>
    openKeystore({ bytes: file('etee', 'keystores', `${name}.p12`) }, { password })
  const trust = ['root-ca', 'issuing-ca'].map((name) => file('etee', 'pki', `${name}.cer`))
  kgssKeys = await open('kgss')
  simulator = await startSimulator({
    kgss: { keystore: file('etee', 'keystores', 'kgss.p12'), password },
    trust: { signers: trust },
    register: {
      actors: [sender],
      tokens: [
        { type: 'SSIN', value: senderSsin, etk: file('etee', 'etk', 'sender.etk') },
        { ...identifier, etk: file('etee', 'etk', 'kgss.etk') },
      ],
    },
  })
  simulator.clock.set(new Date('2026-11-22T21:50:30Z'))
  wire = createWire(simulator)
  const { environment } = simulator
  me = await connect({
    environment: {
      ...environment,
      trust: {
        ...environment.trust,
        signers: [...environment.trust.signers!, ...trust],
        registrationAuthority: [
          ...environment.trust.registrationAuthority!,
          file('etee', 'pki', 'etk-ra.cer'),
        ],
      },
    },
    keystore: await open('sender'),
    as: physician({ ssin: senderSsin, nihii: senderNihii }),
    runtime: {
      ...simulator.runtime,
      randomBytes: (count) =>
        (count === 16 ? draws.shift() : undefined) ?? simulator.runtime.randomBytes(count),
    },
    transport: wire,
  })
})
afterAll(async () => {
  rmSync(directory, { recursive: true, force: true })
  await me?.close()
  wire?.close()
  await simulator?.close()
})

const kgss = () => createKgss(me.session, { identifier })
const allowed = [readers.person(senderSsin)]

describe.runIf(available)('answers that OpenSSL made for the official connector', () => {
  const answerWith = (number: string): void => {
    wire.answer = () => Buffer.from(parseHttpDump(recorded(number, '-response.http')).body).toString()
  }

  it('0036: a new key', async () => {
    answerWith('0036')
    const key = await kgss().newKey({ allowed })
    expect(key.key).toHaveLength(16)
    expect(Buffer.from(key.id, 'base64').length).toBeGreaterThan(0)
  })

  it('0038: a key for the token', async () => {
    answerWith('0038')
    expect((await kgss().getKey('QUJD', { answerFor: 'token' })).key).toHaveLength(16)
  })

  it('0040: a key for a one-time key, whatever the answer calls that', async () => {
    answerWith('0040')
    const text = recorded('0040', '-unsealed.xml').toString()
    draws = [Buffer.from(/<KeyEncryptionKey>([^<]+)</.exec(text)![1]!, 'base64')]
    expect((await kgss().getKey('QUJD', { answerFor: 'one-time-key' })).key).toHaveLength(16)
  })
})

describe.runIf(available && hasXmllint)('what is sealed inside', () => {
  const published = [
    'ehealth-etee/XSD/ehealth-etee-kgss-schema-inner-protocol-1_2.xsd',
    'XSD/etee_v1/ehealth-etee-kgss-schema-inner-protocol.xsd',
  ]
  /** @throws with what libxml2 says */
  function judge(xml: string): void {
    const place = join(directory, 'inner.xml')
    writeFileSync(place, xml)
    for (const schema of published)
      execFileSync('xmllint', ['--noout', '--nonet', '--schema', join(schemas, schema), place], {
        stdio: 'pipe',
      })
  }
  const openRequest = async (text: string): Promise<string> => {
    const trust = Certificate.allFrom(file('etee', 'pki', 'root-ca.cer'))
    const { content } = await unseal(sealedIn(text), {
      keys: kgssKeys.decryptionKeys,
      trust,
      now: simulator.clock.now(),
    })
    return Buffer.from(content).toString()
  }

  it('is valid as this client sends it and the simulated KGSS answers it', async () => {
    wire.answer = undefined
    const { keys, trust } = {
      keys: (await me.session.keystore()).decryptionKeys,
      trust: me.session.trust.signers,
    }
    const openAnswer = async (opening: object): Promise<string> => {
      const sealed = sealedIn(wire.seen.at(-1)!.answer)
      return Buffer.from(
        (await unseal(sealed, { ...opening, trust, now: simulator.clock.now() })).content,
      ).toString()
    }
    const { id } = await kgss().newKey({
      allowed: [
        ...allowed,
        readers.doctor(),
        readers.anyPharmacy(),
        readers.attribute('urn:n', 'urn:a', '', '<&>'),
      ],
      excluded: [readers.anyInsurer()],
      deletionStrategy: true,
    })
    judge(await openRequest(wire.seen.at(-1)!.request))
    judge(await openAnswer({ keys }))
    await kgss().getKey(id, { answerFor: 'token' })
    judge(await openRequest(wire.seen.at(-1)!.request))
    judge(await openAnswer({ keys }))
    const oneTime = Buffer.from('0123456789abcdef')
    draws = [Buffer.from(oneTime)]
    await kgss().getKey(id, { answerFor: 'one-time-key' })
    judge(await openRequest(wire.seen.at(-1)!.request))
    judge(await openAnswer({ secretKey: oneTime }))
  })

  it('is valid in every shape that the contract lets through, and not in others', () => {
    const octets = Buffer.from('ABC')
    const reader = { Namespace: 'n', Name: 'm', Value: [] }
    judge(write(GetNewKeyRequestContent, { AllowedReader: [reader], ExludedReader: [], ETK: octets }).xml)
    judge(write(GetNewKeyResponseContent, {}).xml)
    judge(write(GetKeyResponseContent, {}).xml)
    judge(write(GetKeyRequestContent, { KeyIdentifier: octets }).xml)
    const all = { KeyIdentifier: octets, KeyEncryptionKey: octets, KeyEncryptionKeyIdentifier: octets }
    const xml = write(GetKeyRequestContent, all).xml
    judge(xml)
    expect(() =>
      judge(xml.replace('<kgss:KeyEncryptionKey>', '<kgss:ETK>QUJD</kgss:ETK><kgss:KeyEncryptionKey>')),
    ).toThrow()
    expect(() => judge(xml.replaceAll('KeyIdentifier', 'KeyId'))).toThrow()
  })
})
