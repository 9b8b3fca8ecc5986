import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'

import { connect, type Connection } from '../../src/index.js'
import { nurse, physician } from '../../src/professions/index.js'
import { startSimulator, type Simulator } from '../../src/simulator/index.js'
import { checkToken, readToken } from '../../src/technical/etk/index.js'
import {
  Certificate,
  createRevocationChecker,
  fetchRevocation,
  readCrl,
  verifyCrl,
  type RevocationChecker,
  type RevocationOptions,
} from '../../src/technical/pki/index.js'
import { ocspRequest } from '../../src/technical/pki/revocation/ocspRequest.js'
import { basicResponseOf, verifyOcspResponse } from '../../src/technical/pki/revocation/ocspResponse.js'
import { verifySender } from '../../src/technical/seal/index.js'

const start = new Date('2026-03-02T08:00:00Z')
const minute = 60_000

let simulator: Simulator
const opened: Connection<'ehbox'>[] = []
beforeAll(async () => {
  simulator = await startSimulator({ clock: { now: () => start } })
})
afterAll(async () => {
  await Promise.all(opened.map((one) => one.close()))
  await simulator.close()
})
beforeEach(() => simulator.clock.set(start))

const trust = (): Certificate[] => simulator.environment.trust.signers!.map((one) => Certificate.from(one))

/** Authentication certificate of a persona with the authorities above it. */
function chainOf(name: 'physician' | 'nurse' | 'hospital'): Certificate[] {
  const { ssin, nihii } = simulator.personas[name]
  const value = ssin ?? nihii
  const token = simulator.world.tokens.find((one) => one.value === value && one.replaced !== true)!
  const { authenticationCertificate, chain } = readToken(token.etk)
  return [authenticationCertificate, ...chain]
}

const checkerOf = (options: Partial<RevocationOptions> = {}): RevocationChecker =>
  createRevocationChecker({ policy: 'require', runtime: simulator.runtime, ...options })

async function open(
  name: 'physician' | 'nurse',
  revocation: 'require' | 'prefer' | 'off' | RevocationChecker,
): Promise<Connection<'ehbox'>> {
  const { ssin, nihii, keystore, password } = simulator.personas[name]
  const me = await connect({
    environment: simulator.environment,
    keystore: { bytes: keystore, password },
    as: name === 'physician' ? physician({ ssin, nihii }) : nurse({ ssin, nihii }),
    runtime: simulator.runtime,
    revocation,
  })
  opened.push(me)
  return me
}

const get = (url: string): Promise<Uint8Array> =>
  fetchRevocation({ url, accept: '*/*', timeout: 5000, maxBytes: 1_000_000 })

