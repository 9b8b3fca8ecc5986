import {
  constants,
  generateKeyPairSync,
  privateEncrypt,
  publicEncrypt,
  randomBytes,
  verify,
} from 'node:crypto'

import { beforeAll, describe, expect, it } from 'vitest'

import {
  softwareCredential,
  softwareDecryptionKey,
  type DecryptionKey,
  type SigningAlgorithm,
} from '../../../src/technical/keystore/index.js'
import type { Certificate } from '../../../src/technical/pki/index.js'
import { actor, issue, type Actor } from '../pki/issue.js'
import { code } from './fixtures.js'

const rsa = actor('RSA', generateKeyPairSync('rsa', { modulusLength: 2048 }))
const ec = actor('EC', generateKeyPairSync('ec', { namedCurve: 'P-384' }))
const certificateOf = (subject: Actor): Certificate => issue({ subject, issuer: subject })
const data = Buffer.from('what is signed')

describe('signing in software', () => {
  const rsaCredential = softwareCredential({ certificate: certificateOf(rsa), privateKey: rsa.privateKey })
  const ecCredential = softwareCredential({ certificate: certificateOf(ec), privateKey: ec.privateKey })

  it.each([
    ['rsa-sha256', 'sha256', { padding: constants.RSA_PKCS1_PADDING }],
    ['rsa-sha384', 'sha384', { padding: constants.RSA_PKCS1_PADDING }],
    ['rsa-sha512', 'sha512', { padding: constants.RSA_PKCS1_PADDING }],
    ['rsa-sha1', 'sha1', { padding: constants.RSA_PKCS1_PADDING }],
    ['rsa-pss-sha256', 'sha256', { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }],
  ] as const)('%s', async (algorithm, digest, options) => {
    const signature = await rsaCredential.sign(algorithm, data)
    expect(verify(digest, data, { key: rsa.publicKey, ...options }, signature)).toBe(true)
    expect(verify(digest, Buffer.from('else'), { key: rsa.publicKey, ...options }, signature)).toBe(false)
  })

  it.each([
    ['ecdsa-sha256', 'sha256', 'ieee-p1363'],
    ['ecdsa-sha384', 'sha384', 'ieee-p1363'],
    ['ecdsa-sha512', 'sha512', 'ieee-p1363'],
    ['ecdsa-sha256-der', 'sha256', 'der'],
  ] as const)('%s', async (algorithm, digest, dsaEncoding) => {
    const signature = await ecCredential.sign(algorithm, data)
    expect(verify(digest, data, { key: ec.publicKey, dsaEncoding }, signature)).toBe(true)
    if (dsaEncoding === 'ieee-p1363') expect(signature).toHaveLength(96)
  })

  it('refuses the algorithms of the other kind of key, and unknown ones', async () => {
    await expect(rsaCredential.sign('ecdsa-sha256', data)).rejects.toThrow(code('keystore.unsupported'))
    await expect(ecCredential.sign('rsa-sha256', data)).rejects.toThrow(code('keystore.unsupported'))
    const unknown: string = 'toString'
    await expect(rsaCredential.sign(unknown as SigningAlgorithm, data)).rejects.toThrow(
      code('keystore.unsupported'),
    )
  })

  it('refuses a key that is not the one of the certificate', () => {
    const certificate = certificateOf(rsa)
    expect(() => softwareCredential({ certificate, privateKey: ec.privateKey })).toThrow(
      code('keystore.mismatch'),
    )
    expect(() => softwareDecryptionKey({ certificate, privateKey: ec.privateKey })).toThrow(
      code('keystore.mismatch'),
    )
  })

  it('refuses keys that the platform has no use for', () => {
    const ed = generateKeyPairSync('ed25519')
    expect(() => softwareCredential({ certificate: certificateOf(rsa), privateKey: ed.privateKey })).toThrow(
      code('keystore.unsupported'),
    )
  })
})

