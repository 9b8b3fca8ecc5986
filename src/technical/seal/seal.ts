/** Sealing: sign, encrypt, sign again (spec etee §3). */
import { createHash } from 'node:crypto'

import { EHealthError } from '../../errors.js'
import { systemRuntime, type Runtime } from '../environment/runtime.js'
import type { Credential } from '../keystore/credential.js'
import { revocationValues, signedDataFrame, type Frame } from './cms/write.js'
import { addressEnvelope, paddedLength, type Envelope } from './envelope.js'
import { encryptionPolicies, type SigningPolicyName } from './policies.js'
import { wrappingKeys, type Recipient } from './recipient.js'
import { signerOf, type NamedCredential, type Signer } from './signer.js'

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
  credential: Credential | NamedCredential
  /** Signs the inner layer, for an eID with non-repudiation; must belong to the same person (spec etee §6.2). */
  author?: Credential
  /** Who may read it by private key. Duplicates are merged; the order is lost in the message. */
  recipients?: readonly Recipient[]
  /** Whoever gets this key may read it (unaddressed message). */
  secretKey?: SecretKey
  /**
   * `EHEALTH_CERT` (RSASSA-PSS) by default; `EID` (RSASSA-PKCS1-v1_5) for an eID card, which cannot do PSS; `WEB_AUTHN`
   * for a key without certificate; `ECDSA` for EC certificates, which only some partners can read (spec etee §3.3).
   */
  policy?: SigningPolicyName
  /** BasicOCSPResponses about the sender's certificate to send along, for readers that demand them. DER. */
  ocspResponses?: readonly Uint8Array[]
  /** Time and randomness; the machine's own by default. */
  runtime?: Runtime
}

/**
 * Seals content: the result is one binary CMS object, which travels as base64 inside XML.
 *
 * The structure is that of the official library field by field, written in DER (spec etee §3.1, §3.4). The content is
 * encrypted from where it stands and copied once, into the result. For content larger than memory should hold there is
 * `sealStream`.
 *
 * @returns the sealed message
 * @throws EHealthError `seal.no-recipient`, `seal.secret-key`, `seal.unsupported-key` (a signing key that the policy does
 * not allow), `etk.unsupported-key`, `etk.untrusted`, `etk.expired`, `certificate.expired`,
 * `certificate.not-yet-valid`, `certificate.key-usage`, `configuration.invalid`
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
  const { author, sender, address } = prepare(options)
  // The signature is made in another thread; meanwhile the content key is wrapped here for everybody.
  const signing = author.signer.sign(sha256(content), [])
  const [signature, envelope] = await Promise.all([signing, Promise.resolve().then(address)])
  const inner = frameOf(author, signature, content.length)
  const innerLength = inner.before.length + content.length + inner.after.length
  const encryptedLength = paddedLength(innerLength)
  const middle = envelope.frame(encryptedLength)
  const middleLength = middle.before.length + encryptedLength + middle.after.length

  // The head of the outer layer depends on the size of a signature that comes last: it gets room enough.
  const room = frameOf(sender, sender.signer.measure(sender.unsignedAttributes), middleLength)
  const message = Buffer.allocUnsafeSlow(room.before.length + middleLength + room.after.length)
  const start = room.before.length
  let end = start
  const hash = createHash('sha256')
  const append = (piece: Uint8Array): void => {
    message.set(piece, end)
    hash.update(piece)
    end += piece.length
  }
  append(middle.before)
  for (const part of [inner.before, content, inner.after])
    for (const piece of slices(part)) append(envelope.cipher.update(piece))
  append(envelope.cipher.final())
  append(middle.after)

  const info = await sender.signer.sign(hash.digest(), sender.unsignedAttributes)
  const outer = frameOf(sender, info, middleLength)
  message.set(outer.before, start - outer.before.length)
  message.set(outer.after, end)
  return message.subarray(start - outer.before.length, end + outer.after.length)
}

const sha256 = (content: Uint8Array): Uint8Array => createHash('sha256').update(content).digest()

/** A signed layer to be: its signer, the certificates that go along, the attributes that are not signed. */
export interface LayerPlan {
  readonly signer: Signer
  readonly certificates: Signer['chain']
  readonly unsignedAttributes: readonly Uint8Array[]
}

/** Everything about a message but its content, checked. */
export interface SealPlan {
  readonly author: LayerPlan
  readonly sender: LayerPlan
  /** Makes the content key and wraps it for the recipients. */
  readonly address: () => Envelope
}

/** @throws EHealthError see {@link seal} */
export function prepare(options: SealOptions): SealPlan {
  const runtime = options.runtime ?? systemRuntime
  const now = runtime.now()
  const recipients = wrappingKeys(options.recipients ?? [], now)
  const secretKey = options.secretKey === undefined ? undefined : checkedSecretKey(options.secretKey)
  if (recipients.length === 0 && secretKey === undefined)
    throw new EHealthError('seal.no-recipient', 'neither an encryption token nor a secret key was given')
  const policy = options.policy ?? 'EHEALTH_CERT'
  const sender = signerOf(options.credential, policy, now, 'credential')
  const author =
    options.author === undefined || options.author === options.credential
      ? sender
      : signerOf(options.author, policy, now, 'author')
  const revocation = options.ocspResponses ?? []
  const [authorCertificate] = author.chain
  const [senderCertificate] = sender.chain
  const same = authorCertificate === undefined || senderCertificate?.equals(authorCertificate) === true
  return {
    // The inner layer names its signer's certificate without carrying it when the outer layer has it (spec etee §3.1).
    author: { signer: author, certificates: same ? [] : author.chain, unsignedAttributes: [] },
    sender: {
      signer: sender,
      certificates: sender.chain,
      unsignedAttributes: revocation.length === 0 ? [] : [revocationValues(revocation)],
    },
    address: () => addressEnvelope(recipients, secretKey, runtime),
  }
}

/** A layer around content of this length, with this SignerInfo. */
export const frameOf = (layer: LayerPlan, info: Uint8Array, length: number | undefined): Frame =>
  signedDataFrame({ named: layer.signer.named, info, certificates: layer.certificates }, length)

/** Pieces small enough that what one step wrote is still in the cache when the next one reads it. */
export function* slices(part: Uint8Array): Generator<Uint8Array, void, undefined> {
  for (let at = 0; at < part.length; at += sliceSize) yield part.subarray(at, at + sliceSize)
}

const sliceSize = 256 * 1024

function checkedSecretKey({ id, key }: SecretKey): { id: Uint8Array; key: Uint8Array } {
  const identifier = typeof id === 'string' ? Buffer.from(id, 'base64') : id
  // A longer key would be wrapped with aes256-wrap, which the readers of the platform refuse (spec etee §8 trap 17).
  if (!(key instanceof Uint8Array) || key.length * 8 !== encryptionPolicies.UNKNOWN_RECIPIENT.minimumKeyBits)
    throw new EHealthError('seal.secret-key', 'the secret key is not one of 128 bits', {
      path: 'secretKey.key',
    })
  if (identifier.length === 0)
    throw new EHealthError('seal.secret-key', 'the secret key has no identifier', { path: 'secretKey.id' })
  return { id: identifier, key }
}
