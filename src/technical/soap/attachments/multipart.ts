/** Multipart bodies in every dialect that peers of the platform write (spec soap-security §4, RFC 2046, RFC 2387). */
import { EHealthError } from '../../../errors.js'
import { parseContentType, type ContentType } from './contentType.js'
import { decodeTransfer } from './transferEncoding.js'

/** One part. */
export interface MimePart {
  /** Header names in lower case. */
  headers: Record<string, string>
  contentType: ContentType
  /** Without angle brackets; `undefined` when the part has none. */
  contentId: string | undefined
  /** Transfer encoding undone. */
  content: Uint8Array
}

/** A multipart body. */
export interface Multipart {
  /** The part that `start` names, else the first one. */
  root: MimePart
  /** All other parts, in order. */
  others: MimePart[]
}

/** What a multipart body may cost at most. */
export interface MultipartLimits {
  /** Parts, the root included; 500. */
  maxParts?: number
  /** Octets of the header block of one part; 16 KiB. */
  maxHeaderBytes?: number
}

const crlf = Buffer.from('\r\n')

/**
 * Splits a multipart body. A boundary counts only at the start of a line after CR LF, so data may contain it or
 * something like it.
 *
 * @throws EHealthError `transport.multipart` for a body without its closing boundary, a start part that is missing, two
 *   parts of one Content-ID, an unknown transfer encoding, too many parts
 */
export function parseMultipart(
  body: Uint8Array,
  contentType: ContentType,
  limits: MultipartLimits = {},
): Multipart {
  const boundary = contentType.parameters.get('boundary')
  if (boundary === undefined || boundary === '' || boundary.length > 200)
    throw misshapen('no boundary in the Content-Type')
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const parts = sectionsOf(bytes, boundary, limits.maxParts ?? 500).map((section) =>
    readPart(section, limits.maxHeaderBytes ?? 16 * 1024),
  )

  const ids = new Set<string>()
  for (const { contentId } of parts) {
    if (contentId === undefined) continue
    if (ids.has(contentId)) throw misshapen('two parts have the same Content-ID')
    ids.add(contentId)
  }
  const start = contentType.parameters.get('start')
  const root =
    start === undefined ? parts[0] : parts.find((part) => part.contentId === withoutBrackets(start))
  if (root === undefined) throw misshapen('the part named by start is not there')
  return { root, others: parts.filter((part) => part !== root) }
}

/** The octets between the boundaries. */
function sectionsOf(bytes: Buffer, boundary: string, maxParts: number): Buffer[] {
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1')
  const sections: Buffer[] = []
  // the first boundary may stand at the very start, without a line before it
  let at = bytes.subarray(0, delimiter.length - 2).equals(delimiter.subarray(2))
    ? -2
    : bytes.indexOf(delimiter)
  let start: number | undefined
  while (at !== -1) {
    const end = lineEnd(bytes, at + delimiter.length)
    if (end !== undefined) {
      if (start !== undefined) {
        if (sections.length === maxParts) throw misshapen(`more than ${maxParts} parts`)
        // the line end before a boundary belongs to it; an empty section shares it with the boundary before
        sections.push(bytes.subarray(start, Math.max(start, at)))
      }
      if (end.closes) return sections
      start = end.next
    }
    at = bytes.indexOf(delimiter, end === undefined ? at + 2 : end.next - 2)
  }
  throw misshapen('no closing boundary')
}

/** What follows a boundary: `--` closes; blanks and CR LF open a part; anything else is data that looks alike. */
function lineEnd(bytes: Buffer, at: number): { closes: boolean; next: number } | undefined {
  if (bytes[at] === 0x2d && bytes[at + 1] === 0x2d) return { closes: true, next: at + 2 }
  let next = at
  while (bytes[next] === 0x20 || bytes[next] === 0x09) next++
  return bytes[next] === 0x0d && bytes[next + 1] === 0x0a ? { closes: false, next: next + 2 } : undefined
}

function readPart(section: Buffer, maxHeaderBytes: number): MimePart {
  const headless = section.subarray(0, 2).equals(crlf)
  const emptyLine = headless ? 0 : section.indexOf('\r\n\r\n')
  // an empty part may lack its empty line (RFC 2046 §5.1.1)
  const headerEnd = emptyLine === -1 ? section.length : emptyLine
  if (headerEnd > maxHeaderBytes) throw misshapen('the headers of a part are too large')
  const headers = parseHeaders(section.subarray(0, headerEnd).toString('latin1'))
  const content = section.subarray(headless ? 2 : headerEnd + 4)
  const id = headers['content-id']
  return {
    headers,
    contentType: parseContentType(headers['content-type']),
    contentId: id === undefined ? undefined : withoutBrackets(id),
    content: decodeTransfer(content, headers['content-transfer-encoding']),
  }
}

/**
 * Header lines to a record with lower-case names; continuation lines are joined.
 *
 * @throws EHealthError `transport.multipart` for a line that is no header, or one that stands twice
 */
export function parseHeaders(text: string): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const line of text.replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    if (line === '') continue
    const match = /^([A-Za-z0-9!#$%&'*+.^_`|~-]+)[ \t]*:(.*)$/s.exec(line)
    if (match === null) throw misshapen('a line that is no header')
    const name = match[1]!.toLowerCase()
    if (Object.hasOwn(headers, name) && name.startsWith('content-')) throw misshapen('a header stands twice')
    Object.defineProperty(headers, name, {
      value: match[2]!.trim(),
      enumerable: true,
      writable: true,
      configurable: true,
    })
  }
  return headers
}

/** A Content-ID as it is compared: peers write it with and without angle brackets. */
export function withoutBrackets(id: string): string {
  const match = /^<(.*)>$/s.exec(id.trim())
  return match === null ? id.trim() : match[1]!.trim()
}

function misshapen(problem: string): EHealthError {
  return new EHealthError('transport.multipart', `multipart body: ${problem}`)
}
