/**
 * Writing CMS around a content that is written separately.
 *
 * Every structure is a frame: what stands before the content and what stands behind it. With the length of the content
 * it is DER; without, it is BER of indefinite lengths, as the official library writes it (spec etee §3.1, §3.4).
 */
import { der } from '../../asn1/index.js'
import { algorithms, attributes, contentTypes } from './identifiers.js'

/** What stands around a content. */
export interface Frame {
  readonly before: Uint8Array
  readonly after: Uint8Array
}

/** A constructed value around another one: what it holds before it and behind it. */
interface Shell {
  identifier: number
  before?: readonly Uint8Array[]
  after?: readonly Uint8Array[]
}

const constructed = 0x20
const indefiniteLength = Uint8Array.of(0x80)
const endOfContents = Uint8Array.of(0, 0)

/**
 * Shells around a string, from the inside out.
 *
 * @param identifier of the string in its primitive form
 * @param length of its content; without it the content must come as chunks, see `chunked`
 */
function frame(identifier: number, length: number | undefined, shells: readonly Shell[]): Frame {
  let before: Uint8Array[]
  let after: Uint8Array[]
  if (length === undefined) {
    before = [Uint8Array.of(identifier | constructed), indefiniteLength]
    after = [endOfContents]
    for (const shell of shells) {
      before = [Uint8Array.of(shell.identifier), indefiniteLength, ...(shell.before ?? []), ...before]
      after = [...after, ...(shell.after ?? []), endOfContents]
    }
  } else {
    before = [Uint8Array.of(identifier), der.lengthOctets(length)]
    after = []
    let total = length + lengthOf(before)
    for (const shell of shells) {
      const content = total + lengthOf(shell.before ?? []) + lengthOf(shell.after ?? [])
      const header = [Uint8Array.of(shell.identifier), der.lengthOctets(content)]
      before = [...header, ...(shell.before ?? []), ...before]
      after = [...after, ...(shell.after ?? [])]
      total = content + lengthOf(header)
    }
  }
  return { before: Buffer.concat(before), after: Buffer.concat(after) }
}

const lengthOf = (parts: readonly Uint8Array[]): number => parts.reduce((sum, part) => sum + part.length, 0)

/** Size of the chunks of a content of unknown length, as the official library makes them. */
const chunkSize = 1000
const chunkHeader = Uint8Array.of(0x04, 0x82, 0x03, 0xe8)

/** Puts content into chunks: primitive OCTET STRINGs of 1000 octets, the last one shorter; none for no content. */
export function chunked(): { add(piece: Uint8Array): Uint8Array; end(): Uint8Array } {
  let left: Uint8Array = new Uint8Array(0)
  return {
    add: (piece) => {
      const content = left.length === 0 ? piece : Buffer.concat([left, piece])
      const full = Math.floor(content.length / chunkSize)
      const chunks = Buffer.allocUnsafe(full * (chunkHeader.length + chunkSize))
      for (let i = 0, to = 0; i < full; i++, to += chunkHeader.length + chunkSize) {
        chunks.set(chunkHeader, to)
        chunks.set(content.subarray(i * chunkSize, (i + 1) * chunkSize), to + chunkHeader.length)
      }
      // Copied, since the piece is its maker's to use again.
      left = content.slice(full * chunkSize)
      return chunks
    },
    end: () => (left.length === 0 ? left : der.octetString(left)),
  }
}

/** Encoded once: arithmetic on big integers is most of what a small message costs beside its signatures. */
const oids = {
  data: der.objectIdentifier(contentTypes.data),
  signedData: der.objectIdentifier(contentTypes.signedData),
  envelopedData: der.objectIdentifier(contentTypes.envelopedData),
  aes128Cbc: der.objectIdentifier(algorithms.aes128Cbc),
}

const algorithm = (oid: string, ...parameters: Uint8Array[]): Uint8Array =>
  der.sequence(der.objectIdentifier(oid), ...parameters)

const sha256 = algorithm(algorithms.sha256, der.nullValue())
const sha256Set = der.setOf(sha256)
const rsaEncryption = algorithm(algorithms.rsaEncryption, der.nullValue())
const aes128Wrap = algorithm(algorithms.aes128Wrap)

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
  // Without parameters (RFC 5754 §3.3).
  'ecdsa-sha256-der': algorithm(algorithms.ecdsaWithSha256),
} as const

const attribute = (type: Uint8Array, value: Uint8Array): Uint8Array => der.sequence(type, der.setOf(value))

const attributeTypes = {
  signingTime: der.objectIdentifier(attributes.signingTime),
  messageDigest: der.objectIdentifier(attributes.messageDigest),
  algorithmProtection: der.objectIdentifier(attributes.algorithmProtection),
  revocationValues: der.objectIdentifier(attributes.revocationValues),
}
const contentTypeAttribute = attribute(der.objectIdentifier(attributes.contentType), oids.data)

/** How a signer or a recipient is named: by certificate, or by the identifier of a bare key. */
export type Named =
  | { readonly issuer: { readonly der: Uint8Array }; readonly serialNumber: bigint }
  | { readonly keyIdentifier: Uint8Array }

