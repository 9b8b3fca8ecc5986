/** Taking out, and removing what has been taken out. */
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { Certificate } from '../../../src/technical/pki/index.js'
import { readTimeStampBag, verifyTimestampToken } from '../../../src/technical/timestamp/index.js'
import { workplace } from './support.js'
import { minute, noon, openHouse, takeIn, type House, type Opened } from './world.js'

const file = workplace()
let house: House
let opened: Opened
let contents: Uint8Array[]

beforeAll(async () => {
  house = await openHouse(file)
  house.simulator.clock.set(noon)
  opened = await house.open({ maxEntriesPerBag: 2 })
  contents = await takeIn(opened.archive, 5)
  await opened.archive.seal()
  await opened.archive.send()
  house.simulator.clock.advance(60 * minute)
})
afterAll(() => house.close())

const text = (directory: string, name: string): string => readFileSync(join(directory, name), 'utf8')

describe('an export', () => {
  it('holds bags, tokens, certificates and sources that verify by themselves, and the digest of each file', async () => {
    const directory = file('export')
    expect(await opened.archive.export({ directory })).toEqual({ bags: 3, entries: 5, stamps: 3, open: 0 })
    const trust = Certificate.allFrom(readFileSync(join(directory, 'certificates/authorities.pem')))
    for (const name of readdirSync(join(directory, 'stamps')).filter((name) => name.endsWith('.tst'))) {
      const bag = readFileSync(join(directory, 'bags', `${name.split('-')[0]}.xml`))
      const { valid } = await verifyTimestampToken(readFileSync(join(directory, 'stamps', name)), {
        data: bag,
        trust,
        at: house.simulator.runtime.now(),
      })
      expect(valid).toBe(true)
      expect(readTimeStampBag(bag).entries.length).toBeGreaterThan(0)
    }
    expect(
      text(directory, 'entries/1.jsonl')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { ref: 1, sha256: createHash('sha256').update(contents[0]!).digest('base64'), sourceSystem: 'ward' },
      { ref: 2 },
    ])
    const { files } = JSON.parse(text(directory, 'manifest.json')) as {
      files: { path: string; sha256: string }[]
    }
    expect(files).toHaveLength(3 + 3 + 6 + 1 + 1)
    for (const { path, sha256 } of files)
      expect(
        createHash('sha256')
          .update(readFileSync(join(directory, path)))
          .digest('hex'),
      ).toBe(sha256)
  })

  it('leaves out what has no stamp yet and what is not asked for, and never writes over anything', async () => {
    await opened.archive.add({ content: Buffer.from('too late') })
    await opened.archive.seal()
    expect(await opened.archive.export({ directory: file('later'), from: noon })).toMatchObject({
      bags: 3,
      open: 1,
    })
    expect(await opened.archive.export({ directory: file('none'), to: '2020-01-01' })).toMatchObject({
      bags: 0,
    })
    await expect(opened.archive.export({ directory: file('later') })).rejects.toMatchObject({
      code: 'configuration.invalid',
      path: 'directory',
    })
    writeFileSync(file('a-file'), '')
    await expect(opened.archive.export({ directory: file('a-file') })).rejects.toMatchObject({
      code: 'configuration.invalid',
      path: 'directory',
    })
  })
})

describe('pruning', () => {
  it('removes nothing that is not confirmed, and nothing that is not exported', async () => {
    const before = house.simulator.runtime.now()
    expect(await opened.archive.prune({ before })).toEqual({ bags: 0, entries: 0, kept: 3 })
    await opened.archive.audit()
    opened.store.run('UPDATE bag SET exportedAt = NULL WHERE sequence = 2')
    // the first that must stay keeps those behind it: the journal has no holes
    expect(await opened.archive.prune({ before })).toEqual({ bags: 1, entries: 2, kept: 2 })
    expect((await opened.archive.prove({ content: contents[0]! })).outcome).toBe('unknown')
    expect((await opened.archive.prove({ content: contents[2]! })).outcome).toBe('proven')
  })

  it('does not make its own stamps foreign, nor give a number twice', async () => {
    const report = await opened.archive.audit({ from: noon })
    expect(report.platform).toMatchObject([{ status: 'OK', foreign: [], repaired: [], asked: 3 }])
    expect(await opened.archive.add({ content: Buffer.from('another one') })).toMatchObject({ ref: 7 })
    await expect(opened.archive.prune({ before: 'never' })).rejects.toMatchObject({ path: 'before' })
  })
})