describe('what the authorities of the simulator publish', () => {
  it('stands at the addresses that their certificates name, over plain HTTP', async () => {
    const [leaf, issuing, root] = chainOf('physician')
    for (const [certificate, issuer, role] of [
      [leaf!, issuing!, 'issuing'],
      [issuing!, root!, 'root'],
    ] as const) {
      const list = readCrl(await get(`${simulator.pkiUrl}/pki/${role}.crl`))
      verifyCrl(list, { issuer, now: start })
      for (const sources of [['crl'], ['ocsp']] as const)
        expect(await checkerOf({ sources }).check(certificate, issuer)).toMatchObject({ status: 'good' })
      expect(Certificate.fromDer(await get(`${simulator.pkiUrl}/pki/${role}.cer`)).equals(issuer)).toBe(true)
    }
    // encryption certificates have nothing but their key usage, and a root answers for nobody but itself
    expect([...root!.extensions.keys()]).not.toContain('2.5.29.31')
  })

  it('answers OCSP by POST and GET, with the nonce of the question', async () => {
    const [leaf, issuing, root] = chainOf('nurse') as [Certificate, Certificate, Certificate]
    const nonce = Buffer.alloc(32, 7)
    const question = Buffer.from(ocspRequest(leaf, issuing, nonce))
    const url = `${simulator.pkiUrl}/pki/ocsp`
    const posted = await fetchRevocation({ url, body: question, accept: '*/*', timeout: 5000, maxBytes: 1e6 })
    const got = await get(`${url}/${encodeURIComponent(question.toString('base64'))}`)
    for (const response of [posted, got])
      expect(
        verifyOcspResponse(basicResponseOf(response), {
          certificate: leaf,
          issuer: issuing,
          anchors: [root],
          now: start,
        }),
      ).toMatchObject({ status: 'good', producedAt: start, nonce })
  })

  it('refuses questions about others, nonsense, and anything else', async () => {
    const [leaf] = chainOf('nurse') as [Certificate]
    const url = `${simulator.pkiUrl}/pki/ocsp`
    const post = async (body: Uint8Array): Promise<unknown> => {
      const response = await fetchRevocation({ url, body, accept: '*/*', timeout: 5000, maxBytes: 1e6 })
      try {
        return basicResponseOf(response)
      } catch (error) {
        return (error as { details?: { responseStatus?: string } }).details?.responseStatus
      }
    }
    expect(await post(ocspRequest(leaf, leaf))).toBe('unauthorized')
    for (const nonsense of [Buffer.from('question'), Buffer.from('3000', 'hex'), Buffer.alloc(0)])
      expect(await post(nonsense)).toBe('malformedRequest')
    for (const [path, init, status] of [
      ['/pki/none.crl', {}, 404],
      ['/pki/root.crl', { method: 'DELETE' }, 405],
      ['/pki/ocsp', { method: 'POST', body: Buffer.alloc(70_000) }, 413],
    ] as const)
      expect((await fetch(simulator.pkiUrl + path, init)).status).toBe(status)
  })
})

