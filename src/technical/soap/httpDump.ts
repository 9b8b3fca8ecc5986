/** HTTP messages kept in files: start line, headers, body, octets as on the wire (RFC 9112 §2). */
import { EHealthError } from '../../errors.js'
import { parseHeaders } from './attachments/multipart.js'

/** A request or an answer from a file. */
export interface HttpDump {
  /** `POST /path HTTP/1.1` or `HTTP/1.1 200 OK`. */
  startLine: string
  /** Of an answer. */
  status?: number
  /** Header names in lower case. */
  headers: Record<string, string>
  body: Uint8Array
}

/** True for octets that begin like an HTTP message. */
export function isHttpDump(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 2000)).toString('latin1')
  return /^(HTTP\/1\.[01] \d{3}|[A-Z]+ \S+ HTTP\/1\.[01]\r\n)/.test(head)
}

/**
 * Reads a dump. Lines end with CR LF; with a Content-Length the body must have at least that many octets.
 *
 * @throws EHealthError `transport.multipart` for headers that are none, `transport.reset` for a body cut short
 */
export function parseHttpDump(bytes: Uint8Array): HttpDump {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = buffer.indexOf('\r\n\r\n')
  const head = buffer.subarray(0, end === -1 ? buffer.length : end).toString('latin1')
  const lineEnd = head.indexOf('\r\n')
  const startLine = lineEnd === -1 ? head : head.slice(0, lineEnd)
  const headers = lineEnd === -1 ? {} : parseHeaders(head.slice(lineEnd + 2))
  const rest = end === -1 ? Buffer.alloc(0) : buffer.subarray(end + 4)
  const length = headers['content-length'] === undefined ? rest.length : Number(headers['content-length'])
  if (!(length <= rest.length))
    throw new EHealthError('transport.reset', 'the body is shorter than announced')
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(startLine)?.[1]
  return {
    startLine,
    headers,
    body: rest.subarray(0, length),
    ...(status === undefined ? {} : { status: Number(status) }),
  }
}
