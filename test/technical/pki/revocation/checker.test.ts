import { describe, expect, it } from 'vitest'

import { EHealthError } from '../../../../src/errors.js'
import { der } from '../../../../src/technical/asn1/index.js'
import { memoryCache, type Cache } from '../../../../src/technical/environment/cache.js'
import { systemRuntime } from '../../../../src/technical/environment/runtime.js'
import {
  createRevocationChecker,
  type RevocationFetcher,
  type RevocationOptions,
  type RevocationRequest,
} from '../../../../src/technical/pki/index.js'
import { actor, authority, extension, issue } from '../issue.js'
import {
  aia,
  at,
  cdp,
  entry,
  house,
  makeBasicOcsp,
  makeCrl,
  makeOcsp,
  nonceOf,
  now,
  ocspSigning,
  reason,
  urls,
  wrapOcsp,
  type CrlParts,
  type OcspParts,
} from './make.js'

const world = house()
const { issuing, issuingCertificate: issuer, rootCertificate, root, leaf } = world
const responder = actor('Responder')
const delegate = issue({ subject: responder, issuer: issuing, extensions: [ocspSigning] })

const ocsp = (changes: Partial<OcspParts> = {}): Uint8Array =>
  makeOcsp({ certificate: leaf, issuer, responder: delegate, key: responder.privateKey, ...changes })
const crl = (changes: Partial<CrlParts> = {}): Uint8Array => makeCrl({ issuer: issuing, ...changes })
const revoked = (when: Date, serial = leaf.serialNumber): Uint8Array =>
  crl({ entries: [entry(serial, when, reason(1))] })

/** A network with these answers; an address without one cannot be reached. */
function network(answers: Record<string, Uint8Array | ((request: RevocationRequest) => Uint8Array)>) {
  const asked: string[] = []
  const fetch: RevocationFetcher = async (request) => {
    asked.push(request.url)
    await new Promise((resolve) => setImmediate(resolve))
    const answer = answers[request.url]
    if (answer === undefined) throw new EHealthError('revocation.unavailable', 'no answer')
    return answer instanceof Uint8Array ? answer : answer(request)
  }
  return { asked, fetch, answers }
}

function checkerFor(
  answers: Parameters<typeof network>[0],
  options: Partial<RevocationOptions> & { clock?: { now: Date } } = {},
) {
  const { clock = { now }, ...rest } = options
  const net = network(answers)
  const runtime = { ...systemRuntime, now: () => clock.now }
  return {
    ...net,
    clock,
    checker: createRevocationChecker({ policy: 'require', runtime, fetch: net.fetch, ...rest }),
  }
}