describe('unwrapping content keys', () => {
  let key: DecryptionKey
  const contentKey = Buffer.from('00112233445566778899aabbccddeeff', 'hex')
  const modulusOctets = 256

  const wrap = (plain: Uint8Array): Buffer =>
    publicEncrypt({ key: rsa.publicKey, padding: constants.RSA_PKCS1_PADDING }, plain)

  /** Encrypts an encoded message as it is, with or without a fault in its padding. */
  const wrapRaw = (encoded: Uint8Array): Buffer =>
    publicEncrypt({ key: rsa.publicKey, padding: constants.RSA_NO_PADDING }, encoded)

  const encoded = (change: (em: Buffer) => void = () => undefined): Buffer => {
    const em = Buffer.alloc(modulusOctets, 0xa5)
    em[0] = 0
    em[1] = 2
    em[modulusOctets - 17] = 0
    em.set(contentKey, modulusOctets - 16)
    change(em)
    return em
  }

  beforeAll(() => {
    key = softwareDecryptionKey({ certificate: certificateOf(rsa), privateKey: rsa.privateKey })
  })

  it('gives back what was wrapped, in every length', async () => {
    for (const length of [1, 16, 24, 32, 245]) {
      const plain = randomBytes(length)
      expect(Buffer.from(await key.unwrapKey(wrap(plain), length))).toEqual(plain)
    }
    expect(Buffer.from(await key.unwrapKey(wrapRaw(encoded()), 16))).toEqual(contentKey)
  })

  const faults: Record<string, (em: Buffer) => void> = {
    'block type 1': (em) => (em[1] = 1),
    'block type 0': (em) => (em[1] = 0),
    'a zero in the first padding octet': (em) => (em[2] = 0),
    'a zero in the eighth padding octet': (em) => (em[9] = 0),
    'a zero in the last padding octet': (em) => (em[modulusOctets - 18] = 0),
    'no zero before the key': (em) => (em[modulusOctets - 17] = 7),
  }

  it.each(Object.entries(faults))('%s gives other octets of that length, no error', async (_, change) => {
    const result = await key.unwrapKey(wrapRaw(encoded(change)), 16)
    expect(result).toHaveLength(16)
    expect(Buffer.from(result)).not.toEqual(contentKey)
  })

  it('a key of another length than asked for is not given away in part', async () => {
    const plain = randomBytes(32)
    const result = Buffer.from(await key.unwrapKey(wrap(plain), 16))
    expect(plain.includes(result)).toBe(false)
    expect(await key.unwrapKey(wrap(contentKey), 32)).toHaveLength(32)
  })

  it('the replacement depends on the ciphertext and on the key, and on nothing else', async () => {
    const broken = wrapRaw(encoded(faults['block type 1']))
    const other = wrapRaw(encoded(faults['block type 0']))
    const first = await key.unwrapKey(broken, 16)
    expect(await key.unwrapKey(broken, 16)).toEqual(first)
    expect(await key.unwrapKey(other, 16)).not.toEqual(first)
    const again = softwareDecryptionKey({ certificate: certificateOf(rsa), privateKey: rsa.privateKey })
    expect(await again.unwrapKey(broken, 16)).toEqual(first)
    const stranger = actor('Other', generateKeyPairSync('rsa', { modulusLength: 2048 }))
    const foreign = softwareDecryptionKey({
      certificate: certificateOf(stranger),
      privateKey: stranger.privateKey,
    })
    expect(await foreign.unwrapKey(Buffer.alloc(3), 16)).not.toEqual(await key.unwrapKey(Buffer.alloc(3), 16))
  })

  it('a ciphertext that is too short, too long, empty or above the modulus gives no error either', async () => {
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.alloc(255, 1),
      Buffer.alloc(257, 1),
      Buffer.alloc(256, 0xff),
    ])
      expect(await key.unwrapKey(bytes, 16)).toHaveLength(16)
  })

  it('a signature of the key holder is no wrapped key', async () => {
    const block = privateEncrypt({ key: rsa.privateKey, padding: constants.RSA_PKCS1_PADDING }, contentKey)
    expect(Buffer.from(await key.unwrapKey(block, 16))).not.toEqual(contentKey)
  })

  it('EC keys unwrap nothing, and say so', async () => {
    const ecKey = softwareDecryptionKey({ certificate: certificateOf(ec), privateKey: ec.privateKey })
    await expect(ecKey.unwrapKey(Buffer.alloc(256), 16)).rejects.toThrow(code('keystore.unsupported'))
  })
})
