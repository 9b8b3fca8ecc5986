import { constants, generateKeyPairSync, privateEncrypt, publicEncrypt, verify } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import {
  callbackCredential,
  callbackDecryptionKey,
  softwareCredential,
  softwareDecryptionKey,
  type CallbackCredentialOptions,
  type SignatureRequest,
} from '../../../src/technical/keystore/index.js'
import { EHealthError } from '../../../src/errors.js'
import { actor, issue } from '../pki/issue.js'
import { code } from './fixtures.js'

const rsa = actor('RSA', generateKeyPairSync('rsa', { modulusLength: 2048 }))
const otherRsa = actor('RSA', generateKeyPairSync('rsa', { modulusLength: 2048 }))
const ec = actor('EC', generateKeyPairSync('ec', { namedCurve: 'P-256' }))
const ed = actor('Ed', generateKeyPairSync('ed25519'))
const issuer = ec
const certificate = issue({ subject: rsa, issuer })
const ecCertificate = issue({ subject: ec, issuer })
const data = Buffer.from('what is signed')
const remote = softwareCredential({ certificate, privateKey: rsa.privateKey })
const remoteEc = softwareCredential({ certificate: ecCertificate, privateKey: ec.privateKey })

const credential = (options: Partial<CallbackCredentialOptions>) =>
  callbackCredential({
    certificate,
    sign: ({ algorithm, data: toSign }) => remote.sign(algorithm, toSign),
    ...options,
  })

describe('a credential behind a function', () => {
  it.each([
    ['rsa-sha256', 'sha256', 32],
    ['rsa-sha384', 'sha384', 48],
    ['rsa-sha512', 'sha512', 64],
    ['rsa-sha1', 'sha1', 20],
    ['rsa-pss-sha256', 'sha256', 32],
  ] as const)('signs %s', async (algorithm, digestAlgorithm, octets) => {
    const asked: SignatureRequest[] = []
    const signer = credential({
      sign: (request) => (asked.push(request), remote.sign(request.algorithm, request.data)),
    })
    expect(signer.keyType).toBe('rsa')
    expect(await signer.sign(algorithm, data)).toHaveLength(256)
    const [request] = asked
    expect(request).toMatchObject({ algorithm, digestAlgorithm })
    expect(request!.digest).toHaveLength(octets)
  })

  it('gives the digest that a signer without the data needs', async () => {
    // DigestInfo and digest: what a signer makes of a digest alone
    const prefix = Buffer.from('3031300d060960864801650304020105000420', 'hex')
    const signer = credential({
      sign: ({ digest }) =>
        privateEncrypt(
          { key: rsa.privateKey, padding: constants.RSA_PKCS1_PADDING },
          Buffer.concat([prefix, digest]),
        ),
    })
    const signature = await signer.sign('rsa-sha256', data)
    expect(verify('sha256', data, rsa.publicKey, signature)).toBe(true)
  })

  it.each(['ecdsa-sha256', 'ecdsa-sha256-der'] as const)('signs %s, in that very form', async (algorithm) => {
    const right = callbackCredential({
      certificate: ecCertificate,
      sign: (request) => remoteEc.sign(request.algorithm, request.data),
    })
    for (let i = 0; i < 20; i++) await right.sign(algorithm, data)
    const wrongForm = callbackCredential({
      certificate: ecCertificate,
      sign: (request) =>
        remoteEc.sign(algorithm === 'ecdsa-sha256' ? 'ecdsa-sha256-der' : 'ecdsa-sha256', request.data),
    })
    await expect(wrongForm.sign(algorithm, data)).rejects.toThrow(EHealthError)
  })

  it('tells at the first signature that the signer has another key', async () => {
    const other = softwareCredential({
      certificate: issue({ subject: otherRsa, issuer }),
      privateKey: otherRsa.privateKey,
    })
    const wrong = credential({ sign: (request) => other.sign(request.algorithm, request.data) })
    await expect(wrong.sign('rsa-sha256', data)).rejects.toThrow(code('keystore.mismatch'))
  })

  it('looks at every signature in full where that is asked for', async () => {
    let call = 0
    const faulty = (check: 'first' | 'always') =>
      credential({
        check,
        sign: async (request) => {
          const signature = await remote.sign(request.algorithm, request.data)
          if (++call % 2 === 0) signature[5]! ^= 1
          return signature
        },
      })
    const first = faulty('first')
    await first.sign('rsa-sha256', data)
    expect(await first.sign('rsa-sha256', data)).toHaveLength(256)
    const always = faulty('always')
    await always.sign('rsa-sha256', data)
    await expect(always.sign('rsa-sha256', data)).rejects.toThrow(code('keystore.mismatch'))
  })

  it.each([
    ['text', 'signature'],
    ['nothing', undefined],
    ['no octets', new Uint8Array(0)],
    ['too few', new Uint8Array(255)],
    ['too many', new Uint8Array(257)],
  ])('refuses %s in place of a signature, also after a good one', async (_, answer) => {
    let bad = false
    const signer = credential({
      sign: (request) => (bad ? (answer as Uint8Array) : remote.sign(request.algorithm, request.data)),
    })
    await signer.sign('rsa-sha256', data)
    bad = true
    await expect(signer.sign('rsa-sha256', data)).rejects.toThrow(code('keystore.signature'))
  })

  it('passes on why the signer failed, beside the message and not in it', async () => {
    const cause = new Error('PIN 1234 refused by https://signer')
    const rejecting = credential({ sign: () => Promise.reject(cause) })
    const throwing = credential({
      sign: () => {
        throw cause
      },
    })
    for (const one of [rejecting, throwing]) {
      const error = await one.sign('rsa-sha256', data).catch((thrown: unknown) => thrown as EHealthError)
      expect(error).toMatchObject({ code: 'keystore.signer', cause })
      expect(JSON.stringify(error)).not.toMatch(/1234|https/)
    }
    const typed = credential({
      sign: () => Promise.reject(new EHealthError('keystore.pin-locked', 'the PIN is locked')),
    })
    await expect(typed.sign('rsa-sha256', data)).rejects.toThrow(code('keystore.pin-locked'))
  })

  it('does not wait for ever, and tells the signer so', async () => {
    let told = false
    const slow = credential({
      timeout: 20,
      sign: ({ signal }) =>
        new Promise(() => {
          signal.addEventListener('abort', () => (told = true))
        }),
    })
    await expect(slow.sign('rsa-sha256', data)).rejects.toThrow(code('keystore.signer-timeout'))
    expect(told).toBe(true)
  })

  it('ends with the signal of the program', async () => {
    const ending = new AbortController()
    const signer = credential({ signal: ending.signal, sign: () => new Promise(() => undefined) })
    const running = expect(signer.sign('rsa-sha256', data)).rejects.toThrow(code('keystore.cancelled'))
    ending.abort()
    await running
    await expect(signer.sign('rsa-sha256', data)).rejects.toThrow(code('keystore.cancelled'))
  })

  it('refuses what it cannot work with', async () => {
    await expect(credential({}).sign('ecdsa-sha256', data)).rejects.toThrow(code('keystore.unsupported'))
    await expect(credential({}).sign('toString' as never, data)).rejects.toThrow(code('keystore.unsupported'))
    expect(() => credential({ certificate: issue({ subject: ed, issuer }) })).toThrow(
      code('keystore.unsupported'),
    )
    expect(() => credential({ sign: undefined })).toThrow(code('configuration.invalid'))
    expect(() => credential({ timeout: 0 })).toThrow(code('configuration.invalid'))
    expect(() => credential({ pin: '1234' } as never)).toThrow(code('configuration.invalid'))
  })

  it('shows its fingerprint in logs and nothing else', () => {
    expect(JSON.stringify(credential({}))).toBe(
      JSON.stringify({ kind: 'Credential', keyType: 'rsa', fingerprint: certificate.fingerprint }),
    )
  })
})

