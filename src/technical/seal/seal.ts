/** Sealing: sign, encrypt, sign again (spec etee §3). */
import { constants, createCipheriv, createHash, publicEncrypt } from 'node:crypto'

import { EHealthError } from '../../errors.js'
import { systemRuntime, type Runtime } from '../environment/runtime.js'
import type { Credential } from '../keystore/credential.js'
import type { Certificate } from '../pki/certificate.js'
import {
  envelopedData,
  kekRecipient,
  keyTransRecipient,
  revocationValues,
  signatureAlgorithms,
  signedAttributes,
  signedData,
  type Parts,
} from './cms/write.js'
import { wrapKey } from './keyWrap.js'
import { encryptionPolicy, signingPolicies } from './policies.js'
import { encryptionCertificates, type Recipient } from './recipient.js'

/** A secret key with the identifier that readers ask for it by, usually from KGSS. */
export interface SecretKey {
  /** The identifier's octets, or their base64; readable by everybody who sees the message. */
  id: Uint8Array | string
  /** AES-128: 16 octets. */
  key: Uint8Array
}

/** How to seal. At least one recipient or the secret key must be given. */
export interface SealOptions {
  /** Who sends: signs the outer layer and, unless `author` is given, the inner one. */
  credential: Credential
  /** Signs the inner layer, for an eID with non-repudiation; must belong to the same person (spec etee §6.2). */
  author?: Credential
  /** Who may read it by private key. Duplicates are merged; the order is lost in the message. */
  recipients?: readonly Recipient[]
  /** Whoever gets this key may read it (unaddressed message). */
  secretKey?: SecretKey
  /** `EHEALTH_CERT` (RSASSA-PSS) by default; `EID` (RSASSA-PKCS1-v1_5) for an eID card, which cannot do PSS. */
  policy?: 'EHEALTH_CERT' | 'EID'
  /** BasicOCSPResponses about the sender's certificate to send along, for readers that demand them. DER. */
  ocspResponses?: readonly Uint8Array[]
  /** Time and randomness; the machine's own by default. */
  runtime?: Runtime
}

/**
 * Seals content: the result is one binary CMS object, which travels as base64 inside XML.
 *
 * The structure is that of the official library field by field, written in DER (spec etee §3.1, §3.4). The content is
 * encrypted from where it stands and copied once, into the result.
 *
 * @returns the sealed message
 * @throws EHealthError `seal.no-recipient`, `seal.secret-key`, `seal.unsupported-key` (a signing key that is not RSA of
 * 2048 bits; readers of the platform know no other), `etk.unsupported-key`, `etk.untrusted`, `etk.expired`,
 * `certificate.expired`, `certificate.not-yet-valid`, `certificate.key-usage`
 *
 * @example
 * ```ts
 * import { openKeystore } from 'ehealth-connectors/keystore'
 * import { readToken, verifyToken } from 'ehealth-connectors/etk'
 * import { seal } from 'ehealth-connectors/seal'
 *
 * const { authentication } = await openKeystore({ file: 'physician.p12' }, { password })
 * const token = verifyToken(readToken(etk), { trust, at: new Date() })
 * const sealed = await seal(Buffer.from('Dear colleague, …'), { credential: authentication, recipients: [token] })
 * ```
 */
export async function seal(content: Uint8Array, options: SealOptions): Promise<Uint8Array> {
  const runtime = options.runtime ?? systemRuntime
  const now = runtime.now()
  const sender = options.credential
  const author = options.author ?? sender
  const certificates = encryptionCertificates(options.recipients ?? [], now)
  const secretKey = options.secretKey === undefined ? undefined : checkedSecretKey(options.secretKey)
  if (certificates.length === 0 && secretKey === undefined)
    throw new EHealthError('seal.no-recipient', 'neither an encryption token nor a secret key was given')
  const policy = options.policy ?? 'EHEALTH_CERT'
  checkSigner(sender, policy, now, 'credential')
  if (author !== sender) checkSigner(author, policy, now, 'author')

  // The inner layer names its signer's certificate without carrying it when the outer layer has it (spec etee §3.1).
  const ownChain = author.certificate.equals(sender.certificate) ? [] : chainOf(author)
  const inner = await sign([content], author, policy, now, ownChain, [])
  const enveloped = encrypt(inner, certificates, secretKey, runtime)
  const revocation = options.ocspResponses ?? []
  const outer = await sign(
    enveloped,
    sender,
    policy,
    now,
    chainOf(sender),
    revocation.length === 0 ? [] : [revocationValues(revocation)],
  )
  return Buffer.concat(outer)
}

