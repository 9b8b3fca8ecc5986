/** The registration authority's signature over a token: nobody else looks at it (spec etee §2.2, §8 trap 21). */
import { EHealthError } from '../../errors.js'
import { identityOf } from '../keystore/identity.js'
import type { Certificate } from '../pki/certificate.js'
import { algorithms } from '../seal/cms/identifiers.js'
import { publicKeyOf, verifySigner } from '../seal/cms/signature.js'
import { contentOf } from '../seal/cms/signedContent.js'
import { findCertificate } from '../seal/cms/signedData.js'
import { readSignedToken } from './token.js'
import type { EncryptionToken, TokenNotification, TokenWarning } from './types.js'

/** Digests that a registration authority may sign with. */
const authorityDigests: ReadonlySet<string> = new Set([
  algorithms.sha256,
  algorithms.sha384,
  algorithms.sha512,
])

/**
 * Judges the signature over the token. The end of the authority's own certificate is reported, not held against it: tokens
 * in use today are signed by one that ended in 2023.
 *
 * @param trusted certificates of the authority, or of the one that issued it; anybody's signature counts without them
 */
export function judgeRegistrationAuthority(
  token: EncryptionToken,
  trusted: readonly Certificate[] | undefined,
  at: Date,
): { errors: TokenNotification[]; warnings: TokenWarning[] } {
  const { signed, signer } = readSignedToken(token.der)
  const embedded = token.registrationAuthorityCertificate
  const authority =
    trusted === undefined
      ? embedded
      : (findCertificate(signer.sid, trusted) ??
        (embedded !== undefined && trusted.some((anchor) => isAuthorityBy(embedded, anchor))
          ? embedded
          : undefined))
  if (authority === undefined)
    return trusted === undefined
      ? { errors: [], warnings: ['ETK_RA_SIGNATURE_NOT_CHECKED'] }
      : { errors: ['ETK_RA_NOT_TRUSTED'], warnings: [] }
  const valid =
    authorityDigests.has(signer.digestAlgorithm.oid) &&
    verifySigner(signer, contentOf(signed.contentType, signed.content), publicKeyOf(authority)) === 'valid'
  return {
    errors: valid ? [] : ['ETK_RA_SIGNATURE_NOT_VALID'],
    warnings: at > authority.notAfter ? ['ETK_RA_CERT_EXPIRED'] : [],
  }
}

/**
 * The authority's certificate came along; its issuer, which never does, is known. No dates: both may have ended. A certificate
 * of an actor is none of a registration authority, whoever issued it.
 */
function isAuthorityBy(certificate: Certificate, issuer: Certificate): boolean {
  return (
    issuer.isCa &&
    issuer.keyUsage?.has('keyCertSign') !== false &&
    certificate.issuer.equals(issuer.subject) &&
    !certificate.isCa &&
    !namesActor(certificate) &&
    certificate.isSignedBy(issuer)
  )
}

function namesActor(certificate: Certificate): boolean {
  try {
    identityOf(certificate)
    return true
  } catch (error) {
    if (error instanceof EHealthError) return false
    throw error
  }
}
