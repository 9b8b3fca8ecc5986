/** Judging revocation by OCSP, from responses sent along or asked for (RFC 6960 §4.2, spec etee §6.3). */
import { createHash } from 'node:crypto'

import { EHealthError } from '../../errors.js'
import { Asn1Error, bits, integer, octets, readAsn1, tags, time, type Asn1Node } from '../asn1/index.js'
import { Certificate } from '../pki/certificate.js'
import { verifyPath } from '../pki/path.js'
import { algorithms, attributes } from './cms/identifiers.js'
import { digestName, publicKeyOf, verifyBytes } from './cms/signature.js'
import type { SignerInfo } from './cms/signedData.js'
import { expect, readAlgorithm } from './cms/structure.js'
import type { Findings, Layer } from './notifications.js'
import { signingTimeLimits } from './policies.js'
import { askResponder, keyHash, type OcspResponder } from './ocspRequest.js'
import { purposesOf } from './timestampToken.js'

/** When revocation is asked for, and who has to bring the proof. Names as in the official library, in lower case. */
export type OcspPolicy =
  'none' | 'sender-optional' | 'sender-mandatory' | 'receiver-optional' | 'receiver-mandatory'

export interface OcspOptions {
  policy: OcspPolicy
  responder: OcspResponder | undefined
  trust: readonly Certificate[]
  now: Date
}

const ocspSigningUsage = '1.3.6.1.5.5.7.3.9'

/** Judges the revocation status of the certificate of one layer at the signing time. */
export async function judgeRevocation(
  layer: Layer,
  signer: SignerInfo,
  path: readonly Certificate[] | undefined,
  signingTime: Date,
  options: OcspOptions,
  findings: Findings,
): Promise<void> {
  const { policy } = options
  if (policy === 'none') return
  const [certificate, issuer] = path ?? []
  const unknown = (): void => void findings.errors.add(`${layer}_CERTIFICATE_STATUS_UNKNOWN`)
  if (certificate === undefined || issuer === undefined) return unknown()
  const embedded = policy === 'receiver-mandatory' ? undefined : embeddedResponse(signer)
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

/** The first response sent along; the others are not looked at (spec etee §6.3). */
function embeddedResponse(signer: SignerInfo): Uint8Array | undefined {
  try {
    const values = signer.unsignedAttributes.get(attributes.revocationValues)?.[0]?.[0]
    return values?.children.find((node) => node.isContext(1))?.at(0).children[0]?.raw
  } catch (error) {
    if (error instanceof Asn1Error) return undefined
    throw error
  }
}

type RevocationStatus =
  'good' | 'revoked' | 'unknown' | 'invalid' | 'responder-untrusted' | 'responder-expired'

function judgeResponse(
  response: Uint8Array,
  certificate: Certificate,
  issuer: Certificate,
  signingTime: Date,
  options: OcspOptions,
): RevocationStatus {
  try {
    const basic = expect(readAsn1(response), tags.sequence)
    const data = expect(basic.at(0), tags.sequence)
    const fields = data.children.slice(data.at(0).isContext(0) ? 1 : 0)
    const [responderId, producedAt, responses] = fields
    if (responderId === undefined || producedAt === undefined || responses === undefined) return 'invalid'
    const algorithm = readAlgorithm(basic.at(1))
    const certificates = (basic.children[3]?.at(0).children ?? []).map((node) =>
      Certificate.fromDer(node.raw),
    )
    const responder = [issuer, ...certificates].find((candidate) => isNamed(responderId, candidate))
    if (responder === undefined) return 'responder-untrusted'
    const trusted = judgeResponderCertificate(responder, issuer, certificates, options)
    if (trusted !== 'good') return trusted
    const digest = digestOf(algorithm.oid)
    const signature = bits(basic.at(2)).bytes
    if (
      digest === undefined ||
      verifyBytes(algorithm, digest, publicKeyOf(responder), data.raw, signature) !== 'valid'
    )
      return 'invalid'
    const entry = responses.children.find((single) => isAbout(single.at(0), certificate, issuer))
    if (entry === undefined) return 'invalid'
    if (time(producedAt).getTime() < signingTime.getTime() - signingTimeLimits.clockSkew) return 'unknown'
    const status = entry.at(1)
    if (status.isContext(0)) return 'good'
    // Revoked after signing leaves the signature good.
    if (status.isContext(1)) return time(status.at(0)) <= signingTime ? 'revoked' : 'good'
    return 'invalid'
  } catch (error) {
    if (error instanceof Asn1Error || error instanceof EHealthError) return 'invalid'
    throw error
  }
}

/** The digest inside a signature algorithm that names one; SHA-1 is not enough for a response. */
function digestOf(signatureAlgorithm: string): string | undefined {
  switch (signatureAlgorithm) {
    case algorithms.sha256WithRsa:
    case algorithms.ecdsaWithSha256:
      return 'sha256'
    case algorithms.sha384WithRsa:
    case algorithms.ecdsaWithSha384:
      return 'sha384'
    case algorithms.sha512WithRsa:
    case algorithms.ecdsaWithSha512:
      return 'sha512'
    default:
      return undefined
  }
}

/** ResponderID: `[1]` name or `[2]` SHA-1 of the public key. */
function isNamed(responderId: Asn1Node, candidate: Certificate): boolean {
  if (responderId.isContext(1)) return Buffer.compare(responderId.at(0).raw, candidate.subject.der) === 0
  if (responderId.isContext(2))
    return Buffer.compare(octets(responderId.at(0)), keyHash('sha1', candidate)) === 0
  return false
}

/** The issuer itself, or somebody to whom the issuer gave this task (RFC 6960 §4.2.2.2). */
function judgeResponderCertificate(
  responder: Certificate,
  issuer: Certificate,
  certificates: readonly Certificate[],
  options: OcspOptions,
): 'good' | 'responder-untrusted' | 'responder-expired' {
  if (!responder.equals(issuer)) {
    const usage = responder.extensions.get('2.5.29.37')
    if (usage === undefined || !purposesOf(usage.value).includes(ocspSigningUsage))
      return 'responder-untrusted'
    if (!responder.isSignedBy(issuer)) return 'responder-untrusted'
  }
  try {
    if (!options.trust.some((anchor) => anchor.equals(responder)))
      verifyPath(responder, {
        intermediates: [issuer, ...certificates],
        anchors: options.trust,
        at: options.now,
      })
    return 'good'
  } catch (error) {
    return error instanceof EHealthError && error.code === 'certificate.expired'
      ? 'responder-expired'
      : 'responder-untrusted'
  }
}

/** CertID: hashes of the issuer's name and key, and the serial number. */
function isAbout(certId: Asn1Node, certificate: Certificate, issuer: Certificate): boolean {
  const digest = digestName(readAlgorithm(certId.at(0)).oid)
  if (digest === undefined || integer(certId.at(3)) !== certificate.serialNumber) return false
  const nameHash = createHash(digest).update(certificate.issuer.der).digest()
  return (
    Buffer.compare(octets(certId.at(1)), nameHash) === 0 &&
    Buffer.compare(octets(certId.at(2)), keyHash(digest, issuer)) === 0
  )
}
