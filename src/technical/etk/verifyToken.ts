/** Judging an encryption token before anything is sealed for it (spec etee §2.3). */
import { EHealthError, type ErrorCode } from '../../errors.js'
import { formatForEtk, identifierTypes } from '../identifiers/identifierType.js'
import { identityOf } from '../keystore/identity.js'
import type { Certificate } from '../pki/certificate.js'
import { verifyPath } from '../pki/path.js'
import { publicKeyOf } from '../seal/cms/signature.js'
import { sameName } from '../seal/names.js'
import { encryptionPolicies } from '../seal/policies.js'
import { judgeRegistrationAuthority } from './registrationAuthority.js'
import { readToken } from './token.js'
import type { EncryptionToken, TokenNotification, TokenOwner, VerifiedToken } from './types.js'

/** How to judge a token. */
export interface VerifyTokenOptions {
  /** Anchors that the actor's authentication certificate must lead to. */
  trust: readonly Certificate[]
  /**
   * Certificates of the registration authority, or of the authority that issued it. Given, the token must be signed by one of
   * them, or by what one of them issued and the token carries.
   */
  registrationAuthority?: readonly Certificate[]
  /** Instant at which the actor's certificates must be valid. */
  at: Date
  /** The actor that was asked for. Always give it for a token that came over a network. */
  expected?: TokenOwner
  /** A search for a NIHII number may be answered with the person's SSIN token (spec etee §2.4). Default false. */
  allowSsinForNihii?: boolean
}

/**
 * Verifies a token: the encryption certificate is signed by the authentication certificate of the same actor, which
 * leads to a trust anchor; usage and dates of both; the registration authority's signature over the whole; and that the
 * token is for the actor that was asked for. The end of the registration authority's certificate is only reported:
 * tokens in use today are signed by one that ended in 2023. Revocation is not looked at; see {@link checkToken}.
 *
 * @returns the token, marked as verified, ready for `seal`
 * @throws EHealthError `etk.untrusted`, `etk.subject`, `etk.expired`, `etk.unsupported-key` (in this order, when several
 * apply; `details.errors` has all names), `etk.malformed`
 *
 * @example
 * ```ts
 * import { readToken, verifyToken } from 'ehealth-connectors/etk'
 *
 * const token = verifyToken(readToken(etk), {
 *   trust,
 *   at: new Date(),
 *   expected: { type: 'NIHII-HOSPITAL', value: '99990172' },
 * })
 * ```
 */
export function verifyToken(token: EncryptionToken, options: VerifyTokenOptions): VerifiedToken {
  // Read again from its own octets: what is judged is what the registration authority signed, not what a caller built.
  const read = readToken(token.der)
  const authority = judgeRegistrationAuthority(read, options.registrationAuthority, options.at)
  const errors = [
    ...judgeCertificates(read, options),
    ...authority.errors,
    ...(options.expected === undefined || isFor(read, options.expected, options.allowSsinForNihii ?? false)
      ? []
      : (['ETK_SUBJECT_NOT_EXPECTED'] as const)),
  ]
  if (errors.length > 0) {
    const code = codeOf(errors)
    throw new EHealthError(code, `the encryption token was refused: ${errors.join(', ')}`, {
      details: { errors },
    })
  }
  const { encryptionCertificate } = read
  const { minimumKeyBits } = encryptionPolicies.KNOWN_RECIPIENT
  if (
    publicKeyOf(encryptionCertificate)?.asymmetricKeyType !== 'rsa' ||
    encryptionCertificate.rsaBits < minimumKeyBits
  )
    throw new EHealthError(
      'etk.unsupported-key',
      `the token holds no RSA key of at least ${minimumKeyBits} bits`,
    )
  return { ...read, verified: { at: options.at, warnings: authority.warnings } }
}

function judgeCertificates(token: EncryptionToken, { trust, at }: VerifyTokenOptions): TokenNotification[] {
  const { encryptionCertificate: encryption, authenticationCertificate: authentication, chain } = token
  const errors: TokenNotification[] = []
  const note = (wrong: boolean, error: TokenNotification): void => void (wrong && errors.push(error))
  note(!isSignedBy(encryption, authentication), 'ETK_ENCRYPTION_CERT_SIGNATURE_NOT_VALID')
  note(at > encryption.notAfter, 'ETK_ENCRYPTION_CERT_EXPIRED')
  note(at < encryption.notBefore, 'ETK_ENCRYPTION_CERT_NOT_YET_VALID')
  note(at > authentication.notAfter, 'ETK_AUTHENTICATION_CERT_EXPIRED')
  note(at < authentication.notBefore, 'ETK_AUTHENTICATION_CERT_NOT_YET_VALID')
  const usage = encryption.keyUsage
  note(
    encryption.isCa || usage?.has('keyEncipherment') !== true || usage.has('dataEncipherment') !== true,
    'ETK_ENCRYPTION_CERT_HAS_INVALID_KEYUSAGE',
  )
  note(
    authentication.isCa || authentication.keyUsage?.has('digitalSignature') !== true,
    'ETK_AUTHENTICATION_CERT_HAS_INVALID_KEYUSAGE',
  )
  note(!sameName(encryption.subject.der, authentication.subject.der), 'ETK_CERTS_DO_NOT_MATCH')
  // An ended certificate has its own name above; its path is judged within its life.
  const judgedAt = at > authentication.notAfter ? authentication.notAfter : at
  note(!isTrusted(authentication, chain, trust, judgedAt), 'ETK_AUTHENTICATION_CERT_STATUS_UNKNOWN')
  return errors
}

function isSignedBy(certificate: Certificate, issuer: Certificate): boolean {
  try {
    return certificate.isSignedBy(issuer)
  } catch {
    return false
  }
}

function isTrusted(
  certificate: Certificate,
  intermediates: readonly Certificate[],
  anchors: readonly Certificate[],
  at: Date,
): boolean {
  try {
    verifyPath(certificate, { intermediates, anchors, at })
    return true
  } catch {
    return false
  }
}

function isFor(token: EncryptionToken, expected: TokenOwner, allowSsinForNihii: boolean): boolean {
  try {
    const identity = identityOf(token.authenticationCertificate)
    if (expected.application !== undefined && (identity.application ?? '') !== expected.application)
      return false
    if (allowSsinForNihii && expected.type === 'NIHII' && identity.type === 'SSIN') return true
    return (
      identity.type === expected.type &&
      normalised(identity.type, identity.value) === normalised(expected.type, expected.value)
    )
  } catch (error) {
    if (error instanceof EHealthError) return false
    throw error
  }
}

const normalised = (type: string, value: string): string =>
  identifierTypes.some(({ etk }) => etk === type) ? formatForEtk(type, value) : value

function codeOf(errors: readonly TokenNotification[]): ErrorCode {
  const others = errors.filter((error) => !/_(EXPIRED|NOT_YET_VALID)$/.test(error))
  if (others.length === 0) return 'etk.expired'
  return others.every((error) => error === 'ETK_SUBJECT_NOT_EXPECTED') ? 'etk.subject' : 'etk.untrusted'
}
