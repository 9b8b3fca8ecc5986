import { describe, expect, it } from 'vitest'

import { EHealthError } from '../../../src/errors.js'
import { der, integer, readAsn1 } from '../../../src/technical/asn1/index.js'
import { createRevocationChecker } from '../../../src/technical/pki/index.js'
import { readSignedData } from '../../../src/technical/seal/cms/signedData.js'
import { seal, unsealReport, type OcspPolicy, type OcspResponder } from '../../../src/technical/seal/index.js'
import { opening, runtime, sender, vectors } from './messages.js'
import { later, withinMinutes } from './vectors.js'

const message = vectors.read('sealed/one-recipient/kib.cms')

/** The BasicOCSPResponse inside a message of the vectors, as a responder would send it. */
function responseIn(file: string): Uint8Array {
  const [signer] = readSignedData(vectors.read(file)).signers
  const values = signer!.unsignedAttributes.get('1.2.840.113549.1.9.16.2.24')![0]![0]!
  const basic = values.at(0).at(0).at(0).raw
  const type = der.objectIdentifier('1.3.6.1.5.5.7.48.1.1')
  const bytes = der.sequence(type, der.octetString(basic))
  return der.sequence(der.tlv(10, Uint8Array.of(0)), der.explicit(0, bytes))
}

const good = responseIn('sealed/ocsp-good/kib.cms')
const judge = async (
  sealed: Uint8Array,
  ocsp: OcspPolicy,
  ocspResponder?: OcspResponder,
  now: Date = opening.now.now(),
) => {
  const report = await unsealReport(sealed, {
    ...opening,
    now,
    ocsp,
    ...(ocspResponder && { ocspResponder }),
  })
  return { accepted: report.accepted, errors: report.errors, warnings: report.warnings }
}
const fine = { accepted: true, errors: [], warnings: [] }
const unknown = { accepted: false, errors: ['OUTER_CERTIFICATE_STATUS_UNKNOWN'], warnings: [] }

describe('revocation', () => {
  it('is asked of the responder by the receiver policies, about the certificate of the sender', async () => {
    const asked: bigint[] = []
    const responder: OcspResponder = async (request, { certificate, issuer }) => {
      expect(certificate.issuer.equals(issuer.subject)).toBe(true)
      asked.push(integer(readAsn1(request).at(0).at(0).at(0).at(0).at(3)))
      return good
    }
    expect(await judge(message, 'receiver-optional', responder)).toEqual(fine)
    expect(await judge(message, 'receiver-mandatory', responder)).toEqual(fine)
    expect(asked).toEqual([
      sender.authentication.certificate.serialNumber,
      sender.authentication.certificate.serialNumber,
    ])
  })

  it('needs a responder for the receiver policies', async () => {
    for (const policy of ['receiver-optional', 'receiver-mandatory'] as const)
      await expect(judge(message, policy)).rejects.toMatchObject({
        code: 'configuration.invalid',
        path: 'ocspResponder',
      })
  })

  it('stays unknown when the responder is silent, refuses or answers nonsense', async () => {
    const tryLater = der.sequence(der.tlv(10, Uint8Array.of(3)))
    for (const responder of [
      () => Promise.reject(new Error('unreachable')),
      async () => tryLater,
      async () => Buffer.from('no answer'),
      async () => new Uint8Array(),
    ])
      expect(await judge(message, 'receiver-mandatory', responder)).toEqual(unknown)
  })

  it('is read from the message before anybody is asked, unless the receiver insists', async () => {
    const file = vectors.read('sealed/ocsp-good/kib.cms')
    let asked = 0
    const responder: OcspResponder = async () => {
      asked += 1
      return good
    }
    expect(await judge(file, 'receiver-optional', responder)).toEqual(fine)
    expect(asked).toBe(0)
    expect(await judge(file, 'receiver-mandatory', responder)).toEqual(fine)
    expect(asked).toBe(1)
  })

  it('is not proved by an answer about another certificate', async () => {
    const fromKgss = vectors.read('sealed/from-kgss/new-key-response.cms')
    const report = await unsealReport(fromKgss, {
      ...opening,
      keys: sender.decryptionKeys,
      ocsp: 'receiver-mandatory',
      ocspResponder: async () => good,
    })
    expect(report.errors).toEqual(['OCSP_RESPONSE_INVALID', 'OUTER_CERTIFICATE_STATUS_UNKNOWN'])
  })

  it('leaves a message good that was signed before', async () => {
    const secretKey = vectors.secretKey('key-128')
    const answer = async (): Promise<Uint8Array> => responseIn('negative/ocsp-revoked.cms')
    expect((await judge(message, 'receiver-mandatory', answer)).errors).toEqual(['OUTER_CERTIFICATE_REVOKED'])
    const before = await seal(Buffer.from('x'), {
      credential: sender.authentication,
      secretKey,
      runtime: { ...runtime, now: () => new Date('2020-06-01T00:00:00Z') },
    })
    const report = await unsealReport(before, {
      secretKey,
      trust: vectors.trust,
      now: opening.now,
      ocsp: 'receiver-mandatory',
      ocspResponder: answer,
    })
    expect(report).toMatchObject({ accepted: true, warnings: ['SIGNING_TIME_EXPIRED'] })
  })

  it('is not proved by an answer that is older than the signature', async () => {
    const old = vectors.read('edge/signing-time-in-future.cms')
    const report = await judge(old, 'receiver-mandatory', async () => good, later)
    expect(report.errors).toEqual(['OUTER_CERTIFICATE_STATUS_UNKNOWN'])
  })

  it('is not proved by a changed answer', async () => {
    const accepted: number[] = []
    // The responder's chain at the end of the answer is known here anyway.
    const end =
      Buffer.from(good).indexOf(vectors.certificate('ocsp').der) + vectors.certificate('ocsp').der.length
    for (let offset = 0; offset < end; offset += 3) {
      const changed = Buffer.from(good)
      changed[offset]! ^= 0x01
      if ((await judge(message, 'receiver-mandatory', async () => changed)).accepted) accepted.push(offset)
    }
    expect(accepted).toEqual([])
  })
})

