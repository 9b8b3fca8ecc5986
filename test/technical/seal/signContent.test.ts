import { generateKeyPairSync } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { startSimulator, type Simulator } from '../../../src/simulator/index.js'
import { der } from '../../../src/technical/asn1/index.js'
import { openKeystore, softwareCredential, type Credential } from '../../../src/technical/keystore/index.js'
import { openSignedContent, signContent } from '../../../src/technical/seal/signContent.js'

let simulator: Simulator
let rsa: Credential
let ec: Credential
const content = Buffer.from('<link>é</link>')

beforeAll(async () => {
  simulator = await startSimulator()
  const { keystore, password } = simulator.personas.nurse
  rsa = (await openKeystore({ bytes: keystore }, { password })).authentication
  ec = (await simulator.card('adult')).signature
})
afterAll(() => simulator.close())

describe('signed content', () => {
  it.each(['rsa', 'ec'] as const)('is opened as it was signed, with its signer: %s', async (kind) => {
    const credential = kind === 'rsa' ? rsa : ec
    const signed = await signContent(content, credential, simulator.runtime)
    const opened = openSignedContent(signed)
    expect(Buffer.from(opened.content).equals(content)).toBe(true)
    expect(opened.signer.equals(credential.certificate)).toBe(true)
    expect(opened.certificates).toHaveLength(1 + credential.chain.length)
  })

  it('is refused with any bit of content, attributes or signature changed', async () => {
    const signed = Buffer.from(await signContent(content, ec, simulator.runtime))
    const from = signed.indexOf(content)
    const tail = signed.length - 90
    for (const at of [from, from + content.length - 1, tail, signed.length - 1]) {
      const broken = Uint8Array.from(signed)
      broken[at]! ^= 1
      expect(() => openSignedContent(broken), String(at)).toThrow(
        expect.objectContaining({ family: 'signature' }) as Error,
      )
    }
  })

  it('is refused truncated, with something behind it, twice, empty, or when it is something else', async () => {
    const signed = Buffer.from(await signContent(content, ec, simulator.runtime))
    for (const bytes of [
      Buffer.alloc(0),
      signed.subarray(0, signed.length - 1),
      signed.subarray(0, 40),
      Buffer.concat([signed, Buffer.from([0])]),
      Buffer.concat([signed, signed]),
      content,
      Buffer.from(der.sequence(der.objectIdentifier('1.2.840.113549.1.7.1'))),
    ])
      expect(() => openSignedContent(bytes)).toThrow(
        expect.objectContaining({ code: 'signature.structure' }) as Error,
      )
  })

  it('is not made with the key of somebody else, or after the end of the certificate', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    expect(() => softwareCredential({ certificate: ec.certificate, privateKey })).toThrow()
    const later = { now: () => new Date(ec.certificate.notAfter.getTime() + 1000) }
    await expect(signContent(content, ec, later, 'proof.credential')).rejects.toMatchObject({
      code: 'certificate.expired',
      path: 'proof.credential',
    })
  })
})
