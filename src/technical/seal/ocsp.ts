/** Revocation of a signer's certificate, from responses sent along or asked for (spec etee §6.3). */
import { EHealthError, isEHealthError } from '../../errors.js'
import { Asn1Error } from '../asn1/index.js'
import type { Certificate } from '../pki/certificate.js'
import { ocspUrlOf } from '../pki/revocation/locations.js'
import { ocspRequest } from '../pki/revocation/ocspRequest.js'
import { basicResponseOf, verifyOcspResponse } from '../pki/revocation/ocspResponse.js'
import type { PathRevocation, RevocationChecker } from '../pki/revocation/index.js'
import { attributes } from './cms/identifiers.js'
import type { SignerInfo } from './cms/signedData.js'
import type { Findings, Layer } from './notifications.js'
import type { OcspResponder } from './ocspResponder.js'

/** When revocation is asked for, and who has to bring the proof. Names as in the official library, in lower case. */
export type OcspPolicy =
  'none' | 'sender-optional' | 'sender-mandatory' | 'receiver-optional' | 'receiver-mandatory'

/** How revocation is judged: by one of the official policies, or by a checker that knows lists as well. */
export interface OcspOptions {
  policy: OcspPolicy
  responder: OcspResponder | undefined
  trust: readonly Certificate[]
  now: Date
  /** In milliseconds. */
  clockSkew: number
  checker: RevocationChecker | undefined
  /** Gets what the checker found, layer by layer. */
  evidence: LayerRevocation[]
}

/** What a checker found out about the signer of one layer. */
export type LayerRevocation = { readonly layer: Layer } & PathRevocation

/**
 * The options of a caller, judged.
 *
 * @throws EHealthError `configuration.invalid`
 */
export function ocspOptions(
  given: {
    readonly ocsp?: OcspPolicy
    readonly ocspResponder?: OcspResponder
    readonly revocation?: RevocationChecker
    readonly trust: readonly Certificate[]
  },
  clock: { readonly now: Date; readonly clockSkew: number },
): OcspOptions {
  const { ocsp: policy = 'none', ocspResponder: responder, revocation: checker, trust } = given
  if (policy.startsWith('receiver') && responder === undefined)
    throw new EHealthError('configuration.invalid', 'this OCSP policy needs a responder to ask', {
      path: 'ocspResponder',
    })
  if (policy !== 'none' && checker !== undefined && checker.policy !== 'off')
    throw new EHealthError(
      'configuration.invalid',
      'an OCSP policy and a revocation checker: give one of them',
      {
        path: 'revocation',
      },
    )
  return { policy, responder, trust, ...clock, checker, evidence: [] }
}

/** Whether anybody wants to know if certificates are revoked. */
export const asksForRevocation = ({ policy, checker }: OcspOptions): boolean =>
  policy !== 'none' || (checker !== undefined && checker.policy !== 'off')

/** What a report says of revocation: nothing unless a checker was given. */
export const evidenceOf = ({
  checker,
  evidence,
}: OcspOptions): { revocation?: readonly LayerRevocation[] } =>
  checker === undefined ? {} : { revocation: evidence }

/** Judges the revocation status of the certificate of one layer at the signing time. */
export async function judgeRevocation(
  layer: Layer,
  signer: SignerInfo,
  path: readonly Certificate[] | undefined,
  signingTime: Date,
  options: OcspOptions,
  findings: Findings,
): Promise<void> {
  const { policy, checker } = options
  if (checker !== undefined && checker.policy !== 'off')
    return judgeByChecker(layer, signer, path ?? [], signingTime, { ...options, checker }, findings)
  if (policy === 'none') return
  const [certificate, issuer] = path ?? []
  const unknown = (): void => void findings.errors.add(`${layer}_CERTIFICATE_STATUS_UNKNOWN`)
  if (certificate === undefined || issuer === undefined) return unknown()
  const embedded = policy === 'receiver-mandatory' ? undefined : revocationValues(signer).ocsp[0]
  if (embedded === undefined && policy === 'sender-optional') {
    findings.warnings.add('OCSP_NOT_EMBEDDED')
    return
  }
  if (embedded === undefined && policy === 'sender-mandatory') {
    findings.errors.add('OCSP_NOT_EMBEDDED')
    return unknown()
  }
  let status: RevocationStatus = 'responder-expired'
  if (embedded !== undefined) status = judgeResponse(embedded, certificate, issuer, signingTime, options)
  if (status === 'responder-expired' && options.responder !== undefined) {
    const response = await askResponder(options.responder, certificate, issuer)
    status =
      response === undefined ? 'unknown' : judgeResponse(response, certificate, issuer, signingTime, options)
  }
  if (status === 'good') return
  if (status === 'revoked') findings.errors.add(`${layer}_CERTIFICATE_REVOKED`)
  else {
    if (status === 'invalid') findings.errors.add('OCSP_RESPONSE_INVALID')
    if (status === 'responder-untrusted') findings.errors.add('OCSP_RESPONDER_TRUST_FAILED')
    if (status === 'responder-expired') findings.errors.add('OCSP_RESPONDER_CHAIN_EXPIRED')
    unknown()
  }
}

