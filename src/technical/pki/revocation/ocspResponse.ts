/** Reading and verifying OCSP responses (RFC 6960 §4.2). */
import { EHealthError, isEHealthError } from '../../../errors.js'
import {
  Asn1Error,
  boolean,
  enumerated,
  expect,
  objectIdentifier,
  octets,
  readAsn1,
  tags,
  time,
  type Asn1Node,
} from '../../asn1/index.js'
import { readAlgorithm } from '../algorithms.js'
import { Certificate } from '../certificate.js'
import { verifyPath } from '../path.js'
import { publicKeyOf, strongDigestOf, verifyBytes, wholeOctets } from '../verifyBytes.js'
import { readReason } from './crlEntries.js'
import { isAbout, keyHash, nonceExtension } from './ocspRequest.js'
import type { Revocation } from './types.js'

const oid = {
  basicResponse: '1.3.6.1.5.5.7.48.1.1',
  ocspSigning: '1.3.6.1.5.5.7.3.9',
  archiveCutoff: '1.3.6.1.5.5.7.48.1.6',
}

const responseStatuses: Readonly<Record<string, string>> = {
  1: 'malformedRequest',
  2: 'internalError',
  3: 'tryLater',
  5: 'sigRequired',
  6: 'unauthorized',
}

/**
 * The BasicOCSPResponse inside an OCSPResponse.
 *
 * @throws EHealthError `revocation.refused` (an error status instead of an answer), `revocation.malformed`
 */
export function basicResponseOf(response: Uint8Array): Uint8Array {
  return reading(() => {
    const root = expect(readAsn1(response), tags.sequence)
    const status = enumerated(root.at(0))
    if (status !== 0n) {
      const responseStatus = responseStatuses[String(status)] ?? 'unknown'
      throw new EHealthError('revocation.refused', `the responder answered ${responseStatus}`, {
        details: { responseStatus },
      })
    }
    const bytes = root.at(1).at(0)
    if (objectIdentifier(bytes.at(0)) !== oid.basicResponse) throw new Asn1Error('another type of response')
    return octets(bytes.at(1))
  })
}

/** What a verified answer says of a certificate. */
export interface OcspAnswer {
  /** `unknown`: the responder does not know the certificate. */
  readonly status: 'good' | 'revoked' | 'unknown'
  /** With the status `revoked`. */
  readonly revocation: Revocation | undefined
  readonly producedAt: Date
  readonly thisUpdate: Date
  readonly nextUpdate: Date | undefined
  /** How far back the responder remembers certificates that have ended. */
  readonly archiveCutoff: Date | undefined
  /** The nonce that the answer repeats. */
  readonly nonce: Uint8Array | undefined
  /** Who signed it. */
  readonly responder: Certificate
}

/** About whom, and who may answer. */
export interface OcspQuestion {
  readonly certificate: Certificate
  /** Issuer of the certificate. */
  readonly issuer: Certificate
  /** Anchors that the responder's certificate must lead to. */
  readonly anchors: readonly Certificate[]
  readonly now: Date
}

/**
 * Verifies a BasicOCSPResponse: that it is by the issuer or by somebody with the issuer's mandate, its signature, and that it
 * is about this certificate. When it was made is for the caller to judge.
 *
 * @throws EHealthError `revocation.malformed`, `revocation.unsupported` (unknown critical extensions), `revocation.issuer`
 * (with `certificate.expired` as cause when the responder's certificate has ended), `revocation.signature`,
 * `revocation.scope`
 */
export function verifyOcspResponse(basic: Uint8Array, question: OcspQuestion): OcspAnswer {
  return reading(() => {
    const root = expect(readAsn1(basic), tags.sequence)
    const data = expect(root.at(0), tags.sequence)
    const [responderId, producedAt, responses, extensions] = data.children.slice(
      data.at(0).isContext(0) ? 1 : 0,
    )
    if (responderId === undefined || producedAt === undefined || responses === undefined)
      throw new Asn1Error('ends early')
    const certificates = (root.children[3]?.at(0).children ?? []).map(({ raw }) => Certificate.fromDer(raw))
    const responder = [question.issuer, ...certificates].find((candidate) => isNamed(responderId, candidate))
    if (responder === undefined) throw refusal('revocation.issuer', 'the responder is not known')
    assertMandate(responder, certificates, question)
    const algorithm = readAlgorithm(root.at(1))
    const digest = strongDigestOf(algorithm)
    const signature = wholeOctets(root.at(2))
    if (
      digest === undefined ||
      verifyBytes(algorithm, digest, publicKeyOf(responder), data.raw, signature) !== 'valid'
    )
      throw refusal('revocation.signature', 'the signature of the response does not verify')
    const { certificate, issuer } = question
    const entry = responses.children.find((single) => isAbout(single.at(0), certificate, issuer))
    if (entry === undefined) throw refusal('revocation.scope', 'the response is about other certificates')
    const nonce = readExtensions(extensions).get(nonceExtension)
    return {
      ...readEntry(entry),
      producedAt: time(producedAt),
      nonce: nonce && nonceIn(nonce),
      responder,
    }
  })
}