async function sign(
  content: Parts,
  credential: Credential,
  policy: 'EHEALTH_CERT' | 'EID',
  now: Date,
  certificates: readonly Certificate[],
  unsignedAttributes: readonly Uint8Array[],
): Promise<Parts> {
  const algorithm = policy === 'EID' ? 'rsa-sha256' : 'rsa-pss-sha256'
  const hash = createHash('sha256')
  for (const part of content) hash.update(part)
  const signatureAlgorithm = signatureAlgorithms[algorithm]
  const attributes = signedAttributes(hash.digest(), now, signatureAlgorithm)
  return signedData({
    content,
    certificates,
    signer: credential.certificate,
    signatureAlgorithm,
    signedAttributes: attributes,
    signature: await credential.sign(algorithm, attributes),
    unsignedAttributes,
  })
}

function encrypt(
  content: Parts,
  certificates: readonly Certificate[],
  secretKey: { id: Uint8Array; key: Uint8Array } | undefined,
  runtime: Runtime,
): Parts {
  const contentKey = runtime.randomBytes(encryptionPolicy.contentKeyLength)
  const iv = runtime.randomBytes(16)
  const cipher = createCipheriv('aes-128-cbc', contentKey, iv)
  const encrypted = [...content.map((part) => cipher.update(part)), cipher.final()]
  const recipients = certificates.map((certificate) =>
    keyTransRecipient(
      certificate,
      publicEncrypt({ key: certificate.publicKey, padding: constants.RSA_PKCS1_PADDING }, contentKey),
    ),
  )
  if (secretKey !== undefined) recipients.push(kekRecipient(secretKey.id, wrapKey(secretKey.key, contentKey)))
  return envelopedData(recipients, secretKey !== undefined, iv, encrypted)
}

const chainOf = (credential: Credential): Certificate[] => [
  credential.certificate,
  ...credential.chain.filter((certificate) => !certificate.equals(credential.certificate)),
]

function checkSigner(credential: Credential, policy: 'EHEALTH_CERT' | 'EID', now: Date, path: string): void {
  const { certificate } = credential
  if (credential.keyType !== 'rsa' || certificate.rsaBits < signingPolicies[policy].minimumKeyBits)
    throw new EHealthError(
      'seal.unsupported-key',
      'messages can only be signed with RSA keys of sufficient size',
      {
        path,
      },
    )
  if (now < certificate.notBefore)
    throw new EHealthError('certificate.not-yet-valid', 'the signing certificate is not valid yet', { path })
  if (now > certificate.notAfter)
    throw new EHealthError('certificate.expired', 'the signing certificate has ended', { path })
  const usage = certificate.keyUsage
  if (usage?.has('digitalSignature') !== true && usage?.has('nonRepudiation') !== true)
    throw new EHealthError('certificate.key-usage', 'the certificate is not one for signatures', { path })
}

function checkedSecretKey({ id, key }: SecretKey): { id: Uint8Array; key: Uint8Array } {
  const identifier = typeof id === 'string' ? Buffer.from(id, 'base64') : id
  // A longer key would be wrapped with aes256-wrap, which the readers of the platform refuse (spec etee §8 trap 17).
  if (!(key instanceof Uint8Array) || key.length !== encryptionPolicy.unknownRecipient.keyLength)
    throw new EHealthError('seal.secret-key', 'the secret key is not one of 128 bits', {
      path: 'secretKey.key',
    })
  if (identifier.length === 0)
    throw new EHealthError('seal.secret-key', 'the secret key has no identifier', { path: 'secretKey.id' })
  return { id: identifier, key }
}
