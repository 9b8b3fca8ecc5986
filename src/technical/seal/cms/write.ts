/**
 * Writing CMS in DER with lengths computed beforehand.
 *
 * Structures are lists of parts that are joined once at the very end, so that content is encrypted and hashed where it
 * stands and copied only into the finished message.
 */
import { der } from '../../asn1/index.js'
import { algorithms, attributes, contentTypes } from './identifiers.js'

/** Consecutive octets of an encoding. */
export type Parts = readonly Uint8Array[]

/** A tag-length-value around parts, without copying them. */
export function around(identifier: number, ...content: Parts): Parts {
  const length = content.reduce((sum, part) => sum + part.length, 0)
  return [Uint8Array.of(identifier), der.lengthOctets(length), ...content]
}

const algorithm = (oid: string, ...parameters: Uint8Array[]): Uint8Array =>
  der.sequence(der.objectIdentifier(oid), ...parameters)

const sha256 = algorithm(algorithms.sha256, der.nullValue())

/** Signature algorithms as the official library writes them: explicit NULLs, trailer field omitted (spec etee §3.1). */
export const signatureAlgorithms = {
  'rsa-pss-sha256': algorithm(
    algorithms.rsassaPss,
    der.sequence(
      der.explicit(0, sha256),
      der.explicit(1, algorithm(algorithms.mgf1, sha256)),
      der.explicit(2, der.integer(32)),
    ),
  ),
  'rsa-sha256': algorithm(algorithms.sha256WithRsa, der.nullValue()),
} as const

const contentInfo = (type: string, content: Parts): Parts =>
  around(0x30, der.objectIdentifier(type), ...around(0xa0, ...content))

const attribute = (type: string, value: Uint8Array): Uint8Array =>
  der.sequence(der.objectIdentifier(type), der.setOf(value))

export const issuerAndSerialNumber = (of: {
  issuer: { der: Uint8Array }
  serialNumber: bigint
}): Uint8Array => der.sequence(of.issuer.der, der.integer(of.serialNumber))

/** The four signed attributes of the official library, as the SET that is signed (DER sorts them). */
export function signedAttributes(
  digest: Uint8Array,
  signingTime: Date,
  signatureAlgorithm: Uint8Array,
): Uint8Array {
  // cmsAlgorithmProtection has the signature algorithm under [1] IMPLICIT (RFC 6211).
  const implicit = Buffer.from(signatureAlgorithm)
  implicit[0] = 0xa1
  return der.setOf(
    attribute(attributes.contentType, der.objectIdentifier(contentTypes.data)),
    attribute(attributes.signingTime, der.time(signingTime)),
    attribute(attributes.messageDigest, der.octetString(digest)),
    attribute(attributes.algorithmProtection, der.sequence(sha256, implicit)),
  )
}

/** What a SignedData of one signer consists of. */
export interface SignedDataFields {
  content: Parts
  /** Certificates that go along; empty leaves the field out. */
  certificates: readonly { der: Uint8Array }[]
  signer: { issuer: { der: Uint8Array }; serialNumber: bigint }
  signatureAlgorithm: Uint8Array
  /** The SET from {@link signedAttributes}. */
  signedAttributes: Uint8Array
  signature: Uint8Array
  /** Encoded Attributes; an empty list is still written, as the official library does (`A1 00`). */
  unsignedAttributes: readonly Uint8Array[]
}

/** ContentInfo with SignedData, version 1. */
export function signedData(fields: SignedDataFields): Parts {
  const attributesSigned = Buffer.from(fields.signedAttributes)
  attributesSigned[0] = 0xa0
  const signerInfo = der.sequence(
    der.integer(1),
    issuerAndSerialNumber(fields.signer),
    sha256,
    attributesSigned,
    fields.signatureAlgorithm,
    der.octetString(fields.signature),
    der.implicitConstructed(1, ...fields.unsignedAttributes),
  )
  const certificates = fields.certificates.map((certificate) => certificate.der)
  return contentInfo(
    contentTypes.signedData,
    around(
      0x30,
      der.integer(1),
      der.setOf(sha256),
      ...around(
        0x30,
        der.objectIdentifier(contentTypes.data),
        ...around(0xa0, ...around(0x04, ...fields.content)),
      ),
      ...(certificates.length === 0 ? [] : [der.implicitConstructed(0, ...certificates)]),
      der.setOf(signerInfo),
    ),
  )
}

/** KeyTransRecipientInfo, version 0. */
export const keyTransRecipient = (
  certificate: { issuer: { der: Uint8Array }; serialNumber: bigint },
  encryptedKey: Uint8Array,
): Uint8Array =>
  der.sequence(
    der.integer(0),
    issuerAndSerialNumber(certificate),
    algorithm(algorithms.rsaEncryption, der.nullValue()),
    der.octetString(encryptedKey),
  )

/** KEKRecipientInfo, version 4; aes128-wrap has no parameters. */
export const kekRecipient = (keyIdentifier: Uint8Array, encryptedKey: Uint8Array): Uint8Array =>
  der.implicitConstructed(
    2,
    der.integer(4),
    der.sequence(der.octetString(keyIdentifier)),
    algorithm(algorithms.aes128Wrap),
    der.octetString(encryptedKey),
  )

/** ContentInfo with EnvelopedData: version 2 as soon as a secret key is among the recipients (RFC 5652 §6.1). */
export function envelopedData(
  recipients: readonly Uint8Array[],
  hasSecretKey: boolean,
  iv: Uint8Array,
  encrypted: Parts,
): Parts {
  return contentInfo(
    contentTypes.envelopedData,
    around(
      0x30,
      der.integer(hasSecretKey ? 2 : 0),
      der.setOf(...recipients),
      ...around(
        0x30,
        der.objectIdentifier(contentTypes.data),
        algorithm(algorithms.aes128Cbc, der.octetString(iv)),
        ...around(0x80, ...encrypted),
      ),
    ),
  )
}

/** RevocationValues with these BasicOCSPResponses (RFC 5126 §6.3.4), as an unsigned attribute. */
export const revocationValues = (responses: readonly Uint8Array[]): Uint8Array =>
  attribute(attributes.revocationValues, der.sequence(der.explicit(1, der.sequence(...responses))))
