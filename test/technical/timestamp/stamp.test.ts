import { createHash } from 'node:crypto'

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import type { Connection } from '../../../src/index.js'
import { startSimulator, type Simulator, type StampFlaw } from '../../../src/simulator/index.js'
import { stampFlaws } from '../../../src/simulator/faults.js'
import { Certificate, createRevocationChecker } from '../../../src/technical/pki/index.js'
import {
  readSignResponse,
  readTimestampToken,
  timestampProfiles,
  verifyTimestampToken,
  type StampInput,
} from '../../../src/technical/timestamp/index.js'
import { openHospital } from './people.js'

const document = Buffer.from('<TimeStampBag/>')
const sha256 = createHash('sha256').update(document).digest()

let simulator: Simulator
let me: Connection

beforeAll(async () => {
  simulator = await startSimulator({ clock: { now: () => new Date('2026-03-02T09:30:00.250Z') } })
  me = await openHospital(simulator)
})
beforeEach(() => simulator.faults.clear())
afterAll(async () => {
  await me.close()
  await simulator.close()
})

const authority = () =>
  simulator.environment.trust.timestampAuthority!.map((pem) => Certificate.from(pem as string))
const calls = () => simulator.calls('timestampAuthority')

describe('a stamp on a document', () => {
  it('is about its octets, of now, by the authority, and verified', async () => {
    const stamp = await me.technical.timestamp.stamp({ document, mimeType: 'text/xml' })
    expect(stamp.at).toEqual(new Date('2026-03-02T09:30:00.250Z'))
    expect(stamp.genTimeMs).toBe(stamp.at.getTime())
    expect(BigInt(stamp.serial)).toBeGreaterThan(2n ** 32n)
    expect(stamp.certificate!.equals(authority()[0]!)).toBe(true)
    expect(stamp.stamped).toBe('document')
    expect(stamp.verification).toMatchObject({ valid: true, errors: [], warnings: [] })
    expect(stamp.verification.checks.map(({ result }) => result)).toEqual([
      'passed',
      'skipped',
      ...Array.from({ length: 11 }, () => 'passed'),
      'skipped',
      'passed',
    ])
    const token = readTimestampToken(stamp.token)
    expect(token.imprint).toEqual({ algorithm: 'sha256', digest: sha256 })
    expect(token).toMatchObject({ accuracyMs: 500, policy: '1.3.6.1.4.1.601.10.3.1' })
    expect(token.tsa).toBe('CN=EHEALTH-PLATFORM-SIM-1,O=SIMULATION,C=BE')
    expect(token.certificates).toHaveLength(1)
  })

  it('keeps the answer as it was received, readable later', async () => {
    const heard: Uint8Array[] = []
    const stamp = await me.technical.timestamp.stamp(
      { document },
      { requestId: '_bag-4711', onAnswer: (response) => void heard.push(response) },
    )
    expect(heard).toEqual([stamp.response])
    const kept = readSignResponse(stamp.response)
    expect(kept).toMatchObject({ requestId: '_bag-4711', profile: timestampProfiles['v2.1-cert'] })
    expect(Buffer.compare(kept.token.token, stamp.token)).toBe(0)
    expect(stamp.meta.raw.response).toContain(
      Buffer.from(stamp.response)
        .toString()
        .replace(/^<(\S+)[^>]*>/, '')
        .slice(0, 60),
    )
  })

  it('is archived under the certificate, the base64 untouched', async () => {
    const before = simulator.timestamps.documents.length
    const { serial } = await me.technical.timestamp.stamp({ document })
    expect(simulator.timestamps.documents.slice(before)).toMatchObject([
      { serial, owner: 'NIHII-HOSPITAL=71997358', base64: document.toString('base64') },
    ])
  })

  it.each<[string, StampInput]>([
    ['only its hash is sent', { document, archived: false }],
    ['a hash', { digest: sha256, algorithm: 'sha256' }],
    ['SHA-384', { digest: createHash('sha384').update(document).digest(), algorithm: 'sha384' }],
    ['SHA-512', { digest: createHash('sha512').update(document).digest(), algorithm: 'sha512' }],
  ])('is not archived where %s', async (_, input) => {
    const before = simulator.timestamps.documents.length
    const { token, verification } = await me.technical.timestamp.stamp(input)
    expect(verification.valid).toBe(true)
    expect(
      (await verifyTimestampToken(token, { data: document, trust: authority(), at: simulator.clock.now() }))
        .errors,
    ).toEqual([])
    expect(simulator.timestamps.documents).toHaveLength(before)
  })

  it.each(['Base64XML', 'EscapedXML'] as const)('may travel as %s', async (form) => {
    const xml = Buffer.from('<a b="&amp;">é</a>\n')
    const { verification } = await me.technical.timestamp.stamp({ document: xml, form })
    expect(verification.valid).toBe(true)
    expect(Buffer.from(simulator.timestamps.documents.at(-1)!.base64, 'base64')).toEqual(xml)
  })

  it('is a new one each time, with serial numbers that grow', async () => {
    const stamps = []
    for (let i = 0; i < 3; i++) stamps.push(await me.technical.timestamp.stamp({ document }))
    const serials = stamps.map(({ serial }) => BigInt(serial))
    expect(serials).toEqual([...serials].sort((a, b) => (a < b ? -1 : 1)))
    expect(new Set(serials).size).toBe(3)
  })

  it('comes with every option of the request', async () => {
    const { requestId, profile, meta } = await me.technical.timestamp.stamp(
      { document },
      {
        profile: 'v2.0',
        requestId: '_mine',
        optionalInputs: {
          servicePolicy: 'urn:policy',
          claimedIdentity: { name: 'Ward 4', nameQualifier: 'urn:q', format: 'urn:f' },
          language: 'nl-BE',
          additionalProfiles: ['urn:a', 'urn:b'],
          signatureType: 'urn:ietf:rfc:3161',
        },
      },
    )
    expect([requestId, profile]).toEqual(['_mine', 'urn:ehealth:profiles:timestamping:2.0'])
    for (const text of [
      'RequestID="_mine"',
      '>urn:policy<',
      '>Ward 4<',
      '>nl-BE<',
      '>urn:b<',
      '>urn:ietf:rfc:3161<',
    ])
      expect(meta.raw.request).toContain(text)
  })

  it('has the certificate in the trust store where the profile leaves it out', async () => {
    const { token, certificate } = await me.technical.timestamp.stamp({ document }, { profile: 'v2.1' })
    expect(readTimestampToken(token).certificates).toEqual([])
    expect(certificate!.equals(authority()[0]!)).toBe(true)
  })
})

