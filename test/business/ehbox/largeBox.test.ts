import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { mailOf, type Letter } from '../../../src/simulator/services/ehbox/store.js'
import type { PersonPersona } from '../../../src/simulator/index.js'
import { openCast, type Cast } from './world.js'

let cast: Cast
let like: Letter
beforeAll(async () => {
  cast = await openCast()
  await cast.physician.ehbox.send({ to: [cast.toNurse], title: 'like this one', body: 'Dear colleague' })
  like = [...mailOf(cast.simulator.world).letters.values()][0]!
})
afterAll(() => cast.close())
beforeEach(() => {
  const state = mailOf(cast.simulator.world)
  state.copies = []
  state.letters.clear()
})

const idOf = (index: number): string => `OLD${String(index).padStart(10, '0')}`

/** Puts messages into the nurse's INBOX without sending each: oldest first. */
function fill(count: number): void {
  const state = mailOf(cast.simulator.world)
  const destination = like.destinations[0]!
  for (let index = 0; index < count; index++) {
    const key = `L${index}`
    state.letters.set(key, { ...like, key, publicationId: key, title: `Message ${index}` })
    state.copies.push({
      messageId: idOf(index),
      letter: key,
      box: 'nurse/NURSE',
      folder: 'INBOX',
      destination,
      publishedAt: like.sentAt,
      receivedAt: like.sentAt,
    })
  }
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const heap = (): number => {
  collect()
  return process.memoryUsage().heapUsed
}

describe('a box with fifty thousand messages', () => {
  it('is listed in one pass, newest first, in the memory of its ids', async () => {
    const count = 50_000
    fill(count)
    const before = cast.simulator.calls('ehboxConsultation', 'getMessagesList')
    let listed = 0
    let wrong = 0
    let early = 0
    for await (const { id } of cast.nurse.ehbox.messages()) {
      if (id !== idOf(count - 1 - listed)) wrong += 1
      listed += 1
      if (listed === 5000) early = heap()
    }
    const late = heap()
    expect([listed, wrong]).toEqual([count, 0])
    // pages overlap by one message
    expect(cast.simulator.calls('ehboxConsultation', 'getMessagesList') - before).toBe(Math.ceil(count / 99))
    // 45 000 more ids of 13 characters; their lists would be some 40 MB
    expect(late - early).toBeLessThan(8 * 1024 * 1024)
  }, 300_000)
})

describe('a box that another process sends to and deletes from', () => {
  it('is listed without losing or doubling what is there all the while', async () => {
    const count = 1200
    fill(count)
    // every third, in a disorder that is the same each time: before and behind where the list has got to
    const doomed = Array.from({ length: 400 }, (_, index) => idOf(((index * 7) % 400) * 3))
    const arriving = Array.from({ length: 400 }, (_, index) => `arrived ${index}`)
    const persona = ({ ssin, nihii, password, keystore }: PersonPersona) => ({
      ssin,
      nihii,
      password,
      keystore: Buffer.from(keystore).toString('base64'),
    })
    const child = spawn(process.execPath, [fileURLToPath(new URL('disturber.mjs', import.meta.url))], {
      env: {
        ...process.env,
        DISTURBER: JSON.stringify({
          environment: cast.simulator.environment,
          sender: persona(cast.simulator.personas.physician),
          owner: persona(cast.simulator.personas.nurse),
          ids: doomed,
          titles: arriving,
        }),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let turns = 0
    child.stdout.on('data', (chunk: Buffer) => (turns += chunk.length))
    const closed = once(child, 'close') as Promise<[number]>
    await once(child.stdout, 'data')

    const kept = new Set(Array.from({ length: count }, (_, index) => idOf(index)))
    for (const id of doomed) kept.delete(id)
    const turnsAt: number[] = []
    for (let pass = 0; pass < 100 && child.exitCode === null; pass++) {
      const ids: string[] = []
      turnsAt.push(turns)
      for await (const { id } of cast.nurse.ehbox.messages({ pageSize: 7 })) ids.push(id)
      turnsAt.push(turns)
      expect(new Set(ids).size).toBe(ids.length)
      const seen = new Set(ids)
      expect([...kept].filter((id) => !seen.has(id))).toEqual([])
      // in their order, whatever came and went between them
      const old = ids.filter((id) => kept.has(id))
      expect(old).toEqual(old.toSorted().toReversed())
    }
    expect(await closed).toEqual([0, null])
    // something did happen while the list was read
    expect(turnsAt.some((at, index) => index % 2 === 1 && at > turnsAt[index - 1]!)).toBe(true)
  }, 300_000)
})
