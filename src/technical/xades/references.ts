/** References of a signature: what each leads to, what was digested, and what therefore is covered. */
import { EHealthError } from '../../errors.js'
import {
  readReference,
  type ParsedReference,
  type ParsedSignature,
  type ParsedTransform,
} from '../xml/signature/index.js'
import { childElements, isElement, type XmlElement } from '../xml/tree.js'
import { acceptedDigest, digestOf } from './algorithms.js'
import { indexIds, type IdIndex } from './documents.js'
import { finding, findingOf, type OfficialSignatureError, type XmlSignatureFinding } from './findings.js'
import type { InflateLimits } from './inflate.js'
import { dsNamespace, manifestType, signedPropertiesType } from './names.js'
import { isWithin, joined, transform, transformNamed, type TransformUse } from './transforms.js'

/** Something that a signature covers. */
export interface CoveredContent {
  /** Identifier by which the reference names the element; empty for the whole document. */
  id: string
  element: XmlElement
  /**
   * `element`: the element with everything in it, but for the signature itself. `text`: the octets that its text stands
   * for, and nothing of its attributes.
   */
  content: 'element' | 'text'
  /** Named by the signature itself, or by a manifest in it. */
  through: 'signature' | 'manifest'
  /** What was digested. Read from here, not from the document: a comment is not in it, compressed content is inflated. */
  octets(): Uint8Array
}

/**
 * What becomes of the references in manifests. `follow`: each must verify. `available`: those that lead to no element of
 * the documents given are told as warnings. `ignore`: they are not looked at, and cover nothing.
 */
export type ManifestPolicy = 'follow' | 'available' | 'ignore'

/** What references are judged with. */
export interface ReferenceContext {
  signature: ParsedSignature
  /** All documents. */
  ids: IdIndex
  /** Root of the document that `URI=""` means. */
  root: XmlElement
  allowSha1: boolean
  inflate: InflateLimits
  manifests: ManifestPolicy
}

/** Outcome of all references. */
export interface JudgedReferences {
  errors: XmlSignatureFinding[]
  warnings: XmlSignatureFinding[]
  covers: CoveredContent[]
  /** Elements of SignedInfo references of the type SignedProperties. */
  signedProperties: XmlElement[]
}

/** Most references of a signature with all its manifests. */
const mostReferences = 60

/** Judges all references. Never throws for what a document says. */
export function judgeReferences(context: ReferenceContext): JudgedReferences {
  const judged: JudgedReferences = { errors: [], warnings: [], covers: [], signedProperties: [] }
  const own = indexIds([context.signature.element])
  const waiting: { reference: ParsedReference; through: CoveredContent['through'] }[] =
    context.signature.references.map((reference) => ({ reference, through: 'signature' }))
  let count = 0
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (++count > mostReferences) {
      judged.errors.push(finding('xml-signature.structure', 'too many references'))
      break
    }
    const { reference, through } = next
    const inManifest = through === 'manifest'
    let covered: CoveredContent
    try {
      covered = { ...judgeReference(reference, context, own), through }
    } catch (error) {
      const found = findingOf(error, manifestCode(error, inManifest))
      const absent = inManifest && found.reason === 'xml-signature.reference' && isAbsent(reference, context)
      if (absent && context.manifests === 'available') judged.warnings.push(found)
      else judged.errors.push(found)
      continue
    }
    if (!inManifest && reference.type === signedPropertiesType) {
      if (covered.content === 'element') judged.signedProperties.push(covered.element)
      continue
    }
    judged.covers.push(covered)
    if (context.manifests === 'ignore') continue
    try {
      for (const item of manifestItems(covered, reference))
        waiting.push({ reference: item, through: 'manifest' })
    } catch (error) {
      judged.errors.push(findingOf(error, 'SIGNATURE_MANIFEST_COULD_NOT_BE_VERIFIED'))
    }
  }
  return judged
}

function manifestCode(error: unknown, inManifest: boolean): OfficialSignatureError | undefined {
  const notFound = error instanceof EHealthError && error.code === 'xml-signature.reference'
  return inManifest && notFound ? 'SIGNATURE_MANIFEST_REFERENCE_NOT_FOUND' : undefined
}

/** True where the reference names an identifier that no document has: what it is about was not given. */
function isAbsent({ uri }: ParsedReference, { ids }: ReferenceContext): boolean {
  return uri.startsWith('#') && !ids.has(uri.slice(1))
}

/** @throws EHealthError */
function judgeReference(
  reference: ParsedReference,
  context: ReferenceContext,
  own: IdIndex,
): Omit<CoveredContent, 'through'> {
  const { signature, allowSha1, inflate } = context
  const digest = acceptedDigest(reference.digestMethod, allowSha1)
  const transforms = reference.transforms.map(transformOf)
  const element = targetOf(reference, context, own)
  const around = isWithin(signature.element, element) ? signature.element : undefined
  const { octets, content } = transform(element, transforms, { signature: around, inflate })
  if (Buffer.compare(digestOf(digest, octets), reference.digestValue) !== 0)
    throw new EHealthError('xml-signature.digest', 'a digest does not fit the signed content')
  return { id: reference.uri.slice(1), element, content, octets: () => joined(octets) }
}

function targetOf(reference: ParsedReference, { ids, root }: ReferenceContext, own: IdIndex): XmlElement {
  const { uri, type } = reference
  if (uri === '') return root
  if (!/^#[^#()]+$/.test(uri))
    throw new EHealthError('xml-signature.reference', 'a reference leads out of the documents given')
  const id = uri.slice(1)
  // some senders give the properties of all their signatures one identifier (spec xml-signature, trap 17)
  if (type === signedPropertiesType) return own.one(id)
  return ids.one(id)
}

/** @throws EHealthError `xml-signature.algorithm` */
export function transformOf({ algorithm, inclusivePrefixes, parameters }: ParsedTransform): TransformUse {
  const name = transformNamed(algorithm)
  if (parameters.length > 0 || (inclusivePrefixes.length > 0 && name !== 'exc-c14n'))
    throw new EHealthError('xml-signature.algorithm', 'a transform with parameters it does not have')
  return { name, inclusivePrefixes }
}

/** References of a manifest, where the reference is to one. */
function manifestItems({ element, content }: CoveredContent, { type }: ParsedReference): ParsedReference[] {
  const isManifest = isElement(element, dsNamespace, 'Manifest') && content === 'element'
  if (!isManifest && type?.endsWith('Manifest') !== true) return []
  const items = childElements(element)
  if (!isManifest || (type !== undefined && type !== manifestType) || items.length === 0)
    throw new EHealthError('xml-signature.structure', 'a manifest that is none')
  return items.map((item) => {
    if (!isElement(item, dsNamespace, 'Reference'))
      throw new EHealthError('xml-signature.structure', 'a manifest with something else than references')
    return readReference(item)
  })
}
