/** XAdES-T with the platform's own authority, over HTTPS: what a hospital sends, and what outlives its certificate. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { openKeystore } from '../../../src/technical/keystore/index.js'
import { Certificate, createRevocationChecker } from '../../../src/technical/pki/index.js'
import { startSimulator, type Simulator } from '../../../src/simulator/index.js'
import type { Connection } from '../../../src/index.js'
import {
  blobTransforms,
  signXml,
  verifyXml,
  type VerifyXmlOptions,
} from '../../../src/technical/xades/index.js'
import { openHospital } from '../timestamp/people.js'

const now = new Date('2026-03-02T09:30:00.250Z')
const content = Buffer.from('<record xmlns="urn:r"/>').toString('base64')
const blob = `<Blob Id="_b1" ContentType="text/xml">${content}</Blob>`

let simulator: Simulator
let me: Connection
let options: VerifyXmlOptions

beforeAll(async () => {
  simulator = await startSimulator({ clock: { now: () => now } })
  me = await openHospital(simulator)
  const { trust } = simulator.environment
  const certificates = (pems: readonly (string | Uint8Array)[]) =>
    pems.flatMap((pem) => Certificate.allFrom(pem))
  options = {
    trust: certificates(trust.signers!),
    timestampAuthorities: certificates(trust.timestampAuthority!),
    level: 'xades-t',
    mustCover: '_b1',
    at: now,
  }
})
afterAll(async () => {
  await me.close()
  await simulator.close()
})

/** Signs with the key of the hospital, stamped by the platform. */
async function signed(digest: 'sha256' | 'sha512' = 'sha256'): Promise<string> {
  const { keystore, password } = simulator.personas.hospital
  const { authentication: credential } = await openKeystore({ bytes: keystore }, { password })
  const { xml } = await signXml(blob, {
    ...{ credential, id: '_b1', level: 'xades-t', runtime: simulator.runtime },
    transforms: blobTransforms({ contentType: 'text/xml' }),
    timestamp: { authority: me.technical.timestamp.authority(), digest },
  })
  return xml
}

describe('XAdES-T of a hospital', () => {
  it.each(['sha256', 'sha512'] as const)(
    'is stamped by the platform with %s, and verifies',
    async (digest) => {
      const before = simulator.calls('timestampAuthority')
      const signature = await signed(digest)
      expect(simulator.calls('timestampAuthority')).toBe(before + 1)
      const report = await verifyXml(blob, { ...options, signature })
      expect(report).toMatchObject({
        valid: true,
        signatures: [{ level: 'xades-t', signingTime: now, timestamps: [now], judgedAt: now }],
      })
      const forged = await verifyXml(blob.replace(content, 'AAAA'), { ...options, signature })
      expect(forged.valid).toBe(false)
    },
  )

  it('outlives the certificate of the hospital, with a stamp only', async () => {
    const signature = await signed()
    const { notAfter } = (await verifyXml(blob, { ...options, signature })).signatures[0]!.signer!
    const later = new Date(notAfter.getTime() + 24 * 60 * 60 * 1000)
    expect(await verifyXml(blob, { ...options, signature, at: later })).toMatchObject({ valid: true })
    const unstamped = signature.replace(/<ns2:UnsignedProperties[\s\S]*<\/ns2:UnsignedProperties>/, '')
    const report = await verifyXml(blob, { ...options, signature: unstamped, level: 'xades', at: later })
    expect(report.errors).toMatchObject([{ code: 'CERTIFICATE_EXPIRED' }])
  })

  it('is refused once its certificate is on a list, and asked about at the time of the stamp', async () => {
    const signature = await signed()
    const signer = (await verifyXml(blob, { ...options, signature })).signatures[0]!.signer!
    const checker = () => createRevocationChecker({ policy: 'require', runtime: simulator.runtime })
    expect((await verifyXml(blob, { ...options, signature, revocation: checker() })).errors).toEqual([])
    await simulator.revoke(signer, { at: new Date(now.getTime() - 60_000) })
    expect((await verifyXml(blob, { ...options, signature, revocation: checker() })).errors).toMatchObject([
      { code: 'CERTIFICATE_REVOKED' },
    ])
  })
})
