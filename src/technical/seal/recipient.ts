/** Who can be sealed for. */
import { createHash } from 'node:crypto'

import { EHealthError } from '../../errors.js'
import { Certificate } from '../pki/certificate.js'
import { encryptionPolicy } from './policies.js'

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
  }
}

/**
 * A recipient: a verified token, or an encryption certificate that the caller vouches for (for instance one of the
 * caller's own keystore, to be able to read what was sent).
 */
export type Recipient = VerifiedToken | Certificate

/**
 * The encryption certificates of the recipients, each once: a reader finds himself by issuer and serial number, so a
 * second entry for the same certificate would only add octets.
 *
 * @throws EHealthError `etk.untrusted` for a token that was not verified, `etk.unsupported-key`, `etk.expired`
 */
export function encryptionCertificates(recipients: readonly Recipient[], now: Date): Certificate[] {
  const certificates = new Map<string, Certificate>()
  for (const [index, recipient] of recipients.entries()) {
    const path = `recipients[${index}]`
    const certificate = certificateOf(recipient, path)
    if (certificate.keyType !== 'rsa' || certificate.rsaBits < encryptionPolicy.knownRecipient.minimumKeyBits)
      throw new EHealthError('etk.unsupported-key', 'the recipient has no RSA key of at least 2048 bits', {
        path,
      })
    if (!certificate.isValidAt(now))
      throw new EHealthError('etk.expired', 'the encryption certificate is not valid now', {
        path,
        details: { notBefore: certificate.notBefore, notAfter: certificate.notAfter },
      })
    certificates.set(createHash('sha256').update(certificate.der).digest('base64'), certificate)
  }
  return [...certificates.values()]
}

function certificateOf(recipient: Recipient, path: string): Certificate {
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