describe('the status of a certificate', () => {
  it('comes from the responder that the certificate names', async () => {
    const { checker, asked } = checkerFor({ [urls.ocsp]: ocsp() })
    expect(await checker.check(leaf, issuer)).toEqual({
      status: 'good',
      evidence: {
        source: 'ocsp',
        url: urls.ocsp,
        signer: { subject: 'CN=Responder', fingerprint: delegate.fingerprint },
        producedAt: now,
        thisUpdate: at(-1),
        nextUpdate: at(1),
        fromCache: false,
      },
    })
    expect(asked).toEqual([urls.ocsp])
  })

  it('comes from the list where the responder gives none', async () => {
    for (const answer of [
      undefined,
      wrapOcsp(new Uint8Array(), 3),
      Buffer.from('<html>'),
      ocsp({ status: 'unknown' }),
      ocsp({ nextUpdate: at(-0.5) }),
      ocsp({ thisUpdate: at(1), nextUpdate: at(2) }),
      ocsp({ thisUpdate: at(-1), nextUpdate: null }),
    ]) {
      const { checker, asked } = checkerFor({
        ...(answer === undefined ? {} : { [urls.ocsp]: answer }),
        [urls.crl]: revoked(at(-3)),
      })
      expect(await checker.check(leaf, issuer)).toMatchObject({
        status: 'revoked',
        at: at(-3),
        reason: 'keyCompromise',
        evidence: { source: 'crl', url: urls.crl, crlNumber: 7n, signer: { subject: 'CN=Issuing' } },
      })
      expect(asked).toEqual([urls.ocsp, urls.crl])
    }
  })

  it('comes from the sources in the order asked for, and from no other', async () => {
    const answers = { [urls.ocsp]: ocsp(), [urls.crl]: crl() }
    const lists = checkerFor(answers, { sources: ['crl', 'ocsp'] })
    expect(await lists.checker.check(leaf, issuer)).toMatchObject({ evidence: { source: 'crl' } })
    const only = checkerFor({ [urls.crl]: crl() }, { sources: ['ocsp'] })
    expect(await only.checker.check(leaf, issuer)).toMatchObject({
      status: 'unknown',
      code: 'revocation.unavailable',
    })
    expect(only.asked).toEqual([urls.ocsp])
  })

  it('counts at the judged instant: what was signed before stays good, and that is told', async () => {
    for (const answers of [
      { [urls.ocsp]: ocsp({ status: { at: at(-3), reason: 4 } }) },
      { [urls.crl]: crl({ entries: [entry(leaf.serialNumber, at(-3), reason(4))] }) },
    ]) {
      const { checker } = checkerFor(answers)
      const judge = (when: Date) => checker.check(leaf, issuer, { at: when })
      expect(await judge(at(-4))).toMatchObject({
        status: 'good',
        revokedLater: { at: at(-3), reason: 'superseded' },
      })
      expect(await judge(at(-3))).toMatchObject({ status: 'revoked', at: at(-3) })
      expect(await judge(now)).toMatchObject({ status: 'revoked' })
    }
  })

  it('is unknown, with every attempt, where nobody knows', async () => {
    const { checker } = checkerFor({
      [urls.ocsp]: ocsp({ status: 'unknown' }),
      [urls.crl]: crl({ key: root.privateKey }),
    })
    expect(await checker.check(leaf, issuer)).toEqual({
      status: 'unknown',
      code: 'revocation.unknown',
      attempts: [
        { source: 'ocsp', url: urls.ocsp, code: 'revocation.unknown', message: expect.any(String) },
        { source: 'crl', url: urls.crl, code: 'revocation.signature', message: expect.any(String) },
      ],
    })
    const silent = house({ extensions: [] })
    expect(await checker.check(silent.leaf, silent.issuingCertificate)).toEqual({
      status: 'unknown',
      code: 'revocation.no-source',
      attempts: [],
    })
  })

  it.each<[string, Uint8Array, string]>([
    ['a list by another authority', makeCrl({ issuer: root }), 'revocation.issuer'],
    ['a list of yesterday', crl({ thisUpdate: at(-30), nextUpdate: at(-6) }), 'revocation.expired'],
    ['a list of tomorrow', crl({ thisUpdate: at(24), nextUpdate: at(48) }), 'revocation.not-yet-valid'],
    [
      'a delta list',
      crl({ extensions: [extension('2.5.29.27', true, der.integer(1))] }),
      'revocation.unsupported',
    ],
    [
      'a list of authorities',
      crl({
        extensions: [
          extension('2.5.29.28', true, der.sequence(der.implicitPrimitive(2, Uint8Array.of(255)))),
        ],
      }),
      'revocation.scope',
    ],
    ['half a list', crl().subarray(0, 100), 'revocation.malformed'],
  ])('does not come from %s', async (_, list, code) => {
    const { checker } = checkerFor({ [urls.crl]: list }, { sources: ['crl'] })
    expect(await checker.check(leaf, issuer)).toMatchObject({ status: 'unknown', code })
  })

  it('comes from the list of the distribution point that the certificate names, not of another', async () => {
    const pointOf = (url: string): Uint8Array[] => {
      const name = der.implicitPrimitive(6, Buffer.from(url))
      return [
        extension(
          '2.5.29.28',
          true,
          der.sequence(der.explicit(0, der.explicit(0, name)), der.implicitPrimitive(1, Uint8Array.of(255))),
        ),
      ]
    }
    const judge = (url: string) =>
      checkerFor({ [urls.crl]: crl({ extensions: pointOf(url) }) }).checker.check(leaf, issuer)
    expect(await judge(urls.crl)).toMatchObject({ status: 'good' })
    expect(await judge('http://pki.invalid/other.crl')).toMatchObject({ code: 'revocation.scope' })
  })

  it('takes the next address where one does not answer', async () => {
    const two = house({
      extensions: [aia('http://a.invalid', 'http://b.invalid'), cdp('ldap://x', urls.crl)],
    })
    const { checker, asked } = checkerFor({ [urls.crl]: makeCrl({ issuer: two.issuing }) })
    expect(await checker.check(two.leaf, two.issuingCertificate)).toMatchObject({ status: 'good' })
    expect(asked).toEqual(['http://a.invalid', 'http://b.invalid', urls.crl])
  })

  it('is unknown after the end of the certificate: authorities forget', async () => {
    const old = house({ notAfter: '2026-01-01T00:00:00Z', extensions: [aia(urls.ocsp), cdp(urls.crl)] })
    const parts = {
      certificate: old.leaf,
      issuer: old.issuingCertificate,
      responder: old.issuingCertificate,
      key: old.issuing.privateKey,
    }
    const judge = (answers: Parameters<typeof network>[0]) =>
      checkerFor(answers).checker.check(old.leaf, old.issuingCertificate, { at: at(-24 * 90) })
    expect(
      await judge({ [urls.ocsp]: makeOcsp(parts), [urls.crl]: makeCrl({ issuer: old.issuing }) }),
    ).toMatchObject({
      status: 'unknown',
      code: 'revocation.certificate-ended',
    })
    // unless the responder says how far back it remembers, or the list still has it
    const cutoff = extension(
      '1.3.6.1.5.5.7.48.1.6',
      false,
      der.generalizedTime(new Date('2025-12-01T00:00:00Z')),
    )
    expect(await judge({ [urls.ocsp]: makeOcsp({ ...parts, singleExtensions: [cutoff] }) })).toMatchObject({
      status: 'good',
    })
    const listed = makeCrl({ issuer: old.issuing, entries: [entry(old.leaf.serialNumber, at(-24 * 100))] })
    expect(await judge({ [urls.crl]: listed })).toMatchObject({ status: 'revoked' })
  })
})

