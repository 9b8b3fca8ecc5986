/** Whether the signer can be trusted at the time that counts (spec xml-signature §7.1 steps 9 to 14, §7.3). */
import { EHealthError } from '../../errors.js'
import type { Certificate } from '../pki/certificate.js'
import { verifyPath } from '../pki/path.js'
import { basicResponseOf } from '../pki/revocation/ocspResponse.js'
import {
  createRevocationChecker,
  type PathRevocation,
  type RevocationChecker,
} from '../pki/revocation/index.js'
import { finding, findingOf, type XmlSignatureFinding } from './findings.js'

/** Times of a signature. */
export interface SignatureTimes {
  now: Date
  /** Claimed by the signer. */
  claimed: Date | undefined
  /** Of the earliest trusted time stamp. */
  stamped: Date | undefined
}

/** What the signer is judged with. */
export interface SignerContext extends SignatureTimes {
  intermediates: readonly Certificate[]
  anchors: readonly Certificate[]
  revocation: RevocationChecker | undefined
  /** OCSP responses that came along. */
  ocspValues: readonly Uint8Array[]
  expiredSigner: 'refuse' | 'warn'
}

/** Outcome. */
export interface JudgedSigner {
  errors: XmlSignatureFinding[]
  warnings: XmlSignatureFinding[]
  /** Leaf first, anchor last. */
  path?: Certificate[]
  revocation?: PathRevocation
}

/**
 * The path must hold at the time that is proved: that of the earliest trusted time stamp, else now. The signer must have
 * been valid at the time he claims, too.
 */
export async function judgeSigner(signer: Certificate, context: SignerContext): Promise<JudgedSigner> {
  const { now, claimed, stamped, intermediates, anchors, expiredSigner } = context
  const judged: JudgedSigner = { errors: [], warnings: [] }
  const proved = stamped ?? now
  if (claimed !== undefined && !signer.isValidAt(claimed))
    judged.errors.push(
      finding(
        claimed > signer.notAfter ? 'xml-signature.expired' : 'xml-signature.not-yet-valid',
        'the certificate of the signer was not valid at the signing time that is claimed',
      ),
    )
  const find = (at: Date): Certificate[] =>
    verifyPath(signer, { intermediates, anchors, at, keyUsage: ['digitalSignature', 'nonRepudiation'] })
  try {
    judged.path = find(proved)
  } catch (error) {
    const expired = error instanceof EHealthError && error.code === 'certificate.expired'
    const found = findingOf(error)
    if (!expired || expiredSigner === 'refuse' || claimed === undefined) judged.errors.push(found)
    else {
      judged.warnings.push(found)
      try {
        judged.path = find(claimed)
      } catch (atClaimed) {
        judged.errors.push(findingOf(atClaimed))
      }
    }
  }
  if (judged.path !== undefined) await judgeRevocation(judged.path, proved, context, judged)
  return judged
}

async function judgeRevocation(
  path: readonly Certificate[],
  at: Date,
  { revocation, ocspValues, now }: SignerContext,
  judged: JudgedSigner,
): Promise<void> {
  const sentAlong = { ocsp: ocspValues.flatMap(basicResponse) }
  const checker = revocation ?? (sentAlong.ocsp.length > 0 ? offlineChecker(now) : undefined)
  if (checker === undefined) {
    judged.warnings.push(finding('xml-signature.revocation-unknown', 'nobody was asked about revocation'))
    return
  }
  if (checker.policy === 'off') return
  const result = await checker.checkPath(path, { at, ...(sentAlong.ocsp.length > 0 ? { sentAlong } : {}) })
  judged.revocation = result
  if (result.status === 'revoked')
    judged.errors.push(finding('xml-signature.revoked', 'a certificate had been revoked'))
  else if (result.status === 'unknown') {
    const list = checker.policy === 'require' ? judged.errors : judged.warnings
    list.push(
      finding('xml-signature.revocation-unknown', 'nobody could say whether a certificate has been revoked'),
    )
  }
}

/** The whole OCSPResponse is carried (spec xml-signature §6), or the BasicOCSPResponse as the standard says. */
function basicResponse(value: Uint8Array): Uint8Array[] {
  try {
    return [basicResponseOf(value)]
  } catch (error) {
    if (error instanceof EHealthError) return [value]
    throw error
  }
}

/** Judges what came along, and asks nobody. */
function offlineChecker(now: Date): RevocationChecker {
  return createRevocationChecker({
    policy: 'prefer',
    scope: 'leaf',
    fetch: () => Promise.reject(new EHealthError('revocation.unavailable', 'nobody is asked')),
    runtime: { now: () => now, randomBytes: (count) => new Uint8Array(count) },
  })
}
