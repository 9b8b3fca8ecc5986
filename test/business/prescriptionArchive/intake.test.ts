/** Taking in: many at a time, bounded, only what may come in. */
import { createHash, randomBytes } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  openPrescriptionArchive,
  type PrescriptionArchive,
} from '../../../src/business/prescriptionArchive/index.js'
import { intakeQueue } from '../../../src/business/prescriptionArchive/intake/queue.js'
import { openStore } from '../../../src/business/prescriptionArchive/storage/store.js'
import { heldRuntime, workplace } from './support.js'

const file = workplace()
const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('base64')

let archive: PrescriptionArchive

beforeAll(async () => {
  archive = await openPrescriptionArchive({ file: file('intake.db'), maxBytes: 1000 })
})
afterAll(() => archive.close())

describe('a prescription', () => {
  it('is taken in whole, in pieces or as its digest, and is the same one each time', async () => {
    const content = randomBytes(900)
    async function* pieces() {
      yield content.subarray(0, 300)
      yield content.subarray(300)
    }
    const whole = await archive.add({ content, sourceSystem: 'ward', sourceId: '1' })
    expect(whole).toMatchObject({ sha256: sha256(content), resubmitted: false })
    for (const again of [
      { content: pieces() },
      { sha256: createHash('sha256').update(content).digest() },
      { sha256: sha256(content) },
      { sha256: createHash('sha256').update(content).digest('hex') },
    ])
      expect(await archive.add({ ...again, sourceSystem: 'ward', sourceId: '1' })).toEqual({
        ...whole,
        resubmitted: true,
      })
  })

  it.each([
    ['content', {}, 'configuration.invalid'],
    ['content', { content: new Uint8Array(0) }, 'configuration.invalid'],
    ['content', { content: 'text' }, 'configuration.invalid'],
    ['content', { content: Buffer.from('x'), sha256: '00' }, 'configuration.invalid'],
    ['content', { content: new Uint8Array(1001) }, 'prescription-archive.too-large'],
    ['sha256', { sha256: 'abc' }, 'configuration.invalid'],
    ['sha256', { sha256: new Uint8Array(31) }, 'configuration.invalid'],
    ['sourceId', { content: Buffer.from('x'), sourceId: 'a\nb' }, 'configuration.invalid'],
    ['sourceId', { content: Buffer.from('x'), sourceId: 'x'.repeat(201) }, 'configuration.invalid'],
    ['sourceSystem', { content: Buffer.from('x'), sourceSystem: '' }, 'configuration.invalid'],
    ['sourcesystem', { content: Buffer.from('x'), sourcesystem: 'ward' }, 'configuration.invalid'],
  ])('is refused with the path %s: %o', async (path, prescription, code) => {
    const before = (await archive.status()).entries
    await expect(archive.add(prescription as never)).rejects.toMatchObject({ code, path })
    expect((await archive.status()).entries).toBe(before)
  })

  it('whose pieces break off is not taken in', async () => {
    const before = (await archive.status()).entries
    async function* broken() {
      yield Buffer.from('half of a')
      throw new RangeError('gone')
    }
    await expect(archive.add({ content: broken() })).rejects.toThrow(RangeError)
    expect((await archive.status()).entries).toBe(before)
  })
})

describe('the queue', () => {
  const entry = (octet: number) => ({
    sha256: new Uint8Array(32).fill(octet),
    sourceSystem: 's',
    sourceId: '',
  })

  it('writes what comes together as one transaction', async () => {
    const store = await openStore(file('group.db'))
    let commits = 0
    const counting = {
      ...store,
      transaction: <T>(work: () => T): T => ((commits += 1), store.transaction(work)),
    }
    const queue = intakeQueue(counting, heldRuntime(), 1000)
    const receipts = await Promise.all(Array.from({ length: 200 }, (_, index) => queue.add(entry(index))))
    expect(receipts.map(({ ref }) => ref)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1))
    expect(commits).toBe(1)
    await queue.close()
    store.close()
  })

  it('refuses more than may wait, and takes what it took', async () => {
    const store = await openStore(file('busy.db'))
    const queue = intakeQueue(store, heldRuntime(), 2)
    const handed = [queue.add(entry(1)), queue.add(entry(2)), queue.add(entry(3))]
    const outcomes = await Promise.allSettled(handed)
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
    expect(outcomes[2]).toMatchObject({ reason: { code: 'prescription-archive.busy', retryable: true } })
    expect(await queue.add(entry(3))).toMatchObject({ ref: 3 })
    store.close()
  })

  it('tells everybody of a batch when the disk does not take it, and goes on when it does again', async () => {
    const store = await openStore(file('full.db'))
    store.run('PRAGMA max_page_count = 1')
    const queue = intakeQueue(store, heldRuntime(), 10_000)
    const many = Array.from({ length: 2000 }, (_, index) => ({
      sha256: createHash('sha256').update(String(index)).digest(),
      sourceSystem: 's',
      sourceId: 'x'.repeat(200),
    }))
    const outcomes = await Promise.allSettled(many.map((one) => queue.add(one)))
    const failed = outcomes.filter(({ status }) => status === 'rejected')
    expect(failed.length).toBeGreaterThan(0)
    expect(failed[0]).toMatchObject({ reason: { code: 'prescription-archive.storage', retryable: true } })
    store.run('PRAGMA max_page_count = 1000000')
    await expect(queue.add(many[0]!)).resolves.toMatchObject({ ref: expect.any(Number) })
    const kept = outcomes.filter(({ status }) => status === 'fulfilled').length
    expect(store.get('SELECT count(*) AS n FROM entry')).toEqual({ n: kept === 0 ? 1 : kept })
    store.close()
  })

  it('writes everything before it is closed, and takes nothing after', async () => {
    const store = await openStore(file('closing.db'))
    const queue = intakeQueue(store, heldRuntime(), 10)
    const handed = queue.add(entry(1))
    await queue.close()
    await expect(handed).resolves.toMatchObject({ ref: 1 })
    await expect(queue.add(entry(2))).rejects.toMatchObject({ code: 'prescription-archive.closed' })
    store.close()
  })
})