/** RFC 8954 has an OCTET STRING in there; older requests, whose nonce is repeated as it came, have bare octets. */
function nonceIn(value: Uint8Array): Uint8Array {
  try {
    const node = readAsn1(value)
    return node.is(tags.octetString) ? octets(node) : value
  } catch (error) {
    if (error instanceof Asn1Error) return value
    throw error
  }
}

function readEntry(
  entry: Asn1Node,
): Pick<OcspAnswer, 'status' | 'revocation' | 'thisUpdate' | 'nextUpdate' | 'archiveCutoff'> {
  const [, status, thisUpdate, ...rest] = entry.children
  if (status === undefined || thisUpdate === undefined) throw new Asn1Error('ends early')
  const nextUpdate = rest.find((node) => node.isContext(0))
  const cutoff = readExtensions(rest.find((node) => node.isContext(1))).get(oid.archiveCutoff)
  return {
    status: status.isContext(0) ? 'good' : status.isContext(1) ? 'revoked' : 'unknown',
    revocation: status.isContext(1) ? readRevocation(status) : undefined,
    thisUpdate: time(thisUpdate),
    nextUpdate: nextUpdate && time(nextUpdate.at(0)),
    archiveCutoff: cutoff && time(readAsn1(cutoff)),
  }
}

function readRevocation(info: Asn1Node): Revocation {
  const reason = info.children[1]
  return { at: time(info.at(0)), reason: reason === undefined ? 'unspecified' : readReason(reason.at(0)) }
}

const understood = new Set([nonceExtension, oid.archiveCutoff])

/** Values by type; an extension that must be understood and is not makes the answer unusable (RFC 6960 §4.4). */
function readExtensions(block: Asn1Node | undefined): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>()
  for (const extension of block?.at(0).children ?? []) {
    const type = objectIdentifier(extension.at(0))
    if (extension.children.length === 3 && boolean(extension.at(1)) && !understood.has(type))
      throw refusal('revocation.unsupported', `the response has an unknown critical extension ${type}`)
    found.set(type, octets(extension.at(extension.children.length - 1)))
  }
  return found
}

/** ResponderID: `[1]` name or `[2]` SHA-1 of the public key. */
function isNamed(responderId: Asn1Node, candidate: Certificate): boolean {
  if (responderId.isContext(1)) return Buffer.compare(responderId.at(0).raw, candidate.subject.der) === 0
  if (responderId.isContext(2))
    return Buffer.compare(octets(responderId.at(0)), keyHash('sha1', candidate)) === 0
  return false
}

/** The issuer itself, or somebody to whom the issuer gave this task (RFC 6960 §4.2.2.2). */
function assertMandate(
  responder: Certificate,
  certificates: readonly Certificate[],
  { issuer, anchors, now }: OcspQuestion,
): void {
  if (
    !responder.equals(issuer) &&
    (responder.extendedKeyUsage?.has(oid.ocspSigning) !== true || !responder.isSignedBy(issuer))
  )
    throw refusal('revocation.issuer', 'the responder has no mandate of the issuer')
  if (anchors.some((anchor) => anchor.equals(responder))) return
  try {
    verifyPath(responder, { intermediates: [issuer, ...certificates], anchors, at: now })
  } catch (cause) {
    const ended = isEHealthError(cause, 'certificate.expired')
    throw refusal(
      'revocation.issuer',
      ended ? 'the responder’s certificate has ended' : 'the responder is not trusted',
      cause,
    )
  }
}

const refusal = (
  code: 'revocation.issuer' | 'revocation.signature' | 'revocation.scope' | 'revocation.unsupported',
  message: string,
  cause?: unknown,
): EHealthError => new EHealthError(code, message, cause === undefined ? {} : { cause })

function reading<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof EHealthError && error.family === 'revocation') throw error
    if (!(error instanceof Asn1Error || error instanceof EHealthError)) throw error
    throw new EHealthError('revocation.malformed', `not an OCSP response: ${error.message}`, { cause: error })
  }
}
