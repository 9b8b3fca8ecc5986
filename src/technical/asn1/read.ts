/**
 * Reading ASN.1 in BER and DER: indefinite lengths, constructed strings and everything else that software writes.
 *
 * Nothing is copied: `raw` and `content` are views of the input, so what was signed is verified on its own bytes.
 *
 * @module
 */

import { Asn1Error, readHeader } from './header.js'

/** Limits of the reader. */
export interface Asn1Limits {
  /** Deepest nesting. Default 32. */
  depth?: number
  /** Most values in the whole structure. Default 250 000, or one for every 256 octets where that is more. */
  values?: number
}

const defaultDepth = 32

/**
 * A value takes two octets in the input and some hundreds in memory: a few megabytes of empty ones would fill it. A
 * large input may have one for every 256 octets; the official writer makes chunks of 1000 (spec etee §3.1).
 */
const defaultValues = (length: number): number => Math.max(250_000, Math.floor(length / 256))

/** What is left to be read; one for a whole structure. */
interface Budget {
  values: number
}

/**
 * One tag-length-value. Children of definite-length values are read, and views of the input made, when they are asked for:
 * most values are only passed by.
 */
export class Asn1Node {
  readonly #place: Place
  readonly #depth: number
  readonly #budget: Budget
  #raw: Uint8Array | undefined
  #content: Uint8Array | undefined
  #children: readonly Asn1Node[] | undefined

  /** @internal */
  constructor(
    /** 0 universal, 1 application, 2 context-specific, 3 private. */
    readonly tagClass: 0 | 1 | 2 | 3,
    readonly tag: number,
    readonly constructed: boolean,
    place: Place,
    depth: number,
    budget: Budget,
    children?: readonly Asn1Node[],
  ) {
    this.#place = place
    this.#depth = depth
    this.#budget = budget
    this.#children = children
  }

  /** Position behind the value in the input. @internal */
  get end(): number {
    return this.#place.end
  }

  /** The whole tag-length-value as it stands in the input. */
  get raw(): Uint8Array {
    return (this.#raw ??= this.#place.input.subarray(this.#place.start, this.#place.end))
  }

  /** The content octets, without end-of-contents octets. */
  get content(): Uint8Array {
    return (this.#content ??= this.#place.input.subarray(this.#place.contentStart, this.#place.contentEnd))
  }

  /** The values inside a constructed value, in order. */
  get children(): readonly Asn1Node[] {
    if (!this.constructed) throw new Asn1Error('primitive value where a constructed one was expected')
    if (this.#children === undefined) {
      const { input, contentStart, contentEnd } = this.#place
      const children: Asn1Node[] = []
      for (let offset = contentStart; offset < contentEnd; offset = children.at(-1)!.end)
        children.push(readAt(input, offset, contentEnd, this.#depth - 1, this.#budget))
      this.#children = children
    }
    return this.#children
  }

  /** The child at `index`, or an error. */
  at(index: number): Asn1Node {
    const child = this.children[index]
    if (child === undefined) throw new Asn1Error(`value number ${index + 1} is missing`)
    return child
  }

  /** True for this universal tag. */
  is(universalTag: number): boolean {
    return this.tagClass === 0 && this.tag === universalTag
  }

  /** True for context-specific `[n]`. */
  isContext(n: number): boolean {
    return this.tagClass === 2 && this.tag === n
  }
}

/** Universal tags used by the standards that this library reads. */
export const tags = {
  boolean: 1,
  integer: 2,
  bitString: 3,
  octetString: 4,
  null: 5,
  oid: 6,
  enumerated: 10,
  utf8String: 12,
  sequence: 16,
  set: 17,
  printableString: 19,
  teletexString: 20,
  ia5String: 22,
  utcTime: 23,
  generalizedTime: 24,
  bmpString: 30,
} as const

/**
 * Reads one value from the start of `bytes`.
 *
 * @throws {@link Asn1Error} when the bytes end early, nest too deep, hold too many values or, unless `allowTrailing`, go on
 * after the value. Children are counted and judged when they are asked for.
 */
export function readAsn1(
  bytes: Uint8Array,
  options: Asn1Limits & { allowTrailing?: boolean } = {},
): Asn1Node {
  const budget = { values: options.values ?? defaultValues(bytes.length) }
  const node = readAt(bytes, 0, bytes.length, options.depth ?? defaultDepth, budget)
  if (options.allowTrailing !== true && node.raw.length !== bytes.length)
    throw new Asn1Error(`${bytes.length - node.raw.length} octets after the value`)
  return node
}

/** Where a value stands in the input. */
interface Place {
  readonly input: Uint8Array
  readonly start: number
  readonly contentStart: number
  readonly contentEnd: number
  readonly end: number
}

/** @param limit the end that no octet of the value may pass */
function readAt(input: Uint8Array, start: number, limit: number, depth: number, budget: Budget): Asn1Node {
  if (depth <= 0) throw new Asn1Error('nested too deep')
  if (--budget.values < 0) throw new Asn1Error('too many values')
  const header = readHeader(input, start)
  if (header === undefined) throw new Asn1Error('ends early')
  const { tagClass, tag, constructed, length, size } = header
  const contentStart = start + size
  if (contentStart > limit) throw new Asn1Error('ends early')
  if (length === undefined) {
    const children = readIndefinite(input, contentStart, limit, depth, budget)
    const contentEnd = children.at(-1)?.end ?? contentStart
    const place = { input, start, contentStart, contentEnd, end: contentEnd + 2 }
    return new Asn1Node(tagClass, tag, constructed, place, depth, budget, children)
  }
  if (length > limit - contentStart) throw new Asn1Error('ends early')
  const end = contentStart + length
  const place = { input, start, contentStart, contentEnd: end, end }
  return new Asn1Node(tagClass, tag, constructed, place, depth, budget)
}

/** The values up to the end-of-contents octets. */
function readIndefinite(
  input: Uint8Array,
  contentStart: number,
  limit: number,
  depth: number,
  budget: Budget,
): Asn1Node[] {
  const children: Asn1Node[] = []
  for (let offset = contentStart; ; offset = children.at(-1)!.end) {
    if (offset + 2 > limit) throw new Asn1Error('ends early')
    if (input[offset] === 0 && input[offset + 1] === 0) return children
    children.push(readAt(input, offset, limit, depth - 1, budget))
  }
}