describe('a question to a responder', () => {
  it('has a nonce, which an answer may leave out but not change', async () => {
    const nonces: string[] = []
    const answer =
      (nonce: (asked: Uint8Array) => Uint8Array | undefined) =>
      ({ body }: RevocationRequest): Uint8Array => {
        const asked = nonceOf(body!)
        nonces.push(Buffer.from(asked).toString('hex'))
        const repeated = nonce(asked)
        return ocsp({ ...(repeated === undefined ? {} : { nonce: repeated }), nextUpdate: at(0.01) })
      }
    for (const [nonce, expected] of [
      [(asked: Uint8Array) => asked, { status: 'good' }],
      [() => undefined, { status: 'good' }],
      [() => Buffer.alloc(32), { status: 'unknown', code: 'revocation.nonce' }],
    ] as const) {
      const { checker } = checkerFor({ [urls.ocsp]: answer(nonce) })
      expect(await checker.check(leaf, issuer)).toMatchObject(expected)
    }
    expect(new Set(nonces).size).toBe(3)
  })
})

describe('evidence that came along', () => {
  const basic = (changes: Partial<OcspParts> = {}): Uint8Array =>
    makeBasicOcsp({ certificate: leaf, issuer, responder: delegate, key: responder.privateKey, ...changes })

  it('made after the signing tells for ever, and nobody is asked', async () => {
    const { checker, asked } = checkerFor({})
    const long = { thisUpdate: at(-500), nextUpdate: at(-499), producedAt: at(-500) }
    for (const sentAlong of [
      { ocsp: [basic(long)] },
      { crls: [crl({ thisUpdate: at(-500), nextUpdate: at(-476) })] },
      { ocsp: [Buffer.from('x'), basic(long)] },
    ])
      expect(await checker.check(leaf, issuer, { at: at(-501), sentAlong })).toMatchObject({
        status: 'good',
        evidence: { fromCache: false },
      })
    expect(asked).toEqual([])
  })

  it('made before the signing, by a stranger or about another does not count', async () => {
    for (const sentAlong of [
      { ocsp: [basic({ producedAt: at(-3), thisUpdate: at(-3) })] },
      { crls: [crl({ thisUpdate: at(-3) })] },
      { ocsp: [basic({ key: root.privateKey })] },
      { ocsp: [basic({ serial: 5n })] },
      { crls: [makeCrl({ issuer: root })] },
    ]) {
      const { checker, asked } = checkerFor({ [urls.ocsp]: ocsp({ status: { at: at(-9) } }) })
      expect(await checker.check(leaf, issuer, { at: at(-2), sentAlong })).toMatchObject({
        status: 'revoked',
      })
      expect(asked).toEqual([urls.ocsp])
    }
  })
})

