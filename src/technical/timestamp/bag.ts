/** The bag of a hospital: hashes of its prescriptions, to be stamped together (spec timestamp §5). */
import { EHealthError, isEHealthError } from '../../errors.js'
import { parseXml } from '../xml/parse.js'
import { read } from '../xml/read.js'
import { write } from '../xml/write.js'
import { TimeStampBag, TimeStampBagV1, type TimeStampBagType } from './contract.js'
import { invalidInput } from './input.js'

/** One prescription in a bag. */
export interface BagEntry {
  /** SHA-256 of the journal entry, 32 octets. */
  readonly hash: Uint8Array
  /** Number of the entry in the journal of the hospital. */
  readonly ref: number
}

/** What is in a bag. */
export interface Bag {
  /** Number of the bag, given by the hospital; not the serial number of the stamp. */
  readonly sequenceNumber: number
  /** At least one: there is no empty bag. */
  readonly entries: readonly BagEntry[]
  /** Text form of the hashes: the platform does not tell which (trap 27). */
  readonly hashForm: 'base64' | 'hex'
}

/**
 * Writes a bag. Keep the octets: a bag that is written again may be another one (trap 4).
 *
 * @param bag `hashForm` is `base64` when omitted
 * @throws EHealthError `timestamp.input` with the path
 *
 * @example
 * ```ts
 * import { createHash } from 'node:crypto'
 * import { writeTimeStampBag } from 'ehealth-connectors/timestamp'
 *
 * const hash = createHash('sha256').update('prescription').digest()
 * const bag = writeTimeStampBag({ sequenceNumber: 4711, entries: [{ hash, ref: 100231 }] })
 * const { serial } = await me.technical.timestamp.stamp({ document: bag, mimeType: 'text/xml' })
 * ```
 */
export function writeTimeStampBag({
  sequenceNumber,
  entries,
  hashForm = 'base64',
}: Omit<Bag, 'hashForm'> & Partial<Pick<Bag, 'hashForm'>>): Uint8Array {
  const number = (value: number, path: string): number => {
    if (!Number.isSafeInteger(value) || value < 0) throw invalidInput(path, 'expected a whole number')
    return value
  }
  if (entries.length === 0) throw invalidInput('entries', 'a bag has at least one entry')
  const JournalEntry = entries.map(({ hash, ref }, i) => {
    if (!(hash instanceof Uint8Array) || hash.length !== 32)
      throw invalidInput(`entries[${i}].hash`, 'expected 32 octets')
    return { Hash: Buffer.from(hash).toString(hashForm), Ref: number(ref, `entries[${i}].ref`) }
  })
  const SequenceNumber = number(sequenceNumber, 'sequenceNumber')
  return Buffer.from(write(TimeStampBag, { Hash: 'SHA-256', SequenceNumber, JournalEntry }).xml)
}

/**
 * Reads a bag of either version, hashes in base64 or hexadecimal.
 *
 * @throws EHealthError `timestamp.bag`
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { readTimeStampBag } from 'ehealth-connectors/timestamp'
 *
 * const { sequenceNumber, entries } = readTimeStampBag(await readFile('bag-4711.xml'))
 * console.log(sequenceNumber, entries.length)
 * ```
 */
export function readTimeStampBag(octets: Uint8Array): Bag {
  const { SequenceNumber, JournalEntry } = typed(octets)
  const forms = new Set<Bag['hashForm']>()
  const entries = JournalEntry.map(({ Hash, Ref }) => {
    const form = /^[0-9a-f]{64}$/i.test(Hash) ? 'hex' : 'base64'
    const hash = Buffer.from(Hash, form)
    if (hash.length !== 32) throw unreadable('a hash is no SHA-256 in base64 or hexadecimal')
    forms.add(form)
    return { hash, ref: Ref }
  })
  if (forms.size !== 1) throw unreadable('hashes in two forms')
  return { sequenceNumber: SequenceNumber, entries, hashForm: [...forms][0]! }
}

function typed(octets: Uint8Array): TimeStampBagType {
  try {
    const { root } = parseXml(octets)
    const declaration = root.namespace === TimeStampBagV1.namespace ? TimeStampBagV1 : TimeStampBag
    return read(declaration, root, { strict: true })
  } catch (error) {
    if (isEHealthError(error)) throw unreadable(error.message, error)
    throw error
  }
}

const unreadable = (why: string, cause?: unknown): EHealthError =>
  new EHealthError('timestamp.bag', `not a bag: ${why}`, { cause })
