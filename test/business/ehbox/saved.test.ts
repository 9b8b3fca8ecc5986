import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import type {
  ListedMessage,
  OutgoingMessage,
  ReadOutcome,
  SavedDocumentMessage,
  SaveProgress,
} from '../../../src/business/ehbox/index.js'
import { mailOf, type Letter } from '../../../src/simulator/services/ehbox/store.js'
import { openCast, type Cast } from './world.js'

const dir = mkdtempSync(join(tmpdir(), 'ehbox-save-'))
let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(async () => {
  await cast.close()
  rmSync(dir, { recursive: true })
})
beforeEach(() => {
  const state = mailOf(cast.simulator.world)
  state.copies = []
  state.letters.clear()
  cast.simulator.faults.clear()
})

const large = randomBytes(3_000_000)
async function received(changes: Partial<OutgoingMessage> = {}): Promise<ListedMessage> {
  await cast.physician.ehbox.send({
    to: [cast.toNurse],
    title: 'Report',
    body: 'Dear colleague',
    encrypt: true,
    annexes: [
      { title: 'Scan', fileName: '../../etc/scan.PDF', mimeType: 'application/pdf', content: large },
      { title: 'Note', fileName: 'note', mimeType: 'text/plain', content: 'inline', as: 'inline' },
      { title: 'Empty', fileName: 'empty.txt', mimeType: 'text/plain', content: '' },
    ],
    ...changes,
  })
  for await (const listed of cast.nurse.ehbox.messages()) return listed
  throw new Error('nothing arrived')
}
/** What the simulator keeps of the newest message, to be spoilt. */
const stored = (): Letter => [...mailOf(cast.simulator.world).letters.values()].at(-1)!

describe('saving a message', () => {
  it.each([true, false])(
    'puts body and annexes into files of our own names (sealed: %s)',
    async (encrypt) => {
      const listed = await received({ encrypt })
      const directory = join(dir, `saved-${encrypt}`, 'deeper')
      const progress: SaveProgress[] = []
      const saved = (await cast.nurse.ehbox.save(listed, {
        directory,
        onProgress: (each) => progress.push(each),
      })) as SavedDocumentMessage
      const names = ['annex-1.PDF', 'annex-2', 'annex-3.txt', 'body.txt'].map(
        (name) => `${listed.id}-${name}`,
      )
      expect(readdirSync(directory).toSorted()).toEqual(names)
      expect([saved.body, ...saved.annexes].map(({ file }) => file)).toEqual(
        ['body.txt', 'annex-1.PDF', 'annex-2', 'annex-3.txt'].map((name) =>
          join(directory, `${listed.id}-${name}`),
        ),
      )
      const contents = [saved.body, ...saved.annexes].map(({ file }) => readFileSync(file!))
      expect(contents[1]!.equals(large)).toBe(true)
      expect([0, 2, 3].map((index) => contents[index]!.toString())).toEqual(['Dear colleague', 'inline', ''])
      expect(saved.annexes.map(({ bytes }) => bytes)).toEqual([large.length, 6, 0])
      expect(saved.annexes[0]).toMatchObject({ title: 'Scan', fileName: '../../etc/scan.PDF' })
      expect(saved.annexes[0]).not.toHaveProperty('content')
      expect(statSync(saved.body.file!).mode & 0o777).toBe(0o600)
      if (encrypt) {
        expect(saved.verification).toMatchObject({ authorMatchesSender: true })
        expect(saved.verification!.fields).toContain('annexes[0].content')
      }
      const receiving = progress.filter(({ stage }) => stage === 'receiving').map(({ bytes }) => bytes)
      expect(receiving.length).toBeGreaterThan(5)
      expect(receiving).toEqual(receiving.toSorted((a, b) => a - b))
      expect(receiving.at(-1)).toBeGreaterThan(large.length)
      expect(progress.findLast(({ part }) => part === 'annexes[0].content')?.bytes).toBe(large.length)
    },
  )

  it('replaces the files of an earlier time and nothing else', async () => {
    const listed = await received()
    const directory = join(dir, 'again')
    await cast.nurse.ehbox.save(listed, { directory })
    const body = join(directory, `${listed.id}-body.txt`)
    writeFileSync(body, 'spoilt')
    writeFileSync(join(directory, 'mine.txt'), 'mine')
    await cast.nurse.ehbox.save(listed, { directory })
    expect(readFileSync(body, 'utf8')).toBe('Dear colleague')
    expect(readFileSync(join(directory, 'mine.txt'), 'utf8')).toBe('mine')
  })

  it('leaves nothing behind when a part is not what it should be', async () => {
    const listed = await received()
    const scan = stored().annexes[0]!.content
    scan.bytes = Buffer.from(scan.bytes)
    scan.bytes[scan.bytes.length - 300]! ^= 1
    const directory = join(dir, 'refused')
    await expect(cast.nurse.ehbox.save(listed, { directory })).rejects.toMatchObject({
      path: 'annexes[0].content',
    })
    expect(readdirSync(directory)).toEqual([])
    const partial = (await cast.nurse.ehbox.save(listed, {
      directory,
      partial: true,
    })) as SavedDocumentMessage
    expect(partial.annexes[0]).toMatchObject({ bytes: 0, problem: { path: 'annexes[0].content' } })
    expect(partial.annexes[0]!.file).toBeUndefined()
    expect(readdirSync(directory)).toHaveLength(3)
  })

  it('refuses a place where nothing can be written, before the message is asked for nothing is lost', async () => {
    const listed = await received()
    writeFileSync(join(dir, 'a-file'), '')
    await expect(cast.nurse.ehbox.save(listed, { directory: join(dir, 'a-file') })).rejects.toMatchObject({
      code: 'ehbox.save',
    })
    await expect(cast.nurse.ehbox.save(listed, { directory: '' })).rejects.toMatchObject({
      code: 'configuration.invalid',
    })
  })

  it('tells receipts as they are, without files', async () => {
    await cast.nurse.ehbox.send({
      to: [{ ssin: cast.simulator.personas.physician.ssin, quality: 'DOCTOR' }],
      title: 'T',
      body: '',
      receipts: { received: true },
    })
    for await (const listed of cast.nurse.ehbox.messages()) {
      const directory = join(dir, 'receipts')
      expect(await cast.nurse.ehbox.save(listed, { directory })).toMatchObject({ type: 'ACKNOWLEDGMENT' })
      expect(readdirSync(directory)).toEqual([])
    }
  })
})

