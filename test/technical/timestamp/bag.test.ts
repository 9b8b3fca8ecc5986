import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { readTimeStampBag, writeTimeStampBag } from '../../../src/technical/timestamp/index.js'

const hash = new Uint8Array(32).fill(7)
const text = (octets: Uint8Array): string => Buffer.from(octets).toString()

describe('a bag', () => {
  it('is written as the schema says', () => {
    expect(text(writeTimeStampBag({ sequenceNumber: 4711, entries: [{ hash, ref: 100231 }] }))).toBe(
      '<ts2:TimeStampBag xmlns:ts2="urn:be:fgov:ehealth:timestamping:protocol:v2" Hash="SHA-256" SequenceNumber="4711">' +
        `<ts2:JournalEntry><ts2:Hash>${Buffer.from(hash).toString('base64')}</ts2:Hash><ts2:Ref>100231</ts2:Ref></ts2:JournalEntry>` +
        '</ts2:TimeStampBag>',
    )
  })

  it('is read as it was written, whatever is in it', () => {
    const entry = fc.record({
      hash: fc.uint8Array({ minLength: 32, maxLength: 32 }),
      ref: fc.maxSafeNat(),
    })
    fc.assert(
      fc.property(
        fc.record({
          sequenceNumber: fc.maxSafeNat(),
          entries: fc.array(entry, { minLength: 1, maxLength: 20 }),
          hashForm: fc.constantFrom('base64' as const, 'hex' as const),
        }),
        (bag) => {
          const read = readTimeStampBag(writeTimeStampBag(bag))
          expect(read).toEqual({
            ...bag,
            entries: bag.entries.map(({ hash: octets, ref }) => ({ hash: Buffer.from(octets), ref })),
          })
        },
      ),
      { numRuns: 50 },
    )
  })

  it('of the first version is read as well', () => {
    const first = text(writeTimeStampBag({ sequenceNumber: 1, entries: [{ hash, ref: 2 }] })).replace(
      'urn:be:fgov:ehealth:timestamping:protocol:v2',
      'http://www.behealth.be/webservices/tsa',
    )
    expect(readTimeStampBag(Buffer.from(first)).entries).toEqual([{ hash: Buffer.from(hash), ref: 2 }])
  })

  it.each<[string, Parameters<typeof writeTimeStampBag>[0], string]>([
    ['without entries', { sequenceNumber: 1, entries: [] }, 'entries'],
    [
      'with a short hash',
      { sequenceNumber: 1, entries: [{ hash: hash.subarray(1), ref: 1 }] },
      'entries[0].hash',
    ],
    ['with a fraction', { sequenceNumber: 1, entries: [{ hash, ref: 1.5 }] }, 'entries[0].ref'],
    ['below zero', { sequenceNumber: -1, entries: [{ hash, ref: 1 }] }, 'sequenceNumber'],
  ])('%s is not written', (_, bag, path) => {
    expect(() => writeTimeStampBag(bag)).toThrow(
      expect.objectContaining({ code: 'timestamp.input', path }) as Error,
    )
  })

  const good = text(writeTimeStampBag({ sequenceNumber: 1, entries: [{ hash, ref: 2 }] }))
  it.each<[string, string]>([
    ['text', 'no XML'],
    ['another root', good.replaceAll('TimeStampBag', 'Bag')],
    ['another digest', good.replace('SHA-256', 'SHA-1')],
    ['a hash that is none', good.replace(Buffer.from(hash).toString('base64'), 'AAAA')],
    ['a second element', good.replace('<ts2:Ref>', '<ts2:Ref>1</ts2:Ref><ts2:Ref>')],
    ['no entry', good.replace(/<ts2:JournalEntry>.*<\/ts2:JournalEntry>/, '')],
    [
      'hashes in two forms',
      good.replace(
        '</ts2:TimeStampBag>',
        `<ts2:JournalEntry><ts2:Hash>${Buffer.from(hash).toString('hex')}</ts2:Hash><ts2:Ref>3</ts2:Ref></ts2:JournalEntry></ts2:TimeStampBag>`,
      ),
    ],
    ['a document type', `<!DOCTYPE a>${good}`],
  ])('with %s is refused', (_, xml) => {
    expect(() => readTimeStampBag(Buffer.from(xml))).toThrow(
      expect.objectContaining({ code: 'timestamp.bag' }) as Error,
    )
  })
})
