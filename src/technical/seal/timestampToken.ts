/** Time stamps over the outer signature (RFC 3161, spec etee §3.5 and §4.2, spec timestamp §9.2). */
import { createHash } from 'node:crypto'

import { EHealthError } from '../../errors.js'
import type { Certificate } from '../pki/certificate.js'
import { verifyPath } from '../pki/path.js'
import { attributes } from './cms/identifiers.js'
import { digestName, publicKeyOf, verifySigner } from './cms/signature.js'
import { contentOf } from './cms/signedContent.js'
import { findCertificate, type SignedData, type SignerInfo } from './cms/signedData.js'
import { namesCertificate } from './cms/signingCertificate.js'
import { CmsError } from './cms/structure.js'
import { isTimestampAuthority, readSignedTimestamp } from './cms/timestampInfo.js'
import type { ErrorNotification } from './notifications.js'

/** What a time stamp says, before anybody has looked at who made it. */
export interface TimestampToken {
  readonly at: Date
  readonly signed: SignedData & { content: Uint8Array }
  readonly signer: SignerInfo
}

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
    const { signed, signer, info } = readSignedTimestamp(token)
    const digest = digestName(info.imprint.algorithm)
    if (digest === undefined || !acceptedDigests.has(digest)) return undefined
    if (Buffer.compare(info.imprint.digest, createHash(digest).update(data).digest()) !== 0) return undefined
    return Number.isNaN(info.at.getTime()) ? undefined : { at: info.at, signed, signer }
  } catch (error) {
    if (error instanceof CmsError) return undefined
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
