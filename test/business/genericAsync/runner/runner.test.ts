import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import {
  openFileStore,
  type AsyncProgress,
  type AsyncRunner,
} from '../../../../src/business/genericAsync/index.js'
import { asyncBoxOf } from '../../../../src/simulator/services/genericAsync/box.js'
import { queryList } from '../content.js'
import { issuerOf, later, openMailboxWorld, type MailboxWorld } from '../world.js'

const mailbox = 'memberDataAsync'
let content: Buffer
const place = mkdtempSync(join(tmpdir(), 'async-runner-'))
const patients = ['68052199235', '15060799455']
let world: MailboxWorld
let stores = 0
let store: string
let told: AsyncProgress[] = []
beforeAll(async () => {
  world = await openMailboxWorld({ insurersMailboxes: { answerDelay: 60_000 } })
  content = queryList(patients, issuerOf(world))
})
afterAll(async () => {
  await world.close()
  rmSync(place, { recursive: true })
})
beforeEach(() => {
  store = join(place, `store-${(stores += 1)}`)
  told = []
  world.simulator.faults.clear()
  world.simulator.clock.advance(11 * 60_000)
  const box = boxOf()
  box.messages = []
  box.tacks = []
})

const boxOf = () => asyncBoxOf(world.simulator.world, mailbox, world.simulator.personas.physician.nihii)
const open = (more: object = {}): Promise<AsyncRunner> =>
  world.me.genericAsync.runner({ mailbox, store, onProgress: (progress) => told.push(progress), ...more })
const once = async (runner: AsyncRunner): Promise<string[]> => {
  const keys: string[] = []
  for await (const { key } of runner.messages({ once: true })) keys.push(key)
  return keys
}
const posts = (): number => world.simulator.calls(mailbox, 'post')