describe('an authority', () => {
  it('gives tokens to whoever needs nothing else', async () => {
    const token = await me.technical.timestamp.authority().stamp({ algorithm: 'sha256', digest: sha256 })
    expect(readTimestampToken(token).imprint.digest).toEqual(sha256)
  })

  it('is given up when its caller gives up', async () => {
    const pending = me.technical.timestamp
      .authority()
      .stamp({ algorithm: 'sha256', digest: sha256 }, { signal: AbortSignal.abort() })
    await expect(pending).rejects.toMatchObject({ code: 'transport.aborted' })
  })
})

/** What each flaw of the answer comes to: the code, or nothing where the reader must cope with it. */
const outcomes: Record<StampFlaw, string | undefined> = {
  'base64-twice': undefined,
  response: undefined,
  'response-base64-twice': undefined,
  rejected: 'timestamp.rejected',
  'no-certificate': undefined,
  'other-data': 'timestamp.other-data',
  'unknown-authority': 'timestamp.untrusted',
  'expired-authority': 'timestamp.expired',
  'no-purpose': 'timestamp.not-an-authority',
  'wrong-signer': 'timestamp.wrong-signer',
  signature: 'timestamp.signature',
  altered: 'timestamp.altered',
  future: 'timestamp.future',
  sha1: 'timestamp.weak-digest',
  'other-policy': undefined,
  'no-timestamp': 'timestamp.not-a-timestamp',
  missing: 'timestamp.answer',
  'other-kind': 'timestamp.answer',
  'other-request': 'timestamp.request-id',
}

