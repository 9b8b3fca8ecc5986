/** Reading SignedData (RFC 5652 §5) in BER or DER. Everything stays a view of the input. */
import { EHealthError } from '../../../errors.js'
import { Asn1Error, der, integer, objectIdentifier, octets, tags, type Asn1Node } from '../../asn1/index.js'
import { Certificate } from '../../pki/certificate.js'
import { contentTypes } from './identifiers.js'
import {
  CmsError,
  expect,
  parsing,
  readAlgorithm,
  readAttributes,
  readContentInfo,
  readDigestAlgorithm,
  type AlgorithmIdentifier,
  type Attributes,
} from './structure.js'

/** How a signer or a recipient is named: by certificate, or by the identifier of a bare key. */
export type KeyReference =
  | { readonly issuer: Uint8Array; readonly serialNumber: bigint; readonly keyIdentifier?: undefined }
  | { readonly keyIdentifier: Uint8Array }

export interface SignerInfo {
  sid: KeyReference
  digestAlgorithm: AlgorithmIdentifier
  /** Absent in first-generation messages: the signature is then over the content itself. */
  signedAttributes:
    | {
        readonly values: Attributes
        /** What was signed: DER with tag SET (RFC 5652 §5.4). */ readonly signed: Uint8Array
      }
    | undefined
  signatureAlgorithm: AlgorithmIdentifier
  signature: Uint8Array
  unsignedAttributes: Attributes
}

export interface SignedData {
  contentType: string
  /** `undefined` when the signature is detached. */
  content: Uint8Array | undefined
  signers: readonly SignerInfo[]
  /**
   * The certificates that came along, in the order of the encoding (which means nothing).
   *
   * @param known Certificates read before: the same octets are not read again, and a key that was used stays ready.
   * @throws CmsError `certificates` when one of them cannot be read
   */
  certificates: (known?: readonly Certificate[]) => readonly Certificate[]
}

/** Versions that RFC 5652 §5.1 knows; which of them follows from the rest, and nobody depends on it. */
const signedDataVersions = new Set([1n, 3n, 4n, 5n])

/** @throws CmsError `structure` */
export function readSignedData(bytes: Uint8Array, options: { allowTrailing?: boolean } = {}): SignedData {
  return parsing('a SignedData', () => {
    const [version, digestAlgorithms, encapsulated, ...rest] = readContentInfo(
      bytes,
      contentTypes.signedData,
      options,
    ).children
    if (version === undefined || digestAlgorithms === undefined || encapsulated === undefined)
      throw new Asn1Error('SignedData ends early')
    if (!signedDataVersions.has(integer(version))) throw new Asn1Error('unknown version of SignedData')
    const digests = expect(digestAlgorithms, tags.set).children.map((node) => readDigestAlgorithm(node).oid)
    const certificates = rest[0]?.isContext(0) === true ? rest.shift() : undefined
    if (rest[0]?.isContext(1) === true) rest.shift()
    const [signers, ...surplus] = rest
    if (signers === undefined || surplus.length > 0) throw new Asn1Error('broken SignedData')
    const signerInfos = expect(signers, tags.set).children.map(readSigner)
    if (signerInfos.some(({ digestAlgorithm }) => !digests.includes(digestAlgorithm.oid)))
      throw new Asn1Error('a signer uses a digest that is not announced')
    return {
      contentType: objectIdentifier(expect(encapsulated, tags.sequence).at(0)),
      content: readEncapsulated(encapsulated),
      signers: signerInfos,
      certificates: (known = []) => readCertificates(certificates, known),
    }
  })
}

function readEncapsulated(encapsulated: Asn1Node): Uint8Array | undefined {
  const wrapper = encapsulated.children[1]
  if (wrapper === undefined) return undefined
  if (!wrapper.isContext(0) || wrapper.children.length !== 1 || encapsulated.children.length !== 2)
    throw new Asn1Error('broken EncapsulatedContentInfo')
  return octets(expect(wrapper.at(0), tags.octetString))
}

function readSigner(node: Asn1Node): SignerInfo {
  const [version, sid, digestAlgorithm, ...rest] = expect(node, tags.sequence).children
  if (version === undefined || sid === undefined || digestAlgorithm === undefined)
    throw new Asn1Error('SignerInfo ends early')
  const named = readKeyReference(sid)
  // The version says how the signer is named (RFC 5652 §5.3).
  if (integer(version) !== (named.keyIdentifier === undefined ? 1n : 3n))
    throw new Asn1Error('unknown version of SignerInfo')
  const signed = rest[0]?.isContext(0) === true ? rest.shift() : undefined
  const [signatureAlgorithm, signature, unsigned, ...surplus] = rest
  if (signatureAlgorithm === undefined || signature === undefined || surplus.length > 0)
    throw new Asn1Error('broken SignerInfo')
  if (unsigned !== undefined && !unsigned.isContext(1)) throw new Asn1Error('broken SignerInfo')
  return {
    sid: named,
    digestAlgorithm: readDigestAlgorithm(digestAlgorithm),
    signedAttributes:
      signed === undefined
        ? undefined
        : { values: readAttributes(signed), signed: der.tlv(0x31, signed.content) },
    signatureAlgorithm: readAlgorithm(signatureAlgorithm),
    signature: octets(expect(signature, tags.octetString)),
    unsignedAttributes: readAttributes(unsigned),
  }
}

/** SignerIdentifier and RecipientIdentifier: issuer and serial number, or `[0]` subjectKeyIdentifier. */
export function readKeyReference(node: Asn1Node): KeyReference {
  if (node.isContext(0)) return { keyIdentifier: octets(node) }
  if (expect(node, tags.sequence).children.length !== 2) throw new Asn1Error('broken IssuerAndSerialNumber')
  return { issuer: expect(node.at(0), tags.sequence).raw, serialNumber: integer(node.at(1)) }
}

function readCertificates(node: Asn1Node | undefined, known: readonly Certificate[]): Certificate[] {
  try {
    // The other choices of CertificateChoices are context-tagged; time stamps carry attribute certificates that way.
    return (node?.children ?? []).flatMap((choice) =>
      choice.tagClass === 0 ? [readCertificate(choice, known)] : [],
    )
  } catch (error) {
    if (error instanceof Asn1Error || error instanceof EHealthError)
      throw new CmsError('certificates', 'a certificate in the message cannot be read', { cause: error })
    throw error
  }
}

function readCertificate(node: Asn1Node, known: readonly Certificate[]): Certificate {
  const certificate =
    known.find(({ der }) => Buffer.compare(der, node.raw) === 0) ?? Certificate.fromDer(node.raw)
  // This extension is read when asked for: asking here keeps a broken one from surfacing in the middle of a verification.
  void certificate.subjectKeyIdentifier
  return certificate
}

/** The certificate that a signer or recipient identifier names. */
export function findCertificate(
  reference: KeyReference,
  certificates: readonly Certificate[],
): Certificate | undefined {
  if (reference.keyIdentifier !== undefined) {
    const { keyIdentifier } = reference
    return certificates.find(
      ({ subjectKeyIdentifier }) => Buffer.compare(subjectKeyIdentifier, keyIdentifier) === 0,
    )
  }
  const { issuer, serialNumber } = reference
  return certificates.find(
    (certificate) =>
      certificate.serialNumber === serialNumber && Buffer.compare(certificate.issuer.der, issuer) === 0,
  )
}
