/** What a request asks, without what differs from run to run. */
import { createHash } from 'node:crypto'

import { EHealthError } from '../../errors.js'
import { attribute, type XmlElement } from '../xml/tree.js'
import { parseEnvelope } from './envelope.js'
import { headerNamed } from './recordedFiles.js'
import { openBody } from './response.js'

/** A request as a replay compares it. */
export interface Question {
  /** Path, SOAPAction and name of the root element: which operation. */
  operation: string
  /** A digest of the operation and all that is stable in its content. */
  content: string
  /** `Id` of the root element, `RequestID` of a SAML request: the answer may name it. */
  id: string | undefined
  /** Local name of the root element, for messages. */
  name: string
}

/**
 * The host is left out, so that a recording answers under any address; the header as well: it holds signature, token and
 * timestamp. A body that is no envelope is compared as it is.
 */
export function readQuestion(
  url: string,
  headers: Record<string, string>,
  body: Uint8Array,
  ignore: readonly string[] = [],
): Question {
  const action = (headerNamed(headers, 'soapaction') ?? '').replace(/^"(.*)"$/, '$1')
  const at = `${new URL(url).pathname} ${action}`
  const hash = createHash('sha256')
  try {
    const { root, charset, attachments } = openBody(headerNamed(headers, 'content-type'), body)
    const { payload } = parseEnvelope(root, charset === undefined ? {} : { encoding: charset })
    const operation = `${at} {${payload.namespace}}${payload.local}`
    hash.update(operation)
    stableContent(payload, new Set(ignore), (text) => hash.update(text))
    for (const { contentType, content } of attachments.values())
      hash.update(JSON.stringify(['attachment', contentType, isSealed(content) ? sealed : digestOf(content)]))
    return {
      operation,
      content: hash.digest('base64'),
      id: attribute(payload, 'Id') ?? attribute(payload, 'RequestID'),
      name: payload.local,
    }
  } catch (error) {
    if (!(error instanceof EHealthError)) throw error
    return { operation: at, content: digestOf(at, body), id: undefined, name: 'no SOAP message' }
  }
}

/** Attributes in which clients write a new identifier each time; the second is the eHealthBox's (spec ehealthbox §2.1). */
const messageIds: ReadonlySet<string> = new Set(['Id', 'PublicationId', 'ID', 'id'])

const sealed = '(sealed)'
const changing = '(changing)'

/**
 * Names, attributes and texts in document order, each as JSON so that none can pass for another. Prefixes, comments and
 * blanks between elements say nothing.
 */
function stableContent(root: XmlElement, ignore: ReadonlySet<string>, write: (text: string) => void): void {
  const stack: (XmlElement | 'end')[] = [root]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next === 'end') {
      write(']')
      continue
    }
    const element = next
    const attributes = element.attributes
      .map(({ namespace, local, value }) => [
        namespace,
        local,
        ignore.has(local) || messageIds.has(local) ? changing : stableText(value),
      ])
      .sort((a, b) => (a.join() < b.join() ? -1 : 1))
    write(`[${JSON.stringify([element.namespace, element.local, attributes])}`)
    if (ignore.has(element.local) || isSignature(element)) {
      write(`${changing}]`)
      continue
    }
    const children = element.children.filter((node): node is XmlElement => node.kind === 'element')
    const text = element.children.map((node) => (node.kind === 'text' ? node.value : '')).join('')
    if (children.length === 0 || /\S/.test(text)) write(JSON.stringify(stableText(text)))
    stack.push('end', ...children.reverse())
  }
}

const isSignature = ({ namespace, local }: XmlElement): boolean =>
  namespace === 'http://www.w3.org/2000/09/xmldsig#' && local === 'Signature'

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi
/** Instants, not days: a date of birth is part of the question. */
const instant = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?/g
const base64 = /^[A-Za-z0-9+/\s]{24,}={0,2}\s*$/

function stableText(text: string): string {
  if (base64.test(text)) {
    const bytes = Buffer.from(text, 'base64')
    if (isSealed(bytes)) return sealed
    // SHA-1, SHA-256, SHA-384, SHA-512: digests of what is sealed anew each time
    if ([20, 32, 48, 64].includes(bytes.length) && /[=+/A-Z]/.test(text)) return changing
  }
  return text.replace(uuid, changing).replace(instant, changing)
}

/** CMS: a SEQUENCE that begins with an object identifier of PKCS #7 (RFC 5652 §3). */
function isSealed(bytes: Uint8Array): boolean {
  const oid = Buffer.from([0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07])
  return bytes[0] === 0x30 && Buffer.from(bytes.subarray(0, 24)).includes(oid)
}

const digestOf = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('base64')
}