const nameOf = (named: Named): Uint8Array =>
  'keyIdentifier' in named
    ? der.implicitPrimitive(0, named.keyIdentifier)
    : der.sequence(named.issuer.der, der.integer(named.serialNumber))

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
    contentTypeAttribute,
    attribute(attributeTypes.signingTime, der.time(signingTime)),
    attribute(attributeTypes.messageDigest, der.octetString(digest)),
    attribute(attributeTypes.algorithmProtection, der.sequence(sha256, implicit)),
  )
}

/** What a SignerInfo consists of. */
export interface SignerInfoFields {
  signer: Named
  signatureAlgorithm: Uint8Array
  /** The SET from {@link signedAttributes}. */
  signedAttributes: Uint8Array
  signature: Uint8Array
  /** Encoded Attributes; an empty list is still written, as the official library does (`A1 00`). */
  unsignedAttributes: readonly Uint8Array[]
}

/** SignerInfo: version 1, or 3 for a signer without certificate (RFC 5652 §5.3). */
export function signerInfo(fields: SignerInfoFields): Uint8Array {
  const attributesSigned = Buffer.from(fields.signedAttributes)
  attributesSigned[0] = 0xa0
  return der.sequence(
    der.integer(versionFor(fields.signer)),
    nameOf(fields.signer),
    sha256,
    attributesSigned,
    fields.signatureAlgorithm,
    der.octetString(fields.signature),
    der.implicitConstructed(1, ...fields.unsignedAttributes),
  )
}

const versionFor = (signer: Named): number => ('keyIdentifier' in signer ? 3 : 1)

/**
 * ContentInfo with SignedData of one signer, around its content.
 *
 * @param certificates that go along; none leaves the field out
 */
export function signedDataFrame(
  signer: { named: Named; info: Uint8Array; certificates: readonly { der: Uint8Array }[] },
  length: number | undefined,
): Frame {
  const certificates = signer.certificates.map((certificate) => certificate.der)
  return frame(0x04, length, [
    { identifier: 0xa0 },
    { identifier: 0x30, before: [oids.data] },
    {
      identifier: 0x30,
      before: [der.integer(versionFor(signer.named)), sha256Set],
      after: [
        ...(certificates.length === 0 ? [] : [der.implicitConstructed(0, ...certificates)]),
        der.setOf(signer.info),
      ],
    },
    { identifier: 0xa0 },
    { identifier: 0x30, before: [oids.signedData] },
  ])
}

/** SignedData with one signer and without its content (RFC 5652 §5.2), as ContentInfo. */
export function detachedSignedData(signer: {
  named: Named
  info: Uint8Array
  certificates: readonly { der: Uint8Array }[]
}): Uint8Array {
  const signedData = der.sequence(
    der.integer(versionFor(signer.named)),
    sha256Set,
    der.sequence(oids.data),
    ...(signer.certificates.length === 0
      ? []
      : [der.implicitConstructed(0, ...signer.certificates.map((certificate) => certificate.der))]),
    der.setOf(signer.info),
  )
  return der.sequence(oids.signedData, der.implicitConstructed(0, signedData))
}

/** KeyTransRecipientInfo: version 0, or 2 for a key without certificate (RFC 5652 §6.2.1). */
export const keyTransRecipient = (recipient: Named, encryptedKey: Uint8Array): Uint8Array =>
  der.sequence(
    der.integer('keyIdentifier' in recipient ? 2 : 0),
    nameOf(recipient),
    rsaEncryption,
    der.octetString(encryptedKey),
  )

/** KEKRecipientInfo, version 4; aes128-wrap has no parameters. */
export const kekRecipient = (keyIdentifier: Uint8Array, encryptedKey: Uint8Array): Uint8Array =>
  der.implicitConstructed(
    2,
    der.integer(4),
    der.sequence(der.octetString(keyIdentifier)),
    aes128Wrap,
    der.octetString(encryptedKey),
  )

/**
 * ContentInfo with EnvelopedData, around its encrypted content.
 *
 * @param version 0 where all recipients are named by certificate, else 2 (RFC 5652 §6.1)
 */
export const envelopedDataFrame = (
  envelope: { version: 0 | 2; recipients: readonly Uint8Array[]; iv: Uint8Array },
  length: number | undefined,
): Frame =>
  frame(0x80, length, [
    {
      identifier: 0x30,
      before: [oids.data, der.sequence(oids.aes128Cbc, der.octetString(envelope.iv))],
    },
    { identifier: 0x30, before: [der.integer(envelope.version), der.setOf(...envelope.recipients)] },
    { identifier: 0xa0 },
    { identifier: 0x30, before: [oids.envelopedData] },
  ])

/** RevocationValues with these BasicOCSPResponses (RFC 5126 §6.3.4), as an unsigned attribute. */
export const revocationValues = (responses: readonly Uint8Array[]): Uint8Array =>
  attribute(attributeTypes.revocationValues, der.sequence(der.explicit(1, der.sequence(...responses))))
