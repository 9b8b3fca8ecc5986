/** The archive and the platform's, compared both ways; and what an audit finds that somebody changed here. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { auditText, type AuditReport } from '../../../src/business/prescriptionArchive/index.js'
import { writeTimeStampBag } from '../../../src/technical/timestamp/index.js'
import { workplace } from './support.js'
import { minute, openHouse, takeIn, type House, type Opened } from './world.js'

const file = workplace()
const day = 24 * 60 * minute
let house: House
/** Each test has a day of its own, so that it does not see the stamps of the others. */
let today = new Date('2026-03-02T08:00:00.000Z')

beforeAll(async () => {
  house = await openHouse(file)
})
afterAll(() => house.close())
beforeEach(() => {
  today = new Date(today.getTime() + 3 * day)
  house.simulator.faults.clear()
  house.simulator.clock.set(today)
})

const later = (milliseconds: number): void => house.simulator.clock.advance(milliseconds)

/** An archive with some stamped bags of two prescriptions each, five minutes apart; an hour later. */
async function stamped(bags = 2): Promise<Opened & { contents: Uint8Array[] }> {
  const opened = await house.open()
  const contents: Uint8Array[] = []
  for (let bag = 0; bag < bags; bag += 1) {
    contents.push(...(await takeIn(opened.archive, 2)))
    later(5 * minute)
    await opened.archive.seal()
    await opened.archive.send()
  }
  later(60 * minute)
  return { ...opened, contents }
}

const stampIds = ({ store }: Opened) =>
  store.all<{ serial: string; genTimeMs: number }>('SELECT serial, genTimeMs FROM stamp ORDER BY genTimeMs')

describe('an audit of two archives that agree', () => {
  it('is OK, confirms the bags, and reports what it looked at', async () => {
    const opened = await stamped(3)
    const report = await opened.archive.audit()
    expect(report).toMatchObject({
      verdict: 'OK',
      scope: { hospital: house.hospital, from: today.toISOString(), hashEncoding: 'base64' },
      entries: { count: 6, firstRef: 1, lastRef: 6, gaps: [] },
      bags: { count: 3, findings: [] },
      stamps: { count: 3, invalid: [], delay: { maximum: 5 * minute, above5Minutes: 0 } },
      platform: [
        { status: 'OK', asked: 3, reversed: 3, repaired: [], foreign: [], missing: [], different: [] },
      ],
      open: { staged: 0, bags: [], unknownAttempts: 0 },
    })
    expect(opened.states()).toEqual(['CONFIRMED', 'CONFIRMED', 'CONFIRMED'])
    expect(opened.events).toContainEqual(
      expect.objectContaining({ state: 'checked', repaired: 0, foreign: 0, missing: 0 }),
    )
    const text = auditText(report)
    expect(text).toMatch(/^Audit of the prescription archive: OK$/m)
    expect(text).toMatch(/^Entries +6, 1 to 6$/m)
    expect(text).toMatch(/OK +3 +0 +0 +0 +3 +0 +0$/m)
  })

  it('goes on an hour before the end of the last good one, and leaves out the last quarter of an hour', async () => {
    const { archive } = await stamped()
    const first = await archive.audit()
    expect(new Date(first.scope.to).getTime()).toBe(house.simulator.runtime.now().getTime() - 15 * minute)
    later(day)
    const { scope } = await archive.audit()
    expect(new Date(scope.from).getTime()).toBe(new Date(first.scope.to).getTime() - 60 * minute)
  })

  it('asks about one day at a time, and about days without stamps as well', async () => {
    const { archive } = await stamped()
    const { platform } = await archive.audit({ from: today, to: new Date(today.getTime() + 2.5 * day) })
    expect(platform.map(({ status, asked }) => [status, asked])).toEqual([
      ['OK', 2],
      ['OK', 0],
      ['OK', 0],
    ])
  })

  it('asks back as many as it is told to', async () => {
    const { archive } = await stamped(3)
    expect((await archive.audit({ reverse: 2 })).platform).toMatchObject([{ reversed: 2 }])
    expect((await archive.audit({ reverse: 'none', from: today })).platform).toMatchObject([{ reversed: 0 }])
  })

  it('needs no platform for its own part', async () => {
    const { file: name, archive } = await stamped()
    const alone = await house.open({ file: name })
    const calls = house.simulator.calls('timestampConsult')
    expect(await alone.archive.audit({ platform: false })).toMatchObject({ verdict: 'OK', platform: [] })
    expect(house.simulator.calls('timestampConsult')).toBe(calls)
    expect(auditText(await archive.audit({ platform: false }))).toMatch(/^Platform +not asked$/m)
  })

  it('digests documents again that it is given', async () => {
    const { archive, contents } = await stamped()
    expect(await archive.audit({ documents: contents })).toMatchObject({
      verdict: 'OK',
      documents: { count: 4, unknown: 0 },
    })
    expect(await archive.audit({ documents: [Buffer.from('not ours')], from: today })).toMatchObject({
      verdict: 'ERROR',
      documents: { count: 1, unknown: 1 },
    })
  })
})