/** Without a path to an anchor nobody is asked: the addresses would be those that a stranger wrote. */
async function judgeByChecker(
  layer: Layer,
  signer: SignerInfo,
  path: readonly Certificate[],
  at: Date,
  { checker, evidence }: OcspOptions & { checker: RevocationChecker },
  findings: Findings,
): Promise<void> {
  const trusted = !findings.errors.has(`${layer}_CERTIFICATE_CHAIN_NOT_TRUSTED`)
  const found = await checker.checkPath(trusted ? path : path.slice(0, 1), {
    at,
    sentAlong: revocationValues(signer),
  })
  evidence.push({ layer, ...found })
  if (found.status === 'revoked') findings.errors.add(`${layer}_CERTIFICATE_REVOKED`)
  if (found.status === 'unknown')
    if (checker.policy === 'require') findings.errors.add(`${layer}_CERTIFICATE_STATUS_UNKNOWN`)
    else findings.warnings.add(`${layer}_CERTIFICATE_STATUS_UNKNOWN`)
}

/** Lists and responses sent along; of the responses the official policies look at the first only (spec etee §6.3). */
const revocationValues = (signer: SignerInfo): { crls: Uint8Array[]; ocsp: Uint8Array[] } => ({
  crls: valuesOf(signer, 0),
  ocsp: valuesOf(signer, 1),
})

/** One of the lists in RevocationValues (RFC 5126 §6.3.4). */
function valuesOf(signer: SignerInfo, kind: 0 | 1): Uint8Array[] {
  try {
    const values = signer.unsignedAttributes.get(attributes.revocationValues)?.[0]?.[0]
    const list = values?.children.find((node) => node.isContext(kind))?.at(0)
    return list?.children.map(({ raw }) => raw) ?? []
  } catch (error) {
    if (error instanceof Asn1Error) return []
    throw error
  }
}

/** The BasicOCSPResponse of a responder; `undefined` when it gives none. */
async function askResponder(
  responder: OcspResponder,
  certificate: Certificate,
  issuer: Certificate,
): Promise<Uint8Array | undefined> {
  const url = ocspUrlOf(certificate)
  try {
    const about = { certificate, issuer, ...(url === undefined ? {} : { url }) }
    return basicResponseOf(await responder(ocspRequest(certificate, issuer), about))
  } catch {
    // A responder that cannot be reached or answers nonsense gives no status; the policy says what that means.
    return undefined
  }
}

type RevocationStatus =
  'good' | 'revoked' | 'unknown' | 'invalid' | 'responder-untrusted' | 'responder-expired'

function judgeResponse(
  response: Uint8Array,
  certificate: Certificate,
  issuer: Certificate,
  signingTime: Date,
  { trust, now, clockSkew }: OcspOptions,
): RevocationStatus {
  try {
    const answer = verifyOcspResponse(response, { certificate, issuer, anchors: trust, now })
    if (answer.producedAt.getTime() < signingTime.getTime() - clockSkew) return 'unknown'
    if (answer.status === 'good') return 'good'
    // Revoked after signing leaves the signature good.
    if (answer.revocation !== undefined) return answer.revocation.at <= signingTime ? 'revoked' : 'good'
    return 'invalid'
  } catch (error) {
    if (isEHealthError(error, 'revocation.issuer'))
      return isEHealthError(error.cause, 'certificate.expired') ? 'responder-expired' : 'responder-untrusted'
    if (isEHealthError(error)) return 'invalid'
    throw error
  }
}
