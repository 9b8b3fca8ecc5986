/** What a time stamp says (RFC 3161 §2.4.2), read from the SignedData around it. */
import {
  Asn1Error,
  boolean,
  integer,
  objectIdentifier,
  octets,
  readAsn1,
  signedBigInt,
  tags,
  time,
  type Asn1Node,
} from '../../asn1/index.js'
import type { Certificate } from '../../pki/certificate.js'
import { algorithms, contentTypes } from './identifiers.js'
import { readSignedData, type SignedData, type SignerInfo } from './signedData.js'
import { CmsError, expect, parsing, readContentInfo, readDigestAlgorithm } from './structure.js'

/** TSTInfo. */
export interface TimestampInfo {
  readonly policy: string
  /** Object identifier of the digest, and the digest. */
  readonly imprint: { readonly algorithm: string; readonly digest: Uint8Array }
  readonly serialNumber: bigint
  readonly at: Date
  /** Milliseconds; `undefined` where the authority does not tell. */
  readonly accuracy: number | undefined
  readonly ordering: boolean
  readonly nonce: bigint | undefined
  /** GeneralName of the authority as encoded. */
  readonly tsa: Asn1Node | undefined
}

/** A time stamp before anybody has looked at who made it. */
export interface SignedTimestamp {
  readonly signed: SignedData & { content: Uint8Array }
  readonly signer: SignerInfo
  readonly info: TimestampInfo
}

/** @throws CmsError when it is not a SignedData with one signer around a TSTInfo of version 1 */
export function readSignedTimestamp(token: Uint8Array): SignedTimestamp {
  const signed = readSignedData(token)
  const [signer, ...more] = signed.signers
  const { content } = signed
  if (signed.contentType !== contentTypes.timestampInfo || content === undefined)
    throw new CmsError('structure', 'the content is not a TSTInfo')
  if (signer === undefined || more.length > 0) throw new CmsError('structure', 'not exactly one signer')
  assertNothingElse(token, signer)
  return { signed: { ...signed, content }, signer, info: readTimestampInfo(content) }
}

/** Versions of a SignedData around something else than data (RFC 5652 §5.1). */
const versions = new Set([3n, 4n, 5n])

/**
 * What no signature protects may hold nothing but what belongs there, so that a changed octet is noticed wherever it is:
 * version, certificates (attribute certificates among them: `[1]` and `[2]`, `[3]` for others), revocation lists, parameters.
 */
function assertNothingElse(token: Uint8Array, { signatureAlgorithm }: SignerInfo): void {
  parsing('a time stamp', () => {
    const [version, , , ...rest] = readContentInfo(token, contentTypes.signedData).children
    if (!versions.has(integer(version!))) throw new Asn1Error('unknown version of SignedData')
    for (const part of rest) {
      if (part.isContext(0) && !part.children.every(isCertificateChoice))
        throw new Asn1Error('unknown kind of certificate')
      if (part.isContext(1) && !part.children.every(isRevocationChoice))
        throw new Asn1Error('unknown kind of revocation information')
    }
    const { oid, parameters } = signatureAlgorithm
    if (oid !== algorithms.rsassaPss && parameters !== undefined && parameters.raw.join() !== '5,0')
      throw new Asn1Error('signature algorithm with parameters')
  })
}

const isCertificateChoice = (node: Asn1Node): boolean =>
  node.is(tags.sequence) || node.isContext(1) || node.isContext(2) || node.isContext(3)

/** A CertificateList, whose dates stand behind the issuer, or `[1]` for other kinds (RFC 5652 §10.2.1). */
function isRevocationChoice(node: Asn1Node): boolean {
  if (node.isContext(1)) return true
  if (!node.is(tags.sequence)) return false
  const fields = node.at(0).children
  const thisUpdate = fields[fields[0]?.is(tags.integer) === true ? 3 : 2]
  return thisUpdate?.is(tags.utcTime) === true || thisUpdate?.is(tags.generalizedTime) === true
}

function readTimestampInfo(content: Uint8Array): TimestampInfo {
  return parsing('a TSTInfo', () => {
    const [version, policy, imprint, serial, at, ...rest] = expect(readAsn1(content), tags.sequence).children
    if (!version || !policy || !imprint || !serial || !at) throw new Asn1Error('TSTInfo ends early')
    if (integer(version) !== 1n) throw new Asn1Error('unknown version of TSTInfo')
    const next = (fits: (node: Asn1Node) => boolean): Asn1Node | undefined =>
      rest[0] !== undefined && fits(rest[0]) ? rest.shift() : undefined
    const accuracy = next((node) => node.is(tags.sequence))
    const ordering = next((node) => node.is(tags.boolean))
    const nonce = next((node) => node.is(tags.integer))
    const tsa = next((node) => node.isContext(0))
    const extensions = next((node) => node.isContext(1))
    if (rest.length > 0) throw new Asn1Error('broken TSTInfo')
    if (!at.is(tags.generalizedTime)) throw new Asn1Error('genTime is not a GeneralizedTime')
    // Whoever does not know a critical extension must not believe the stamp (RFC 5280 §4.2).
    if (
      extensions?.children.some((node) => node.children[1]?.is(tags.boolean) === true && boolean(node.at(1)))
    )
      throw new Asn1Error('unknown critical extension')
    return {
      policy: objectIdentifier(policy),
      imprint: {
        algorithm: readDigestAlgorithm(imprint.at(0)).oid,
        digest: octets(expect(imprint.at(1), tags.octetString)),
      },
      serialNumber: integer(serial),
      at: time(at),
      accuracy: accuracy && readAccuracy(accuracy),
      ordering: ordering !== undefined && boolean(ordering),
      nonce: nonce && integer(nonce),
      tsa: tsa?.at(0),
    }
  })
}

/** Seconds, `[0]` milliseconds, `[1]` microseconds, each optional. */
function readAccuracy(node: Asn1Node): number {
  let total = 0
  for (const part of node.children) {
    const factor = part.is(tags.integer)
      ? 1000
      : part.isContext(0)
        ? 1
        : part.isContext(1)
          ? 0.001
          : undefined
    if (factor === undefined || part.content.length > 4) throw new Asn1Error('broken Accuracy')
    total += Number(signedBigInt(part.content)) * factor
  }
  return total
}

const timeStampingUsage = '1.3.6.1.5.5.7.3.8'
const extendedKeyUsage = '2.5.29.37'

/** Exactly the extended key usage timeStamping, and critical (RFC 3161 §2.3). */
export function isTimestampAuthority(certificate: Certificate): boolean {
  return (
    certificate.extensions.get(extendedKeyUsage)?.critical === true &&
    [...(certificate.extendedKeyUsage ?? [])].join() === timeStampingUsage
  )
}
