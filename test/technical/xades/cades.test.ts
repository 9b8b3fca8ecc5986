import { describe, expect, it } from 'vitest'

import { signCades, verifyCades } from '../../../src/technical/xades/index.js'
import { bytes, credential, index, trust } from './vectors.js'

const vectors = index.verify.filter(({ level }) => level === 'cades')
const at = new Date('2026-06-15T10:00:00Z')
const content = Buffer.from('therapeutic link A')
const runtime = { now: () => at }

describe('CMS signatures of the official connector', () => {
  it.each(vectors.map((vector) => [vector.id, vector] as const))('%s', async (_, vector) => {
    const report = await verifyCades(bytes(vector.signature!), {
      trust,
      content: bytes(vector.document),
      at: new Date(vector.verifyAt),
    })
    expect(report.valid).toBe(vector.expect === 'valid')
    if (vector.error !== undefined) expect(report.errors.map(({ code }) => code)).toContain(vector.error)
    if (vector.expect === 'valid') expect(report.content).toEqual(bytes(vector.document))
    else expect(report.content).toBeUndefined()
  })

  it('rest on SHA-1, which is told, and refused where it is not wanted', async () => {
    const { signature, document } = vectors.find(({ id }) => id === 'cades-detached')!
    const options = { trust, content: bytes(document), at: new Date('2026-11-23T00:00:00Z') }
    const { warnings } = await verifyCades(bytes(signature!), options)
    expect(warnings.map(({ reason }) => reason)).toContain('xml-signature.algorithm')
    const strict = await verifyCades(bytes(signature!), { ...options, allowSha1: false })
    expect(strict.errors.map(({ reason }) => reason)).toEqual(['xml-signature.algorithm'])
  })
})

describe('CMS signatures', () => {
  it.each(['signer-rsa', 'signer-ec'] as const)(
    'by %s verify, with and without the content',
    async (name) => {
      for (const detached of [true, false]) {
        const signature = await signCades(content, { credential: credential(name), detached, runtime })
        expect(await verifyCades(signature, { trust, at, content })).toMatchObject({
          valid: true,
          signers: [{ signingTime: at, timestamps: [] }],
        })
        expect((await verifyCades(signature, { trust, at })).valid).toBe(!detached)
        const other = await verifyCades(signature, { trust, at, content: Buffer.from('other') })
        expect(other.errors.map(({ reason }) => reason)).toContain(
          detached ? 'xml-signature.digest' : 'xml-signature.coverage',
        )
      }
    },
  )

  it('by somebody unknown, or expired, are flagged', async () => {
    const signature = await signCades(content, { credential: credential('signer-rsa'), runtime })
    const codes = async (options: { trust: typeof trust; at: Date }) =>
      (await verifyCades(signature, { ...options, content })).errors.map(({ code }) => code)
    expect(await codes({ trust: [], at })).toEqual(['CERTIFICATE_CHAIN_NOT_TRUSTED'])
    expect(await codes({ trust, at: new Date('2045-01-01') })).toEqual(['CERTIFICATE_EXPIRED'])
    const late = await verifyCades(signature, {
      trust,
      at: new Date('2045-01-01'),
      content,
      expiredSigner: 'warn',
    })
    expect(late).toMatchObject({ valid: true, signers: [{ signingTime: at }] })
    expect(late.warnings.map(({ code }) => code)).toContain('CERTIFICATE_EXPIRED')
  })

  it('that are none are reported, whatever they are', async () => {
    const signature = await signCades(content, { credential: credential('signer-rsa'), runtime })
    for (const spoilt of [Buffer.alloc(0), Buffer.from('no CMS'), signature.subarray(0, 200)])
      expect((await verifyCades(spoilt, { trust, at, content })).errors).toMatchObject([
        { reason: 'xml-signature.structure' },
      ])
  })
})
