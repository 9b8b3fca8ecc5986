/** Verifying signatures of documents (spec xml-signature §7). */
import { EHealthError } from '../../errors.js'
import { systemRuntime } from '../environment/runtime.js'
import type { XmlDocument } from '../xml/parse.js'
import { base64Of } from '../xml/signature/index.js'
import { childNamed, descendants, isElement, type XmlElement } from '../xml/tree.js'
import { indexIds, parsed, rootOf, type IdIndex, type XmlInput } from './documents.js'
import { finding, findingOf, findings, type XmlSignatureFinding } from './findings.js'
import { judgeSignature, type JudgedXmlSignature } from './judgeSignature.js'
import { dsNamespace, encryptedNamespace } from './names.js'
import type { CoveredContent } from './references.js'
import { isWithin } from './transforms.js'
import { checkVerifyOptions, type VerifyXmlOptions } from './verifyOptions.js'

/** What {@link verifyXml} found. */
export interface XmlVerification {
  /** Every signature is valid, and what must be covered is. */
  valid: boolean
  /** Those of all signatures, and of the document. */
  errors: XmlSignatureFinding[]
  warnings: XmlSignatureFinding[]
  /** In document order. */
  signatures: readonly JudgedXmlSignature[]
  /** What valid signatures cover. */
  covers: readonly CoveredContent[]
}

/** Most signatures of one document. */
const mostSignatures = 30

/**
 * Judges the signatures of a document. What is wrong with a document is in the report; only options that cannot be followed
 * throw. Nothing is fetched but what a revocation checker asks for.
 *
 * That a signature is valid says nothing about the rest of the document: say in `mustCover` what you are going to use, or
 * read it from `covers`, where the octets are that were digested. And it says that somebody trusted has signed, not who:
 * compare `signer` with whom you expect.
 *
 * @throws EHealthError `xml-signature.options`
 *
 * @example
 * ```ts
 * import { verifyXml } from 'ehealth-connectors/xml-signature'
 *
 * const { valid, errors, signatures } = await verifyXml(bytes, { trust, mustCover: '_b1', level: 'xades-t' })
 * if (!valid) console.error(errors.map(({ code }) => code))
 * else console.log(signatures[0]?.signer?.subject.toRfc2253(), signatures[0]?.timestamps[0])
 * ```
 */
export async function verifyXml(document: XmlInput, options: VerifyXmlOptions): Promise<XmlVerification> {
  checkVerifyOptions(options)
  const now = options.at ?? (options.runtime ?? systemRuntime).now()
  const errors = findings()
  const warnings = findings()
  let opened: Opened
  try {
    opened = open(document, options)
  } catch (error) {
    if (error instanceof EHealthError && error.code === 'xml-signature.options') throw error
    return { valid: false, errors: [findingOf(error)], warnings: [], signatures: [], covers: [] }
  }
  const { ids, root, elements } = opened
  const signatures: JudgedXmlSignature[] = []
  for (const element of elements) signatures.push(await judgeSignature(element, { ids, root }, options, now))
  if (elements.length === 0) errors.add(finding('xml-signature.missing', 'the document has no signature'))
  for (const signature of signatures) {
    errors.add(...signature.errors)
    warnings.add(...signature.warnings)
  }
  const wanted = [options.mustCover ?? []].flat() as readonly (string | XmlElement)[]
  const intact = signatures.filter((signature) => signature.intact)
  for (const target of wanted)
    if (!intact.some((signature) => isCovered(target, signature, ids)))
      errors.add(finding('xml-signature.coverage', 'what must be signed is not covered by a signature'))
  return {
    valid: errors.list.length === 0,
    errors: errors.list,
    warnings: warnings.list,
    signatures,
    covers: signatures.flatMap(({ valid, covers }) => (valid ? covers : [])),
  }
}

interface Opened {
  ids: IdIndex
  root: XmlElement
  /** The signatures to judge. */
  elements: XmlElement[]
}

/** @throws EHealthError `xml.*`, `xml-signature.*` */
function open(document: XmlInput, { signature, also = [] }: VerifyXmlOptions): Opened {
  const { root } = parsed(document)
  const more = also.map((input) => parsed(input).root)
  const index = (own: readonly XmlElement[]): IdIndex => indexIds([root, ...more, ...own.map(rootOf)])
  if (signature === undefined) {
    const found = signaturesIn(root)
    const elements = found.length > 0 ? found : wrappedSignature(root)
    return { ids: index(elements), root, elements }
  }
  const element =
    typeof signature === 'string' || signature instanceof Uint8Array
      ? signatureOf(parsed(signature))
      : signature
  if (!isElement(element, dsNamespace, 'Signature'))
    throw new EHealthError('xml-signature.structure', 'what is said to be the signature is none')
  return { ids: index([element]), root, elements: [element] }
}

/** A document that is a signature, or holds exactly one. */
function signatureOf({ root }: XmlDocument): XmlElement {
  const [element, ...others] = signaturesIn(root)
  if (element === undefined || others.length > 0)
    throw new EHealthError(
      element === undefined ? 'xml-signature.missing' : 'xml-signature.structure',
      'the detached signature is not one signature',
    )
  return element
}

/** All signatures that are not inside of another one. */
function signaturesIn(root: XmlElement): XmlElement[] {
  const found: XmlElement[] = []
  for (const element of descendants(root)) {
    if (!isElement(element, dsNamespace, 'Signature')) continue
    const outer = found.at(-1)
    if (outer !== undefined && isWithin(element, outer)) continue
    found.push(element)
    if (found.length > mostSignatures)
      throw new EHealthError('xml-signature.structure', 'too many signatures')
  }
  return found
}

/** The signature in the `Xades` of an `EncryptedKnownContent` (spec xml-signature §5, trap 26). */
function wrappedSignature(root: XmlElement): XmlElement[] {
  if (!isElement(root, encryptedNamespace, 'EncryptedKnownContent')) return []
  const wrapped = childNamed(root, encryptedNamespace, 'Xades')
  return wrapped === undefined ? [] : [signatureOf(parsed(base64Of(wrapped)))]
}

function isCovered(
  target: string | XmlElement,
  { covers, element }: JudgedXmlSignature,
  ids: IdIndex,
): boolean {
  let wanted: XmlElement
  try {
    wanted = typeof target === 'string' ? ids.one(target) : target
  } catch (error) {
    if (error instanceof EHealthError) return false
    throw error
  }
  return covers.some((covered) => {
    if (covered.element === wanted) return true
    if (covered.content !== 'element' || !isWithin(wanted, covered.element)) return false
    // an enveloped signature is in the element that it covers, and not covered
    return isWithin(covered.element, element) || !isWithin(wanted, element)
  })
}
