/** Time stamps over the outer signature (RFC 3161, spec etee §3.5 and §4.2, spec timestamp §9.2). */
import { createHash } from 'node:crypto'

import { EHealthError } from '../../errors.js'
import {
  Asn1Error,
  integer,
  objectIdentifier,
  octets,
  readAsn1,
  tags,
  time,
  type Asn1Node,
} from '../asn1/index.js'
import type { Certificate } from '../pki/certificate.js'
import { verifyPath } from '../pki/path.js'
import { attributes, contentTypes } from './cms/identifiers.js'
import { digestName, publicKeyOf, verifySigner } from './cms/signature.js'
import { contentOf } from './cms/signedContent.js'
import { findCertificate, readSignedData, type SignedData, type SignerInfo } from './cms/signedData.js'
import { CmsError, expect, readAlgorithm, singleValue } from './cms/structure.js'
import type { ErrorNotification } from './notifications.js'

/** What a time stamp says, before anybody has looked at who made it. */
export interface TimestampToken {
  readonly at: Date
  readonly signed: SignedData & { content: Uint8Array }
  readonly signer: SignerInfo
}

const timeStampingUsage = '1.3.6.1.5.5.7.3.8'
const extendedKeyUsage = '2.5.29.37'
const acceptedDigests = new Set(['sha256', 'sha384', 'sha512'])

/** The time stamps among the unsigned attributes, as encoded. */
export function signatureTimestamps(signer: SignerInfo): Uint8Array[] {
  const occurrences = signer.unsignedAttributes.get(attributes.signatureTimestamp) ?? []
  return occurrences.flat().map((node) => node.raw)
}

/**
 * Reads a time stamp and checks that it is about `data`.
 *
 * @returns `undefined` when it is unreadable or stamps something else
 */
export function readTimestamp(token: Uint8Array, data: Uint8Array): TimestampToken | undefined {
  try {
    const signed = readSignedData(token)
    const [signer, ...more] = signed.signers
    const { content } = signed
    if (signed.contentType !== contentTypes.timestampInfo || content === undefined) return undefined
    if (signer === undefined || more.length > 0) return undefined
    const info = expect(readAsn1(content), tags.sequence)
    const imprint = info.at(2)
    const digest = digestName(readAlgorithm(imprint.at(0)).oid)
    if (integer(info.at(0)) !== 1n || digest === undefined || !acceptedDigests.has(digest)) return undefined
    if (Buffer.compare(octets(imprint.at(1)), createHash(digest).update(data).digest()) !== 0)
      return undefined
    const at = time(info.at(4))
    return Number.isNaN(at.getTime()) ? undefined : { at, signed: { ...signed, content }, signer }
  } catch (error) {
    if (error instanceof Asn1Error || error instanceof CmsError) return undefined
    throw error
  }
}

/** Judges who made a time stamp, at the time it gives; `undefined` when it can be trusted. */
export function judgeTimestamp(
  { at, signed, signer }: TimestampToken,
  anchors: readonly Certificate[],
): ErrorNotification | undefined {
  let certificates: readonly Certificate[]
  try {
    certificates = signed.certificates()
  } catch (error) {
    if (error instanceof CmsError) return 'TIMESTAMPTOKEN_INVALID'
    throw error
  }
  const certificate = findCertificate(signer.sid, [...certificates, ...anchors])
  if (certificate === undefined) return 'TIMESTAMPTOKEN_TRUST_FAILED'
  if (!namesCertificate(signer, certificate)) return 'TIMESTAMPTOKEN_INVALID'
  if (!isTimestampAuthority(certificate)) return 'TIMESTAMPTOKEN_TRUST_FAILED'
  // Without attributes nothing would bind the token to its kind (RFC 3161 §2.4.2 demands them).
  if (
    signer.signedAttributes === undefined ||
    verifySigner(signer, contentOf(signed.contentType, signed.content), publicKeyOf(certificate)) !== 'valid'
  )
    return 'TIMESTAMPTOKEN_INVALID'
  if (!certificate.isValidAt(at)) return 'TIMESTAMPTOKEN_CHAIN_EXPIRED'
  if (anchors.some((anchor) => anchor.equals(certificate))) return undefined
  try {
    verifyPath(certificate, { intermediates: certificates, anchors, at })
    return undefined
  } catch (error) {
    return error instanceof EHealthError && error.code === 'certificate.expired'
      ? 'TIMESTAMPTOKEN_CHAIN_EXPIRED'
      : 'TIMESTAMPTOKEN_TRUST_FAILED'
  }
}

/** The signingCertificate attribute (v1 or v2, one of them) must be about this certificate (RFC 3161 §2.4.2, RFC 5816). */
function namesCertificate(signer: SignerInfo, certificate: Certificate): boolean {
  const found = signer.signedAttributes?.values
  if (found === undefined) return false
  try {
    const v1 = singleValue(found, attributes.signingCertificate)
    const v2 = singleValue(found, attributes.signingCertificateV2)
    const value = v1 ?? v2
    if (value === undefined || (v1 !== undefined && v2 !== undefined)) return false
    const identifier = value.at(0).at(0)
    const [first, second] = identifier.children
    if (first === undefined) return false
    const named = v2 !== undefined && first.is(tags.sequence)
    const digest = v1 !== undefined ? 'sha1' : named ? digestName(readAlgorithm(first).oid) : 'sha256'
    const hash = named ? second : first
    if (digest === undefined || hash === undefined) return false
    return (
      Buffer.compare(
        octets(expect(hash, tags.octetString)),
        createHash(digest).update(certificate.der).digest(),
      ) === 0
    )
  } catch (error) {
    if (error instanceof Asn1Error) return false
    throw error
  }
}

/** Exactly the extended key usage timeStamping, and critical (RFC 3161 §2.3). */
function isTimestampAuthority(certificate: Certificate): boolean {
  const extension = certificate.extensions.get(extendedKeyUsage)
  if (extension?.critical !== true) return false
  return purposesOf(extension.value).join() === timeStampingUsage
}

/** Purposes of an extendedKeyUsage extension; none when it is unreadable. */
export function purposesOf(extension: Uint8Array): string[] {
  try {
    return readAsn1(extension).children.map((node: Asn1Node) => objectIdentifier(node))
  } catch (error) {
    if (error instanceof Asn1Error) return []
    throw error
  }
}
