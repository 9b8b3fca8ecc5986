/**
 * Reading ASN.1 as it comes in, for structures whose content is larger than memory should hold: everything but one
 * OCTET STRING is small, and that one is handed on in pieces.
 */
import { Asn1Error, readHeader, type Asn1Header } from './header.js'

/** Limits of the reader. */
export interface Asn1StreamLimits {
  /** Deepest nesting. Default 32. */
  depth?: number
  /** Most octets that may be kept, that is of everything but the streamed content. Default 16 MiB. */
  kept?: number
}

const defaultKept = 16 * 1024 * 1024

/** Pieces are of this size at most: two caches wide, so that hashing and decrypting find them there. */
const pieceSize = 256 * 1024

const none = new Uint8Array(0)

/** An open constructed value; `end` is undefined for the indefinite form. */
interface Frame {
  readonly end: number | undefined
  /** The end that no value in here may pass: of this frame or of one around it. */
  readonly limit: number
}

/**
 * One pass over a stream of octets. A class for its state: the octets read but not used yet, and the values that are
 * open. Errors of the source itself pass through unchanged.
 */
export class Asn1Stream {
  readonly #source: AsyncIterator<Uint8Array>
  readonly #depth: number
  readonly #frames: Frame[] = []
  #buffer: Uint8Array = none
  #offset = 0
  /** Room behind the buffer, in the same memory. */
  #spare: Uint8Array = none
  /** Position in the stream of the first octet of the buffer. */
  #base = 0
  #keepable: number

  constructor(source: AsyncIterator<Uint8Array>, limits: Asn1StreamLimits = {}) {
    this.#source = source
    this.#depth = limits.depth ?? 32
    this.#keepable = limits.kept ?? defaultKept
  }

  /** Opens the constructed value that comes next, or fails. */
  async enter(tagClass: number, tag: number): Promise<void> {
    const header = await this.#header()
    if (header.tagClass !== tagClass || header.tag !== tag || !header.constructed)
      throw new Asn1Error(`unexpected tag ${header.tag} of class ${header.tagClass}`)
    this.#take(header.size)
    this.#push(header)
  }

  /** Closes the innermost open value; it must have ended. */
  async leave(): Promise<void> {
    if (!(await this.atEnd())) throw new Asn1Error('more values than expected')
    if (this.#frames.pop()?.end === undefined) this.#take(2)
  }

  /** Whether the innermost open value has ended. */
  async atEnd(): Promise<boolean> {
    const { end } = this.#frames.at(-1)!
    if (end !== undefined) return this.#position === end
    await this.#ensure(2)
    return this.#buffer[this.#offset] === 0 && this.#buffer[this.#offset + 1] === 0
  }

  /** The header of the value that comes next, without moving on. */
  peek(): Promise<Asn1Header> {
    return this.#header()
  }

  /** The next value, whole: tag, length and content. */
  async value(): Promise<Uint8Array> {
    const size = await this.#measure(0, this.#limit, this.#depth - this.#frames.length)
    this.#keepable -= size
    if (this.#keepable < 0) throw new Asn1Error('too much beside the content')
    return this.#take(size)
  }

  /** All values up to the end of the innermost open one. */
  async rest(): Promise<Uint8Array[]> {
    const values: Uint8Array[] = []
    while (!(await this.atEnd())) values.push(await this.value())
    return values
  }

  /** The octets of the string that comes next, primitive or constructed to any depth, in pieces of any size. */
  async *octets(): AsyncGenerator<Uint8Array, void, undefined> {
    const header = await this.#header()
    this.#take(header.size)
    if (header.constructed) yield* this.#constructedOctets(header)
    else yield* this.#primitiveOctets(header.length!)
  }

  /** The stream must end here. */
  async finish(): Promise<void> {
    if (this.#available > 0 || (await this.#fill())) throw new Asn1Error('octets after the value')
  }

  async *#primitiveOctets(length: number): AsyncGenerator<Uint8Array, void, undefined> {
    for (let left = length; left > 0;) {
      if (this.#available === 0 && !(await this.#fill())) throw new Asn1Error('ends early')
      const piece = this.#take(Math.min(left, this.#available, pieceSize))
      left -= piece.length
      yield piece
    }
  }

  /** Chunks are small (1000 octets, spec etee §3.1): those at hand are joined, so that each costs no turn of its own. */
  async *#constructedOctets(header: Asn1Header): AsyncGenerator<Uint8Array, void, undefined> {
    const outside = this.#frames.length
    this.#push(header)
    let left = 0
    for (;;) {
      const pieces: Uint8Array[] = []
      let total = 0
      let starved = false
      while (!starved && total < pieceSize && (left > 0 || this.#frames.length > outside)) {
        if (left > 0) {
          const piece = this.#take(Math.min(left, this.#available))
          if (piece.length === 0) starved = true
          else pieces.push(piece)
          left -= piece.length
          total += piece.length
        } else {
          const next = this.#nextChunk()
          if (next === undefined) starved = true
          else left = next
        }
      }
      if (total > 0) yield pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces, total)
      if (left === 0 && this.#frames.length === outside) return
      if (starved && !(await this.#fill())) throw new Asn1Error('ends early')
    }
  }

  /**
   * Steps to the next primitive chunk of a constructed string.
   *
   * @returns its length, 0 after a step that led elsewhere, `undefined` where more octets are needed first
   */
  #nextChunk(): number | undefined {
    const { end, limit } = this.#frames.at(-1)!
    if (end === undefined) {
      if (this.#available < 2) return undefined
      if (this.#buffer[this.#offset] === 0 && this.#buffer[this.#offset + 1] === 0) {
        this.#take(2)
        this.#frames.pop()
        return 0
      }
    } else if (this.#position === end) {
      this.#frames.pop()
      return 0
    }
    const header = readHeader(this.#buffer, this.#offset)
    if (header === undefined) return undefined
    if (header.tagClass !== 0 || header.tag !== 4) throw new Asn1Error('expected OCTET STRING')
    this.#assertFits(header, this.#position, limit)
    this.#take(header.size)
    if (!header.constructed) return header.length
    this.#push(header)
    return 0
  }

  get #position(): number {
    return this.#base + this.#offset
  }

  get #available(): number {
    return this.#buffer.length - this.#offset
  }

  get #limit(): number {
    return this.#frames.at(-1)?.limit ?? Infinity
  }

  #take(size: number): Uint8Array {
    const start = this.#offset
    this.#offset += size
    return this.#buffer.subarray(start, this.#offset)
  }

  #push({ length }: Asn1Header): void {
    if (this.#frames.length >= this.#depth) throw new Asn1Error('nested too deep')
    const end = length === undefined ? undefined : this.#position + length
    this.#frames.push({ end, limit: end ?? this.#limit })
  }

  #assertFits({ length, size }: Asn1Header, at: number, limit: number): void {
    if (at + size + (length ?? 0) > limit) throw new Asn1Error('ends early')
  }

  async #header(): Promise<Asn1Header> {
    const header = await this.#headerAt(0)
    this.#assertFits(header, this.#position, this.#limit)
    return header
  }

