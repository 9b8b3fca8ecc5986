import { describe, expect, it } from 'vitest'

import { EHealthError } from '../../../src/errors.js'
import { readToken } from '../../../src/technical/etk/token.js'
import { verifyToken, type VerifyTokenOptions } from '../../../src/technical/etk/verifyToken.js'
import type { Certificate } from '../../../src/technical/pki/certificate.js'
import { openVectors, withinMinutes } from '../seal/vectors.js'

const vectors = openVectors()
const options: VerifyTokenOptions = { trust: vectors.trust, at: withinMinutes }
const pinned = { ...options, registrationAuthority: [vectors.certificate('etk-ra')] }

interface Verdict {
  code: string
  errors: readonly string[]
}

function judge(file: string, by: VerifyTokenOptions = options): Verdict {
  return judgeBytes(vectors.read(`etk/${file}.etk`), by)
}

function judgeBytes(bytes: Uint8Array, by: VerifyTokenOptions): Verdict {
  try {
    verifyToken(readToken(bytes), by)
    return { code: 'valid', errors: [] }
  } catch (error) {
    if (!(error instanceof EHealthError)) throw error
    return { code: error.code, errors: (error.details?.errors ?? []) as string[] }
  }
}

/** Where this library is stricter than the official checker (docs/decisions/0003). */
const stricter: Record<string, Verdict> = {
  'bad-ra-signature': { code: 'etk.untrusted', errors: ['ETK_RA_SIGNATURE_NOT_VALID'] },
  'ec-p384': { code: 'etk.unsupported-key', errors: [] },
  truncated: { code: 'etk.malformed', errors: [] },
}