describe('an answer with a flaw', () => {
  it.each(stampFlaws)('%s is taken or refused with its own code', async (flaw) => {
    simulator.faults.add({ kind: 'stamp', flaw })
    const outcome = await me.technical.timestamp.stamp({ document }).then(
      ({ verification }) => (verification.valid ? undefined : 'not valid'),
      (error: { code?: string }) => error.code,
    )
    expect(outcome).toBe(outcomes[flaw])
  })

  it('of another policy is worth a warning, or an error on demand', async () => {
    simulator.faults.add({ kind: 'stamp', flaw: 'other-policy', times: 2 })
    const { verification } = await me.technical.timestamp.stamp({ document })
    expect(verification.warnings.map(({ code }) => code)).toEqual(['timestamp.policy'])
    await expect(me.technical.timestamp.stamp({ document }, { otherPolicy: 'refuse' })).rejects.toMatchObject(
      { code: 'timestamp.policy' },
    )
  })

  it('comes back with its verdict where an archive asks for a report', async () => {
    simulator.faults.add({ kind: 'stamp', flaw: 'unknown-authority' })
    const heard: Uint8Array[] = []
    const { verification, response, certificate } = await me.technical.timestamp.stamp(
      { document },
      { verify: 'report', onAnswer: (answer) => void heard.push(answer) },
    )
    expect(verification.valid).toBe(false)
    expect(verification.errors.map(({ code }) => code)).toEqual(['timestamp.untrusted'])
    expect(certificate!.subject.toRfc2253()).toBe('CN=Unknown authority')
    // whoever completes his trust store verifies the same octets again
    const { token } = readSignResponse(response)
    const again = await verifyTimestampToken(token.token, {
      data: document,
      trust: [certificate!],
      at: simulator.clock.now(),
    })
    expect(again.errors).toEqual([])
  })

  it('tells a stamp of another hour', async () => {
    simulator.faults.add({ kind: 'clock', milliseconds: -20_000 })
    const late = await me.technical.timestamp.stamp({ document }, { clockSkew: 1000 })
    expect(late.verification.warnings.map(({ code }) => code)).toEqual(['timestamp.stale'])
    simulator.faults.add({ kind: 'clock', milliseconds: 20_000 })
    await expect(me.technical.timestamp.stamp({ document }, { clockSkew: 1000 })).rejects.toMatchObject({
      code: 'timestamp.future',
    })
  })
})

describe('a refusal of the authority', () => {
  it.each([
    ['RequesterError', 'timestamp.refused', false],
    ['InsufficientInformation', 'timestamp.refused', false],
    ['ResponderError', 'timestamp.responder', true],
  ] as const)('%s is %s', async (major, code, retryable) => {
    simulator.faults.add({ kind: 'stamp-result', major, minor: 'NotSupported' })
    await expect(me.technical.timestamp.stamp({ document })).rejects.toMatchObject({
      code,
      retryable,
      platform: { code: 'urn:oasis:names:tc:dss:1.0:resultminor:NotSupported' },
    })
  })

  it.each([['unknown profile', { profile: 'urn:nobody:knows' }]])('is told for an %s', async (_, options) => {
    await expect(me.technical.timestamp.stamp({ document }, options)).rejects.toMatchObject({
      code: 'timestamp.refused',
      platform: { messages: [{ text: 'Unknown profile', language: 'en' }] },
    })
  })

  it('as a SOAP fault keeps the code of the platform', async () => {
    simulator.faults.add({ kind: 'soa', code: 'SOA-01002' })
    await expect(me.technical.timestamp.stamp({ document })).rejects.toMatchObject({
      code: 'fault.not-authorised',
      platform: { code: 'SOA-01002' },
    })
  })

  it('that got lost is repeated: the authority stamps again', async () => {
    const before = simulator.timestamps.documents.length
    simulator.faults.add({ kind: 'drop', when: 'after', service: 'timestampAuthority' })
    const { verification } = await me.technical.timestamp.stamp(
      { document },
      { retry: { attempts: 2, firstPause: 0 } },
    )
    expect(verification.valid).toBe(true)
    expect(simulator.timestamps.documents).toHaveLength(before + 2)
  })
})

