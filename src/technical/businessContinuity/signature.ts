/** The signature of a service list: enveloped XAdES-BES by a pinned signer (spec soap-security §6.5, §6.9). */
import { createHash } from 'node:crypto'

import { EHealthError } from '../../errors.js'
import { Certificate } from '../pki/certificate.js'
import { attributeTypes } from '../pki/name.js'
import { verifyPath } from '../pki/path.js'
import { exclusiveCanonicalization } from '../xml/canonicalize.js'
import {
  base64Of,
  digestAlgorithms,
  dsNamespace,
  envelopedTransform,
  indexIds,
  readSignature,
  verifySignature,
  type ParsedReference,
  type ParsedSignature,
} from '../xml/signature/index.js'
import { envelopedTransforms } from '../xml/signature/transforms.js'
import {
  attribute,
  childElements,
  childNamed,
  childrenNamed,
  isElement,
  type XmlElement,
} from '../xml/tree.js'

/** Namespace of XAdES 1.3.2. */
export const xadesNamespace = 'http://uri.etsi.org/01903/v1.3.2#'

/** `Type` of the reference to the signed properties. */
export const signedPropertiesType = 'http://uri.etsi.org/01903#SignedProperties'

/** Whom to believe. */
export interface ListSigner {
  /** Anchors of the signer's certificate. */
  trust: readonly Certificate[]
  /** Ten digits of the signer's enterprise number. Omitted, any number will do, and is told. */
  cbe?: string
  /** Instant at which the certificates must be valid. */
  at: Date
}

/** A verified signer. */
export interface VerifiedListSigner {
  certificate: Certificate
  cbe: string
}

const unit = 'SERVICELIST'

/**
 * Verifies the signature of a list. Exactly one signature, directly below the root; one reference to the root itself and
 * one to the signed properties inside the signature, with the transforms of XAdES and no others; made by the certificate
 * that the signed properties name, which leads to an anchor and belongs to the owner of the list. A digest file, or a
 * signature by anybody else under the same authority, proves nothing.
 *
 * @throws EHealthError `signature.*`, `service-list.signer`, `certificate.*`
 */
export function verifyListSignature(root: XmlElement, options: ListSigner): VerifiedListSigner {
  const [element, ...others] = childrenNamed(root, dsNamespace, 'Signature')
  if (element === undefined) throw new EHealthError('signature.missing', 'the list itself is not signed')
  if (others.length > 0) throw misshapen('more than one signature')
  const signature = readSignature(element)
  const ids = indexIds(root)
  const properties = signedPropertiesOf(signature)
  const [overRoot, overProperties] = referencesOf(signature, attribute(root, 'Id') ?? '')
  const embedded = certificatesOf(signature)
  const certificate = namedBy(properties, embedded)

  const covered = verifySignature(signature, {
    key: certificate.publicKey,
    resolve: (id) => ids.get(id),
    transforms: envelopedTransforms,
  })
  const elementOf = (wanted: ParsedReference): XmlElement | undefined =>
    covered.find(({ reference }) => reference === wanted)?.element
  if (elementOf(overRoot) !== root)
    throw new EHealthError('signature.coverage', 'the signature covers another element than the list')
  if (elementOf(overProperties) !== properties)
    throw new EHealthError('signature.coverage', 'the signature covers other properties than its own')

  const cbe = ownerOf(certificate, options.cbe)
  verifyPath(certificate, {
    intermediates: embedded,
    anchors: options.trust,
    at: options.at,
    keyUsage: ['digitalSignature', 'nonRepudiation'],
  })
  return { certificate, cbe }
}

/** The reference to the list and the one to the properties; transforms exactly as XAdES has them. */
function referencesOf(signature: ParsedSignature, id: string): [ParsedReference, ParsedReference] {
  const { references } = signature
  const isOverRoot = ({ uri }: ParsedReference): boolean => id !== '' && uri === `#${id}`
  const overRoot = references.find(isOverRoot)
  const overProperties = references.find((reference) => reference !== overRoot)
  if (overRoot === undefined)
    throw new EHealthError('signature.coverage', 'the signature does not refer to the list')
  if (references.length !== 2 || overProperties?.type !== signedPropertiesType)
    throw misshapen('not one reference to the list and one to the signed properties')
  assertTransforms(overRoot, [envelopedTransform, exclusiveCanonicalization])
  assertTransforms(overProperties, [exclusiveCanonicalization])
  return [overRoot, overProperties]
}

