/** Signing policies beside the platform's default, keys without certificates, and what each layer proves. */
import { generateKeyPairSync, sign } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import { softwareCredential } from '../../../src/technical/keystore/index.js'
import { readSignedData } from '../../../src/technical/seal/cms/signedData.js'
import { readEnvelopedData } from '../../../src/technical/seal/cms/envelopedData.js'
import {
  encryptionPolicies,
  platformSigningPolicies,
  seal,
  sealStream,
  signingPolicies,
  unseal,
  unsealReport,
} from '../../../src/technical/seal/index.js'
import { actor, authority, issue } from '../pki/issue.js'
import { hospital, opening, runtime, sender, tokenOf, vectors } from './messages.js'
import { later } from './vectors.js'

const recipients = [tokenOf('recipient-a')]
const content = Buffer.from('Dear colleague')
const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) => error,
  )

describe('policies are data', () => {
  it('with the current ones of the platform as the default', () => {
    expect(platformSigningPolicies).toEqual(['EHEALTH_CERT', 'EID'])
    expect(signingPolicies.EHEALTH_CERT).toMatchObject({ keyType: 'rsa', minimumKeyBits: 2048 })
    expect(encryptionPolicies.KNOWN_RECIPIENT).toMatchObject({
      keyAlgorithm: '1.2.840.113549.1.1.1',
      minimumKeyBits: 2048,
      contentAlgorithm: '2.16.840.1.101.3.4.1.2',
    })
    expect(encryptionPolicies.UNKNOWN_RECIPIENT).toMatchObject({
      keyAlgorithm: '2.16.840.1.101.3.4.1.5',
      minimumKeyBits: 128,
    })
  })
})

describe('an EC signing key', () => {
  const authorityActor = actor('EC authority')
  const root = authority(authorityActor, authorityActor)
  const credentialOn = (namedCurve: string, usage = 0xe0) => {
    const subject = actor(`Signer on ${namedCurve}`, generateKeyPairSync('ec', { namedCurve }))
    return softwareCredential({
      certificate: issue({ subject, issuer: authorityActor, usage }),
      chain: [root],
      privateKey: subject.privateKey,
    })
  }
  const trust = [root]

  it.each(['P-256', 'P-384', 'P-521'])(
    'on %s signs under the policy ECDSA, in memory and streaming',
    async (curve) => {
      const options = { credential: credentialOn(curve), recipients, runtime, policy: 'ECDSA' } as const
      const streamed: Uint8Array[] = []
      for await (const piece of sealStream([content], { ...options, contentLength: content.length }))
        streamed.push(piece)
      // Several, since the size of an EC signature varies.
      const sealed = await Promise.all(Array.from({ length: 8 }, () => seal(content, options)))
      for (const message of [...sealed, Buffer.concat(streamed)]) {
        const { signers } = readSignedData(message)
        expect(signers[0]!.signatureAlgorithm).toEqual({ oid: '1.2.840.10045.4.3.2', parameters: undefined })
        const opened = await unseal(message, { ...opening, trust, policies: ['EHEALTH_CERT', 'ECDSA'] })
        expect(Buffer.from(opened.content).equals(content)).toBe(true)
        expect(opened.layers.outer).toMatchObject({ policy: 'ECDSA' })
      }
    },
  )

  it('is refused by a reader of the platform, with the five official errors', async () => {
    const sealed = await seal(content, {
      credential: credentialOn('P-256'),
      recipients,
      runtime,
      policy: 'ECDSA',
    })
    const report = await unsealReport(sealed, { ...opening, trust })
    expect(report.accepted).toBe(false)
    expect([...report.errors].sort()).toEqual([
      'INNER_SIGNATURE_ALGORITHM_UNAUTHORIZED',
      'INNER_SIGNATURE_DIGEST_ALGORITHM_UNAUTHORIZED',
      'OUTER_SIGNATURE_ALGORITHM_UNAUTHORIZED',
      'OUTER_SIGNATURE_DIGEST_ALGORITHM_UNAUTHORIZED',
      'OUTER_SIGNATURE_KEY_LENGTH_UNAUTHORIZED',
    ])
  })

  it('does not sign by default, and the error tells the way out', async () => {
    expect(
      await failure(seal(content, { credential: credentialOn('P-256'), recipients, runtime })),
    ).toMatchObject({
      code: 'seal.unsupported-key',
      path: 'credential',
      hint: expect.stringContaining('ECDSA') as unknown,
    })
  })

  it('on a small or unknown curve does not sign at all', async () => {
    for (const curve of ['P-224', 'secp256k1'])
      expect(
        await failure(
          seal(content, { credential: credentialOn(curve), recipients, runtime, policy: 'ECDSA' }),
        ),
      ).toMatchObject({ code: 'seal.unsupported-key' })
    expect(
      await failure(
        seal(content, { credential: sender.authentication, recipients, runtime, policy: 'ECDSA' }),
      ),
    ).toMatchObject({ code: 'seal.unsupported-key' })
  })
})