describe('a decryption key behind a function', () => {
  const contentKey = Buffer.alloc(16, 7)
  const wrapped = publicEncrypt({ key: rsa.publicKey, padding: constants.RSA_PKCS1_PADDING }, contentKey)
  const held = softwareDecryptionKey({ certificate, privateKey: rsa.privateKey })

  it('opens a content key', async () => {
    const key = callbackDecryptionKey({
      certificate,
      unwrapKey: ({ encryptedKey, length }) => held.unwrapKey(encryptedKey, length),
    })
    expect(Buffer.from(await key.unwrapKey(wrapped, 16))).toEqual(contentKey)
  })

  it.each([
    ['a broken padding', undefined],
    ['a key of another length', new Uint8Array(17)],
    ['something else', 'key'],
  ])('gives octets that nobody can tell from a key for %s', async (_, answer) => {
    const key = callbackDecryptionKey({ certificate, unwrapKey: () => answer as Uint8Array })
    const first = await key.unwrapKey(wrapped, 16)
    expect(first).toHaveLength(16)
    expect(await key.unwrapKey(wrapped, 16)).toEqual(first)
    expect(await key.unwrapKey(Buffer.from('another ciphertext'), 16)).not.toEqual(first)
  })

  it('tells that its holder failed', async () => {
    const failing = callbackDecryptionKey({ certificate, unwrapKey: () => Promise.reject(new Error('down')) })
    await expect(failing.unwrapKey(wrapped, 16)).rejects.toThrow(code('keystore.signer'))
    const slow = callbackDecryptionKey({
      certificate,
      timeout: 10,
      unwrapKey: () => new Promise(() => undefined),
    })
    await expect(slow.unwrapKey(wrapped, 16)).rejects.toThrow(code('keystore.signer-timeout'))
    expect(() => callbackDecryptionKey({ certificate: ecCertificate, unwrapKey: () => undefined })).toThrow(
      code('keystore.unsupported'),
    )
  })
})
