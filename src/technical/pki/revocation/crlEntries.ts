/** The entries of a revocation list (RFC 5280 §5.3), looked through without making an object of each. */
import { EHealthError } from '../../../errors.js'
import {
  Asn1Error,
  boolean,
  der,
  enumerated,
  expect,
  integer,
  objectIdentifier,
  octets,
  readAsn1,
  tags,
  time,
  type Asn1Node,
} from '../../asn1/index.js'
import { revocationReasons, type Revocation, type RevocationReason } from './types.js'

const oid = { reasonCode: '2.5.29.21', certificateIssuer: '2.5.29.29', invalidityDate: '2.5.29.24' }

/** Extensions of an entry that are processed, or make no difference to when it was revoked. */
const understood = new Set<string>([oid.reasonCode, oid.invalidityDate, '2.5.29.23'])

/** A class because it keeps its place in the octets of the list. */
export class CrlEntries {
  readonly size: number
  /** Where each entry starts, and where its serial number does, with the length of that. */
  readonly #places: Uint32Array
  readonly #octets: Uint8Array

  /**
   * Goes through all entries once: what cannot be processed in one of them makes the whole list unusable (RFC 5280 §5.3).
   *
   * @throws Asn1Error; EHealthError `revocation.unsupported`
   */
  constructor(entries: Asn1Node | undefined) {
    const bytes = (this.#octets = entries?.content ?? new Uint8Array())
    const places: number[] = []
    for (let offset = 0; offset < bytes.length;) {
      const plain = plainEntry(bytes, offset)
      if (plain !== undefined) {
        places.push(offset, plain.serial.start, plain.serial.end - plain.serial.start)
        offset = plain.end
        continue
      }
      const node = readAsn1(bytes.subarray(offset), { allowTrailing: true })
      readEntry(node)
      const serial = node.at(0).content
      places.push(offset, serial.byteOffset - bytes.byteOffset, serial.length)
      offset += node.raw.length
    }
    this.#places = Uint32Array.from(places)
    this.size = places.length / 3
  }

  /** @throws Asn1Error for a date that is none */
  find(serialNumber: bigint): Revocation | undefined {
    const wanted = readAsn1(der.integer(serialNumber)).content
    const places = this.#places
    let found: Revocation | undefined
    for (let i = 0; i < places.length; i += 3) {
      if (!this.#isSerial(places[i + 1]!, places[i + 2]!, wanted)) continue
      const node = readAsn1(this.#octets.subarray(places[i]), { allowTrailing: true })
      const entry = readEntry(node)
      // Listed twice, the earlier one counts.
      if (found === undefined || entry.at < found.at) found = entry
    }
    return found
  }

  /** Compares without the zeros that a careless writer puts in front. */
  #isSerial(start: number, length: number, wanted: Uint8Array): boolean {
    const bytes = this.#octets
    let from = start
    const end = start + length
    while (end - from > wanted.length && bytes[from] === 0) from += 1
    if (end - from !== wanted.length) return false
    for (let i = 0; i < wanted.length; i++) if (bytes[from + i] !== wanted[i]) return false
    return true
  }
}

/** Where a value of definite length stands. */
interface Place {
  tag: number
  start: number
  end: number
}

/** @returns undefined for any other form of BER, and for what is cut short */
function placeAt(bytes: Uint8Array, offset: number, limit: number): Place | undefined {
  const tag = bytes[offset]
  const first = bytes[offset + 1]
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return undefined
  let start = offset + 2
  let length = first
  if (first >= 0x80) {
    const count = first & 0x7f
    if (count === 0 || count > 4) return undefined
    length = 0
    for (let i = 0; i < count; i++) length = length * 256 + (bytes[start++] ?? 0)
  }
  const end = start + length
  return end > limit ? undefined : { tag, start, end }
}

/**
 * An entry of which nothing but the serial number matters until somebody asks for it: definite lengths, a date, no extension
 * that must be understood. Nearly every entry of every list is one, and a list has a hundred thousand.
 */
function plainEntry(bytes: Uint8Array, offset: number): { serial: Place; end: number } | undefined {
  const entry = placeAt(bytes, offset, bytes.length)
  if (entry?.tag !== 0x30) return undefined
  const serial = placeAt(bytes, entry.start, entry.end)
  if (serial?.tag !== tags.integer || serial.start === serial.end) return undefined
  const date = placeAt(bytes, serial.end, entry.end)
  if (date?.tag !== tags.utcTime && date?.tag !== tags.generalizedTime) return undefined
  if (date.end === entry.end) return { serial, end: entry.end }
  const extensions = placeAt(bytes, date.end, entry.end)
  if (extensions?.tag !== 0x30 || extensions.end !== entry.end) return undefined
  for (let at = extensions.start; at < extensions.end;) {
    const extension = placeAt(bytes, at, extensions.end)
    if (extension?.tag !== 0x30) return undefined
    const type = placeAt(bytes, extension.start, extension.end)
    const value = type?.tag === tags.oid ? placeAt(bytes, type.end, extension.end) : undefined
    if (type === undefined || value?.tag !== tags.octetString || value.end !== extension.end) return undefined
    if (isCertificateIssuer(bytes, type)) return undefined
    at = extension.end
  }
  return { serial, end: entry.end }
}

/** 2.5.29.29 in octets. */
const isCertificateIssuer = (bytes: Uint8Array, { start, end }: Place): boolean =>
  end - start === 3 && bytes[start] === 0x55 && bytes[start + 1] === 0x1d && bytes[start + 2] === 0x1d

function readEntry(node: Asn1Node): Revocation {
  const [serial, date, extensions, ...surplus] = expect(node, tags.sequence).children
  if (serial === undefined || date === undefined || surplus.length > 0)
    throw new Asn1Error('broken entry of a revocation list')
  void integer(serial)
  let reason: RevocationReason = 'unspecified'
  for (const extension of extensions?.children ?? []) {
    const type = objectIdentifier(extension.at(0))
    if (type === oid.certificateIssuer)
      throw new EHealthError(
        'revocation.unsupported',
        'the list is an indirect one, with certificates of several issuers',
      )
    const critical = extension.children.length === 3 && boolean(extension.at(1))
    if (critical && !understood.has(type))
      throw new EHealthError(
        'revocation.unsupported',
        `an entry of the list has an unknown critical extension ${type}`,
      )
    if (type === oid.reasonCode)
      reason = readReason(readAsn1(octets(extension.at(extension.children.length - 1))))
  }
  return { at: time(date), reason }
}

/** CRLReason; also of OCSP answers. */
export function readReason(node: Asn1Node): RevocationReason {
  const reason = revocationReasons[Number(enumerated(node))]
  if (reason === undefined) throw new Asn1Error('impossible reason of a revocation')
  return reason
}
