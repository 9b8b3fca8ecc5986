/** The SOAP 1.1 envelope: written whole as text, read strictly (spec soap-security §1.1, §2.10). */
import { EHealthError } from '../../errors.js'
import { canonicalize } from '../xml/canonicalize.js'
import type { ElementDeclaration } from '../xml/contract.js'
import { encodeUtf8 } from '../xml/encode.js'
import { parseXml, type ParseOptions, type XmlDocument } from '../xml/parse.js'
import {
  encodedPieces,
  joinedOctets,
  octetsAtLeast,
  octetsOfParts,
  passingOctets,
  textOfParts,
  type WrittenPart,
} from '../xml/pieces.js'
import { attribute, childElements, childrenNamed, isElement, type XmlElement } from '../xml/tree.js'
import { write, type WriteOptions, type Written } from '../xml/write.js'
import type { Watch } from '../observability/watch.js'
import { soapNamespace, wsseNamespace, wsuNamespace } from './namespaces.js'
import type { Security, StreamedContent } from './types.js'
import { writeSecurity, type WriteSecurityOptions } from './wsSecurity/sign.js'

/** What stands in the Body: a value of a contract, or an element written before. */
export type BodyContent<T = unknown> = { declaration: ElementDeclaration<T>; value: T } | Written

/** Options of {@link buildEnvelope}. */
export interface BuildEnvelopeOptions<T> extends WriteSecurityOptions {
  security: Security
  body: BodyContent<T>
  /** Header blocks after Security; each must declare its own prefixes. Not signed. See `writeAddressing`. */
  addressing?: string
  /** Told how long writing and signing take. */
  time?: Watch['time']
  /** Takes binary content of a declared Body out of the envelope; see `xopAttacher`. */
  attach?: WriteOptions['attach']
}

const soapScope = new Map([['S', soapNamespace]])
const signedScope = new Map([
  ['S', soapNamespace],
  ['wsu', wsuNamespace],
])

/**
 * The text of a whole envelope.
 *
 * A signed Body is canonical by construction: the writer is told what is in scope and emits exclusive canonical form,
 * so the text that is sent is the text that is digested, but for the declaration of `S`, which the Body inherits. Only a
 * message with foreign XML in it is parsed and canonicalised first (docs/decisions/0004-canonical-by-construction.md).
 *
 * @throws EHealthError `contract.invalid` when the value does not fit the contract
 *
 * @example
 * ```ts
 * import { systemRuntime } from 'ehealth-connectors'
 * import { buildEnvelope } from 'ehealth-connectors/soap'
 *
 * const envelope = await buildEnvelope({
 *   security: { kind: 'x509', credential },
 *   body: { declaration: GetBoxInfoRequest, value: {} },
 *   runtime: systemRuntime,
 * })
 * ```
 */
export async function buildEnvelope<T>(options: BuildEnvelopeOptions<T>): Promise<string> {
  return textOfEnvelope(await writeEnvelope(options))
}

/** @internal */
export const textOfEnvelope = ({ start, content, end }: WrittenEnvelope): string =>
  start + textOfParts(content.parts) + end

/** Octets above which a Body is encoded while it is sent. */
const largeBody = 256 * 1024

/**
 * The octets of a whole envelope in a few pieces, to be sent one behind the other. A large Body is digested as it is
 * written and encoded again while it is sent: it is never copied, and its octets never stand in memory together.
 *
 * @throws as {@link buildEnvelope}
 */
export async function envelopePieces<T>(
  options: BuildEnvelopeOptions<T>,
): Promise<(Uint8Array | StreamedContent)[]> {
  return piecesOf(await writeEnvelope(options))
}

/** @internal */
export function piecesOf({ start, content, end }: WrittenEnvelope): (Uint8Array | StreamedContent)[] {
  const { parts, octets, length } = content
  return [encodeUtf8(start), octets ?? { length, stream: () => encodedPieces(parts) }, encodeUtf8(end)]
}

/** An envelope with its Body still in pieces. @internal */
export interface WrittenEnvelope {
  start: string
  /** What stands in the Body. */
  content: BodyOctets
  end: string
}

/** What stands in the Body: in octets while it is small, else in pieces that are encoded each time that they are needed. */
interface BodyOctets {
  readonly parts: readonly WrittenPart[]
  readonly octets?: Buffer
  /** How many octets there are; of a signed Body known when it has been digested. */
  length: number
}

