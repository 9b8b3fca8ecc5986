/** What a client owes an answer before it believes a word of it (spec soap-security §3, §5). */
import { EHealthError } from '../../errors.js'
import { dateTime } from '../xml/simpleTypes.js'
import { attribute, childElements, childNamed, textOf, type XmlElement } from '../xml/tree.js'
import { parseContentType } from './attachments/contentType.js'
import { parseMultipart } from './attachments/multipart.js'
import { attachmentsOf } from './attachments/swa.js'
import { includeXop } from './attachments/xop.js'
import { parseEnvelope, type ParsedEnvelope } from './envelope.js'
import { faultError, isFault, readFault } from './fault.js'
import { soapNamespace, wsaNamespace, wsseNamespace, wsuNamespace } from './namespaces.js'
import type { Attachment, HttpResponse } from './types.js'

/** Options of {@link readResponse}. */
export interface ReadResponseOptions {
  /**
   * What to do with a header that must be understood and is not: refuse the answer as SOAP 1.1 §4.2.3 says, or ignore
   * the header as the official connector does. Default `refuse`.
   */
  unknownHeaders?: 'refuse' | 'ignore'
  /** Instant to judge an unsigned Timestamp of the answer by; it is not looked at when omitted. */
  now?: Date
  /** Whether the operation may be repeated: an error of a gateway is then marked `retryable`. Default false. */
  idempotent?: boolean
}

/** An answer that is a SOAP message and no fault. */
export interface SoapResponse {
  /** The one child of the Body; XOP content is back in its place. */
  payload: XmlElement
  attachments: Map<string, Attachment>
  correlationId: string | undefined
  /** The envelope as text. */
  text: string
}

/**
 * Checks an answer from the outside in: content, XML, envelope, headers, fault, HTTP status.
 *
 * @throws EHealthError `transport.http` and `transport.content` for what is no SOAP message, `transport.multipart`,
 *   `transport.attachment`, `xml.*`, and `fault.*` for a fault, whatever the HTTP status
 */
export function readResponse(response: HttpResponse, options: ReadResponseOptions = {}): SoapResponse {
  const { root, charset, attachments } = openMessage(response, options)
  const envelope = parseEnvelope(root, charset === undefined ? {} : { encoding: charset })
  const correlationId = response.headers['x-correlationid']
  if (isFault(envelope.payload))
    throw faultError(readFault(envelope.payload), {
      httpStatus: response.status,
      ...(correlationId === undefined ? {} : { correlationId }),
    })
  if (response.status < 200 || response.status > 299) throw httpError(response, options)
  if (options.unknownHeaders !== 'ignore') assertUnderstood(envelope)
  if (options.now !== undefined) assertFresh(envelope, options.now)
  if (attachments.size > 0) includeXop(envelope.payload, attachments)
  return { payload: envelope.payload, attachments, correlationId, text: envelope.document.source }
}

/** Envelope and attachments of a message as HTTP carries it. @internal */
export interface OpenedMessage {
  root: Uint8Array
  charset: string | undefined
  attachments: Map<string, Attachment>
}

const xmlTypes = new Set(['text/xml', 'application/xml', 'application/soap+xml', 'application/xop+xml'])

function openMessage(response: HttpResponse, options: ReadResponseOptions): OpenedMessage {
  const { mediaType } = parseContentType(response.headers['content-type'])
  if (response.body.length === 0) throw noMessage(response, options, 'the answer is empty')
  if (mediaType !== 'multipart/related' && !xmlTypes.has(mediaType))
    throw noMessage(response, options, 'the answer is no XML')
  return openBody(response.headers['content-type'], response.body)
}

/**
 * Takes envelope and attachments out of an HTTP body. Without a charset UTF-8 is meant, in spite of RFC 2376.
 *
 * @throws EHealthError `transport.multipart`
 */
export function openBody(contentType: string | undefined, body: Uint8Array): OpenedMessage {
  const type = parseContentType(contentType)
  if (!type.mediaType.startsWith('multipart/'))
    return { root: body, charset: type.parameters.get('charset'), attachments: new Map() }
  const multipart = parseMultipart(body, type)
  return {
    root: multipart.root.content,
    charset: multipart.root.contentType.parameters.get('charset'),
    attachments: attachmentsOf(multipart),
  }
}

function noMessage(response: HttpResponse, options: ReadResponseOptions, problem: string): EHealthError {
  if (response.status >= 300) return httpError(response, options)
  return new EHealthError('transport.content', problem, {
    platform: answerOf(response),
    details: contentOf(response),
  })
}

/** Media type only, and only a plain one: a header may hold anything. */
function contentOf({ headers, body }: HttpResponse): { contentType?: string; bytes: number } {
  const { mediaType } = parseContentType(headers['content-type'])
  return {
    ...(/^[a-z]+\/[a-z0-9.+-]{1,60}$/.test(mediaType) ? { contentType: mediaType } : {}),
    bytes: body.length,
  }
}

/** Gateways answer like this during maintenance; whether the request was carried out is not known. */
const passing = new Set([502, 503, 504])

function httpError(response: HttpResponse, { idempotent = false }: ReadResponseOptions): EHealthError {
  return new EHealthError('transport.http', `HTTP status ${response.status} without a SOAP fault`, {
    platform: answerOf(response),
    details: contentOf(response),
    retryable: idempotent && passing.has(response.status),
  })
}

function answerOf({ status, headers }: HttpResponse): { httpStatus: number; correlationId?: string } {
  const correlationId = headers['x-correlationid']
  return { httpStatus: status, ...(correlationId === undefined ? {} : { correlationId }) }
}

/** Security is understood in any form: replies carry at most an unsigned Timestamp (spec soap-security §3). */
const understood = new Set([wsseNamespace, wsaNamespace])

function assertUnderstood({ header }: ParsedEnvelope): void {
  for (const block of header === undefined ? [] : childElements(header)) {
    const must = attribute(block, 'mustUnderstand', soapNamespace)?.trim()
    const actor = attribute(block, 'actor', soapNamespace) ?? ''
    const mine = actor === '' || actor === 'http://schemas.xmlsoap.org/soap/actor/next'
    if (mine && (must === '1' || must === 'true') && !understood.has(block.namespace))
      throw new EHealthError('xml.envelope', 'the answer has a header that must be understood and is unknown')
  }
}

const minute = 60_000

/** How far off the Timestamp of an answer may be: what another client in use tolerates (spec soap-security §3, [G]). */
const freshness = { ahead: 5 * minute, behind: 60 * minute }

/**
 * A Timestamp of the platform is not signed, so it proves nothing; but an old one shows that somebody on the way gave
 * an old answer.
 */
function assertFresh({ security }: ParsedEnvelope, now: Date): void {
  const timestamp = security && childNamed(security, wsuNamespace, 'Timestamp')
  if (timestamp === undefined) return
  const instant = (local: string): number | undefined => {
    const element = childNamed(timestamp, wsuNamespace, local)
    return element === undefined ? undefined : dateTime.parse(textOf(element))?.getTime()
  }
  const created = instant('Created')
  const end = instant('Expires') ?? created
  const late = end !== undefined && end < now.getTime() - freshness.behind
  const early = created !== undefined && created > now.getTime() + freshness.ahead
  if (late || early)
    throw new EHealthError(
      'signature.timestamp',
      `the answer is dated ${late ? 'more than an hour ago' : 'more than five minutes ahead'}`,
    )
}