describe('lists of the caller', () => {
  it('are looked into before anybody is asked', async () => {
    const { checker, asked } = checkerFor({}, { crls: [makeCrl({ issuer: root }), revoked(at(-1))] })
    const found = await checker.check(leaf, issuer)
    expect(found).toMatchObject({ status: 'revoked', evidence: { source: 'crl' } })
    expect('url' in (found as { evidence: object }).evidence).toBe(false)
    expect(asked).toEqual([])
  })

  it('that are out of date do not keep from asking', async () => {
    const old = crl({ thisUpdate: at(-50), nextUpdate: at(-26) })
    const { checker } = checkerFor({ [urls.ocsp]: ocsp() }, { crls: [old] })
    expect(await checker.check(leaf, issuer)).toMatchObject({ status: 'good', evidence: { source: 'ocsp' } })
  })

  it('that are none are refused at once', () => {
    expect(() => createRevocationChecker({ policy: 'prefer', crls: [Buffer.from('x')] })).toThrow(
      expect.objectContaining({ code: 'revocation.malformed' }),
    )
  })
})

describe('what was fetched', () => {
  it('is kept until its next update, answers and lists alike', async () => {
    for (const [answers, hours] of [
      [{ [urls.ocsp]: ocsp() }, 1],
      [{ [urls.crl]: crl() }, 23],
    ] as const) {
      const { checker, asked, clock } = checkerFor(answers, {
        clock: { now },
        sources: [urls.ocsp in answers ? 'ocsp' : 'crl'],
      })
      expect(await checker.check(leaf, issuer)).toMatchObject({ evidence: { fromCache: false } })
      clock.now = new Date(at(hours).getTime() - 1)
      expect(await checker.check(leaf, issuer)).toMatchObject({
        status: 'good',
        evidence: { fromCache: true },
      })
      expect(asked).toHaveLength(1)
      clock.now = at(hours)
      expect(await checker.check(leaf, issuer)).toMatchObject({ evidence: { fromCache: false } })
      expect(asked).toHaveLength(2)
    }
  })

  it('is kept no longer than the caller wants, however late the next update', async () => {
    const clock = { now }
    const { checker, asked } = checkerFor(
      { [urls.crl]: crl({ nextUpdate: at(24 * 180) }) },
      { sources: ['crl'], maxAge: 60_000, clock },
    )
    await checker.check(leaf, issuer)
    clock.now = new Date(now.getTime() + 60_001)
    await checker.check(leaf, issuer)
    expect(asked).toHaveLength(2)
  })

  it('is shared through a cache, and verified again by whoever takes it out', async () => {
    const inner = memoryCache({ now: () => now })
    const lifetimes: number[] = []
    const keys: string[] = []
    const cache: Cache = {
      ...inner,
      set: (key, value, milliseconds) => {
        keys.push(key)
        lifetimes.push(milliseconds)
        return inner.set(key, value, milliseconds)
      },
    }
    for (const sources of [['ocsp'], ['crl']] as const) {
      const answers = { [urls.ocsp]: ocsp(), [urls.crl]: crl() }
      await checkerFor(answers, { cache, sources }).checker.check(leaf, issuer)
      const other = checkerFor(answers, { cache, sources })
      expect(await other.checker.check(leaf, issuer)).toMatchObject({
        status: 'good',
        evidence: { fromCache: true },
      })
      expect(other.asked).toEqual([])
    }
    expect(lifetimes).toEqual([60 * 60 * 1000, 23 * 60 * 60 * 1000])
    expect(keys.join()).not.toContain('pki.invalid')
    // somebody writes another answer into the store
    for (const key of keys)
      for (const poison of [
        Buffer.from('nonsense'),
        ocsp({ key: root.privateKey }),
        crl({ key: root.privateKey }),
      ])
        await inner.set(key, Buffer.from(poison).toString('base64'), 1e6)
    for (const sources of [['ocsp'], ['crl']] as const) {
      const third = checkerFor({ [urls.ocsp]: ocsp(), [urls.crl]: crl() }, { cache, sources })
      expect(await third.checker.check(leaf, issuer)).toMatchObject({ evidence: { fromCache: false } })
      expect(third.asked).toHaveLength(1)
    }
  })

  it('is fetched once for all who ask at the same time', async () => {
    const { checker, asked } = checkerFor({
      [urls.crl]: crl(),
      [urls.ocsp]: ocsp({ nextUpdate: null, thisUpdate: now }),
    })
    const found = await Promise.all(Array.from({ length: 20 }, () => checker.check(leaf, issuer)))
    expect(found.every(({ status }) => status === 'good')).toBe(true)
    expect(asked).toEqual([urls.ocsp])
    // an answer that announces no next one is not kept
    await checker.check(leaf, issuer)
    expect(asked).toHaveLength(2)
  })

  it('is not asked for again at once where it failed', async () => {
    const { checker, asked, clock, answers } = checkerFor({}, { clock: { now } })
    for (let i = 0; i < 5; i++) expect(await checker.check(leaf, issuer)).toMatchObject({ status: 'unknown' })
    expect(asked).toEqual([urls.ocsp, urls.crl])
    answers[urls.ocsp] = ocsp()
    clock.now = new Date(now.getTime() + 30_000)
    expect(await checker.check(leaf, issuer)).toMatchObject({ status: 'good' })
  })
})

