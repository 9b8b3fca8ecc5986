/** Content-Transfer-Encoding undone (RFC 2045 §6). */
import { EHealthError } from '../../../errors.js'

/** @throws EHealthError `transport.multipart` for an unknown encoding or damaged base64 */
export function decodeTransfer(content: Buffer, encoding = 'binary'): Uint8Array {
  switch (encoding.trim().toLowerCase()) {
    case '':
    case 'binary':
    case '8bit':
    case '7bit':
      return content
    case 'base64':
      return decodeBase64(content)
    case 'quoted-printable':
      return decodeQuotedPrintable(content)
    default:
      throw new EHealthError('transport.multipart', 'multipart body: unknown transfer encoding')
  }
}

function decodeBase64(content: Buffer): Buffer {
  const text = content.toString('latin1').replace(/[ \t\r\n]+/g, '')
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text))
    throw new EHealthError('transport.multipart', 'multipart body: damaged base64')
  return Buffer.from(text, 'base64')
}

function decodeQuotedPrintable(content: Buffer): Buffer {
  // blanks at the end of a line are not content; a pattern for them would take the square of their number
  const lines = content
    .toString('latin1')
    .split('\r\n')
    .map(withoutBlanksBehind)
    .join('\r\n')
    .replace(/=\r\n/g, '')
  if (/=(?![0-9A-Fa-f]{2})/.test(lines))
    throw new EHealthError('transport.multipart', 'multipart body: damaged quoted-printable')
  const decoded = lines.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  )
  return Buffer.from(decoded, 'latin1')
}

function withoutBlanksBehind(line: string): string {
  let end = line.length
  while (line[end - 1] === ' ' || line[end - 1] === '\t') end--
  return line.slice(0, end)
}