function assertTransforms({ transforms }: ParsedReference, expected: readonly string[]): void {
  if (
    transforms.length !== expected.length ||
    !transforms.every(({ algorithm }, i) => algorithm === expected[i])
  )
    throw new EHealthError('signature.algorithm', 'transforms other than those of an enveloped signature')
}

/** Signature/Object/QualifyingProperties/SignedProperties, the only way through the objects that is walked. */
function signedPropertiesOf({ objects, element }: ParsedSignature): XmlElement {
  const [object, ...more] = objects
  const children = object === undefined ? [] : childElements(object)
  const [qualifying] = children
  if (object === undefined || more.length > 0 || children.length !== 1)
    throw misshapen('not one object with the qualifying properties')
  if (!isElement(qualifying, xadesNamespace, 'QualifyingProperties'))
    throw misshapen('an object that is no qualifying properties')
  if (attribute(qualifying, 'Target') !== `#${attribute(element, 'Id') ?? ''}`)
    throw misshapen('properties of another signature')
  const properties = childrenNamed(qualifying, xadesNamespace, 'SignedProperties')
  if (properties.length !== 1) throw misshapen('not one element with signed properties')
  return properties[0]!
}

function certificatesOf({ keyInfo }: ParsedSignature): Certificate[] {
  if (keyInfo === undefined) throw misshapen('no certificate')
  return childrenNamed(keyInfo, dsNamespace, 'X509Data')
    .flatMap((data) => childrenNamed(data, dsNamespace, 'X509Certificate'))
    .slice(0, 8)
    .map((element) => Certificate.fromDer(base64Of(element)))
}

/** The certificate whose digest the signed properties hold: KeyInfo alone is not signed. */
function namedBy(properties: XmlElement, candidates: readonly Certificate[]): Certificate {
  const signatureProperties = childNamed(properties, xadesNamespace, 'SignedSignatureProperties')
  const named = signatureProperties && childNamed(signatureProperties, xadesNamespace, 'SigningCertificate')
  const cert = named && childNamed(named, xadesNamespace, 'Cert')
  const digest = cert && childNamed(cert, xadesNamespace, 'CertDigest')
  const method = digest && childNamed(digest, dsNamespace, 'DigestMethod')
  const value = digest && childNamed(digest, dsNamespace, 'DigestValue')
  if (value === undefined || method === undefined)
    throw misshapen('no signing certificate among the properties')
  if (attribute(method, 'Algorithm') !== digestAlgorithms.sha256)
    throw new EHealthError('signature.algorithm', 'the digest of the signing certificate is not accepted')
  const wanted = base64Of(value)
  const certificate = candidates.find(
    ({ der }) => Buffer.compare(createHash('sha256').update(der).digest(), wanted) === 0,
  )
  if (certificate === undefined)
    throw new EHealthError('signature.key', 'the certificate that the signature names is not with it')
  return certificate
}

/** Subject of the real signer: OU=SERVICELIST, OU=CBE=…, CN="CBE=…, SERVICELIST" (spec soap-security §6.5). */
function ownerOf(certificate: Certificate, pinned: string | undefined): string {
  const units = certificate.subject.values(attributeTypes.organizationalUnit)
  const numbers = units.flatMap((value) => /^CBE=(\d{10})$/.exec(value)?.[1] ?? [])
  const [cbe] = numbers
  if (!units.includes(unit) || cbe === undefined || numbers.length > 1 || certificate.isCa)
    throw new EHealthError('service-list.signer', 'the signer is not the owner of service lists')
  if (pinned !== undefined && pinned !== cbe)
    throw new EHealthError('service-list.signer', 'the signer is another organisation than the one pinned')
  return cbe
}

const misshapen = (what: string): EHealthError =>
  new EHealthError('signature.structure', `misshapen signature: ${what}`)