describe('keys without certificates', () => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const keyIdentifier = Buffer.from('000102030405060708090a0b0c0d0e0f10111213', 'hex')
  const credential = {
    keyIdentifier,
    keyType: 'rsa',
    rsaBits: 2048,
    sign: async (_algorithm: string, data: Uint8Array) =>
      sign('sha256', data, { key: pair.privateKey, padding: 6, saltLength: 32 }),
  } as const
  const knownSigners = new Map([[keyIdentifier.toString('base64'), pair.publicKey]])

  it('sign under the policy WEB_AUTHN, named by their identifier, as the official library writes it', async () => {
    const sealed = await seal(content, { credential, recipients, runtime, policy: 'WEB_AUTHN' })
    const {
      content: opened,
      keyIdentifier: named,
      author,
    } = await unseal(sealed, { ...opening, knownSigners })
    expect(Buffer.from(opened).equals(content)).toBe(true)
    expect(named).toBe(keyIdentifier.toString('base64'))
    expect(author).toBeUndefined()
    const official = readSignedData(vectors.read('sealed/web-key/kib.cms'))
    const own = readSignedData(sealed)
    expect(own.certificates()).toEqual(official.certificates())
    expect(own.signers[0]!.sid).toEqual({ keyIdentifier })
    expect(Object.keys(official.signers[0]!.sid)).toEqual(['keyIdentifier'])
    const report = await unsealReport(sealed, opening)
    expect(report.errors).toContain('OUTER_SIGNATURE_COULD_NOT_BE_VERIFIED')
  })

  it('are addressed by their identifier, and the envelope says version 2', async () => {
    const sealed = await seal(content, {
      credential: sender.authentication,
      recipients: [...recipients, { keyIdentifier, publicKey: pair.publicKey }],
      runtime,
    })
    const { recipients: found } = readEnvelopedData(readSignedData(sealed).content!)
    expect(found.map(({ kind }) => kind)).toEqual(['key', 'key'])
    expect(found).toContainEqual(expect.objectContaining({ recipient: { keyIdentifier } }))
    expect((await unsealReport(sealed, opening)).accepted).toBe(true)
  })

  it('belong to WEB_AUTHN alone', async () => {
    expect(await failure(seal(content, { credential, recipients, runtime }))).toMatchObject({
      code: 'configuration.invalid',
      path: 'policy',
    })
    expect(
      await failure(
        seal(content, { credential: sender.authentication, recipients, runtime, policy: 'WEB_AUTHN' }),
      ),
    ).toMatchObject({ code: 'configuration.invalid', path: 'policy' })
  })

  it('of EC cannot be addressed: no format is known', async () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
    expect(
      await failure(
        seal(content, {
          credential: sender.authentication,
          recipients: [...recipients, { keyIdentifier, publicKey }],
          runtime,
        }),
      ),
    ).toMatchObject({
      code: 'etk.unsupported-key',
      path: 'recipients[1]',
      message: expect.stringContaining('no message format') as unknown,
    })
  })
})

describe('what each layer proves', () => {
  it('the same certificate, path and time for an eHealth certificate', async () => {
    const sealed = await seal(content, { credential: sender.authentication, recipients, runtime })
    const { layers } = await unseal(sealed, opening)
    for (const layer of [layers.outer, layers.inner]) {
      expect(layer.certificate?.equals(sender.authentication.certificate)).toBe(true)
      expect(layer.path.length).toBeGreaterThan(1)
      expect(layer).toMatchObject({ policy: 'EHEALTH_CERT', timestamps: [], signingTime: runtime.now() })
    }
  })

  it('two certificates of one person for an eID with non-repudiation', async () => {
    const message = vectors.read('sealed/eid/kib.cms')
    const { layers } = await unseal(message, { ...opening, nonRepudiation: true })
    expect(layers.outer.policy).toBe('EID')
    expect(layers.inner.certificate?.equals(layers.outer.certificate!)).toBe(false)
    expect(layers.inner.certificate?.keyUsage?.has('nonRepudiation')).toBe(true)
  })

  it('the time stamp over the outer signature', async () => {
    const { layers, warnings } = await unseal(vectors.read('sealed/timestamped/kib.cms'), {
      keys: hospital.decryptionKeys,
      trust: vectors.trust,
      timestampAuthorities: [...vectors.trust, vectors.certificate('tsa')],
      now: later,
    })
    expect(warnings).toEqual([])
    expect(layers.outer.timestamps).toEqual([{ at: new Date('2024-03-01T10:01:00Z'), refusal: undefined }])
    expect(layers.outer.signingTime).toEqual(new Date('2024-03-01T10:00:00Z'))
  })
})