describe('a certificate revoked at the simulator', () => {
  it('is told by responder and list, with instant and reason, and the number of the list rises', async () => {
    const [leaf, issuing] = chainOf('hospital') as [Certificate, Certificate]
    const url = `${simulator.pkiUrl}/pki/issuing.crl`
    const before = readCrl(await get(url))
    const at = new Date(start.getTime() - 5 * minute)
    await simulator.revoke('hospital', { at, reason: 'cessationOfOperation' })
    const after = readCrl(await get(url))
    expect(after.crlNumber).toBe(before.crlNumber! + 1n)
    expect(after.size).toBe(before.size + 1)
    for (const sources of [['crl'], ['ocsp']] as const)
      expect(await checkerOf({ sources }).check(leaf, issuing)).toMatchObject({
        status: 'revoked',
        at,
        reason: 'cessationOfOperation',
      })
  })

  it('takes the depot’s token away from whoever asks about revocation', async () => {
    const owner = { type: 'NIHII-HOSPITAL', value: simulator.personas.hospital.nihii }
    const careful = await open('nurse', 'require')
    await expect(careful.technical.etk.get(owner)).rejects.toMatchObject({
      code: 'etk.revoked',
      details: {
        errors: ['ETK_AUTHENTICATION_CERT_REVOKED'],
        revoked: [{ reason: 'cessationOfOperation' }],
      },
    })
    const careless = await open('nurse', 'off')
    const token = await careless.technical.etk.get(owner)
    expect(token.verified.revocation).toBeUndefined()
    await expect(
      checkToken(token, { trust: trust(), at: start, revocation: checkerOf({ policy: 'prefer' }) }),
    ).rejects.toMatchObject({ code: 'etk.revoked' })
  })

  it('refuses what is sealed after, and leaves what was sealed before', async () => {
    const writer = await open('physician', 'off')
    const reader = await open('nurse', 'require')
    const to = [await writer.technical.etk.get({ type: 'SSIN', value: simulator.personas.nurse.ssin })]
    const before = await writer.technical.seal(Buffer.from('before'), { to })
    expect((await reader.technical.unseal(before)).revocation).toMatchObject([
      { layer: 'OUTER', status: 'good', certificates: [{ status: 'good' }, { status: 'good' }] },
    ])
    simulator.clock.advance(2 * minute)
    await simulator.revoke('physician', { reason: 'keyCompromise' })
    simulator.clock.advance(2 * minute)
    const after = await writer.technical.seal(Buffer.from('after'), { to })
    await expect(reader.technical.unseal(after)).rejects.toMatchObject({
      code: 'unseal.refused',
      details: { errors: ['OUTER_CERTIFICATE_REVOKED'] },
    })
    const report = await verifySender(after, {
      trust: trust(),
      now: simulator.runtime,
      revocation: checkerOf({ policy: 'prefer' }),
    })
    expect(report).toMatchObject({ accepted: false, errors: ['OUTER_CERTIFICATE_REVOKED'] })
    const opened = await reader.technical.unseal(before)
    expect(Buffer.from(opened.content).toString()).toBe('before')
    expect(opened.revocation![0]!.certificates[0]).toMatchObject({
      status: 'good',
      revokedLater: { reason: 'keyCompromise' },
    })
    // a policy that the caller names takes the place of the session's
    const relaxed = await reader.technical.unseal(after, { ocsp: 'sender-optional' })
    expect(relaxed.warnings).toEqual(['OCSP_NOT_EMBEDDED'])
    expect(relaxed.revocation).toBeUndefined()
  })

  it('may be an authority: everything below falls', async () => {
    const other = await startSimulator({ clock: { now: () => start } })
    try {
      const token = other.world.tokens.at(-1)!
      const { authenticationCertificate, chain } = readToken(token.etk)
      const [issuing, root] = chain as [Certificate, Certificate]
      await other.revoke(issuing, { reason: 'cACompromise' })
      const found = await checkerOf().checkPath([authenticationCertificate, issuing, root])
      expect(found).toMatchObject({
        status: 'revoked',
        certificates: [{ status: 'good' }, { status: 'revoked', reason: 'cACompromise' }],
      })
    } finally {
      await other.close()
    }
  })

  it('must be one of the simulator', async () => {
    const [leaf, , root] = chainOf('physician') as [Certificate, Certificate, Certificate]
    const stranger = readToken(
      await readFile(new URL('../../fixtures/etee/etk/sender.etk', import.meta.url)),
    ).authenticationCertificate
    for (const certificate of [stranger, root])
      await expect(simulator.revoke(certificate)).rejects.toMatchObject({ code: 'configuration.invalid' })
    await expect(simulator.revoke('nobody' as never)).rejects.toMatchObject({ code: 'configuration.invalid' })
    await expect(simulator.revoke(leaf, { reason: 'unused' as never })).rejects.toMatchObject({
      code: 'configuration.invalid',
    })
  })
})