describe('what the platform has and the archive has not', () => {
  it('a stamp of a bag of ours is fetched, verified and kept', async () => {
    const opened = await stamped()
    const [lost] = stampIds(opened)
    opened.store.run('DELETE FROM stamp WHERE serial = ?', lost!.serial)
    opened.store.run(`UPDATE bag SET state = 'UNKNOWN' WHERE sequence = 1`)
    const report = await opened.archive.audit()
    expect(report).toMatchObject({
      verdict: 'OK',
      platform: [{ status: 'OK', repaired: [lost], unresolved: [] }],
    })
    expect(opened.states()).toEqual(['CONFIRMED', 'CONFIRMED'])
    expect(opened.store.get('SELECT source FROM stamp WHERE serial = ?', lost!.serial)).toEqual({
      source: 'consult',
    })
    expect(await opened.archive.prove({ content: opened.contents[0]! })).toMatchObject({
      outcome: 'proven',
      evidence: [{ stamps: [{ source: 'consult' }] }],
    })
  })

  it('more than ten are fetched ten at a time', async () => {
    const opened = await stamped(12)
    opened.store.run('DELETE FROM stamp')
    const calls = house.simulator.calls('timestampConsult', 'getTimestamp')
    const { platform, verdict } = await opened.archive.audit({ reverse: 'none' })
    expect([verdict, platform[0]!.repaired.length]).toEqual(['OK', 12])
    expect(house.simulator.calls('timestampConsult', 'getTimestamp') - calls).toBe(2)
  })

  it('a bag of somebody else is kept apart and reported each time; its numbers are not given again', async () => {
    const opened = await stamped()
    const hash = new Uint8Array(32).fill(7)
    const other = writeTimeStampBag({ sequenceNumber: 40, entries: [{ hash, ref: 900 }] })
    const { serial, genTimeMs } = await house.simulator.timestamps.stampFor('hospital', other, {
      at: new Date(today.getTime() + minute),
    })
    const report = await opened.archive.audit()
    expect(report).toMatchObject({
      verdict: 'ERROR',
      platform: [{ status: 'OK', foreign: [{ serial, genTimeMs }], repaired: [] }],
    })
    expect(await opened.archive.audit({ from: today })).toMatchObject({
      verdict: 'ERROR',
      platform: [{ foreign: [{ serial, genTimeMs }] }],
    })
    await takeIn(opened.archive, 1)
    await opened.archive.seal()
    expect(opened.store.get('SELECT max(sequence) AS bag, max(ref) AS ref FROM bag, entry')).toEqual({
      bag: 41,
      ref: 901,
    })
    await opened.archive.send()
    later(60 * minute)
    // the jump is no gap
    expect((await opened.archive.audit({ from: today, platform: false })).entries.gaps).toEqual([])
  })

  it('a stamp that is named and not given, or does not verify, stays open', async () => {
    const opened = await stamped()
    const [first] = stampIds(opened)
    opened.store.run('DELETE FROM stamp WHERE serial = ?', first!.serial)
    house.simulator.faults.add({
      service: 'timestampConsult',
      operation: 'getTimestamp',
      kind: 'archive-error',
      times: 1,
    })
    const report = await opened.archive.audit()
    expect(report).toMatchObject({
      verdict: 'ERROR',
      platform: [{ status: 'ERROR', error: 'timestamp.consultation' }],
    })
    expect(opened.states()).toEqual(['ARCHIVED', 'ARCHIVED'])
    expect(await opened.archive.audit()).toMatchObject({ verdict: 'OK' })
  })
})

