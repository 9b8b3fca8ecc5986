/** Signatures by a token. Digests are made here, so that a card needs no more than the plain operation of its key. */
import { createHash } from 'node:crypto'

import { EHealthError } from '../../../errors.js'
import type { Certificate } from '../../pki/certificate.js'
import type { SigningDigest } from '../algorithms.js'
import type { SigningAlgorithm } from '../credential.js'
import { derOfEcdsa } from '../ecdsa.js'
import { signatureCheck } from '../checkSignature.js'
import { ckm, mgf1Sha256, pssParameters, type Mechanism } from './cryptoki.js'
import type { KeyReference } from './objects.js'
import type { TokenSessions } from './sessions.js'

/** One way to an algorithm: a mechanism and what is given to it. */
interface Way {
  mechanism: Mechanism
  input: (data: Uint8Array) => Buffer
}

const digest =
  (name: SigningDigest, prefix = '') =>
  (data: Uint8Array): Buffer =>
    Buffer.concat([Buffer.from(prefix, 'hex'), createHash(name).update(data).digest()])

const whole = (data: Uint8Array): Buffer => Buffer.from(data)

/** DigestInfo up to the digest (RFC 8017 §9.2 note 1). */
const digestInfo = {
  sha1: '3021300906052b0e03021a05000414',
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
}
const pss = { type: pssParameters, hashAlg: ckm.sha256, mgf: mgf1Sha256, saltLen: 32 }

interface Ways {
  keyType: 'rsa' | 'ec'
  ways: readonly Way[]
}

const pkcs1 = (name: SigningDigest, withDigest: number): Ways => ({
  keyType: 'rsa',
  ways: [
    { mechanism: { mechanism: ckm.rsaPkcs }, input: digest(name, digestInfo[name]) },
    { mechanism: { mechanism: withDigest }, input: whole },
  ],
})
const plainEc = (name: SigningDigest, withDigest: number): Ways => ({
  keyType: 'ec',
  ways: [
    { mechanism: { mechanism: ckm.ecdsa }, input: digest(name) },
    { mechanism: { mechanism: withDigest }, input: whole },
  ],
})

/** By preference: the plain operation first, which every card has; the one with the digest for tokens that want it so. */
const ways: Readonly<Record<SigningAlgorithm, Ways>> = {
  'rsa-sha256': pkcs1('sha256', ckm.sha256RsaPkcs),
  'rsa-sha384': pkcs1('sha384', ckm.sha384RsaPkcs),
  'rsa-sha512': pkcs1('sha512', ckm.sha512RsaPkcs),
  'rsa-sha1': pkcs1('sha1', ckm.sha1RsaPkcs),
  'rsa-pss-sha256': {
    keyType: 'rsa',
    ways: [
      { mechanism: { mechanism: ckm.rsaPkcsPss, parameter: pss }, input: digest('sha256') },
      { mechanism: { mechanism: ckm.sha256RsaPkcsPss, parameter: pss }, input: whole },
    ],
  },
  'ecdsa-sha256': plainEc('sha256', ckm.ecdsaSha256),
  'ecdsa-sha384': plainEc('sha384', ckm.ecdsaSha384),
  'ecdsa-sha512': plainEc('sha512', ckm.ecdsaSha512),
  get 'ecdsa-sha256-der'() {
    return this['ecdsa-sha256']
  },
}

/** Largest signature: RSA of 16384 bits. */
const longestSignature = 2048

/** The `sign` of a credential whose key is on a token. */
export function tokenSigner(
  sessions: TokenSessions,
  certificate: Certificate,
  key: KeyReference,
): (algorithm: SigningAlgorithm, data: Uint8Array) => Promise<Uint8Array> {
  const check = signatureCheck(certificate)
  // asked once: to an HSM in the network it is a question of its own
  let mechanisms: readonly number[] | undefined
  return async (algorithm, data) => {
    const scheme = Object.hasOwn(ways, algorithm) ? ways[algorithm] : undefined
    if (scheme?.keyType !== key.keyType)
      throw new EHealthError(
        'keystore.unsupported',
        `a key of type ${key.keyType} does not sign ${algorithm}`,
      )
    const raw = await sessions.use(async (conversation) => {
      const { cryptoki, session, token } = conversation
      const known = (mechanisms ??= cryptoki.C_GetMechanismList(token.handle))
      const way = scheme.ways.find(({ mechanism: { mechanism } }) => known.includes(mechanism))
      if (way === undefined)
        throw new EHealthError('keystore.mechanism', `the token does not sign ${algorithm}`)
      const input = way.input(data)
      const handle = await conversation.key(key)
      cryptoki.C_SignInit(session, way.mechanism, handle)
      await conversation.consent(key)
      const signature = await cryptoki.C_SignAsync(session, input, Buffer.alloc(longestSignature))
      // The addon reads the octets in another thread and does not hold them: they must outlive the call.
      input.fill(0)
      return new Uint8Array(signature)
    })
    const signature = algorithm === 'ecdsa-sha256-der' ? derOfEcdsa(raw) : raw
    check(algorithm, data, signature)
    return signature
  }
}
