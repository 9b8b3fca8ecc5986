/** Intake from a directory: only what is complete, each once, nothing lost on the way to `done`. */
import { createHash } from 'node:crypto'
import { appendFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { EHealthError } from '../../../src/errors.js'
import {
  openPrescriptionArchive,
  watchPrescriptions,
  type PrescriptionArchive,
  type WatchedPrescription,
} from '../../../src/business/prescriptionArchive/index.js'
import { systemRuntime } from '../../../src/technical/environment/runtime.js'
import { workplace } from './support.js'

const file = workplace()
let archive: PrescriptionArchive

beforeAll(async () => {
  archive = await openPrescriptionArchive({ file: file('watch.db'), maxBytes: 1000 })
})
afterAll(() => archive.close())

/** Runs the watch for some looks; `before` is called before each. */
async function looks(
  directory: string,
  count: number,
  before: (look: number) => void = () => undefined,
  taker: Pick<PrescriptionArchive, 'add'> = archive,
): Promise<WatchedPrescription[]> {
  const stop = new AbortController()
  const told: WatchedPrescription[] = []
  let look = 0
  before(look)
  await watchPrescriptions({
    archive: taker,
    directory,
    signal: stop.signal,
    on: (watched) => told.push(watched),
    runtime: {
      ...systemRuntime,
      sleep: async () => {
        look += 1
        if (look >= count) stop.abort()
        else before(look)
      },
    },
  })
  return told
}

const incoming = (name: string): string => {
  const directory = file(name)
  mkdirSync(directory)
  return directory
}
const names = (directory: string): string[] =>
  readdirSync(directory, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => name)

describe('a watched directory', () => {
  it('takes what is complete and moves it to done, with its receipt', async () => {
    const directory = incoming('plain')
    writeFileSync(join(directory, 'act-1.xml'), 'first')
    writeFileSync(join(directory, 'act-2.xml'), 'second')
    const told = await looks(directory, 2)
    expect(told.map(({ outcome }) => outcome)).toEqual(['taken', 'taken'])
    expect(names(directory)).toEqual([])
    expect(names(join(directory, 'done'))).toEqual([
      'act-1.xml',
      'act-1.xml.receipt.json',
      'act-2.xml',
      'act-2.xml.receipt.json',
    ])
    const receipt = JSON.parse(readFileSync(join(directory, 'done/act-1.xml.receipt.json'), 'utf8'))
    expect(receipt).toMatchObject({
      ref: 1,
      sha256: createHash('sha256').update('first').digest('base64'),
      resubmitted: false,
    })
  })

  it('waits for what still grows, and leaves alone what is not meant', async () => {
    const directory = incoming('growing')
    for (const name of ['.hidden', 'a.tmp', 'b.PART', 'c~']) writeFileSync(join(directory, name), 'x')
    symlinkSync('/etc/hostname', join(directory, 'link'))
    const growing = join(directory, 'growing')
    const told = await looks(directory, 5, (look) => {
      if (look < 4) appendFileSync(growing, `piece ${look}`)
    })
    expect(told).toHaveLength(1)
    expect(names(join(directory, 'done'))).toEqual(['growing', 'growing.receipt.json'])
    expect(readFileSync(join(directory, 'done/growing'), 'utf8')).toBe('piece 0piece 1piece 2piece 3')
    expect(names(directory)).toEqual(['.hidden', 'a.tmp', 'b.PART', 'c~', 'link'])
  })

  it('does not take what changes while it is read', async () => {
    const directory = incoming('changing')
    const changing = join(directory, 'act')
    writeFileSync(changing, 'as it was')
    const told = await looks(directory, 2, undefined, {
      add: async (prescription) => {
        appendFileSync(changing, ' and is no more')
        return archive.add(prescription)
      },
    })
    expect(told).toEqual([{ outcome: 'waiting', code: 'prescription-archive.watch' }])
    expect(names(directory)).toEqual(['act'])
  })

  it('keeps the number of a file that was taken in before a crash could move it', async () => {
    const directory = incoming('again')
    writeFileSync(join(directory, 'act'), 'taken twice')
    const before = await archive.add({
      content: Buffer.from('taken twice'),
      sourceSystem: 'directory',
      sourceId: 'act',
    })
    const [told] = await looks(directory, 2)
    expect(told).toMatchObject({ outcome: 'taken', receipt: { ref: before.ref, resubmitted: true } })
  })

  it('never overwrites what is in done', async () => {
    const directory = incoming('same-name')
    for (const content of ['one', 'two', 'three']) {
      writeFileSync(join(directory, 'act'), content)
      await looks(directory, 2)
    }
    const done = (name: string) => readFileSync(join(directory, 'done', name), 'utf8')
    expect([done('act'), done('act.1'), done('act.2')]).toEqual(['one', 'two', 'three'])
  })

  it('sets apart what can never be taken in, and leaves what can later', async () => {
    const directory = incoming('bad')
    writeFileSync(join(directory, 'empty'), '')
    writeFileSync(join(directory, 'large'), 'x'.repeat(1001))
    expect(await looks(directory, 2)).toMatchObject([
      { outcome: 'set-apart', code: 'configuration.invalid' },
      { outcome: 'set-apart', code: 'prescription-archive.too-large' },
    ])
    expect(names(join(directory, 'failed'))).toEqual(['empty', 'large'])
    writeFileSync(join(directory, 'later'), 'x')
    const busy = { add: () => Promise.reject(new EHealthError('prescription-archive.busy', '1 waits')) }
    expect(await looks(directory, 2, undefined, busy)).toEqual([
      { outcome: 'waiting', code: 'prescription-archive.busy' },
    ])
    expect(names(directory)).toEqual(['later'])
  })

  it('is refused where it cannot be', async () => {
    writeFileSync(file('no-directory'), 'x')
    await expect(looks(file('no-directory'), 1)).rejects.toMatchObject({ code: 'prescription-archive.watch' })
    await expect(looks('', 1)).rejects.toMatchObject({ code: 'configuration.invalid', path: 'directory' })
  })
})