describe('an authority that cannot be asked', () => {
  const nobody = (policy: 'require' | 'prefer'): RevocationChecker =>
    checkerOf({ policy, fetch: (request) => fetchRevocation({ ...request, url: 'http://127.0.0.1:1/' }) })

  it('is refused or a warning, as the policy says, with what was tried', async () => {
    const writer = await open('nurse', 'off')
    const own = await writer.technical.etk.own()
    const sealed = await writer.technical.seal(Buffer.from('x'), { to: [own] })
    const strict = await open('nurse', nobody('require'))
    await expect(strict.technical.unseal(sealed)).rejects.toMatchObject({
      details: { errors: ['OUTER_CERTIFICATE_STATUS_UNKNOWN'] },
    })
    await expect(strict.technical.etk.own()).rejects.toMatchObject({
      code: 'etk.status-unknown',
      retryable: true,
      details: { causes: ['revocation.unavailable', 'revocation.unavailable'] },
    })
    const lenient = await open('nurse', nobody('prefer'))
    const { warnings, revocation } = await lenient.technical.unseal(sealed)
    expect(warnings).toEqual(['OUTER_CERTIFICATE_STATUS_UNKNOWN'])
    expect(revocation![0]!.certificates[0]).toMatchObject({
      status: 'unknown',
      attempts: [
        { source: 'ocsp', url: `${simulator.pkiUrl}/pki/ocsp`, code: 'revocation.unavailable' },
        { source: 'crl', url: `${simulator.pkiUrl}/pki/issuing.crl`, code: 'revocation.unavailable' },
      ],
    })
    expect((await lenient.technical.etk.own()).verified.warnings).toEqual([
      'ETK_AUTHENTICATION_CERT_STATUS_UNKNOWN',
    ])
  })

  it('is not asked about a message that leads to no anchor', async () => {
    const writer = await open('nurse', 'off')
    const sealed = await writer.technical.seal(Buffer.from('x'), { to: [await writer.technical.etk.own()] })
    let asked = 0
    const report = await verifySender(sealed, {
      trust: [Certificate.from(simulator.environment.trust.sts![0]!)],
      now: simulator.runtime,
      revocation: checkerOf({
        fetch: (request) => {
          asked += 1
          return fetchRevocation(request)
        },
      }),
    })
    expect(report.errors).toEqual(['OUTER_CERTIFICATE_CHAIN_NOT_TRUSTED', 'OUTER_CERTIFICATE_STATUS_UNKNOWN'])
    expect(asked).toBe(0)
  })

  it('has one policy only', async () => {
    const writer = await open('nurse', 'off')
    await expect(
      verifySender(Buffer.alloc(0), { trust: [], ocsp: 'sender-optional', revocation: checkerOf() }),
    ).rejects.toMatchObject({ code: 'configuration.invalid', path: 'revocation' })
    expect(writer.session.revocation.policy).toBe('off')
    await expect(open('nurse', 'always' as never)).rejects.toMatchObject({
      code: 'configuration.invalid',
      path: 'revocation',
    })
  })
})

describe('a simulator with a directory', () => {
  it('answers at the same address the next time, and remembers who was revoked', async () => {
    const dir = await mkdtemp(path.join(tmpdir(), 'simulator-'))
    try {
      const first = await startSimulator({ dir })
      const { pkiUrl } = first
      await first.revoke('nurse', { reason: 'superseded' })
      await first.close()
      await using second = await startSimulator({ dir })
      expect(second.pkiUrl).toBe(pkiUrl)
      const token = second.world.tokens.find(({ value }) => value === second.personas.nurse.ssin)!
      const { authenticationCertificate, chain } = readToken(token.etk)
      const checker = createRevocationChecker({ policy: 'require' })
      expect(await checker.check(authenticationCertificate, chain[0]!)).toMatchObject({
        status: 'revoked',
        reason: 'superseded',
      })
      await second.close()
      // somebody else has the port meanwhile: it starts all the same
      const squatter = createServer().listen(Number(new URL(pkiUrl).port), '127.0.0.1')
      await new Promise((resolve) => squatter.once('listening', resolve))
      await using third = await startSimulator({ dir })
      expect(third.pkiUrl).not.toBe(pkiUrl)
      squatter.close()
      await third.close()
      // directories of earlier versions tell no address
      await rm(path.join(dir, 'pki/address.json'))
      await using fourth = await startSimulator({ dir })
      expect(fourth.personas.nurse.password).toBe(third.personas.nurse.password)
      await fourth.close()
      await writeFile(path.join(dir, 'pki/address.json'), '{')
      await expect(startSimulator({ dir })).rejects.toMatchObject({
        code: 'configuration.invalid',
        path: 'dir',
        message: 'the directory of the simulator is damaged',
      })
    } finally {
      await rm(dir, { recursive: true })
    }
  })

  it('leaves no port open when it cannot start', async () => {
    const listening = (): number =>
      process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length
    const taken = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => taken.once('listening', resolve))
    const before = listening()
    const { port } = taken.address() as AddressInfo
    await expect(startSimulator({ port })).rejects.toMatchObject({
      code: 'configuration.invalid',
      path: 'port',
    })
    await vi.waitFor(() => expect(listening()).toBe(before))
    taken.close()
  })
})
