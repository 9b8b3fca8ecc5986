/** Content-Transfer-Encoding undone (RFC 2045 §6), piece by piece. */
import { EHealthError } from '../../../errors.js'

/** Undoes an encoding of content that comes in pieces. */
export interface TransferDecoder {
  /** @throws EHealthError `transport.multipart` for damaged content */
  push(octets: Buffer): Buffer
  /**
   * What was held back until the end was known.
   *
   * @throws EHealthError `transport.multipart` for content that stops in the middle
   */
  end(): Buffer
}

const nothing = Buffer.alloc(0)

/** @throws EHealthError `transport.multipart` for an unknown encoding */
export function transferDecoder(encoding = 'binary'): TransferDecoder {
  switch (encoding.trim().toLowerCase()) {
    case '':
    case 'binary':
    case '8bit':
    case '7bit':
      return { push: (octets) => octets, end: () => nothing }
    case 'base64':
      return base64Decoder()
    case 'quoted-printable':
      return quotedPrintableDecoder()
    default:
      throw damaged('unknown transfer encoding')
  }
}

/** @throws EHealthError `transport.multipart` for an unknown encoding or damaged content */
export function decodeTransfer(content: Buffer, encoding?: string): Uint8Array {
  const decoder = transferDecoder(encoding)
  const decoded = decoder.push(content)
  const last = decoder.end()
  return last.length === 0 ? decoded : Buffer.concat([decoded, last])
}

function base64Decoder(): TransferDecoder {
  let held = ''
  let padded = false
  return {
    push: (octets) => {
      held += octets.toString('latin1').replace(/[ \t\r\n]+/g, '')
      const whole = held.slice(0, held.length - (held.length % 4))
      if (whole === '') return nothing
      if (padded || !/^[A-Za-z0-9+/]*={0,2}$/.test(whole)) throw damaged('damaged base64')
      padded = whole.endsWith('=')
      held = held.slice(whole.length)
      return Buffer.from(whole, 'base64')
    },
    end: () => {
      if (held !== '') throw damaged('damaged base64')
      return nothing
    },
  }
}

/** Longest line that is waited for; a sound one has 76 characters. */
const longestLine = 1024 * 1024

function quotedPrintableDecoder(): TransferDecoder {
  let held = ''
  return {
    push: (octets) => {
      const lines = (held + octets.toString('latin1')).split('\r\n')
      held = lines.pop()!
      if (held.length > longestLine) throw damaged('damaged quoted-printable')
      return Buffer.concat(lines.map((line) => decodedLine(withoutBlanksBehind(line), '\r\n')))
    },
    end: () => decodedLine(withoutBlanksBehind(held), ''),
  }
}

/** `=` at the end of a line says that the line goes on in the next one. */
function decodedLine(line: string, lineEnd: string): Buffer {
  const soft = lineEnd !== '' && line.endsWith('=')
  const text = soft ? line.slice(0, -1) : line + lineEnd
  if (/=(?![0-9A-Fa-f]{2})/.test(text)) throw damaged('damaged quoted-printable')
  const decoded = text.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  )
  return Buffer.from(decoded, 'latin1')
}

/** Blanks at the end of a line are not content; a pattern for them would take the square of their number. */
function withoutBlanksBehind(line: string): string {
  let end = line.length
  while (line[end - 1] === ' ' || line[end - 1] === '\t') end--
  return line.slice(0, end)
}

function damaged(problem: string): EHealthError {
  return new EHealthError('transport.multipart', `multipart body: ${problem}`)
}