describe('a change of the certificate of the authority', () => {
  it('is noticed by a store that holds the old one, and taken by one that holds its issuer', async () => {
    const own = await startSimulator({ timestamps: { signingCertificate: 'v2' } })
    const user = await openHospital(own)
    try {
      await user.technical.timestamp.stamp({ document })
      const next = await own.timestamps.rotate()
      await expect(user.technical.timestamp.stamp({ document })).rejects.toMatchObject({
        code: 'timestamp.untrusted',
        hint: expect.stringContaining('add the certificate') as string,
      })
      const { verification } = await user.technical.timestamp.stamp(
        { document },
        { trust: own.timestamps.certificates },
      )
      expect(verification.valid).toBe(true)
      const roots = own.environment.trust.signers!.map((pem) => Certificate.from(pem as string))
      const issuers = Certificate.allFrom(Buffer.from(await (await fetch(issuerUrl(next))).arrayBuffer()))
      const path = await user.technical.timestamp.stamp({ document }, { trust: roots, certificates: issuers })
      expect(path.verification.path).toHaveLength(3)

      await own.revoke(next)
      const judge = async (policy: 'require' | 'prefer', certificates: Certificate[]) => {
        const { verification: judged } = await user.technical.timestamp.stamp(
          { document },
          {
            trust: [next],
            certificates,
            revocation: createRevocationChecker({ policy, runtime: own.runtime }),
            verify: 'report',
          },
        )
        return [judged.errors, judged.warnings].map((found) => found.map(({ code }) => code))
      }
      expect(await judge('prefer', issuers)).toEqual([['timestamp.revoked'], []])
      // without its issuer nobody can tell
      expect(await judge('require', [])).toEqual([['timestamp.revocation-unknown'], []])
      expect(await judge('prefer', [])).toEqual([[], ['timestamp.revocation-unknown']])
    } finally {
      await user.close()
      await own.close()
    }
  })
})

/** Address of the issuer's certificate in the certificate. */
function issuerUrl(certificate: Certificate): string {
  const { value } = certificate.extensions.get('1.3.6.1.5.5.7.1.1')!
  return /http:\/\/[\w.:/-]+\.(?:cer|crt|der|pem)/.exec(Buffer.from(value).toString('latin1'))![0]
}

describe('what cannot be stamped', () => {
  it.each<[string, unknown, string, string]>([
    ['no octets', { document: new Uint8Array() }, 'timestamp.input', 'document'],
    ['text', { document: 'text' }, 'timestamp.input', 'document'],
    ['an unknown form', { document, form: 'InlineXML' }, 'timestamp.input', 'form'],
    [
      'carriage returns in text',
      { document: Buffer.from('<a>\r\n</a>'), form: 'EscapedXML' },
      'timestamp.input',
      'document',
    ],
    ['a short digest', { digest: sha256.subarray(1), algorithm: 'sha256' }, 'timestamp.input', 'digest'],
    ['SHA-1', { digest: new Uint8Array(20), algorithm: 'sha1' }, 'timestamp.input', 'algorithm'],
    ['an unknown field', { document, mimetype: 'text/xml' }, 'configuration.invalid', 'input.mimetype'],
  ])('%s reaches nobody', async (_, input, code, path) => {
    const before = calls()
    await expect(me.technical.timestamp.stamp(input as StampInput)).rejects.toMatchObject({ code, path })
    expect(calls()).toBe(before)
  })

  it.each<[string, object, string, string]>([
    ['an unknown option', { profil: 'v2.0' }, 'configuration.invalid', 'profil'],
    ['a profile that is no URI', { profile: 'v9' }, 'configuration.invalid', 'profile'],
    ['a way of verifying', { verify: 'never' }, 'configuration.invalid', 'verify'],
    ['an empty trust store', { trust: [] }, 'timestamp.no-trust', 'trust'],
  ])('%s among the options reaches nobody', async (_, options, code, path) => {
    const before = calls()
    await expect(me.technical.timestamp.stamp({ document }, options)).rejects.toMatchObject({ code, path })
    expect(calls()).toBe(before)
  })
})
