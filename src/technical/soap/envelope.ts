/** The SOAP 1.1 envelope: written whole as text, read strictly (spec soap-security §1.1, §2.10). */
import { EHealthError } from '../../errors.js'
import type { Runtime } from '../environment/runtime.js'
import { canonicalize } from '../xml/canonicalize.js'
import type { ElementDeclaration } from '../xml/contract.js'
import { parseXml, type ParseOptions, type XmlDocument } from '../xml/parse.js'
import { attribute, childElements, childrenNamed, isElement, type XmlElement } from '../xml/tree.js'
import { write, type Written } from '../xml/write.js'
import { soapNamespace, wsseNamespace, wsuNamespace } from './namespaces.js'
import type { Watch } from '../observability/watch.js'
import type { Security } from './types.js'
import { writeSecurity, type WriteSecurityOptions } from './wsSecurity/sign.js'

/** What stands in the Body: a value of a contract, or an element written before. */
export type BodyContent<T = unknown> = { declaration: ElementDeclaration<T>; value: T } | Written

/** Options of {@link buildEnvelope}. */
export interface BuildEnvelopeOptions<T> extends Omit<WriteSecurityOptions, 'runtime'> {
  security: Security
  body: BodyContent<T>
  runtime: Runtime
  /** Header blocks after Security, for instance WS-Addressing; each must declare its own prefixes. Not signed. */
  addressing?: string
  /** Told how long writing and signing take. */
  time?: Watch['time']
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
  const { security, body, runtime, addressing = '', time = (_, work) => work() } = options
  if (security.kind === 'none')
    return envelopeText(addressing, `<S:Body>${time('write', () => contentOf(body, soapScope)).xml}</S:Body>`)

  const id = `id-${runtime.uuid()}`
  const content = time('write', () => contentOf(body, signedScope))
  const start = (inherited: string): string =>
    `<S:Body${inherited} xmlns:wsu="${wsuNamespace}" wsu:Id="${id}">`
  const rest = `${content.xml}</S:Body>`
  const alone = start(` xmlns:S="${soapNamespace}"`) + rest
  const children = await time('sign', () => {
    const canonical = content.canonical ? alone : canonicalize(parseXml(alone).root)
    return writeSecurity(security, { id, canonical }, options)
  })
  const header = `<wsse:Security xmlns:wsse="${wsseNamespace}" S:mustUnderstand="1">${children}</wsse:Security>`
  return envelopeText(header + addressing, start('') + rest)
}

function envelopeText(header: string, body: string): string {
  return `<S:Envelope xmlns:S="${soapNamespace}"><S:Header>${header}</S:Header>${body}</S:Envelope>`
}

function contentOf<T>(body: BodyContent<T>, inScope: ReadonlyMap<string, string>): Written {
  if ('declaration' in body) return write(body.declaration, body.value, { inScope })
  // written without knowing what stands around it: a prefix declared here again would not be canonical
  const repeats = [...inScope.keys()].some((prefix) => body.xml.includes(`xmlns:${prefix}=`))
  return { xml: body.xml, canonical: body.canonical && !repeats }
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
