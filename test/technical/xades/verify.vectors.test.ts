/** Every vector of the official connector's signature module, and the verdict that is its due (spec xml-signature §7). */
import { describe, expect, it } from 'vitest'

import type { Certificate, RevocationChecker } from '../../../src/technical/pki/index.js'
import { verifyXml, type FoundLevel, type VerifyXmlOptions } from '../../../src/technical/xades/index.js'
import { bytes, index, timestampAuthorities, trust, type VerifyVector } from './vectors.js'

const vectors = index.verify.filter(({ level }) => level !== 'cades')

/** What the set says of revocation: these serial numbers of the issuing authority, and no others. */
const evidence = {
  source: 'crl',
  signer: { subject: '', fingerprint: '' },
  thisUpdate: new Date(0),
  fromCache: false,
} as const
const statusOf = (certificate: Certificate) =>
  index.revokedSerials.includes(certificate.serialNumber.toString())
    ? ({ status: 'revoked', evidence, at: new Date(0), reason: 'unspecified' } as const)
    : ({ status: 'good', evidence } as const)
const revocation: RevocationChecker = {
  policy: 'require',
  check: (certificate) => Promise.resolve(statusOf(certificate)),
  checkPath: ([leaf]) => {
    const status = statusOf(leaf!)
    return Promise.resolve({ status: status.status, certificates: [{ certificate: leaf!, ...status }] })
  },
}

const optionsFor = (vector: VerifyVector): VerifyXmlOptions => ({
  trust,
  timestampAuthorities,
  revocation,
  at: new Date(vector.verifyAt),
  level: vector.level as FoundLevel,
  manifests: vector.options.followNestedManifest === true ? 'follow' : 'ignore',
  ...(vector.signature === undefined ? {} : { signature: bytes(vector.signature) }),
  ...(vector.mustCoverId === undefined ? {} : { mustCover: vector.mustCoverId }),
})

describe.each(['must-verify', 'must-fail', 'policy'] as const)('%s', (category) => {
  const own = vectors.filter((vector) => vector.category === category)
  it.each(own.map((vector) => [vector.id, vector] as const))('%s', async (_, vector) => {
    const report = await verifyXml(bytes(vector.document), optionsFor(vector))
    const codes = report.errors.map(({ code }) => code)
    expect({ valid: report.valid, codes }).toMatchObject({
      valid: vector.expect === 'valid',
      ...(vector.expect === 'valid' ? { codes: [] } : {}),
    })
    if (vector.error !== undefined) expect(codes).toContain(vector.error)
    if (vector.expect === 'valid')
      expect(report.covers.some(({ id }) => id === vector.mustCoverId)).toBe(true)
  })
})
