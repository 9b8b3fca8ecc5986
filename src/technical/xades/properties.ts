/** What XAdES says in a signature, read (XAdES 1.3.2 and EN 319 132; spec xml-signature §3.3, §7.1). Nothing is judged here. */
import { EHealthError } from '../../errors.js'
import { base64Of, type ParsedSignature } from '../xml/signature/index.js'
import {
  attribute,
  childElements,
  childNamed,
  childrenNamed,
  isElement,
  textOf,
  type XmlElement,
} from '../xml/tree.js'
import { dsNamespace, xadesNamespace } from './names.js'

/** How signed properties name the certificate of the signer. */
export interface NamedCertificate {
  digestMethod: string
  digest: Uint8Array
  /** As text; SigningCertificate only. */
  issuer?: string
  serialNumber?: string
}

/** A time stamp over the SignatureValue. */
export interface CarriedTimestamp {
  /** Identifier of the canonicalisation; undefined when none is named. */
  canonicalization: string | undefined
  /** The tokens, undefined for one that is not base64. */
  tokens: (Uint8Array | undefined)[]
}

/** Qualifying properties. */
export interface XadesProperties {
  target: string | undefined
  signed: XmlElement | undefined
  /** Texts of all SigningTime elements. */
  signingTimes: string[]
  /** `Cert` of all SigningCertificate and SigningCertificateV2 elements, by element; undefined for an unreadable one. */
  signingCertificates: (NamedCertificate | undefined)[][]
  timestamps: CarriedTimestamp[]
  /** Complete references to certificates and revocation data are there: XAdES-C. */
  hasCompleteReferences: boolean
  /** OCSP responses among the revocation values, as they stand there. */
  ocspValues: Uint8Array[]
}

/**
 * The qualifying properties of a signature; undefined when it has none.
 *
 * @throws EHealthError `xml-signature.structure` for more than one of what there may be once
 */
export function readProperties({ objects }: ParsedSignature): XadesProperties | undefined {
  const [qualifying, ...more] = objects.flatMap((object) =>
    childrenNamed(object, xadesNamespace, 'QualifyingProperties'),
  )
  if (qualifying === undefined) return undefined
  const [signed, ...others] = childrenNamed(qualifying, xadesNamespace, 'SignedProperties')
  const unsigned = childrenNamed(qualifying, xadesNamespace, 'UnsignedProperties')
  if (more.length > 0 || others.length > 0 || unsigned.length > 1)
    throw new EHealthError('xml-signature.structure', 'misshapen signature: properties stand twice')
  const inSigned =
    signed === undefined ? [] : childrenNamed(signed, xadesNamespace, 'SignedSignatureProperties')
  const inUnsigned = unsigned.flatMap((element) =>
    childrenNamed(element, xadesNamespace, 'UnsignedSignatureProperties'),
  )
  const all = (parents: readonly XmlElement[], local: string): XmlElement[] =>
    parents.flatMap((parent) => childrenNamed(parent, xadesNamespace, local))
  const ocsp = all(all(all(inUnsigned, 'RevocationValues'), 'OCSPValues'), 'EncapsulatedOCSPValue')
  return {
    target: attribute(qualifying, 'Target'),
    signed,
    signingTimes: all(inSigned, 'SigningTime').map((element) => textOf(element).trim()),
    signingCertificates: ['SigningCertificate', 'SigningCertificateV2'].flatMap((local) =>
      all(inSigned, local).map((element) => childrenNamed(element, xadesNamespace, 'Cert').map(readCert)),
    ),
    timestamps: all(inUnsigned, 'SignatureTimeStamp').map(readTimestamp),
    hasCompleteReferences:
      all(inUnsigned, 'CompleteCertificateRefs').length > 0 ||
      all(inUnsigned, 'CompleteRevocationRefs').length > 0,
    ocspValues: ocsp.flatMap((element) => octetsOf(element) ?? []),
  }
}

function readCert(cert: XmlElement): NamedCertificate | undefined {
  const digest = childNamed(cert, xadesNamespace, 'CertDigest')
  const method = digest && childNamed(digest, dsNamespace, 'DigestMethod')
  const value = digest && childNamed(digest, dsNamespace, 'DigestValue')
  const digestMethod = method && attribute(method, 'Algorithm')
  const octets = value && octetsOf(value)
  if (digestMethod === undefined || octets === undefined) return undefined
  const issuerSerial = childNamed(cert, xadesNamespace, 'IssuerSerial')
  const text = (local: string): string => {
    const element = issuerSerial && childNamed(issuerSerial, dsNamespace, local)
    return element === undefined ? '' : textOf(element).trim()
  }
  return {
    digestMethod,
    digest: octets,
    ...(issuerSerial === undefined
      ? {}
      : { issuer: text('X509IssuerName'), serialNumber: text('X509SerialNumber') }),
  }
}

function readTimestamp(element: XmlElement): CarriedTimestamp {
  const method = childNamed(element, dsNamespace, 'CanonicalizationMethod')
  const tokens = childElements(element).filter(
    (child) =>
      isElement(child, xadesNamespace, 'EncapsulatedTimeStamp') ||
      isElement(child, xadesNamespace, 'XMLTimeStamp'),
  )
  return {
    canonicalization: method && attribute(method, 'Algorithm'),
    tokens: tokens.map((token) => (token.local === 'XMLTimeStamp' ? undefined : octetsOf(token))),
  }
}

function octetsOf(element: XmlElement): Uint8Array | undefined {
  try {
    return base64Of(element)
  } catch (error) {
    if (error instanceof EHealthError) return undefined
    throw error
  }
}