/** @internal */
export async function writeEnvelope<T>(options: BuildEnvelopeOptions<T>): Promise<WrittenEnvelope> {
  const { security, body, runtime, addressing = '', attach, time = (_, work) => work() } = options
  const end = '</S:Body></S:Envelope>'
  if (security.kind === 'none') {
    const content = time('write', () => inOctets(contentOf(body, soapScope, attach)))
    if (content.octets === undefined) content.length = octetsOfParts(content.parts)
    return { start: `${startOf(addressing)}<S:Body>`, content, end }
  }
  const id = `id-${runtime.uuid()}`
  const { written, content } = time('write', () => {
    const written = contentOf(body, signedScope, attach)
    return { written, content: inOctets(written) }
  })
  const bodyStart = (inherited: string): string =>
    `<S:Body${inherited} xmlns:wsu="${wsuNamespace}" wsu:Id="${id}">`
  const alone = bodyStart(` xmlns:S="${soapNamespace}"`)
  const children = await time('sign', () => {
    if (!written.canonical && content.octets === undefined) content.length = octetsOfParts(content.parts)
    const canonical = written.canonical
      ? canonicalBody(alone, content)
      : canonicalize(parseXml(`${alone}${written.xml}</S:Body>`).root)
    return writeSecurity(security, { id, canonical }, options)
  })
  const header = `<wsse:Security xmlns:wsse="${wsseNamespace}" S:mustUnderstand="1">${children}</wsse:Security>`
  return { start: startOf(header + addressing) + bodyStart(''), content, end }
}

/** A small one is encoded once, to be digested and sent. */
function inOctets(written: Written): BodyOctets {
  const pieces = written.parts ?? [written.xml]
  if (octetsAtLeast(pieces) > largeBody) return { parts: pieces, length: 0 }
  const octets = joinedOctets(pieces)
  return { parts: pieces, octets, length: octets.length }
}

/** Counts what it gives, where that is not known yet: a second look at every character of a large text is dear. */
function* canonicalBody(start: string, content: BodyOctets): Generator<string | Buffer> {
  yield start
  if (content.octets !== undefined) yield content.octets
  else
    for (const piece of passingOctets(content.parts)) {
      content.length += piece.length
      yield piece
    }
  yield '</S:Body>'
}

const startOf = (header: string): string =>
  `<S:Envelope xmlns:S="${soapNamespace}"><S:Header>${header}</S:Header>`

function contentOf<T>(
  body: BodyContent<T>,
  inScope: ReadonlyMap<string, string>,
  attach: WriteOptions['attach'],
): Written {
  if ('declaration' in body)
    return write(body.declaration, body.value, { inScope, ...(attach === undefined ? {} : { attach }) })
  // written without knowing what stands around it: a prefix declared here again would not be canonical
  const repeats = [...inScope.keys()].some((prefix) => body.xml.includes(` xmlns:${prefix}=`))
  return repeats ? { xml: body.xml, canonical: false } : body
}

/** An envelope that has the right shape; nothing is verified yet. */
export interface ParsedEnvelope {
  document: XmlDocument
  envelope: XmlElement
  header?: XmlElement
  body: XmlElement
  /** The one element in the Body. */
  payload: XmlElement
  /** The `wsse:Security` without actor, when there is one. */
  security?: XmlElement
}

/**
 * Reads an envelope and insists on its shape: SOAP 1.1, at most one Header, then exactly one Body with exactly one
 * child element, no document type. Two Security headers for the same receiver are refused as well.
 *
 * @throws EHealthError `xml.envelope`, `xml.malformed`, `xml.doctype`, `xml.limit`, `signature.structure`
 */
export function parseEnvelope(input: Uint8Array | string, options: ParseOptions = {}): ParsedEnvelope {
  const document = parseXml(input, options)
  const envelope = document.root
  if (envelope.local !== 'Envelope' || envelope.namespace !== soapNamespace)
    throw misshapen('the root element is not a SOAP 1.1 Envelope')
  const parts = childElements(envelope)
  const [first, second] = parts
  const header = isElement(first, soapNamespace, 'Header') ? first : undefined
  const body = header === undefined ? first : second
  if (!isElement(body, soapNamespace, 'Body') || parts.length > (header === undefined ? 1 : 2))
    throw misshapen('not exactly one Body behind at most one Header')
  for (const element of [envelope, header, body])
    if (element !== undefined && hasText(element)) throw misshapen(`text in ${element.local}`)
  const [payload, ...others] = childElements(body)
  if (payload === undefined || others.length > 0) throw misshapen('not exactly one element in the Body')

  const security = header === undefined ? undefined : ownSecurity(header)
  return {
    document,
    envelope,
    body,
    payload,
    ...(header === undefined ? {} : { header }),
    ...(security === undefined ? {} : { security }),
  }
}

function ownSecurity(header: XmlElement): XmlElement | undefined {
  const [mine, ...others] = childrenNamed(header, wsseNamespace, 'Security').filter(
    (security) => (attribute(security, 'actor', soapNamespace) ?? '') === '',
  )
  if (others.length > 0)
    throw new EHealthError('signature.structure', 'more than one Security header for the same receiver')
  return mine
}

function hasText(element: XmlElement): boolean {
  return element.children.some((node) => node.kind === 'text' && /[^ \t\r\n]/.test(node.value))
}

function misshapen(problem: string): EHealthError {
  return new EHealthError('xml.envelope', problem)
}
