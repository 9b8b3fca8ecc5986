/** Judging an encryption token with the revocation of its owner's certificate (spec etee §2.3). */
import { EHealthError } from '../../errors.js'
import { issuersOf, verifyPath } from '../pki/path.js'
import type { PathRevocation, RevocationChecker } from '../pki/revocation/index.js'
import type { EncryptionToken, TokenNotification, VerifiedToken } from './types.js'
import { verifyToken, type VerifyTokenOptions } from './verifyToken.js'

/** How to judge a token. */
export interface CheckTokenOptions extends VerifyTokenOptions {
  /** Tells whether the certificates have been revoked, and what an unknown status means. */
  revocation: RevocationChecker
}

/**
 * Verifies a token as {@link verifyToken} does, and that the authentication certificate of its owner has not been revoked.
 * What was found stands in `verified.revocation`. With the policy `prefer` an unknown status is the warning
 * `ETK_AUTHENTICATION_CERT_STATUS_UNKNOWN`.
 *
 * @throws EHealthError what `verifyToken` throws; `etk.revoked`, `etk.status-unknown`
 *
 * @example
 * ```ts
 * import { checkToken, readToken } from 'ehealth-connectors/etk'
 * import { createRevocationChecker } from 'ehealth-connectors/pki'
 *
 * const revocation = createRevocationChecker({ policy: 'require' })
 * const token = await checkToken(readToken(etk), { trust, at: new Date(), revocation })
 * ```
 */
export async function checkToken(token: EncryptionToken, options: CheckTokenOptions): Promise<VerifiedToken> {
  const read = verifyToken(token, options)
  const { revocation, trust: anchors, at } = options
  if (revocation.policy === 'off') return read
  const { authenticationCertificate: leaf, chain: intermediates } = read
  const path = verifyPath(leaf, { intermediates, anchors, at })
  const found = await revocation.checkPath(
    // A pinned certificate is a path of its own, but its issuer answers for it.
    path.length > 1 ? path : [leaf, ...issuersOf(leaf, [...anchors, ...intermediates])],
    { at },
  )
  if (found.status === 'revoked') throw refusal('etk.revoked', 'ETK_AUTHENTICATION_CERT_REVOKED', found)
  if (found.status === 'good') return { ...read, verified: { ...read.verified, revocation: found } }
  const notification = 'ETK_AUTHENTICATION_CERT_STATUS_UNKNOWN'
  if (revocation.policy === 'require') throw refusal('etk.status-unknown', notification, found)
  const warnings = [...read.verified.warnings, notification]
  return { ...read, verified: { ...read.verified, warnings, revocation: found } }
}

function refusal(
  code: 'etk.revoked' | 'etk.status-unknown',
  notification: TokenNotification,
  { certificates }: PathRevocation,
): EHealthError {
  const unknown = certificates.flatMap((one) => (one.status === 'unknown' ? [one] : []))
  const revoked = certificates.flatMap((one) =>
    one.status === 'revoked' ? [{ at: one.at.toISOString(), reason: one.reason }] : [],
  )
  return new EHealthError(code, `the encryption token was refused: ${notification}`, {
    retryable: code === 'etk.status-unknown' && unknown.some((one) => one.code === 'revocation.unavailable'),
    details: {
      errors: [notification],
      ...(revoked.length === 0 ? {} : { revoked }),
      ...(unknown.length === 0 ? {} : { causes: unknown.map((one) => one.code) }),
    },
  })
}