describe('a runner', () => {
  it('posts, waits for the answers with the etiquette, and ends when it is told to', async () => {
    const pauses: number[] = []
    const { simulator } = world
    const me = await world.open({
      runtime: {
        ...simulator.runtime,
        sleep: async (milliseconds) => {
          pauses.push(milliseconds)
          simulator.clock.advance(milliseconds)
        },
      },
    })
    await using runner = await me.genericAsync.runner({ mailbox, store, every: 40_000 })
    await runner.post({ name: 'one', content })
    const keys: string[] = []
    for await (const { key } of runner.messages({ until: () => keys.length > 0 })) keys.push(key)
    expect(keys.length).toBeGreaterThan(0)
    // one look at once, one after forty seconds, and the answers after eighty
    expect(pauses).toEqual([40_000, 40_000])
    expect(boxOf()).toMatchObject({ messages: [], tacks: [] })
  })

  it('takes the same post once, in one process and in the next', async () => {
    const before = posts()
    {
      await using runner = await open()
      const first = await runner.post({ name: 'one', content })
      expect(await runner.post({ name: 'one', content })).toEqual(first)
      await expect(runner.post({ name: 'one', content: Buffer.from('<other/>') })).rejects.toMatchObject({
        code: 'async.conflict',
        path: 'name',
      })
      await once(runner)
      expect(runner.outbox()).toMatchObject([{ name: 'one', state: 'posted', attempts: 1 }])
    }
    await using runner = await open()
    world.simulator.clock.advance(later)
    expect((await runner.post({ name: 'one', content })).state).toBe('posted')
    await once(runner)
    expect(posts()).toBe(before + 1)
  })

  it('does not post again what arrived though the answer got lost: the acknowledgement in the mailbox tells', async () => {
    const before = posts()
    world.simulator.faults.add({ kind: 'drop', when: 'after', service: mailbox, operation: 'post' })
    await using runner = await open()
    const { inputReference } = await runner.post({ name: 'one', content })
    await once(runner)
    expect(told.map(({ type }) => type)).toEqual(['uncertain', 'posted', 'looked'])
    expect(runner.outbox()).toMatchObject([{ state: 'posted', attempts: 1, tack: { inputReference } }])
    world.simulator.clock.advance(20 * 60_000)
    expect(await once(runner)).not.toEqual([])
    expect(posts()).toBe(before + 1)
  })

  it('posts again, under the same reference, what left no acknowledgement, but only after some time', async () => {
    const before = posts()
    world.simulator.faults.add({ kind: 'empty', status: 500, service: mailbox, operation: 'post' })
    await using runner = await open()
    const { inputReference } = await runner.post({ name: 'one', content })
    await once(runner)
    expect(runner.outbox()).toMatchObject([{ state: 'posting', attempts: 1 }])
    world.simulator.clock.advance(later)
    await once(runner)
    expect(posts()).toBe(before + 1)
    world.simulator.clock.advance(10 * 60_000)
    await once(runner)
    expect(posts()).toBe(before + 2)
    expect(runner.outbox()).toMatchObject([{ state: 'posted', attempts: 2, inputReference }])
    expect(boxOf().messages.every((message) => message.inputReference === inputReference)).toBe(true)
  })

  it('knows that nothing arrived where nothing was sent, and tries with the next round', async () => {
    const nowhere = await world.open({
      endpoints: { [mailbox]: 'https://127.0.0.1:1/' },
      retry: { attempts: 1 },
    })
    {
      await using runner = await nowhere.genericAsync.runner({ mailbox, store })
      await runner.post({ name: 'one', content })
      await expect(once(runner)).rejects.toMatchObject({ code: 'transport.connect' })
      expect(runner.outbox()).toMatchObject([{ state: 'waiting', attempts: 1, code: 'transport.connect' }])
    }
    await using runner = await open()
    await once(runner)
    expect(runner.outbox()).toMatchObject([{ state: 'posted', attempts: 2 }])
  })

  it('keeps what the insurers refuse, and does not post it again', async () => {
    const before = posts()
    await using runner = await open()
    await runner.post({ name: 'bad', content: Buffer.from('no xml') })
    await once(runner)
    expect(runner.outbox()).toMatchObject([{ state: 'refused', tack: { outcome: 'refused' } }])
    world.simulator.clock.advance(later)
    await once(runner)
    expect(posts()).toBe(before + 1)
  })

  it('hands over again, with a warning, what was left in the middle', async () => {
    const first = await open()
    await first.post({ name: 'one', content })
    await once(first)
    world.simulator.clock.advance(61_000)
    let left = ''
    for await (const { key, interrupted, tries } of first.messages({ once: true })) {
      expect({ interrupted, tries }).toEqual({ interrupted: false, tries: 1 })
      left = key
      break
    }
    await first.close()
    world.simulator.clock.advance(later)
    await using second = await open()
    const seen = new Map<string, boolean>()
    for await (const { key, interrupted } of second.messages({ once: true })) seen.set(key, interrupted)
    expect(seen.get(left)).toBe(true)
    expect([...seen.values()].filter(Boolean)).toHaveLength(1)
    world.simulator.clock.advance(later)
    expect(await once(second)).toEqual([])
  })

  it('confirms again what comes again, and hands it over no second time', async () => {
    world.simulator.faults.add({ kind: 'empty', status: 500, service: mailbox, operation: 'confirm' })
    await using runner = await open()
    await runner.post({ name: 'one', content })
    await expect(once(runner)).rejects.toMatchObject({ code: 'transport.http' })
    world.simulator.clock.advance(61_000)
    world.simulator.faults.add({ kind: 'empty', status: 500, service: mailbox, operation: 'confirm' })
    await expect(once(runner)).rejects.toMatchObject({ code: 'transport.http' })
    world.simulator.clock.advance(later)
    const first = await once(runner)
    expect(first.length).toBeGreaterThan(0)
    expect(boxOf().messages).toEqual([])
    expect(told.findLast((one) => one.type === 'looked')).toMatchObject({ messages: first.length, stored: 0 })
  })

  it('leaves in the mailbox what is not its own', async () => {
    const { inputReference } = await world.me.genericAsync.post({ mailbox, content })
    world.simulator.clock.advance(61_000)
    await using runner = await open({
      takes: (message: { inputReference?: string }) => message.inputReference !== inputReference,
    })
    expect(await once(runner)).toEqual([])
    expect(boxOf().messages.length).toBeGreaterThan(0)
    expect(boxOf().tacks).toHaveLength(1)
  })

  it.each([
    { every: 29_999 },
    { max: 0 },
    { max: 1001 },
    { settle: -1 },
    { unknown: 1 },
    { mailbox: 'nowhere' },
    { store: '' },
  ])('refuses %j before anything is opened', async (wrong) => {
    await expect(open(wrong)).rejects.toMatchObject({ code: 'configuration.invalid' })
    // the store is free
    await (await openFileStore(store)).close()
  })
})
