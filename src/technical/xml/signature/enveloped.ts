/** Signatures inside of what they sign: assertions of the STS (spec sts-iam §1.5). */
import { EHealthError } from '../../../errors.js'
import type { Credential } from '../../keystore/credential.js'
import type { Certificate } from '../../pki/certificate.js'
import { canonicalize, exclusiveCanonicalization } from '../canonicalize.js'
import { parseXml } from '../parse.js'
import { attribute, childrenNamed, type XmlElement } from '../tree.js'
import { dsNamespace, envelopedTransform } from './algorithms.js'
import { indexIds } from './ids.js'
import { base64Of, readSignature, type ParsedSignature } from './read.js'
import { writeSignature, x509Data } from './sign.js'
import { envelopedTransforms } from './transforms.js'
import { verifySignature } from './verify.js'

/** Attribute that holds the identifier of the signed element. */
export type IdAttribute = 'AssertionID' | 'RequestID' | 'ResponseID' | 'ID' | 'Id'

/** Options of {@link signEnveloped}. */
export interface SignEnvelopedOptions {
  idAttribute: IdAttribute
  credential: Credential
  /** Prefixes used in values only (`xsi:type="xs:string"`). */
  inclusivePrefixes?: readonly string[]
  /** rsa-sha1 with SHA-1 digests, for legacy contracts; false. */
  sha1?: boolean
}

/**
 * Signs an element from within: `ds:Signature` becomes its last child, exclusive canonicalisation, KeyInfo with the
 * certificate. The rest of the text stays as given.
 *
 * @param xml The element, complete in itself (all prefixes declared), with content and the identifier.
 * @returns The element with its signature.
 * @throws EHealthError `configuration.invalid` when it has no identifier or content; `xml.*`
 *
 * @example
 * ```ts
 * import { parseXml, signEnveloped, verifyEnveloped } from 'ehealth-connectors/xml'
 *
 * const signed = await signEnveloped(assertionXml, { idAttribute: 'AssertionID', credential })
 * const { signer } = verifyEnveloped(parseXml(signed).root, {
 *   idAttribute: 'AssertionID',
 *   trusted: [credential.certificate],
 * })
 * ```
 */
export async function signEnveloped(xml: string, options: SignEnvelopedOptions): Promise<string> {
  const { root } = parseXml(xml)
  const endTag = xml.lastIndexOf('</', root.end)
  if (root.children.length === 0 || endTag <= root.start)
    throw new EHealthError('configuration.invalid', 'the element to sign has no content')
  const signature = await signatureInside(root, options)
  return xml.slice(root.start, endTag) + signature + xml.slice(endTag, root.end)
}

/**
 * The signature alone, for whoever puts it into its place: somewhere in the element that is signed, which must not change
 * otherwise (a SAML 1.1 request has it before its query).
 *
 * @param root The element, without the signature.
 * @throws EHealthError `configuration.invalid` when it has no identifier
 */
export function signatureInside(root: XmlElement, options: SignEnvelopedOptions): Promise<string> {
  const { idAttribute, credential, inclusivePrefixes = [], sha1 = false } = options
  const id = attribute(root, idAttribute)
  if (id === undefined || id === '')
    throw new EHealthError('configuration.invalid', `the element to sign has no ${idAttribute}`)
  return writeSignature({
    credential,
    sha1,
    keyInfo: x509Data([credential.certificate]),
    references: [
      {
        id,
        octets: canonicalize(root, { inclusivePrefixes }),
        transforms: [
          { algorithm: envelopedTransform },
          { algorithm: exclusiveCanonicalization, inclusivePrefixes },
        ],
      },
    ],
  })
}

/** Options of {@link verifyEnveloped}. */
export interface VerifyEnvelopedOptions {
  idAttribute: IdAttribute
  /** The signers that are accepted, pinned. What is in KeyInfo only chooses among them. */
  trusted: readonly Certificate[]
  /** Accept rsa-sha1 and SHA-1 digests; false. */
  allowSha1?: boolean
  /** Identifiers of the whole document when already at hand. */
  ids?: ReadonlyMap<string, XmlElement>
}

/**
 * Verifies the signature that an element carries over itself. Exactly one `ds:Signature` directly below it, without
 * ds:Object; exactly one reference, to the element's own identifier, which leads to this very element; transforms
 * exactly enveloped-signature and exclusive canonicalisation; made by a pinned signer.
 *
 * @throws EHealthError `signature.missing`, `signature.structure`, `signature.coverage`, `signature.key`,
 *   `signature.algorithm`, `signature.invalid`, `signature.digest`
 */
export function verifyEnveloped(
  element: XmlElement,
  options: VerifyEnvelopedOptions,
): { signer: Certificate } {
  const { idAttribute, trusted, allowSha1 = false } = options
  const [signatureElement, ...others] = childrenNamed(element, dsNamespace, 'Signature')
  if (signatureElement === undefined)
    throw new EHealthError('signature.missing', `${element.local} is not signed`)
  if (others.length > 0) throw new EHealthError('signature.structure', 'more than one signature')
  const signature = readSignature(signatureElement)
  // content of an Object would lie inside the element without being signed
  if (signature.objects.length > 0)
    throw new EHealthError('signature.structure', 'an object inside the signature')
  const ids = options.ids ?? indexIds(rootOf(element))
  const own = attribute(element, idAttribute) ?? ''
  requireSelfReference(signature, own)
  if (ids.get(own) !== element)
    throw new EHealthError('signature.coverage', 'the signature covers another element')

  const embedded = certificatesOf(signature.keyInfo)
  const candidates = trusted.filter(
    ({ der }) => embedded.length === 0 || embedded.some((bytes) => Buffer.compare(bytes, der) === 0),
  )
  let failure: EHealthError | undefined
  for (const signer of candidates) {
    try {
      const covered = verifySignature(signature, {
        key: signer.publicKey,
        resolve: (id) => ids.get(id),
        allowSha1,
        transforms: envelopedTransforms,
      })
      if (covered.every((reference) => reference.element === element)) return { signer }
    } catch (error) {
      if (!(error instanceof EHealthError)) throw error
      // the value fits this key, so no other signer can do better
      if (error.code === 'signature.digest') throw error
      failure = error
    }
  }
  throw failure ?? new EHealthError('signature.key', 'the signer is not one of the trusted ones')
}

function requireSelfReference(signature: ParsedSignature, id: string): void {
  const [reference, ...more] = signature.references
  if (reference === undefined || more.length > 0)
    throw new EHealthError('signature.structure', 'more than one reference')
  if (id === '' || reference.uri !== `#${id}`)
    throw new EHealthError('signature.coverage', 'the signature does not refer to the element around it')
  const [first, second, ...rest] = reference.transforms.map((transform) => transform.algorithm)
  if (rest.length > 0) throw new EHealthError('signature.algorithm', 'a transform too many')
  if (first !== envelopedTransform || second !== exclusiveCanonicalization)
    throw new EHealthError(
      'signature.algorithm',
      'transforms other than enveloped and exclusive canonicalisation',
    )
}

/** Certificates in KeyInfo as octets; they are compared, never parsed. */
function certificatesOf(keyInfo: XmlElement | undefined): Uint8Array[] {
  if (keyInfo === undefined) return []
  return childrenNamed(keyInfo, dsNamespace, 'X509Data')
    .flatMap((data) => childrenNamed(data, dsNamespace, 'X509Certificate'))
    .map(base64Of)
}

function rootOf(element: XmlElement): XmlElement {
  let root = element
  while (root.parent !== undefined) root = root.parent
  return root
}