describe('what the archive has and the platform has not', () => {
  it('is found by asking back, reported, and not confirmed', async () => {
    const opened = await stamped()
    const [first] = stampIds(opened)
    await house.simulator.timestamps.lose(first!.serial)
    expect(await opened.archive.audit()).toMatchObject({
      verdict: 'ERROR',
      platform: [{ status: 'OK', missing: [first] }],
    })
    expect(opened.states()).toEqual(['ARCHIVED', 'CONFIRMED'])
  })

  it('octets that differ are reported', async () => {
    const opened = await stamped()
    const [first] = stampIds(opened)
    opened.store.run('UPDATE bag SET bytes = CAST(bytes || ? AS BLOB) WHERE sequence = 1', '<!-- -->')
    const report = await opened.archive.audit()
    expect(report).toMatchObject({
      verdict: 'ERROR',
      platform: [{ different: [first] }],
      bags: { findings: [{ sequence: 1, checks: [{ name: 'bag-digest', passed: false }] }] },
      stamps: { invalid: [{ sequence: 1, errors: ['timestamp.other-data'] }] },
    })
    expect(auditText(report)).toMatch(/FAILED +bag 1: bag-digest/)
  })
})

describe('when the platform does not tell', () => {
  it.each([
    ['an ERROR', { kind: 'archive-error' }],
    ['nothing', { kind: 'drop', when: 'before' }],
  ] as const)('%s is reported, confirms nothing, and is asked again', async (_what, plan) => {
    const opened = await stamped()
    house.simulator.faults.add({
      service: 'timestampConsult',
      operation: 'checkCompleteness',
      ...plan,
      times: Infinity,
    })
    const report: AuditReport = await opened.archive.audit()
    expect(report).toMatchObject({
      verdict: 'ERROR',
      platform: [{ status: 'ERROR', error: expect.any(String) }],
    })
    expect(opened.states()).toEqual(['ARCHIVED', 'ARCHIVED'])
    house.simulator.faults.clear()
    const again = await opened.archive.audit()
    expect([again.verdict, again.scope.from]).toEqual(['OK', today.toISOString()])
  })
})

describe('what somebody changed here', () => {
  it.each([
    ['an entry, removed', 'DELETE FROM entry WHERE ref = 2', { entries: { gaps: [{ from: 2, to: 2 }] } }],
    [
      'a bag, unchained',
      'UPDATE bag SET prevSha256 = zeroblob(32) WHERE sequence = 2',
      { bags: { findings: [{ sequence: 2 }] } },
    ],
    [
      'the name of a stamp',
      `UPDATE stamp SET serial = '12345' WHERE bagSequence = 1`,
      { stamps: { invalid: [{ serial: '12345' }] } },
    ],
    [
      'an entry, moved to another bag',
      'UPDATE entry SET bagSequence = 2 WHERE ref = 1',
      { bags: { findings: [{ sequence: 1 }, { sequence: 2 }] } },
    ],
  ])('%s', async (_what, sql, expected) => {
    const opened = await stamped()
    opened.store.run(sql)
    expect(await opened.archive.audit({ platform: false })).toMatchObject({ verdict: 'ERROR', ...expected })
  })
})

describe('what is not finished', () => {
  it('makes an audit INCOMPLETE, and is listed', async () => {
    const opened = await stamped()
    await takeIn(opened.archive, 1)
    await opened.archive.seal()
    await takeIn(opened.archive, 2)
    later(60 * minute)
    const report = await opened.archive.audit()
    expect(report).toMatchObject({
      verdict: 'INCOMPLETE',
      open: { staged: 2, bags: [{ sequence: 3, state: 'SEALED' }] },
    })
    expect(auditText(report)).toMatch(/^ {2}SEALED +bag 3, 0 attempts$/m)
  })

  it('bags that were late are listed, and the delay told', async () => {
    const opened = await house.open({ maxEntriesPerBag: 1 })
    await takeIn(opened.archive, 2)
    await opened.archive.seal()
    house.simulator.faults.add({ service: 'timestampAuthority', kind: 'stamp-result', times: 1 })
    await opened.archive.send()
    later(10 * minute)
    await opened.archive.send()
    later(60 * minute)
    expect((await opened.archive.audit()).stamps).toMatchObject({
      outOfOrder: [2],
      delay: { maximum: 10 * minute, above5Minutes: 1 },
    })
  })

  it.each([
    [{ from: 'yesterday' }, 'from'],
    [{ from: '2030-01-01' }, 'from'],
    [{ reverse: 0 }, 'reverse'],
    [{ until: '2026-01-01' }, 'until'],
  ])('%o is refused', async (options, path) => {
    const { archive } = await house.open()
    await expect(archive.audit(options as never)).rejects.toMatchObject({
      code: 'configuration.invalid',
      path,
    })
  })
})
