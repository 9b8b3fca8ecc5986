import { afterEach, describe, expect, it, vi } from 'vitest'

import { main } from '../../src/cli/program.js'
import { assertSchema } from './jsonSchemas.js'
import { fixture } from './run.js'
import { index } from '../technical/xades/vectors.js'

interface Judgement {
  kind: string
  valid: boolean
  errors: { code: string; reason: string; message: string }[]
  warnings: { code: string }[]
  signatures: { level: string; covers?: { id: string }[]; signer?: { subject: string } }[]
}

const file = (path: string): string => fixture(`xmldsig/${path}`)
const trust = ['--trust', ...index.trustedCAs.map(file), '--tsa', ...index.trustedTSAs.map(file)]

afterEach(() => vi.restoreAllMocks())

/** Runs the command in this process: there are many vectors. */
async function verify(...parameters: string[]): Promise<{ code: number; judgement: Judgement }> {
  let stdout = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    stdout += String(chunk)
    return true
  })
  try {
    const code = await main(['verify', '--kind', 'xml', '--json', ...parameters])
    assertSchema(['verify'], stdout, code)
    return { code, judgement: JSON.parse(stdout) as Judgement }
  } finally {
    vi.restoreAllMocks()
  }
}

/** Sound signatures of a lower level than the vector demands. */
const needsLevel = new Set(['xmldsig-as-xades', 'xades-as-xades-t'])

describe('ehealth verify --kind xml', () => {
  const vectors = index.verify

  it('has vectors of both verdicts', () => {
    expect(vectors.filter((vector) => vector.expect === 'valid').length).toBeGreaterThan(30)
    expect(vectors.filter((vector) => vector.expect === 'invalid').length).toBeGreaterThan(40)
  })

  it.each(vectors.map((vector) => [vector.id, vector] as const))('%s', async (id, vector) => {
    const parameters = [
      ...['--at', vector.verifyAt, ...trust, '--revoked', ...index.revokedSerials],
      ...(vector.signature === undefined ? [] : ['--signature', file(vector.signature)]),
      ...(vector.mustCoverId === undefined ? [] : ['--covers', vector.mustCoverId]),
    ]
    const level = vector.level === 'cades' ? [] : ['--level', vector.level]
    const { code, judgement } = await verify(...parameters, ...level, file(vector.document))
    const valid = vector.expect === 'valid'
    expect(judgement).toMatchObject({ kind: 'xml', valid })
    expect(judgement.errors.length === 0).toBe(valid)
    expect(code).toBe(valid ? 0 : 1)
    if (vector.error !== undefined)
      expect(judgement.errors.map((error) => error.code)).toContain(vector.error)

    const undemanding = await verify(...parameters, file(vector.document))
    expect(undemanding.judgement.valid).toBe(valid || needsLevel.has(id))
  })

  it('takes the word of the caller for a revoked signer, in either spelling, and no other', async () => {
    const { signature, document, verifyAt } = index.verify.find(({ id }) => id === 'certificate-revoked')!
    const judged = (...known: string[]) =>
      verify('--at', verifyAt, ...trust, ...known, '--signature', file(signature!), file(document))
    expect((await judged()).judgement.valid).toBe(true)
    for (const serial of ['13', '0x0D']) {
      const { code, judgement } = await judged('--revoked', serial)
      expect([code, judgement.valid, judgement.errors.map((error) => error.code)]).toEqual([
        1,
        false,
        ['CERTIFICATE_REVOKED'],
      ])
    }
    expect((await judged('--revoked', '14')).judgement.valid).toBe(true)
  })

  it('tells who signed, when and what', async () => {
    const { judgement } = await verify(
      ...['--at', '2026-06-15T10:00:00Z', ...trust],
      ...['--signature', file('must-verify/blob-xades-t.signature.xml')],
      file('must-verify/blob-xades-t.document.xml'),
    )
    expect(judgement.warnings).toMatchObject([{ code: 'CERTIFICATE_STATUS_UNKNOWN' }])
    expect(judgement.signatures).toMatchObject([
      {
        level: 'xades-t',
        valid: true,
        intact: true,
        signer: { subject: 'C=BE,O=SDK test vectors A,OU=eHealth-platform Belgium,CN=Signer RSA' },
        covers: [{ id: '_blob-a-1', element: 'Detail', content: 'text', through: 'signature' }],
      },
    ])
  })

  it('accepts SHA-1 of an archive when asked to', async () => {
    const { judgement } = await verify(
      ...['--at', '2026-06-15T10:00:00Z', ...trust, '--allow-sha1'],
      ...['--signature', file('policy/rsa-sha1.signature.xml')],
      file('policy/rsa-sha1.document.xml'),
    )
    expect(judgement.valid).toBe(true)
  })

  it('refuses what would be ignored', async () => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    const cms = file('must-verify/cades-encapsulated.signature.p7')
    for (const parameters of [
      ['--covers', 'x', cms],
      ['--level', 'xades', cms],
      ['--policy', 'x509', file('must-verify/ra-enveloped.document.xml')],
    ])
      expect(await main(['verify', '--kind', 'xml', ...trust, ...parameters])).toBe(2)
  })

  it('judges what is no document, too', async () => {
    const { judgement } = await verify(...trust, file('must-verify/cades-detached.document.bin'))
    expect(judgement).toMatchObject({ valid: false, errors: [{ code: 'SIGNATURE_COULD_NOT_BE_VERIFIED' }] })
  })
})
