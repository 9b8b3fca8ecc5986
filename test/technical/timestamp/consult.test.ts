import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import type { Connection } from '../../../src/index.js'
import { startSimulator, type Simulator } from '../../../src/simulator/index.js'
import {
  createTimestamping,
  writeTimeStampBag,
  type StampIdentification,
  type Timestamping,
} from '../../../src/technical/timestamp/index.js'
import { openHospital } from './people.js'

let simulator: Simulator
let me: Connection
let timestamps: Timestamping
let hospital: string
let now = new Date('2026-03-02T09:00:00.000Z')

beforeAll(async () => {
  simulator = await startSimulator({ clock: { now: () => now } })
  me = await openHospital(simulator)
  hospital = simulator.timestamps.hospitalOf('hospital')
  timestamps = createTimestamping(me.session, { hospital })
})
beforeEach(() => {
  simulator.faults.clear()
  // each test has an hour of its own
  now = new Date(now.getTime() + 3_600_000)
})
afterAll(async () => {
  await me.close()
  await simulator.close()
})

let last = 0
const bag = (): Uint8Array => {
  last += 1
  return writeTimeStampBag({
    sequenceNumber: last,
    entries: [{ hash: new Uint8Array(32).fill(last), ref: last }],
  })
}

/** Stamps so many bags, a second apart. */
async function stampAll(documents: readonly Uint8Array[]): Promise<StampIdentification[]> {
  const stamps: StampIdentification[] = []
  for (const document of documents) {
    const { serial, genTimeMs } = await timestamps.stamp({ document })
    stamps.push({ serial, genTimeMs })
    now = new Date(now.getTime() + 1000)
  }
  return stamps
}

const period = (from: Date) => ({ from, to: now })
const calls = () => simulator.calls('timestampConsult')

describe('the archive', () => {
  it('gives documents and stamps back, verified, in the order asked for', async () => {
    const documents = [bag(), bag(), bag()]
    const named = await stampAll(documents)
    const { stamps, missing, unexpected, unreadable } = await timestamps.get([...named].reverse())
    expect(stamps.map(({ document }) => Buffer.from(document))).toEqual(documents.toReversed())
    expect(stamps.map(({ serial, genTimeMs }) => ({ serial, genTimeMs }))).toEqual(named.toReversed())
    expect(stamps.map(({ verification }) => verification.errors)).toEqual([[], [], []])
    expect([missing, unexpected, unreadable]).toEqual([[], [], []])
  })

  it('is asked ten at a time', async () => {
    const documents = Array.from({ length: 21 }, bag)
    const named = await stampAll(documents)
    const before = calls()
    const { stamps, metas } = await timestamps.get(named)
    expect(stamps.map(({ serial }) => serial)).toEqual(named.map(({ serial }) => serial))
    expect(metas).toHaveLength(3)
    expect(calls() - before).toBe(3)
  })

  it('tells what it has not', async () => {
    const [known, lost] = await stampAll([bag(), bag()])
    await simulator.timestamps.lose(lost!.serial)
    const never = { serial: '12345125888271', genTimeMs: 1709806500250 }
    const { stamps, missing } = await timestamps.get([lost!, known!, never])
    expect(stamps.map(({ serial }) => serial)).toEqual([known!.serial])
    expect(missing).toEqual([lost, never])
  })

  it('gives the base64 untouched, line breaks included', async () => {
    const document = bag()
    const wrapped = Buffer.from(document).toString('base64').replace(/.{76}/g, '$&\r\n')
    const { der } = await stampedAs(document, wrapped)
    const { stamps } = await timestamps.get([der])
    expect(stamps[0]!.base64.replaceAll('\r', '')).toBe(wrapped.replaceAll('\r', ''))
    expect(Buffer.from(stamps[0]!.document)).toEqual(Buffer.from(document))
    expect(stamps[0]!.verification.valid).toBe(true)
  })

  it('is not believed where it gives another document', async () => {
    const [named] = await stampAll([bag()])
    const kept = simulator.timestamps.documents.at(-1)! as { base64: string }
    kept.base64 = Buffer.from(bag()).toString('base64')
    const { stamps } = await timestamps.get([named!])
    expect(stamps[0]!.verification.errors.map(({ code }) => code)).toEqual(['timestamp.other-data'])
  })

  it('tells an answer that is no stamp from one that is missing', async () => {
    const [named] = await stampAll([bag()])
    const kept = simulator.timestamps.documents.at(-1)! as { token: Uint8Array }
    kept.token = Buffer.from('no token')
    const { stamps, missing, unreadable } = await timestamps.get([named!])
    expect([stamps, missing]).toEqual([[], [named]])
    expect(unreadable.map(({ code }) => code)).toEqual(['timestamp.unreadable'])
  })

  it('answers an error as such', async () => {
    simulator.faults.add({ kind: 'archive-error', number: 7, type: 'NO_ACCESS' })
    await expect(timestamps.get([{ serial: '1', genTimeMs: 1 }])).rejects.toMatchObject({
      code: 'timestamp.consultation',
      platform: { code: '7', messages: [{ text: 'NO_ACCESS' }] },
    })
    await expect(
      timestamps.get([{ serial: '1', genTimeMs: 1 }], { hospital: 'tsa_0999990123_01' }),
    ).rejects.toMatchObject({ code: 'timestamp.consultation', platform: { code: '2' } })
  })
})

