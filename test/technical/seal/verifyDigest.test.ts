import { createHash, constants, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { verifyPkcs1Digest, verifyPssDigest } from '../../../src/technical/seal/cms/verifyDigest.js'

const digests = { sha1: 20, sha256: 32, sha384: 48, sha512: 64 } as const
type Digest = keyof typeof digests
const names = Object.keys(digests) as Digest[]
/** Moduli of whole octets and, where the padding is one octet or some bits shorter, of others. */
const keys = [1024, 2048, 2049, 2050, 2055].map((modulusLength) =>
  generateKeyPairSync('rsa', { modulusLength }),
)
const name = fc.constantFrom(...names)
const pair = fc.constantFrom(...keys)

describe('verifying from a digest agrees with verifying the data', () => {
  it('RSASSA-PSS, and refuses every changed bit, another digest, another salt length and another key', () => {
    fc.assert(
      fc.property(name, pair, fc.nat(), (digest, { privateKey, publicKey }, place) => {
        const data = randomBytes(100)
        const saltLength = digests[digest]
        fc.pre(privateKey.asymmetricKeyDetails!.modulusLength! / 8 >= 2 * saltLength + 2)
        const signature = sign(digest, data, {
          key: privateKey,
          padding: constants.RSA_PKCS1_PSS_PADDING,
          saltLength,
        })
        const hash = createHash(digest).update(data).digest()
        expect(verifyPssDigest(digest, hash, saltLength, publicKey, signature)).toBe(true)
        const changed = Buffer.from(signature)
        changed[place % changed.length]! ^= 1 << (place % 8)
        expect(verifyPssDigest(digest, hash, saltLength, publicKey, changed)).toBe(false)
        const otherHash = Buffer.from(hash)
        otherHash[place % hash.length]! ^= 0x10
        expect(verifyPssDigest(digest, otherHash, saltLength, publicKey, signature)).toBe(false)
        expect(verifyPssDigest(digest, hash, saltLength - 1, publicKey, signature)).toBe(false)
        const other = keys.find((key) => key.publicKey !== publicKey)!.publicKey
        expect(verifyPssDigest(digest, hash, saltLength, other, signature)).toBe(false)
        expect(verifyPkcs1Digest(digest, hash, publicKey, signature)).toBe(false)
      }),
      { numRuns: 150 },
    )
  })

  it('RSASSA-PKCS1-v1_5, and refuses every changed bit, another digest and another key', () => {
    fc.assert(
      fc.property(name, pair, fc.nat(), (digest, { privateKey, publicKey }, place) => {
        const data = randomBytes(100)
        const signature = sign(digest, data, privateKey)
        const hash = createHash(digest).update(data).digest()
        expect(verifyPkcs1Digest(digest, hash, publicKey, signature)).toBe(true)
        const changed = Buffer.from(signature)
        changed[place % changed.length]! ^= 1 << (place % 8)
        expect(verifyPkcs1Digest(digest, hash, publicKey, changed)).toBe(false)
        const otherName = names[(names.indexOf(digest) + 1) % names.length]!
        expect(
          verifyPkcs1Digest(otherName, createHash(otherName).update(data).digest(), publicKey, signature),
        ).toBe(false)
        expect(verifyPssDigest(digest, hash, digests[digest], publicKey, signature)).toBe(false)
      }),
      { numRuns: 100 },
    )
  })

  it('and refuses what is no signature of the key at all', () => {
    const { publicKey } = keys[1]!
    const hash = randomBytes(32)
    for (const signature of [new Uint8Array(), randomBytes(255), randomBytes(257), Buffer.alloc(256, 0xff)]) {
      expect(verifyPssDigest('sha256', hash, 32, publicKey, signature)).toBe(false)
      expect(verifyPkcs1Digest('sha256', hash, publicKey, signature)).toBe(false)
    }
  })
})
