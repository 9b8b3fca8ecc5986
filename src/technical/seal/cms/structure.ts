/** Parts that every CMS structure is made of: ContentInfo, AlgorithmIdentifier, Attributes (RFC 5652 §3, §5.3, §10.1). */
import { Asn1Error, expect, objectIdentifier, readAsn1, tags, type Asn1Node } from '../../asn1/index.js'

export { expect } from '../../asn1/index.js'
export { readAlgorithm, readDigestAlgorithm, type AlgorithmIdentifier } from '../../pki/algorithms.js'

/** What is wrong with a CMS structure; the callers' notifications tell these apart. */
export type CmsFault = 'structure' | 'content-missing' | 'certificates'

/** The bytes are not the CMS structure that was expected. Never leaves the library: callers turn it into a typed error. */
export class CmsError extends Error {
  override readonly name = 'CmsError'
  constructor(
    readonly fault: CmsFault,
    message: string,
    options?: { cause: unknown },
  ) {
    super(message, options)
  }
}

/** Runs a parser; whatever ASN.1 finds wrong is a fault of the structure. */
export function parsing<T>(what: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (error instanceof Asn1Error)
      throw new CmsError('structure', `not ${what}: ${error.message}`, { cause: error })
    throw error
  }
}

/** The content of a ContentInfo of this type. */
export function readContentInfo(
  bytes: Uint8Array,
  type: string,
  options: { allowTrailing?: boolean } = {},
): Asn1Node {
  const info = expect(readAsn1(bytes, options), tags.sequence)
  if (objectIdentifier(info.at(0)) !== type) throw new Asn1Error('another content type')
  const content = info.at(1)
  if (!content.isContext(0) || content.children.length !== 1 || info.children.length !== 2)
    throw new Asn1Error('broken ContentInfo')
  return expect(content.at(0), tags.sequence)
}

/** Attributes by type; every occurrence keeps its own list of values. */
export type Attributes = ReadonlyMap<string, readonly (readonly Asn1Node[])[]>

export function readAttributes(node: Asn1Node | undefined): Attributes {
  const found = new Map<string, (readonly Asn1Node[])[]>()
  for (const attribute of node?.children ?? []) {
    expect(attribute, tags.sequence)
    const type = objectIdentifier(attribute.at(0))
    const values = expect(attribute.at(1), tags.set).children
    const occurrences = found.get(type)
    if (occurrences === undefined) found.set(type, [values])
    else occurrences.push(values)
  }
  return found
}

/** The one value of an attribute that must not be repeated (RFC 5652 §11); `undefined` when it is absent. */
export function singleValue(attributes: Attributes, type: string): Asn1Node | undefined {
  const occurrences = attributes.get(type)
  if (occurrences === undefined) return undefined
  const [values] = occurrences
  if (occurrences.length !== 1 || values?.length !== 1)
    throw new Asn1Error('attribute with more than one value')
  return values[0]
}