/** A document sent with white space in its base64, as other writers wrap it. */
async function stampedAs(document: Uint8Array, base64: string): Promise<{ der: StampIdentification }> {
  const made = await simulator.timestamps.stampFor('hospital', document)
  ;(made as { base64: string }).base64 = base64
  return { der: made }
}

describe('completeness of a period', () => {
  it('is complete when every stamp is named', async () => {
    const from = now
    const stamps = await stampAll([bag(), bag()])
    const { outcome, missing, status } = await timestamps.checkCompleteness({ ...period(from), stamps })
    expect([outcome, missing, status]).toEqual(['complete', [], 'OK'])
  })

  it('of a period without stamps is complete, too', async () => {
    const { outcome } = await timestamps.checkCompleteness({ ...period(now), stamps: [] })
    expect(outcome).toBe('complete')
  })

  it('lists what is not named, foreign stamps with the same certificate included', async () => {
    const from = now
    const [one, two] = await stampAll([bag(), bag()])
    const foreign = await simulator.timestamps.stampFor('hospital', bag())
    const { outcome, missing } = await timestamps.checkCompleteness({ ...period(from), stamps: [one!] })
    expect(outcome).toBe('incomplete')
    expect(missing).toEqual([two, { serial: foreign.serial, genTimeMs: foreign.genTimeMs }])
  })

  it('does not list a second stamp of a document of which one is named', async () => {
    const from = now
    const document = bag()
    const [first] = await stampAll([document, document])
    expect((await timestamps.checkCompleteness({ ...period(from), stamps: [first!] })).outcome).toBe(
      'complete',
    )
    const { missing } = await timestamps.checkCompleteness({ ...period(from), stamps: [] })
    expect(missing).toHaveLength(2)
  })

  it('does not list what the platform has not: that is found by asking for it', async () => {
    const from = now
    const stamps = await stampAll([bag(), bag()])
    await simulator.timestamps.lose(stamps[0]!.serial)
    expect((await timestamps.checkCompleteness({ ...period(from), stamps })).outcome).toBe('complete')
    expect((await timestamps.get(stamps)).missing).toEqual([stamps[0]])
  })

  it('includes both ends, and leaves out what hospital and hash alone have', async () => {
    const [one] = await stampAll([bag()])
    const at = new Date(one!.genTimeMs)
    await timestamps.stamp({ document: bag(), archived: false })
    const ask = async (from: number, to: number) =>
      (
        await timestamps.checkCompleteness({
          from: new Date(at.getTime() + from),
          to: new Date(at.getTime() + to),
          stamps: [],
        })
      ).missing.length
    expect(await Promise.all([ask(0, 0), ask(-1, 0), ask(1, 500), ask(-500, -1)])).toEqual([1, 1, 0, 0])
  })

  it('is unknown when the platform says so', async () => {
    simulator.faults.add({ kind: 'archive-error' })
    const answer = await timestamps.checkCompleteness({ ...period(now), stamps: [] })
    expect(answer).toMatchObject({
      outcome: 'error',
      status: 'ERROR',
      error: { type: 'TECHNICAL_ERROR', number: 99 },
    })
    expect(answer.meta.raw.response).toContain('TECHNICAL_ERROR')
  })
})

describe('a question that is none', () => {
  const good = { serial: '1', genTimeMs: 1 }
  it.each<[string, () => Promise<unknown>, string, string]>([
    ['no hospital', () => me.technical.timestamp.get([good]), 'configuration.invalid', 'hospital'],
    [
      'a serial number as number',
      () => timestamps.get([{ ...good, serial: 1 as unknown as string }]),
      'timestamp.input',
      'identifications[0].serial',
    ],
    [
      'a leading zero',
      () => timestamps.get([good, { ...good, serial: '01' }]),
      'timestamp.input',
      'identifications[1].serial',
    ],
    [
      'a time in fractions',
      () => timestamps.get([{ ...good, genTimeMs: 1.5 }]),
      'timestamp.input',
      'identifications[0].genTimeMs',
    ],
    [
      'an unknown option',
      () => timestamps.get([good], { hospitaal: 'x' } as object),
      'configuration.invalid',
      'hospitaal',
    ],
    ['nobody trusted', () => timestamps.get([good], { trust: [] }), 'timestamp.no-trust', 'trust'],
    [
      'a period backwards',
      () => timestamps.checkCompleteness({ from: new Date(2), to: new Date(1), stamps: [] }),
      'timestamp.input',
      'to',
    ],
    [
      'no date',
      () => timestamps.checkCompleteness({ from: new Date(NaN), to: new Date(1), stamps: [] }),
      'timestamp.input',
      'from',
    ],
    [
      'a bad stamp',
      () =>
        timestamps.checkCompleteness({
          from: new Date(1),
          to: new Date(1),
          stamps: [{ ...good, serial: '-1' }],
        }),
      'timestamp.input',
      'stamps[0].serial',
    ],
  ])('%s reaches nobody', async (_, ask, code, path) => {
    const before = calls()
    await expect(ask()).rejects.toMatchObject({ code, path })
    expect(calls()).toBe(before)
  })
})
