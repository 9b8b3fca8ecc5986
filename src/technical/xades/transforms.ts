/** From the element that a reference names to the octets that are digested (XML Signature 1.1 §4.4.3, spec xml-signature §4). */
import { EHealthError } from '../../errors.js'
import { canonicalizeInPieces } from '../xml/canonicalize.js'
import { canonicalizeInclusive } from '../xml/canonicalizeInclusive.js'
import { encodeUtf8 } from '../xml/encode.js'
import { parseXml } from '../xml/parse.js'
import type { Octets } from '../xml/signature/index.js'
import { textOf, type XmlElement } from '../xml/tree.js'
import { canonicalDocument } from './documents.js'
import { inflateOptional, type InflateLimits } from './inflate.js'
import { transformUris, type XmlTransform } from './names.js'

/** A transform with what it may say besides its name. */
export interface TransformUse {
  name: XmlTransform
  /** PrefixList of exclusive canonicalisation. */
  inclusivePrefixes: readonly string[]
}

/** What the transforms make of an element. */
export interface Transformed {
  octets: Octets
  /**
   * `element`: all of it was digested, attributes included (and what stands below it, but for an enveloped signature).
   * `text`: what its text stands for, nothing of its attributes.
   */
  content: 'element' | 'text'
}

/** What the transforms work on. */
export interface TransformContext {
  /** The signature that holds the reference, as far as it stands in a document already. */
  signature: XmlElement | undefined
  inflate: InflateLimits
}

type State = { element: XmlElement; excluded: XmlElement[] } | { octets: Octets }

/**
 * Runs the transforms of a reference over the element it names. Without any, and behind an enveloped-signature transform
 * alone, the element is canonicalised inclusively, as the standard demands.
 *
 * @throws EHealthError `xml-signature.transform`; `xml.*` for content that is no document where one must be parsed
 */
export function transform(
  element: XmlElement,
  transforms: readonly TransformUse[],
  context: TransformContext,
): Transformed {
  let state: State = { element, excluded: [] }
  let content: Transformed['content'] = 'element'
  for (const use of transforms) {
    if (use.name === 'base64') content = 'text'
    state = apply(state, use, context)
  }
  if ('element' in state) state = apply(state, { name: 'c14n', inclusivePrefixes: [] }, context)
  return { octets: 'octets' in state ? state.octets : '', content }
}

function apply(state: State, { name, inclusivePrefixes }: TransformUse, context: TransformContext): State {
  switch (name) {
    case 'base64':
      return { octets: decoded('octets' in state ? latin1(state.octets) : textBelow(state)) }
    case 'optional-deflate':
      if (!('octets' in state)) throw misplaced('optional-deflate over an element')
      return { octets: inflateOptional(joined(state.octets), context.inflate) }
    case 'enveloped': {
      if ('octets' in state) throw misplaced('enveloped-signature over octets')
      const { signature } = context
      // a signature that stands elsewhere is not in there to be taken out (EncryptedKnownContent, spec xml-signature §5)
      return signature === undefined ? state : { ...state, excluded: [...state.excluded, signature] }
    }
    case 'exc-c14n':
    case 'c14n': {
      const kind = name === 'c14n' ? 'inclusive' : 'exclusive'
      if ('octets' in state) {
        const maxBytes = 256 * 1024 * 1024
        const document = parseXml(joined(state.octets), { maxBytes })
        return { octets: canonicalDocument(document, kind, inclusivePrefixes) }
      }
      const { excluded } = state
      const exclude = (at: XmlElement): boolean => excluded.includes(at)
      return {
        octets:
          kind === 'inclusive'
            ? canonicalizeInclusive(state.element, { exclude })
            : canonicalizeInPieces(state.element, { inclusivePrefixes, exclude }),
      }
    }
  }
}

/** Octets in one piece. */
export function joined(octets: Octets): Uint8Array {
  if (octets instanceof Uint8Array) return octets
  if (typeof octets === 'string') return encodeUtf8(octets)
  return Buffer.concat([...octets].map((piece) => (typeof piece === 'string' ? encodeUtf8(piece) : piece)))
}

const latin1 = (octets: Octets): string => Buffer.from(joined(octets)).toString('latin1')

/** All text below an element, without what was taken out. */
function textBelow({ element, excluded }: { element: XmlElement; excluded: readonly XmlElement[] }): string {
  if (element.children.every((node) => node.kind === 'text')) return textOf(element)
  const pieces: string[] = []
  const write = (at: XmlElement): void => {
    if (excluded.includes(at)) return
    for (const node of at.children)
      if (node.kind === 'text') pieces.push(node.value)
      else if (node.kind === 'element') write(node)
  }
  write(element)
  return pieces.join('')
}

/** Strict base64; white space is allowed anywhere (RFC 2045 §6.8 as XML Schema narrows it). */
function decoded(text: string): Uint8Array {
  const plain = /[ \t\r\n]/.test(text) ? text.replace(/[ \t\r\n]+/g, '') : text
  const bytes = Buffer.from(plain, 'base64')
  if (bytes.toString('base64') !== plain)
    throw new EHealthError('xml-signature.transform', 'signed content is not base64')
  return bytes
}

/** True when `element` is `of` or stands below it. */
export function isWithin(element: XmlElement, of: XmlElement): boolean {
  for (let at: XmlElement | undefined = element; at !== undefined; at = at.parent) if (at === of) return true
  return false
}

const byUri = new Map<string, XmlTransform>(
  (Object.entries(transformUris) as [XmlTransform, string][]).map(([name, uri]) => [uri, name]),
)

/**
 * Transforms by name or identifier.
 *
 * @throws EHealthError `xml-signature.algorithm` for an unknown one: XSLT, XPath and whatever else there is
 */
export function transformNamed(text: string): XmlTransform {
  const name = Object.hasOwn(transformUris, text) ? (text as XmlTransform) : byUri.get(text)
  if (name === undefined) throw new EHealthError('xml-signature.algorithm', 'a transform is not accepted')
  return name
}

const misplaced = (what: string): EHealthError =>
  new EHealthError('xml-signature.transform', `transforms in an impossible order: ${what}`)
