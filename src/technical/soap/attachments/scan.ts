/** Takes a multipart body apart while it comes in (RFC 2046 §5.1). */
import { EHealthError } from '../../../errors.js'
import { parseHeaders, type MultipartLimits } from './multipart.js'

/** Is told what a body holds, in order. Each call is waited for before more is read. */
export interface PartListener {
  /** A part begins. */
  open(headers: Record<string, string>): Promise<void>
  /** Octets of the part, not decoded. */
  content(octets: Buffer): Promise<void>
  /** The part has ended. */
  close(): Promise<void>
}

/**
 * Reads a body to its closing boundary and beyond, holding no more of it than a boundary or the headers of one part.
 * What a boundary is, is the same as for `parseMultipart`.
 *
 * @throws EHealthError `transport.multipart`
 */
export async function scanMultipart(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
  listener: PartListener,
  { maxParts = 500, maxHeaderBytes = 16 * 1024 }: MultipartLimits = {},
): Promise<void> {
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1')
  let state = 'preamble' as 'preamble' | 'headers' | 'content' | 'over'
  // begins with the line end in front of a boundary, which the first one may lack
  let held: Buffer = Buffer.from('\r\n')
  /** Octets at the beginning of `held` that are no content: the line end behind the headers. */
  let skip = 0
  let parts = 0

  const open = async (headers: Buffer): Promise<void> => {
    if (headers.length > maxHeaderBytes) throw misshapen('the headers of a part are too large')
    if (++parts > maxParts) throw misshapen(`more than ${maxParts} parts`)
    await listener.open(parseHeaders(headers.toString('latin1')))
  }

  /** Goes on with what is held; false when more is needed for that. */
  const step = async (): Promise<boolean> => {
    const found = nextBoundary(held, delimiter)
    if (state === 'headers') {
      const emptyLine = held.indexOf('\r\n\r\n')
      if (emptyLine !== -1 && (found === undefined || emptyLine < found.at)) {
        await open(held.subarray(2, Math.max(2, emptyLine)))
        held = held.subarray(emptyLine + 2)
        skip = 2
        state = 'content'
        return true
      }
    } else {
      // without a boundary the end of what is held may still be the beginning of one
      const end = found?.at ?? Math.max(0, held.length - delimiter.length)
      if (state === 'content' && end > skip) await listener.content(held.subarray(skip, end))
      if (found?.next === undefined) {
        skip = Math.max(0, skip - end)
        held = held.subarray(end)
      }
    }
    if (found?.next === undefined) {
      if (held.length > maxHeaderBytes + delimiter.length)
        throw misshapen('headers or a boundary without end')
      return false
    }
    // headers may lack the empty line behind them when there is no content (RFC 2046 §5.1.1)
    if (state === 'headers') await open(held.subarray(2, Math.max(2, found.at)))
    if (state !== 'preamble') await listener.close()
    held = held.subarray(found.next)
    state = found.closes ? 'over' : 'headers'
    return !found.closes
  }

  for await (const chunk of body) {
    // what stands behind the closing boundary is nobody's
    if (state === 'over') continue
    held = Buffer.concat([held, chunk])
    while (await step());
  }
  if (state !== 'over') throw misshapen('no closing boundary')
}

interface Boundary {
  /** Where the line end in front of it stands. */
  at: number
  /** Where its own line end stands, which may be the one in front of the next; undefined until more octets tell. */
  next?: number
  closes: boolean
}

function nextBoundary(held: Buffer, delimiter: Buffer): Boundary | undefined {
  for (let at = held.indexOf(delimiter); at !== -1; at = held.indexOf(delimiter, at + 2)) {
    let end = at + delimiter.length
    if (held[end] === 0x2d && held[end + 1] === 0x2d) return { at, next: end + 2, closes: true }
    if (held[end] === 0x2d && end + 1 === held.length) return { at, closes: false }
    while (held[end] === 0x20 || held[end] === 0x09) end++
    if (end >= held.length - 1 && (held[end] ?? 0x0d) === 0x0d) return { at, closes: false }
    if (held[end] === 0x0d && held[end + 1] === 0x0a) return { at, next: end, closes: false }
  }
  return undefined
}

function misshapen(problem: string): EHealthError {
  return new EHealthError('transport.multipart', `multipart body: ${problem}`)
}