describe('a checker of revocation', () => {
  /** What came along is judged by the vectors' own clock; nobody can be asked. */
  const judged = async (file: string, policy: 'require' | 'prefer', now = withinMinutes) => {
    const asked: string[] = []
    const revocation = createRevocationChecker({
      policy,
      scope: 'leaf',
      runtime: { ...runtime, now: () => now },
      fetch: async ({ url }) => {
        asked.push(url)
        throw new EHealthError('revocation.unavailable', 'no answer')
      },
    })
    const report = await unsealReport(vectors.read(file), { ...opening, now, revocation })
    return { report, asked }
  }

  it('takes the evidence in the message, and goes on taking it years later', async () => {
    for (const now of [withinMinutes, later, new Date('2040-01-01T00:00:00Z')]) {
      const { report, asked } = await judged('sealed/ocsp-good/kib.cms', 'require', now)
      expect(report.errors).toEqual([])
      expect(report.revocation).toMatchObject([
        {
          layer: 'OUTER',
          status: 'good',
          certificates: [{ evidence: { source: 'ocsp', fromCache: false, producedAt: expect.any(Date) } }],
        },
      ])
      expect(asked).toEqual([])
    }
  })

  it('refuses what that evidence refuses', async () => {
    const { report } = await judged('negative/ocsp-revoked.cms', 'prefer')
    expect(report).toMatchObject({
      accepted: false,
      errors: ['OUTER_CERTIFICATE_REVOKED'],
      revocation: [{ status: 'revoked', certificates: [{ reason: expect.any(String) }] }],
    })
  })

  it.each([
    ['negative/ocsp-untrusted-responder.cms', 'revocation.issuer'],
    ['sealed/one-recipient/kib.cms', 'revocation.no-source'],
  ])('%s: unknown is an error or a warning, as the policy says', async (file, code) => {
    const strict = await judged(file, 'require')
    expect(strict.report).toMatchObject({
      accepted: false,
      errors: ['OUTER_CERTIFICATE_STATUS_UNKNOWN'],
      revocation: [{ status: 'unknown', certificates: [{ code }] }],
    })
    const lenient = await judged(file, 'prefer')
    expect(lenient.report).toMatchObject({
      accepted: true,
      warnings: ['OUTER_CERTIFICATE_STATUS_UNKNOWN'],
    })
  })

  it('judges both layers where both have a certificate', async () => {
    const { report } = await judged('sealed/eid/kib.cms', 'prefer')
    expect(report.revocation?.map(({ layer }) => layer)).toEqual(['OUTER', 'INNER'])
    expect(report.warnings).toEqual(['OUTER_CERTIFICATE_STATUS_UNKNOWN', 'INNER_CERTIFICATE_STATUS_UNKNOWN'])
  })

  it('that is off finds nothing and says nothing', async () => {
    const revocation = createRevocationChecker({ policy: 'off' })
    const report = await unsealReport(message, { ...opening, revocation })
    expect(report).toMatchObject({ accepted: true, warnings: [], revocation: [] })
  })

  it('does not go with an official policy', async () => {
    const revocation = createRevocationChecker({ policy: 'require' })
    await expect(
      unsealReport(message, { ...opening, ocsp: 'sender-optional', revocation }),
    ).rejects.toMatchObject({ code: 'configuration.invalid', path: 'revocation' })
  })
})