describe('the status of a path', () => {
  const path = [leaf, issuer, rootCertificate]
  const rootUrl = 'http://pki.invalid/root.crl'
  const middle = authority(issuing, root, { extensions: [cdp(rootUrl)] })
  const named = [leaf, middle, rootCertificate]
  const good = { [urls.ocsp]: ocsp() }

  it('is that of the leaf and of every authority below the anchor', async () => {
    const all = await checkerFor({ ...good, [rootUrl]: makeCrl({ issuer: root }) }).checker.checkPath(named)
    expect(all.status).toBe('good')
    expect(all.certificates.map(({ certificate, status }) => [certificate === leaf, status])).toEqual([
      [true, 'good'],
      [false, 'good'],
    ])
    const entries = [entry(middle.serialNumber, at(-2), reason(2))]
    const fallen = await checkerFor({
      ...good,
      [rootUrl]: makeCrl({ issuer: root, entries }),
    }).checker.checkPath(named)
    expect(fallen).toMatchObject({
      status: 'revoked',
      certificates: [{ status: 'good' }, { reason: 'cACompromise' }],
    })
  })

  it('is unknown where one is, unless only the leaf is looked at', async () => {
    expect((await checkerFor(good).checker.checkPath(path)).status).toBe('unknown')
    const leafOnly = checkerFor(good, { scope: 'leaf' }).checker
    expect(await leafOnly.checkPath(path)).toMatchObject({
      status: 'good',
      certificates: [{ status: 'good' }],
    })
    expect((await checkerFor(good).checker.checkPath([leaf, issuer])).status).toBe('good')
  })

  it('of a certificate without issuer is unknown', async () => {
    expect(await checkerFor(good).checker.checkPath([leaf])).toMatchObject({
      status: 'unknown',
      certificates: [{ code: 'revocation.issuer' }],
    })
  })
})

describe('options', () => {
  it.each([
    [{ policy: 'sometimes' }, 'policy'],
    [{ policy: 'require', sources: ['dns'] }, 'sources'],
    [{ policy: 'require', clockSkew: -1 }, 'clockSkew'],
    [{ policy: 'require', maxAge: NaN }, 'maxAge'],
  ])('%j are refused', (options, name) => {
    expect(() => createRevocationChecker(options as RevocationOptions)).toThrow(
      expect.objectContaining({ code: 'configuration.invalid', path: name }),
    )
  })
})
