/** Who can be sealed for. */
import type { KeyObject } from 'node:crypto'

import { EHealthError } from '../../errors.js'
import { Certificate } from '../pki/certificate.js'
import type { Named } from './cms/write.js'
import type { PathRevocation } from '../pki/revocation/index.js'
import { encryptionPolicies } from './policies.js'

/** An encryption token (ETK) taken apart (spec etee §2.1). Reading says nothing about its trustworthiness. */
export interface EncryptionToken {
  /** The token as it came; this is what KGSS requests and caches carry. */
  readonly der: Uint8Array
  /** The certificate that messages are encrypted for; its issuer is the actor itself. */
  readonly encryptionCertificate: Certificate
  /** The actor's authentication certificate, which signed the encryption certificate. */
  readonly authenticationCertificate: Certificate
  /** Certificate of the registration authority that signed the token, when it came along. */
  readonly registrationAuthorityCertificate?: Certificate
  /** The authorities above the authentication certificate, as far as they came along. */
  readonly chain: readonly Certificate[]
}

/** A token that has passed `verifyToken` of `ehealth-connectors/etk`. Only these can be sealed for. */
export interface VerifiedToken extends EncryptionToken {
  readonly verified: {
    /** The instant the certificates were judged at. */
    readonly at: Date
    /** Findings that do not make the token unusable, for instance `ETK_RA_CERT_EXPIRED`. */
    readonly warnings: readonly string[]
    /** What is known of the revocation of its owner's certificate; absent where nobody was asked. */
    readonly revocation?: PathRevocation
  }
}

/** A public key without certificate, which its owner knows by its identifier (spec etee §3.1). */
export interface NamedRecipient {
  /** Names the key in the message. */
  readonly keyIdentifier: Uint8Array
  /** RSA of at least 2048 bits. */
  readonly publicKey: KeyObject
}

/**
 * A recipient: a verified token, an encryption certificate that the caller vouches for (for instance one of the
 * caller's own keystore, to be able to read what was sent), or a bare public key.
 */
export type Recipient = VerifiedToken | Certificate | NamedRecipient

/** What a content key is wrapped for. */
export interface WrappingKey {
  readonly named: Named
  readonly publicKey: KeyObject
}

/**
 * The keys of the recipients, each once: a reader finds himself by issuer and serial number, so a second entry for the
 * same certificate would only add octets.
 *
 * @throws EHealthError `etk.untrusted` for a token that was not verified, `etk.unsupported-key`, `etk.expired`,
 * `certificate.key-usage`
 */
export function wrappingKeys(recipients: readonly Recipient[], now: Date): WrappingKey[] {
  const keys = new Map<string, WrappingKey>()
  for (const [index, recipient] of recipients.entries()) {
    const path = `recipients[${index}]`
    if (isNamed(recipient)) {
      assertKeyFits(recipient.publicKey, path)
      keys.set(`key ${Buffer.from(recipient.keyIdentifier).toString('base64')}`, {
        named: { keyIdentifier: recipient.keyIdentifier },
        publicKey: recipient.publicKey,
      })
      continue
    }
    const certificate = certificateOf(recipient, path)
    assertKeyFits(certificate.publicKey, path)
    if (!certificate.isValidAt(now))
      throw new EHealthError('etk.expired', 'the encryption certificate is not valid now', {
        path,
        details: { notBefore: certificate.notBefore, notAfter: certificate.notAfter },
      })
    keys.set(certificate.fingerprint, { named: certificate, publicKey: certificate.publicKey })
  }
  return [...keys.values()]
}

const isNamed = (recipient: Recipient): recipient is NamedRecipient => 'keyIdentifier' in recipient

/**
 * Refuses what cannot be sealed for. No format for EC keys is known: no reader of the platform has key agreement, and
 * nothing is invented here. The day one is published, it gets its RecipientInfo in `envelope.ts` and its rule here
 * (spec etee §3.2, §8 trap 18).
 */
function assertKeyFits(key: KeyObject, path: string): void {
  const { name, minimumKeyBits } = encryptionPolicies.KNOWN_RECIPIENT
  if (key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= minimumKeyBits)
    return
  throw new EHealthError(
    'etk.unsupported-key',
    key.asymmetricKeyType === 'ec'
      ? 'the recipient has an EC key, for which no message format of the platform is known'
      : `policy ${name} seals for RSA keys of at least ${minimumKeyBits} bits`,
    { path },
  )
}

function certificateOf(recipient: VerifiedToken | Certificate, path: string): Certificate {
  if (recipient instanceof Certificate) {
    if (recipient.keyUsage?.has('keyEncipherment') !== true)
      throw new EHealthError('certificate.key-usage', 'the certificate is not one for encryption', { path })
    return recipient
  }
  // The type says so; programs without types must not get around it.
  if (!((recipient as Partial<VerifiedToken>).verified?.at instanceof Date))
    throw new EHealthError('etk.untrusted', 'the encryption token has not been verified', {
      path,
      hint: 'Pass the token through verifyToken() first.',
    })
  return recipient.encryptionCertificate
}