describe('an encryption token', () => {
  for (const { file, checker } of vectors.etks) {
    const name = /\/(.*)\.etk$/.exec(file)![1]!
    it(`${name}: ${checker}`, () => {
      const official = checker === 'valid' ? [] : checker.replace(/[[\] ]/g, '').split(',')
      const verdict = judge(name)
      const expected = stricter[name]
      if (expected !== undefined) expect(verdict).toEqual(expected)
      else {
        expect([...verdict.errors].sort()).toEqual(official.sort())
        const expired = official.length > 0 && official.every((error) => error.endsWith('_EXPIRED'))
        expect(verdict.code).toBe(official.length === 0 ? 'valid' : expired ? 'etk.expired' : 'etk.untrusted')
      }
    })
  }

  it('gives the certificates apart', () => {
    const token = readToken(vectors.read('etk/recipient-a.etk'))
    expect(token.registrationAuthorityCertificate?.equals(vectors.certificate('etk-ra'))).toBe(true)
    expect(token.encryptionCertificate.keyUsage).toEqual(new Set(['keyEncipherment', 'dataEncipherment']))
    expect(token.authenticationCertificate.keyUsage?.has('digitalSignature')).toBe(true)
    expect(token.chain.map(({ fingerprint }) => fingerprint).sort()).toEqual(
      vectors.trust.map(({ fingerprint }) => fingerprint).sort(),
    )
  })

  it('must be for the actor that was asked for', () => {
    const expected = (type: string, value: string, application?: string) =>
      judge('recipient-b', {
        ...options,
        expected: { type, value, ...(application !== undefined && { application }) },
      })
    expect(expected('CBE', '0999990123').code).toBe('valid')
    expect(expected('CBE', '0999990123', 'APP-1').code).toBe('valid')
    // A lost leading zero is the same number.
    expect(expected('CBE', '999990123', 'APP-1').code).toBe('valid')
    expect(expected('CBE', '0999990123', '')).toEqual({
      code: 'etk.subject',
      errors: ['ETK_SUBJECT_NOT_EXPECTED'],
    })
    expect(expected('CBE', '0999990123', 'APP-2').code).toBe('etk.subject')
    expect(expected('CBE', '0998990132').code).toBe('etk.subject')
    expect(expected('EHP', '0999990123').code).toBe('etk.subject')
  })

  it('of a person answers a search for a NIHII number only where the caller allows it', () => {
    const expected = { type: 'NIHII', value: '19000022', application: '' }
    expect(judge('recipient-c', { ...options, expected }).code).toBe('etk.subject')
    expect(judge('recipient-c', { ...options, expected, allowSsinForNihii: true }).code).toBe('valid')
    expect(judge('recipient-b', { ...options, expected, allowSsinForNihii: true }).code).toBe('etk.subject')
  })

  it('must be signed by the registration authority that is pinned', () => {
    expect(judge('recipient-a', pinned).code).toBe('valid')
    expect(judge('recipient-b', pinned).code).toBe('valid')
    const other = { ...options, registrationAuthority: [vectors.certificate('tsa')] }
    expect(judge('recipient-a', other)).toEqual({ code: 'etk.untrusted', errors: ['ETK_RA_NOT_TRUSTED'] })
    const none = { ...options, registrationAuthority: [] }
    expect(judge('recipient-a', none).errors).toEqual(['ETK_RA_NOT_TRUSTED'])
  })

  it('may be signed by what the authority issued whose certificate is given', () => {
    const anchored = { ...options, registrationAuthority: [vectors.certificate('etk-ca')] }
    for (const name of ['recipient-a', 'recipient-b', 'kgss'])
      expect(judge(name, anchored).code).toBe('valid')
    expect(judge('bad-ra-signature', anchored)).toEqual({
      code: 'etk.untrusted',
      errors: ['ETK_RA_SIGNATURE_NOT_VALID'],
    })
    // the issuer of somebody else, and the authority of the actors: neither issued it
    for (const name of ['root-ca', 'issuing-ca', 'rogue-ca'])
      expect(
        judge('recipient-a', { ...options, registrationAuthority: [vectors.certificate(name)] }),
      ).toEqual({
        code: 'etk.untrusted',
        errors: ['ETK_RA_NOT_TRUSTED'],
      })
  })

  it('outlives the certificate of its registration authority, with a warning', () => {
    const at = new Date('2050-06-01T00:00:00Z')
    const token = readToken(vectors.read('etk/recipient-a.etk'))
    const verified = verifyToken(token, pinned).verified
    expect(verified).toEqual({ at: withinMinutes, warnings: [] })
    // Everything of the vectors ends together: by then only the authority's own end is no error.
    expect(judge('recipient-a', { ...pinned, at }).errors).toEqual([
      'ETK_ENCRYPTION_CERT_EXPIRED',
      'ETK_AUTHENTICATION_CERT_EXPIRED',
    ])
  })

  it('is judged by its own octets, not by what a caller puts beside them', () => {
    const good = readToken(vectors.read('etk/recipient-a.etk'))
    const other = readToken(vectors.read('etk/recipient-c.etk'))
    const forged = { ...good, encryptionCertificate: other.encryptionCertificate }
    expect(verifyToken(forged, options).encryptionCertificate.equals(good.encryptionCertificate)).toBe(true)
  })

  it('is refused with one bit changed anywhere that counts', () => {
    const bytes = vectors.read('etk/recipient-a.etk')
    const root = bytes.indexOf(vectors.certificate('root-ca').der)
    const end = root + vectors.certificate('root-ca').der.length
    const strict = { ...pinned, trust: [vectors.certificate('root-ca')] }
    // The pinned authority's own certificate is used, not the one that comes along.
    const authority = bytes.indexOf(vectors.certificate('etk-ra').der)
    const authorityEnd = authority + vectors.certificate('etk-ra').der.length
    const accepted: number[] = []
    for (let offset = 0; offset < bytes.length; offset += 3) {
      if (offset >= root && offset < end) continue
      if (offset >= authority && offset < authorityEnd) continue
      const changed = Buffer.from(bytes)
      changed[offset]! ^= 0x01
      if (judgeBytes(changed, strict).code === 'valid') accepted.push(offset)
    }
    expect(accepted).toEqual([])
  })

  it('is malformed when it is cut, empty, something else or a bare certificate', () => {
    const bytes = vectors.read('etk/recipient-a.etk')
    for (let length = 0; length < bytes.length; length += 101)
      expect(judgeBytes(bytes.subarray(0, length), options).code).toBe('etk.malformed')
    const certificate: Certificate = vectors.certificate('etk-ra')
    for (const other of [certificate.der, Buffer.from('token'), vectors.read('sealed/one-recipient/kib.cms')])
      expect(judgeBytes(other, options).code).toBe('etk.malformed')
  })
})