describe('time stamps', () => {
  const stamped = vectors.read('sealed/timestamped/kib.cms')
  const attribute = stamped.indexOf(der.objectIdentifier('1.2.840.113549.1.9.16.2.14'))
  const authority = vectors.certificate('tsa')
  const options = { ...opening, now: later, timestampAuthorities: [...vectors.trust, authority] }

  it('make an old message as good as a fresh one', async () => {
    expect(await unsealReport(stamped, options)).toMatchObject({ accepted: true, warnings: [] })
  })

  it('prove nothing once they are changed', async () => {
    const certificate = stamped.indexOf(authority.der)
    const accepted: number[] = []
    for (let offset = attribute; offset < stamped.length; offset += 3) {
      const changed = Buffer.from(stamped)
      changed[offset]! ^= 0x01
      const report = await unsealReport(changed, options)
      if (report.accepted && report.warnings.length === 0) accepted.push(offset)
    }
    // The authorities inside the stamp are not used: the reader has his own.
    const used = accepted.filter(
      (offset) =>
        !options.timestampAuthorities.some(({ der: known }) => {
          const start = stamped.indexOf(known, certificate)
          return start !== -1 && offset >= start && offset < start + known.length
        }),
    )
    expect(used).toEqual([])
  })

  it('prove nothing without a trusted authority', async () => {
    const report = await unsealReport(stamped, {
      ...options,
      timestampAuthorities: [vectors.certificate('rogue-ca')],
    })
    expect(report).toMatchObject({ accepted: false, errors: ['TIMESTAMPTOKEN_TRUST_FAILED'] })
  })
})

describe('options of reading', () => {
  it('may name the senders expected', async () => {
    const expected = [sender.authentication.certificate]
    expect((await unsealReport(message, { ...opening, expectedSigners: expected })).accepted).toBe(true)
    const others = [vectors.certificate('tsa')]
    expect((await unsealReport(message, { ...opening, expectedSigners: others })).errors).toEqual([
      'AUTHENTICATION_CERTIFICATE_NOT_IN_LIST_EXPECTED_SIGNERS',
    ])
  })

  it('must hold a key', async () => {
    await expect(unsealReport(message, { trust: vectors.trust })).rejects.toMatchObject({
      code: 'configuration.invalid',
    })
  })

  it('must know a signer without certificate', async () => {
    const report = await unsealReport(vectors.read('sealed/web-key/kib.cms'), opening)
    expect(report.errors).toEqual([
      'OUTER_SIGNATURE_COULD_NOT_BE_VERIFIED',
      'INNER_SIGNATURE_COULD_NOT_BE_VERIFIED',
    ])
  })

  it('may allow for a clock that is off', async () => {
    const signedAt = (await unsealReport(message, opening)) as { signingTime: Date }
    const minutes = (count: number): number => count * 60_000
    const read = async (off: number, clockSkew?: number): Promise<readonly string[]> => {
      const now = new Date(signedAt.signingTime.getTime() + minutes(off))
      const skew = clockSkew === undefined ? {} : { clockSkew: minutes(clockSkew) }
      return (await unsealReport(message, { ...opening, now, ...skew })).warnings
    }
    // The sender's clock is ahead, or his message is as old as it may be without a remark.
    expect(await read(-5)).toEqual([])
    expect(await read(-6)).toEqual(['SIGNING_TIME_EXPIRED'])
    expect(await read(-6, 7)).toEqual([])
    expect(await read(-1, 0)).toEqual(['SIGNING_TIME_EXPIRED'])
    expect(await read(10)).toEqual([])
    expect(await read(11)).toEqual(['SIGNING_TIME_EXPIRED'])
    expect(await read(11, 6)).toEqual([])
    expect(await read(6, 0)).toEqual(['SIGNING_TIME_EXPIRED'])
    for (const clockSkew of [-1, Number.NaN, Infinity])
      await expect(unsealReport(message, { ...opening, clockSkew })).rejects.toMatchObject({
        code: 'configuration.invalid',
        path: 'clockSkew',
      })
  })

  it('may allow for a responder whose clock is behind', async () => {
    const old = vectors.read('edge/signing-time-in-future.cms')
    const options = {
      ...opening,
      ocsp: 'receiver-mandatory',
      ocspResponder: async () => good,
      now: later,
    } as const
    expect((await unsealReport(old, options)).errors).toEqual(['OUTER_CERTIFICATE_STATUS_UNKNOWN'])
    const clockSkew = 100 * 365 * 24 * 60 * 60_000
    expect((await unsealReport(old, { ...options, clockSkew })).errors).toEqual([])
  })
})