  /** The header that stands `ahead` octets from here. */
  async #headerAt(ahead: number): Promise<Asn1Header> {
    for (;;) {
      const header = readHeader(this.#buffer, this.#offset + ahead)
      if (header !== undefined) return header
      if (!(await this.#fill())) throw new Asn1Error('ends early')
    }
  }

  /** Size of the value that stands `ahead` octets from here; makes sure that all of it is in the buffer. */
  async #measure(ahead: number, limit: number, depth: number): Promise<number> {
    if (depth <= 0) throw new Asn1Error('nested too deep')
    const header = await this.#headerAt(ahead)
    this.#assertFits(header, this.#position + ahead, limit)
    if (header.length !== undefined) {
      const size = header.size + header.length
      await this.#ensure(ahead + size)
      return size
    }
    let size = header.size
    for (;;) {
      await this.#ensure(ahead + size + 2)
      const at = this.#offset + ahead + size
      if (this.#buffer[at] === 0 && this.#buffer[at + 1] === 0) return size + 2
      size += await this.#measure(ahead + size, limit, depth - 1)
    }
  }

  /** Makes sure that the next `count` octets are in the buffer. */
  async #ensure(count: number): Promise<void> {
    if (this.#available < count && count > this.#keepable) throw new Asn1Error('too much beside the content')
    while (this.#available < count) if (!(await this.#fill())) throw new Asn1Error('ends early')
  }

  /** Adds what the source gives next; false at its end. */
  async #fill(): Promise<boolean> {
    const next = await this.#next()
    if (next === undefined) return false
    const total = this.#available + next.length
    if (this.#available === 0) {
      this.#base = this.#position
      this.#buffer = next
      this.#offset = 0
      this.#spare = none
    } else if (this.#spare.length >= next.length) {
      // Behind what was given out already, which stays as it is.
      this.#spare.set(next)
      this.#buffer = new Uint8Array(
        this.#buffer.buffer,
        this.#buffer.byteOffset,
        this.#buffer.length + next.length,
      )
      this.#spare = this.#spare.subarray(next.length)
    } else {
      // Twice the size where many small pieces are kept, so that none is copied more than a few times.
      const store = new Uint8Array(this.#available < next.length ? total : 2 * total)
      store.set(this.#buffer.subarray(this.#offset))
      store.set(next, this.#available)
      this.#base = this.#position
      this.#buffer = store.subarray(0, total)
      this.#spare = store.subarray(total)
      this.#offset = 0
    }
    return true
  }

  async #next(): Promise<Uint8Array | undefined> {
    for (;;) {
      const next = await this.#source.next()
      if (next.done === true) return undefined
      if (next.value.length > 0) return next.value
    }
  }
}
