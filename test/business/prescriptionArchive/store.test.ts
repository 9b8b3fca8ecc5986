/** The file: its versions, its promise of durability, who may write. */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import {
  addEntries,
  counterOf,
  entriesByHash,
} from '../../../src/business/prescriptionArchive/storage/entries.js'
import { leaseMilliseconds, sealerLease } from '../../../src/business/prescriptionArchive/storage/lease.js'
import { applicationId } from '../../../src/business/prescriptionArchive/storage/migrations.js'
import { openDatabase } from '../../../src/business/prescriptionArchive/storage/database.js'
import { openStore } from '../../../src/business/prescriptionArchive/storage/store.js'
import { heldRuntime, workplace } from './support.js'

const file = workplace()
const digest = (octet: number): Uint8Array => new Uint8Array(32).fill(octet)
const entry = (octet: number, sourceId = '') => ({ sha256: digest(octet), sourceSystem: 'ward', sourceId })
const at = new Date('2026-03-02T10:00:00Z')

describe('the file of an archive', () => {
  it('waits for the disk at every commit, by a log that readers do not wait for', async () => {
    const store = await openStore(file('durable.db'))
    expect(store.get('PRAGMA synchronous')).toEqual({ synchronous: 2 })
    expect(store.get('PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' })
    store.close()
  })

  it('says by its header what it is, and is opened again with what was in it', async () => {
    const first = await openStore(file('again.db'))
    addEntries(first, [entry(1)], at)
    first.close()
    const second = await openStore(file('again.db'))
    expect(second.get('PRAGMA application_id')).toEqual({ application_id: applicationId })
    expect(entriesByHash(second, digest(1))).toMatchObject([{ ref: 1, receivedAt: at.getTime() }])
    second.close()
  })

  it.each([
    [
      'text',
      async (name: string) =>
        writeFileSync(name, 'this is a letter, not a database, and long enough to tell'),
    ],
    [
      'a database of somebody else',
      async (name: string) => {
        const other = await openDatabase(name)
        other.exec('CREATE TABLE patients (name TEXT)')
        other.close()
      },
    ],
    [
      'an archive of a later version',
      async (name: string) => {
        ;(await openStore(name)).close()
        const later = await openDatabase(name)
        later.exec('PRAGMA user_version = 99')
        later.close()
      },
    ],
  ])('is refused when it is %s', async (what, make) => {
    const name = file(`${what.replaceAll(' ', '-')}.db`)
    await make(name)
    await expect(openStore(name)).rejects.toMatchObject({ code: 'prescription-archive.file' })
  })

  it('is refused where it cannot be made, and where there is no SQLite', async () => {
    await expect(openStore(file('nowhere/archive.db'))).rejects.toMatchObject({
      code: 'prescription-archive.storage',
      retryable: true,
    })
    if (process.versions.node.startsWith('20.'))
      await expect(openStore(file('new.db'), 'node:sqlite')).rejects.toMatchObject({
        code: 'prescription-archive.driver',
      })
  })

  it('holds all of a transaction or none of it', async () => {
    const store = await openStore(file('atomic.db'))
    expect(() =>
      store.transaction(() => {
        addRow(1)
        throw new RangeError('in the middle')
      }),
    ).toThrow(RangeError)
    expect(entriesByHash(store, digest(1))).toEqual([])
    store.transaction(() => addRow(2))
    expect(entriesByHash(store, digest(2))).toHaveLength(1)
    store.close()
    expect(() => store.get('SELECT 1')).toThrow(
      expect.objectContaining({ code: 'prescription-archive.closed' }),
    )

    function addRow(octet: number): void {
      store.run('INSERT INTO entry VALUES (?, ?, ?, ?, ?, NULL)', octet, digest(octet), 'ward', '', 0)
    }
  })

  it('keeps octets as they are, also those of a view into a larger buffer', async () => {
    const store = await openStore(file('octets.db'))
    const large = Uint8Array.from({ length: 256 }, (_, index) => index)
    addEntries(store, [{ ...entry(0), sha256: large.subarray(100, 132) }], at)
    expect([...entriesByHash(store, large.subarray(100, 132))[0]!.hash]).toEqual([
      ...large.subarray(100, 132),
    ])
    store.close()
  })
})

describe('the journal', () => {
  it('numbers from 1 without gaps and gives what is there already its old number', async () => {
    const store = await openStore(file('journal.db'))
    expect(
      addEntries(store, [entry(1), entry(2), entry(1)], at).map(({ ref, resubmitted }) => [ref, resubmitted]),
    ).toEqual([
      [1, false],
      [2, false],
      [1, true],
    ])
    const later = new Date(at.getTime() + 1000)
    const [again, other, next] = addEntries(store, [entry(2), entry(2, 'act 7'), entry(3)], later)
    expect(again).toMatchObject({ ref: 2, resubmitted: true, receivedAt: at })
    expect(other).toMatchObject({ ref: 3, resubmitted: false, receivedAt: later })
    expect(next).toMatchObject({ ref: 4 })
    expect(counterOf(store, 'ref')).toBe(4)
    store.close()
  })

  it('does not number anew what a later entry fails to follow', async () => {
    const store = await openStore(file('failing.db'))
    expect(() => addEntries(store, [entry(1), { ...entry(2), sha256: new Uint8Array(3) }], at)).toThrow(
      expect.objectContaining({ code: 'prescription-archive.storage' }),
    )
    expect(counterOf(store, 'ref')).toBe(0)
    expect(addEntries(store, [entry(3)], at)).toMatchObject([{ ref: 1 }])
    store.close()
  })
})

describe('the lease of the sealer', () => {
  it('is held by one, until he lets go or is silent for too long', async () => {
    const store = await openStore(file('lease.db'))
    const runtime = heldRuntime()
    const [one, two] = [sealerLease(store, runtime), sealerLease(store, runtime)]
    expect(one.hold()).toBe(true)
    expect(one.hold()).toBe(false)
    expect(() => two.hold()).toThrow(expect.objectContaining({ code: 'prescription-archive.leased' }))
    one.release()
    expect(two.hold()).toBe(true)
    runtime.advance(leaseMilliseconds + 1)
    expect(one.hold()).toBe(true)
    store.close()
  })

  it('tells who lost it without noticing, also when he gets it back', async () => {
    const store = await openStore(file('fence.db'))
    const runtime = heldRuntime()
    const [one, two] = [sealerLease(store, runtime), sealerLease(store, runtime)]
    one.hold()
    one.assertHeld()
    runtime.advance(leaseMilliseconds + 1)
    two.hold()
    expect(() => one.assertHeld()).toThrow(expect.objectContaining({ code: 'prescription-archive.leased' }))
    runtime.advance(leaseMilliseconds + 1)
    expect(one.hold()).toBe(true)
    one.assertHeld()
    store.close()
  })

  it('is taken over at once from a process that is no more', async () => {
    const store = await openStore(file('dead.db'))
    const runtime = heldRuntime()
    sealerLease(store, runtime).hold()
    const { pid } = spawnSync(process.execPath, ['-e', ''])
    const { holder } = store.get<{ holder: string }>('SELECT holder FROM lease')!
    store.run('UPDATE lease SET holder = ?', JSON.stringify({ ...JSON.parse(holder), pid }))
    expect(sealerLease(store, runtime).hold()).toBe(true)
    store.close()
  })
})