describe('attachments named in another dialect', () => {
  it.each(['bare', 'encoded', 'unprefixed', 'bracketed', 'xop'] as const)('are found: %s', async (form) => {
    const listed = await received()
    const strike = () =>
      cast.simulator.faults.add({ kind: 'dialect', form, operation: 'getFullMessage', times: 2 })
    strike()
    const read = await cast.nurse.ehbox.read(listed)
    if (read.type !== 'DOCUMENT') throw new Error('no document')
    expect(read.body.text).toBe('Dear colleague')
    expect(large.equals(read.annexes[0]!.content)).toBe(true)
    expect(read.annexes[1]!.text).toBe('inline')
    cast.simulator.faults.clear()
    strike()
    const directory = join(dir, form)
    const saved = (await cast.nurse.ehbox.save(listed, { directory })) as SavedDocumentMessage
    expect(large.equals(readFileSync(saved.annexes[0]!.file!))).toBe(true)
    expect(existsSync(saved.annexes[1]!.file!)).toBe(true)
  })
})

describe('a folder with odd messages', () => {
  it('is read to its end: what is wrong with one comes with it', async () => {
    const outcomes: ReadOutcome[] = []
    await received({ title: 'good' })
    await received({ title: 'annex spoilt' })
    const spoilt = stored()
    spoilt.annexes[0]!.content = { ...spoilt.annexes[0]!.content, bytes: Buffer.from('not sealed') }
    spoilt.annexes[1]!.title = Buffer.from('neither')
    await received({ title: 'of another kind' })
    ;(stored() as { kind: string }).kind = 'DOCUMENT'
    stored().sender = { ...stored().sender, Quality: 'ASTROLOGER' }
    await received({ title: 'body spoilt' })
    stored().document.content = { as: 'inline', bytes: Buffer.from('clear after all') }
    for await (const outcome of cast.nurse.ehbox.readAll()) outcomes.push(outcome)
    const of = (title: string) => outcomes.find(({ listed }) => listed.title === title)!
    expect(outcomes).toHaveLength(4)
    expect(of('good').message).toMatchObject({ problems: [], body: { text: 'Dear colleague' } })
    expect(of('annex spoilt').message).toMatchObject({
      body: { text: 'Dear colleague' },
      annexes: [
        { title: 'Scan', problem: { code: 'ehbox.unsealed-field', path: 'annexes[0].content' } },
        { title: '', text: 'inline' },
        { text: '' },
      ],
      problems: [
        'annexes[0].content cannot be read: ehbox.unsealed-field',
        'annexes[1].title cannot be read: ehbox.unsealed-field',
      ],
    })
    expect(of('of another kind').listed.problems).toEqual(['the quality of the sender is not known'])
    expect(of('body spoilt').message).toMatchObject({
      body: { problem: { code: 'ehbox.unsealed-field' } },
      annexes: [{ title: 'Scan' }, { text: 'inline' }, {}],
    })
    // whole or not at all, where nothing else is said
    await expect(cast.nurse.ehbox.read(of('annex spoilt').listed)).rejects.toMatchObject({
      code: 'ehbox.unsealed-field',
    })
  })

  it('is given up when the platform cannot be reached', async () => {
    await received()
    cast.simulator.faults.add({
      kind: 'soa',
      code: 'SOA-02001',
      operation: 'getFullMessage',
      times: Infinity,
    })
    const reading = async () => {
      for await (const outcome of cast.nurse.ehbox.readAll()) void outcome
    }
    await expect(reading()).rejects.toMatchObject({ code: expect.stringMatching(/^fault\./) as string })
  })

  it('tells failures of one’s own publications as ERROR messages', async () => {
    cast.simulator.faults.add({ kind: 'undelivered', operation: 'sendMessage', code: '999', message: 'Gone' })
    const outcome = await cast.physician.ehbox.send({ to: [cast.toNurse], title: 'lost', body: '' })
    const errors = []
    for await (const { message } of cast.physician.ehbox.readAll({ where: { type: 'ERROR' } }))
      if (message?.type === 'ERROR') errors.push(message.error)
    expect(errors).toMatchObject([
      {
        publicationId: outcome.publicationId,
        code: '999',
        messages: ['Gone'],
        destinations: [{ id: cast.toNurse.ssin, quality: 'NURSE' }],
      },
    ])
  })
})
