/** SOAP with Attachments: parts beside the envelope, referred to by `cid:` (spec soap-security §4, WS-I AP 1.0). */
import { EHealthError } from '../../../errors.js'
import type { Runtime } from '../../environment/runtime.js'
import { encodeUtf8 } from '../../xml/encode.js'
import type { Attachment, AttachmentToSend, StreamedContent } from '../types.js'
import { joined } from './content.js'
import { layouts, rootId, type LayoutName } from './layouts.js'
import type { Multipart } from './multipart.js'

/** A body ready to be sent. */
export interface MessageBody<Body extends Uint8Array | StreamedContent = Uint8Array> {
  /** Value of the HTTP header `Content-Type`. */
  contentType: string
  body: Body
}

/** Options of {@link buildMessageBody}. */
export interface MessageBodyOptions {
  /** `swaRequest`. */
  layout?: LayoutName
}

/**
 * The body of a message: the envelope alone, or with attachments `multipart/related` with the envelope first; `xop` is
 * a package even without them. Attachments travel as raw octets; no signature covers them (spec ehealthbox §1.2).
 *
 * @param envelope Text, octets, or pieces of them; see `envelopePieces`.
 * @throws EHealthError `contract.invalid` for a Content-ID or media type that cannot stand in a header, or a
 *   Content-ID used twice
 */
export function buildMessageBody(
  envelope: string | Uint8Array,
  attachments: readonly Attachment[],
  runtime: Pick<Runtime, 'uuid'>,
  options?: MessageBodyOptions,
): MessageBody
export function buildMessageBody(
  envelope: string | Uint8Array | readonly (Uint8Array | StreamedContent)[],
  attachments: readonly AttachmentToSend[],
  runtime: Pick<Runtime, 'uuid'>,
  options?: MessageBodyOptions,
): MessageBody<Uint8Array | StreamedContent>
export function buildMessageBody(
  envelope: string | Uint8Array | readonly (Uint8Array | StreamedContent)[],
  attachments: readonly AttachmentToSend[],
  runtime: Pick<Runtime, 'uuid'>,
  options: MessageBodyOptions = {},
): MessageBody<Uint8Array | StreamedContent> {
  const root = rootOf(envelope)
  if (attachments.length === 0 && options.layout !== 'xop')
    return { contentType: 'text/xml; charset=utf-8', body: joined(root) }
  assertHeadersPossible(attachments)
  const layout = layouts[options.layout ?? 'swaRequest']
  const boundary = `----=_Part_${runtime.uuid()}`
  return {
    contentType: layout.contentType(boundary),
    body: joined([
      partHead(boundary, layout.root),
      ...root,
      ...attachments.flatMap(({ contentId, contentType, content }) => [
        partHead(boundary, layout.attachment(contentType, contentId), '\r\n'),
        content,
      ]),
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  }
}

function rootOf(
  envelope: string | Uint8Array | readonly (Uint8Array | StreamedContent)[],
): readonly (Uint8Array | StreamedContent)[] {
  if (typeof envelope === 'string') return [encodeUtf8(envelope)]
  return envelope instanceof Uint8Array ? [envelope] : envelope
}

function partHead(boundary: string, lines: readonly string[], before = ''): Uint8Array {
  return Buffer.from(`${before}--${boundary}\r\n${lines.join('\r\n')}\r\n\r\n`)
}

function assertHeadersPossible(attachments: readonly AttachmentToSend[]): void {
  const seen = new Set([rootId])
  attachments.forEach(({ contentId, contentType }, index) => {
    const path = `attachments[${index}]`
    if (!/^[!-;=?-~]{1,200}$/.test(contentId))
      throw new EHealthError('contract.invalid', `${path}.contentId: not a Content-ID`, {
        path: `${path}.contentId`,
      })
    if (seen.has(contentId))
      throw new EHealthError('contract.invalid', `${path}.contentId: used twice`, {
        path: `${path}.contentId`,
      })
    seen.add(contentId)
    if (!/^[A-Za-z0-9!#$&^_.+-]+\/[A-Za-z0-9!#$&^_.+-]+([ \t]*;[\x20-\x7e]*)?$/.test(contentType))
      throw new EHealthError('contract.invalid', `${path}.contentType: not a media type`, {
        path: `${path}.contentType`,
      })
  })
}

/** Text of an element of type swaRef that refers to a part (RFC 2392). */
export function attachmentReference(contentId: string): string {
  return `cid:${encodeURIComponent(contentId).replaceAll('%40', '@')}`
}

/** The attachments of a multipart body by Content-ID; parts without one cannot be referred to and are left out. */
export function attachmentsOf({ others }: Multipart): Map<string, Attachment> {
  const attachments = new Map<string, Attachment>()
  for (const { contentId, headers, content } of others)
    if (contentId !== undefined)
      attachments.set(contentId, {
        contentId,
        contentType: headers['content-type'] ?? 'application/octet-stream',
        content,
      })
  return attachments
}

/**
 * The part that a reference names: `cid:` and angle brackets are taken off when they are there, percent-encoding undone
 * once; when that matches nothing the text is tried as it stands (spec soap-security §4.3, ehealthbox §1.3).
 *
 * @throws EHealthError `transport.attachment` when there is no such part
 */
export function resolveAttachment<A>(reference: string, attachments: ReadonlyMap<string, A>): A {
  const plain = reference
    .trim()
    .replace(/^<(.*)>$/, '$1')
    .replace(/^cid:/i, '')
    .replace(/^<(.*)>$/, '$1')
  const found = attachments.get(percentDecoded(plain)) ?? attachments.get(plain)
  if (found === undefined)
    throw new EHealthError(
      'transport.attachment',
      'the message refers to an attachment that it does not carry',
    )
  return found
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
