/** Judging who made a time stamp (spec timestamp §9.2, checks 6 to 11). */
import { isEHealthError } from '../../errors.js'
import type { Certificate } from '../pki/certificate.js'
import { issuersOf, verifyPath } from '../pki/path.js'
import type { PathRevocation, RevocationChecker } from '../pki/revocation/index.js'
import { publicKeyOf, verifySigner } from '../seal/cms/signature.js'
import { contentOf } from '../seal/cms/signedContent.js'
import { findCertificate } from '../seal/cms/signedData.js'
import { namesCertificate } from '../seal/cms/signingCertificate.js'
import { isTimestampAuthority } from '../seal/cms/timestampInfo.js'
import type { ReadTimestamp } from './read.js'
import type { Findings, TimestampVerdict } from './verdict.js'

/** What it is judged with. */
export interface SignerContext {
  trust: readonly Certificate[]
  certificates?: readonly Certificate[]
  revocation?: RevocationChecker
}

/** Finds the certificate of the signer in the token, else with the caller, and judges both. */
export async function judgeSigner(
  { token, cms }: ReadTimestamp,
  { trust, certificates = [], revocation }: SignerContext,
  findings: Findings,
): Promise<Pick<TimestampVerdict, 'certificate' | 'path' | 'revocation'>> {
  const { signer, signed } = cms
  const pool = [...token.certificates, ...certificates]
  const certificate = findSigner(signer, token.certificates, [...certificates, ...trust])
  const key = certificate && publicKeyOf(certificate)
  // Without attributes nothing would bind the token to its kind (RFC 3161 §2.4.2 demands them).
  const verdict =
    signer.signedAttributes === undefined
      ? 'broken'
      : verifySigner(signer, contentOf(signed.contentType, signed.content), key)
  findings.check('integrity', verdict !== 'broken', 'timestamp.altered')
  if (certificate === undefined) {
    findings.fail('signature', 'timestamp.unknown-signer')
    return { path: [] }
  }
  const carried = token.certificates.length === 0 || token.certificates.includes(certificate)
  findings.check(
    'signing-certificate',
    carried && namesCertificate(signer, certificate),
    'timestamp.wrong-signer',
  )
  // Where the content is another one, the signature over its digest may still be whole: check 6 has said it all.
  if (verdict !== 'broken') findings.check('signature', verdict === 'valid', 'timestamp.signature')
  findings.check('purpose', isTimestampAuthority(certificate), 'timestamp.not-an-authority')
  findings.check('validity', certificate.isValidAt(token.at), 'timestamp.expired')
  const path = judgePath(certificate, { at: token.at, pool, trust }, findings)
  const known = revocation && (await judgeRevocation(path, { at: token.at, revocation }, findings))
  return { certificate, path, ...(known === undefined ? {} : { revocation: known }) }
}

/**
 * Of several certificates with the name and the number of the signer, the one that the signed attribute is about. A token
 * that carries certificates carries that of its signer (RFC 3161 §2.4.2): where one of that name stands in it, no other is
 * looked for, so that a changed one is noticed.
 */
function findSigner(
  signer: ReadTimestamp['cms']['signer'],
  embedded: readonly Certificate[],
  others: readonly Certificate[],
): Certificate | undefined {
  for (const pool of [embedded, others]) {
    const candidates = pool.filter((candidate) => findCertificate(signer.sid, [candidate]) !== undefined)
    if (candidates.length > 0)
      return candidates.find((candidate) => namesCertificate(signer, candidate)) ?? candidates[0]
  }
  return undefined
}

/** Check 11: the certificate itself is trusted, or a path leads to one that is; at the time of the stamp. */
function judgePath(
  certificate: Certificate,
  { at, pool, trust }: { at: Date; pool: readonly Certificate[]; trust: readonly Certificate[] },
  findings: Findings,
): readonly Certificate[] {
  if (trust.some((anchor) => anchor.equals(certificate))) {
    findings.pass('trust')
    return [certificate, ...issuersOf(certificate, [...trust, ...pool])]
  }
  try {
    const path = verifyPath(certificate, { intermediates: pool, anchors: trust, at })
    findings.pass('trust')
    return path
  } catch (error) {
    if (!isEHealthError(error)) throw error
    const outOfTime = error.code === 'certificate.expired' || error.code === 'certificate.not-yet-valid'
    if (!outOfTime) findings.fail('trust', 'timestamp.untrusted')
    // The dates of the signer itself have been judged by check 10.
    else if (certificate.isValidAt(at)) findings.fail('trust', 'timestamp.expired')
    return [certificate, ...issuersOf(certificate, [...trust, ...pool])]
  }
}

/** Check 11, second half. */
async function judgeRevocation(
  path: readonly Certificate[],
  { at, revocation }: { at: Date; revocation: RevocationChecker },
  findings: Findings,
): Promise<PathRevocation | undefined> {
  if (revocation.policy === 'off') return undefined
  const known = await revocation.checkPath(path, { at })
  if (known.status === 'revoked') findings.fail('trust', 'timestamp.revoked')
  else if (known.status === 'unknown' && revocation.policy === 'require')
    findings.fail('trust', 'timestamp.revocation-unknown')
  else if (known.status === 'unknown') findings.warn('trust', 'timestamp.revocation-unknown')
  return known
}
